/* guichet-opener: opens what waits in the ledger, again and again. */
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/sandbox.h"
#include "base/service.h"
#include "centre/night.h"
#include "centre/opening.h"

#define NAME "guichet-opener"

static const struct option_row rows[] = {
	OPTIONS_COMMON,
	{ '\0', "once", NULL, "ouvre ce qui attend, puis s'arrête" },
	{ .name = NULL },
};
enum { OPT_ONCE = OPT_OWN };

/* All that is open while it works. */
struct works {
	const struct centre_settings *set;
	struct opener_keys *keys;
	struct store *ledger;
	struct vault *vault;
	struct opener *opener;
	char day[9];	     /* of the last nightly() */
	uint64_t again_ms;   /* clock_elapsed_ms: none is tried before */
};

/* Once a day, and at each start. */
static enum err
nightly(struct works *w, uint64_t now_ms)
{
	char today[9];
	unsigned adults;
	enum err r;

	clock_day(now_ms, today);
	if (strcmp(w->day, today) == 0)
		return ERR_OK;
	if ((r = opening_announce(w->ledger, w->keys, false, now_ms)) !=
	    ERR_OK || (r = night_run(w->vault, now_ms,
	    (int)w->set->adult_age, &adults)) != ERR_OK)
		return r;
	memcpy(w->day, today, sizeof(today));
	/* Sealed bytes of yesterday; who reads just now has them until
	 * tomorrow. */
	(void)w->ledger->ops->scrub(w->ledger);
	if (adults > 0)
		log_event("minors-of-age", "%u", adults);
	return ERR_OK;
}

#define NIGHT_AGAIN_MS (10 * 60 * 1000)

/* What the night leaves undone keeps no entry waiting, unless the master keys
 * are to be read again. */
static enum err
nightly_apart(struct works *w, bool once)
{
	const uint64_t now_ms = clock_elapsed_ms();
	enum err r;

	if (now_ms < w->again_ms)
		return ERR_OK;
	r = nightly(w, clock_wall_ms());
	if (r == ERR_OK || r == ERR_MASTER_KEY || once)
		return r;
	log_error(r, "nightly");
	w->again_ms = now_ms + NIGHT_AGAIN_MS;
	return ERR_OK;
}

/* A commit of both files costs as much as opening some: who was not the last
 * for long is waited for. */
#define GATHER_MS 20

/* Trouble is said and tried again, unless this is the one time. */
static enum err
work(struct works *w, bool once)
{
	unsigned settled = 0, left = 0, before = 0;
	bool turned = false; /* the master keys were just read again */
	enum err r;

	while (!program_ended(0)) {
		/* Opening keys come and go while it has nothing to do. */
		if ((r = settled > 0 ? ERR_OK : opener_keys_openings(w->keys,
		    w->set->vault)) == ERR_OK &&
		    (r = nightly_apart(w, once)) == ERR_OK)
			r = opener_run(w->opener, clock_wall_ms(), &settled,
			    &left);
		if (r == ERR_MASTER_KEY && settled == 0 && !turned) {
			turned = true;
			if ((r = opener_keys_masters(w->keys,
			    w->set->vault)) == ERR_OK)
				continue;
		}
		turned = false;
		if (r == ERR_OK && settled > 0) {
			log_event("entries-settled", "%u", settled);
			if (!once && settled < OPENER_BATCH &&
			    program_ended(GATHER_MS))
				break;
			continue;
		}
		if (once)
			return r != ERR_OK || left == 0 ? r :
			    err_about(ERR_OPENING_KEY, "%u", left);
		if (r != ERR_OK)
			log_error(r, "opener");
		else if (left != before)
			log_event("entries-left", "%u", before = left);
		if (program_ended((uint64_t)w->set->opener_every))
			break;
	}
	return ERR_OK;
}

/* Ledger and dossiers; a network only to a database that is elsewhere. */
static enum err
shut_in(const struct centre_settings *set)
{
	const char *const read[] = { "/etc", "/usr", "/lib", "/lib64",
		"/dev/urandom", NULL };
	const char *const write[] = { set->state, set->vault, NULL };
	const bool here = strcmp(set->store, "sqlite") == 0;

	return sandbox_enter(SANDBOX_OPENER, here ? 0 : SANDBOX_CONNECT,
	    read, write);
}

static enum err
serve(const struct centre_settings *set, const struct options *opt)
{
	struct works w = { .set = set };
	enum err r;

	if ((r = opener_keys_load(set->vault, &w.keys)) != ERR_OK ||
	    opt->value[OPT_TEST] != NULL)
		goto out;
	if ((r = store_open(set, true, &w.ledger)) == ERR_OK &&
	    (r = vault_open(set->vault, true, opener_vault_keys(w.keys),
	    &w.vault)) == ERR_OK &&
	    (r = opener_new(w.ledger, w.vault, w.keys, set, &w.opener)) ==
	    ERR_OK && (r = shut_in(set)) == ERR_OK)
		r = work(&w, opt->value[OPT_ONCE] != NULL);
out:
	opener_free(w.opener);
	vault_close(w.vault);
	store_close(w.ledger);
	opener_keys_free(w.keys);
	return r;
}

int
main(int argc, char *argv[])
{
	static const struct service me = {
		NAME, "-c FICHIER [-t] [--once]", rows, serve };

	return service_run(&me, argc, argv);
}
