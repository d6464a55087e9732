/* guichet-sync: carries the queue to the centre, by a timer or once. */
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/program.h"
#include "base/sandbox.h"
#include "sync/door.h"
#include "sync/http.h"
#include "sync/round.h"

#define NAME "guichet-sync"

static const struct option_row rows[] = {
	OPTIONS_COMMON,
	{ '\0', "once", NULL, "envoie ce qui attend, puis s'arrête" },
	{ .name = NULL },
};
enum { OPT_ONCE = OPT_OWN };

/* One round, and its plan. *came is what the round came to. */
static enum err
go_once(struct courier *c, const struct desk_settings *set, enum err *came)
{
	uint64_t retry_after;

	*came = round_run(c, clock_wall_ms(), &retry_after);
	return round_plan(c->queue, *came, retry_after,
	    (uint64_t)set->sync_every * 1000, clock_wall_ms());
}

static enum err
go_on(struct courier *c, const struct desk_settings *set)
{
	uint64_t wait;
	enum err r, came;

	for (;;) {
		if ((r = round_due(c->queue, clock_wall_ms(), &wait)) != ERR_OK
		    || program_ended(wait))
			return r;
		if ((r = go_once(c, set, &came)) != ERR_OK)
			return r;
		if (came != ERR_OK)
			log_error(came, "round");
	}
}

/* Where the desk asks; without one it goes on as if there was no line. */
static struct door *
open_door(const struct desk_settings *set)
{
	struct transport *t;
	struct door *door = NULL;
	enum err r;

	(void)program_ended(0); /* before any thread starts */
	if ((r = http_open(set->centre_url, set->state, &t)) == ERR_OK &&
	    (r = http_hurry(t, DOOR_MS)) != ERR_OK)
		t->close(t);
	if (r == ERR_OK)
		r = door_open(set->state, t, &door);
	if (r != ERR_OK)
		log_error(r, "door");
	return door;
}

/* The network, the queue, and what finding a name takes. */
static enum err
shut_in(const struct desk_settings *set)
{
	const char *const read[] = { "/etc", "/usr", "/lib", "/lib64",
		"/run/systemd/resolve", "/dev/urandom", NULL };
	const char *const write[] = { set->state, NULL };

	return sandbox_enter(SANDBOX_SYNC, 0, read, write);
}

/* *came: what the one round came to, ERR_OK without --once. */
static enum err
serve(const struct desk_settings *set, const struct options *opt,
    enum err *came)
{
	const bool once = opt->value[OPT_ONCE] != NULL;
	struct transport *t = NULL;
	struct queue *q = NULL;
	struct door *door = NULL;
	struct courier c;
	enum err r;

	if ((r = http_open(set->centre_url, set->state, &t)) != ERR_OK ||
	    (r = courier_init(&c, set, NULL, t)) != ERR_OK ||
	    opt->value[OPT_TEST] != NULL)
		goto out;
	if ((r = queue_open(set->state, set->mode == MODE_PRODUCTION, &q)) !=
	    ERR_OK)
		goto out;
	c.queue = q;
	if (!once)
		door = open_door(set);
	if ((r = shut_in(set)) != ERR_OK ||
	    (door != NULL && (r = door_serve(door)) != ERR_OK))
		goto out;
	r = once ? go_once(&c, set, came) : go_on(&c, set);
out:
	door_close(door);
	queue_close(q);
	if (t != NULL)
		t->close(t);
	return r;
}

int
main(int argc, char *argv[])
{
	struct desk_settings set;
	struct options opt;
	enum err r, came = ERR_OK;
	bool done;

	r = program_start(NAME, "-c FICHIER [-t] [--once]", rows, argc, argv,
	    &opt, &done);
	if (r == ERR_OK && done)
		return EXIT_DONE;
	if (r == ERR_OK && argc > opt.rest)
		r = err_about(ERR_USAGE, "%s", argv[opt.rest]);
	if (r == ERR_OK &&
	    (r = desk_load(opt.value[OPT_CONFIG], &set)) == ERR_OK) {
		log_open(NAME, set.log == LOG_TO_STDERR);
		json_keep_wiped();
		r = serve(&set, &opt, &came);
	}
	if (r != ERR_OK)
		return err_report(NAME, r);
	/* Whatever kept it back, the records are still there: try again. */
	if (came != ERR_OK)
		(void)err_report(NAME, came);
	return came == ERR_OK ? EXIT_DONE : EXIT_AGAIN;
}
