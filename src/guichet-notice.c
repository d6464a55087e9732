/* guichet-notice: tells people that their dossier is open. */
#include "base/clock.h"
#include "base/keyfile.h"
#include "base/log.h"
#include "base/sandbox.h"
#include "base/service.h"
#include "centre/inquiry.h"
#include "notice/round.h"

#define NAME	 "guichet-notice"
#define EVERY_MS 500u /* somebody may wait for a code */
#define LOOK_MS	 100  /* for another, while some are under way */
#define TIDY_MS	 60000u
#define END_MS	 4000u /* for what is under way, when it is told to end */

static const struct option_row rows[] = {
	OPTIONS_COMMON,
	{ '\0', "once", NULL, "dit ce qui attend, puis s'arrête" },
	{ .name = NULL },
};
enum { OPT_ONCE = OPT_OWN };

/* Once a minute, and for nobody's sake: what is over goes out of the vault, and
 * out of its files when nobody reads there. */
static enum err
tidy(struct vault *v, uint64_t now_ms, uint64_t *next_ms)
{
	enum err r;

	if (now_ms < *next_ms)
		return ERR_OK;
	*next_ms = now_ms + TIDY_MS;
	if ((r = vault_begin(v)) == ERR_OK &&
	    (r = inquiry_forget(v, now_ms)) == ERR_OK)
		r = vault_commit(v);
	vault_rollback(v);
	if (r == ERR_OK)
		(void)vault_scrub_now(v);
	return r;
}

static enum err
work(struct round *o)
{
	uint64_t now_ms, tidy_ms = 0;
	enum err r;

	do {
		now_ms = clock_wall_ms();
		if ((r = round_step(o, now_ms, LOOK_MS)) == ERR_OK)
			r = tidy(o->vault, now_ms, &tidy_ms);
		if (r != ERR_OK)
			log_error(r, "notice");
	} while (!program_ended(r == ERR_OK && o->under_way > 0 ? 0 :
	    EVERY_MS));
	return round_end(o, clock_wall_ms(), END_MS);
}

static enum err
work_once(struct round *o)
{
	enum err r = round_go(o, clock_wall_ms());

	return r != ERR_OK || o->left == 0 ? r :
	    err_about(ERR_NOTICE_LINE, "%u", o->left);
}

/* The outbox, the texts, and the network outwards. */
static enum err
shut_in(const struct centre_settings *set)
{
	const char *const read[] = { "/etc", "/usr", "/lib", "/lib64", "/run",
		"/dev/urandom", set->mail_texts, NULL };
	const char *const write[] = { set->vault, NULL };

	return sandbox_enter(SANDBOX_NOTICE, 0, read, write);
}

static enum err
serve(const struct centre_settings *set, const struct options *opt)
{
	struct round o = { .set = set };
	uint8_t *secret;
	uint32_t number;
	enum err r;

	if ((secret = secret_alloc(BOX_SECRET_LEN)) == NULL)
		return ERR_MEMORY;
	if ((r = parcel_new(&o.parcel)) != ERR_OK ||
	    (r = keyfile_read_in(set->vault, "notice.key", "notice-secret",
	    secret, BOX_SECRET_LEN, &number)) != ERR_OK ||
	    (r = carry_open(set, &o.carry)) != ERR_OK ||
	    opt->value[OPT_TEST] != NULL)
		goto out;
	o.secret = secret;
	if ((r = vault_open(set->vault, false, NULL, &o.vault)) == ERR_OK &&
	    (r = shut_in(set)) == ERR_OK)
		r = opt->value[OPT_ONCE] != NULL ? work_once(&o) : work(&o);
out:
	vault_close(o.vault);
	carry_close(o.carry);
	parcel_free(o.parcel);
	secret_free(secret);
	return r;
}

int
main(int argc, char *argv[])
{
	static const struct service me = {
		NAME, "-c FICHIER [-t] [--once]", rows, serve };

	return service_run(&me, argc, argv);
}
