/*
 * sim: the queue, the sync and the gateway, over worlds of chance.
 *
 *	sim [--from SEED] [--seeds N] [--verbose]
 *
 * Each seed is a world: terminals save, drives fail and lose their power,
 * the line loses, repeats and lies, others speak in the terminals' names,
 * clocks jump, the centre comes back from yesterday, its opening keys
 * follow one another and go. Then everything heals,
 * and must hold:
 *
 *	what was said to be saved is at the centre;
 *	what is there was once tried, and is there once;
 *	what was said not to be kept is not there;
 *	what is there was opened, or can be;
 *	nothing waits any more, and nothing was set aside.
 *
 * The first seed that does not hold ends it with 1 and the command that plays
 * it again.
 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "sync/round.h"
#include "tests/sim/world.h"

#define STEPS	   60
#define HEAL_STEPS 40

static struct world w;
static const char *failure;

/* The first thing that did not hold. */
static void
must(bool holds, const char *words)
{
	if (!holds && failure == NULL)
		failure = words;
}

static void
tell(const char *what, unsigned t, enum err r)
{
	if (w.verbose)
		printf("%llu desk %u %s G-%03d\n",
		    (unsigned long long)w.now_ms, t, what, err_number(r));
}

/* A desk or centre that died in what it did comes back, in one way or the
 * other. */
static void
bury(void)
{
	for (unsigned t = 0; t < w.terminals; t++)
		if (w.desk[t].host->dead)
			must(world_boot_desk(&w, t, world_chance(512)) ==
			    ERR_OK, "a terminal does not start again");
	if (w.centre_host->dead)
		must(world_boot_centre(&w, world_chance(512)) == ERR_OK,
		    "the centre does not start again");
}

static void
step_put(unsigned t)
{
	struct desk_sim *d = &w.desk[t];
	struct put *p = &w.puts[w.nputs];
	struct queue_row row;
	uint64_t sequence;
	enum err r;

	if (w.nputs == PUTS_MAX)
		return;
	w.nputs++;
	p->terminal = t;
	rid_make(w.now_ms, &p->rid);
	if (world_chance(800)) /* nobody is served */
		desk_keys_opening(&d->ring, d->host->folder, d->queue,
		    w.now_ms);
	r = queue_put(d->queue, t + 1, &p->rid, keys_sealed(&w, d),
	    &d->ring.envelope, &sequence);
	tell("put", t, r);
	p->word = d->host->dead || r == ERR_QUEUE_UNKNOWN ? SAID_NOTHING
	    : r == ERR_OK ? SAID_SAVED : SAID_NOT;
	if (p->word == SAID_NOT)
		must(queue_find(d->queue, &p->rid, &row) != ERR_OK,
		    "a save that was refused is there");
	if (r == ERR_QUEUE_UNKNOWN || r == ERR_QUEUE_STOPPED)
		must(world_boot_desk(&w, t, false) == ERR_OK,
		    "a terminal does not start again");
}

static void
step_epoch(unsigned t)
{
	enum err r = world_hand_over(&w, t);

	tell("hand-over", t, r);
	if (r != ERR_OK && !w.desk[t].host->dead)
		must(world_boot_desk(&w, t, false) == ERR_OK,
		    "a terminal does not start again");
}

static enum err
go_round(unsigned t)
{
	struct desk_sim *d = &w.desk[t];
	uint64_t after;
	enum err r = round_run(&d->courier, w.now_ms, &after);

	tell("round", t, r);
	(void)round_plan(d->queue, r, after, 60000, w.now_ms);
	return r;
}

static void
step_round(unsigned t)
{
	(void)go_round(t);
}

static void
step_cut(unsigned t)
{
	tell("cut", t, ERR_OK);
	must(world_boot_desk(&w, t, true) == ERR_OK,
	    "a terminal does not start after a cut");
}

static void
step_kill(unsigned t)
{
	tell("kill", t, ERR_OK);
	must(world_boot_desk(&w, t, false) == ERR_OK,
	    "a terminal does not start after a kill");
}

/* As the desk does when nobody is there. */
static void
step_rest(unsigned t)
{
	tell("rest", t, queue_rest(w.desk[t].queue));
}

static void
step_cut_centre(unsigned t)
{
	tell("cut-centre", t, ERR_OK);
	must(world_boot_centre(&w, world_chance(700)) == ERR_OK,
	    "the centre does not start after a cut");
}

/* In the middle of what comes next. */
static void
step_fuse(unsigned t)
{
	tell("fuse", t, ERR_OK);
	w.desk[t].host->fuse = 1 + world_below(24);
}

static void
step_fuse_centre(unsigned t)
{
	tell("fuse-centre", t, ERR_OK);
	w.centre_host->fuse = 1 + world_below(40);
}

static void
step_errors(unsigned t)
{
	unsigned n = world_below(200);

	tell("errors", t, ERR_OK);
	if (world_chance(700))
		w.desk[t].host->errors = n;
	else
		w.centre_host->errors = n;
}

static void
step_no_errors(unsigned t)
{
	w.desk[t].host->errors = w.centre_host->errors = 0;
}

static void
step_line(unsigned t)
{
	(void)t;
	w.line = (struct line_sim){ world_below(600), world_below(400),
		world_below(400), world_below(400), world_below(200) };
}

static void
step_liar(unsigned t)
{
	if (!w.liars)
		return;
	tell("liar", t, ERR_OK);
	world_forge(&w, t);
}

/* A word on all, or on a site that is everybody's. */
static void
step_switch(unsigned t)
{
	struct switch_word word = { .scope = SWITCH_ALL,
		.open = world_chance(512), .at_ms = w.now_ms };

	if (world_chance(512)) {
		word.scope = SWITCH_SITE;
		memcpy(word.what, "sim", 4);
	}
	if (w.store != NULL)
		tell("switch", t, w.store->ops->switch_set(w.store, &word));
}

static void
step_clock(unsigned t)
{
	static const uint64_t jumps[] = { 86400000, 2147483647000,
		4294967295000, 1795271600000, 1000 };

	(void)t;
	w.now_ms = world_chance(512) ? jumps[world_below(5)]
	    : w.now_ms + world_below(86400000);
}

static void
step_backup(unsigned t)
{
	tell("backup", t, ERR_OK);
	keys_backup(&w);
	disk_backup(w.centre_host);
	w.backup = true;
}

/* Yesterday's disk. Only terminals that keep what one machine has can make
 * such a centre whole. */
static void
step_restore(unsigned t)
{
	if (!w.backup || !w.keep)
		return;
	tell("restore", t, ERR_OK);
	w.centre_host->dead = true;
	must(world_boot_centre(&w, true) == ERR_OK, "no centre");
	store_close(w.store);
	disk_restore(w.centre_host);
	if (world_chance(512)) /* the ledger alone, or the vault too */
		keys_restore(&w);
	w.store = NULL;
	must(world_boot_centre(&w, false) == ERR_OK,
	    "the centre does not start from its backup");
}

static void
open_waiting(unsigned t)
{
	enum err r = keys_open(&w);

	tell("open", t, r);
	must(r != ERR_OPENING_KEY, "what is there cannot be opened any more");
}

static void
step_rotate(unsigned t)
{
	tell("rotate", t, keys_rotate(&w));
}

/* Whenever the centre lets it go, behind a restore too. */
static void
step_retire(unsigned t)
{
	tell("retire", t, keys_retire(&w));
}

/* All of it, on a day when the line is good: chance alone seldom comes to the
 * end of it. */
static void
step_turn(unsigned t)
{
	const struct line_sim was = w.line;

	w.line = (struct line_sim){ .lose = 0 };
	step_rotate(t);
	for (t = 0; t < w.terminals; t++) {
		bury();
		step_round(t);
		bury();
		step_put(t);
		bury();
		step_round(t);
	}
	bury();
	open_waiting(0);
	step_retire(0);
	w.line = was;
}

static const struct {
	unsigned weight;
	void (*step)(unsigned t);
} steps[] = {
	{ 300, step_put }, { 300, step_round }, { 40, step_cut },
	{ 30, step_kill }, { 40, step_cut_centre }, { 60, step_fuse },
	{ 40, step_fuse_centre }, { 30, step_errors }, { 60, step_no_errors },
	{ 50, step_line }, { 30, step_clock }, { 20, step_backup },
	{ 15, step_restore }, { 20, step_rest },
	{ 30, step_epoch }, { 60, step_liar },
	{ 40, open_waiting }, { 8, step_rotate }, { 10, step_retire },
	{ 12, step_turn }, { 20, step_switch },
};
#define NSTEPS (sizeof(steps) / sizeof(steps[0]))

static void
any_step(void)
{
	unsigned all = 0, at;

	for (size_t i = 0; i < NSTEPS; i++)
		all += steps[i].weight;
	at = world_below(all);
	for (size_t i = 0; i < NSTEPS; i++) {
		if (at < steps[i].weight) {
			steps[i].step(world_below(w.terminals));
			break;
		}
		at -= steps[i].weight;
	}
	bury();
	w.now_ms += world_below(5000);
}

/* Who comes back from before a rotation is told by its operator of the key
 * that there is; then all that is there is opened. */
static void
heal_keys(void)
{
	struct opening_span span = { .newest = 0 };
	const struct store_ops *ops = w.store->ops;

	(void)ops->opening_span(w.store, &span);
	if (w.keys.opening.number > span.newest)
		(void)keys_rotate(&w);
	must(ops->opening_span(w.store, &span) == ERR_OK &&
	    w.keys.opening.number == span.newest,
	    "the centre's key is not announced");
	open_waiting(0);
}

/* Everything is as it should be, and every terminal may try some times. */
static void
heal(void)
{
	enum err r;

	w.line = (struct line_sim){ .lose = 0 };
	for (unsigned i = 0; i <= w.terminals; i++)
		w.hosts[i].errors = w.hosts[i].fuse = 0;
	must(world_boot_centre(&w, true) == ERR_OK,
	    "the centre does not start at the end");
	w.now_ms = 1895271600000;
	heal_keys();
	for (unsigned t = 0; t < w.terminals; t++) {
		/* One more, so that what a centre lost is asked for; a desk
		 * that had stopped takes none before it starts again. */
		step_put(t);
		if (w.puts[w.nputs - 1].word != SAID_SAVED)
			step_put(t);
		r = ERR_SYNC_UNDELIVERED;
		for (unsigned i = 0; i < HEAL_STEPS && r != ERR_OK; i++)
			r = go_round(t);
		must(r == ERR_OK, "a queue does not drain");
	}
	for (unsigned i = 0; i < w.nputs; i += OPENED_AT_ONCE)
		open_waiting(0);
}

/* The saves as the ledger has them. */
struct seen {
	unsigned times[PUTS_MAX];
};

static enum err
see_entry(const struct entry *e, void *user)
{
	struct seen *s = user;

	for (unsigned i = 0; i < w.nputs; i++)
		if (memcmp(e->rid.b, w.puts[i].rid.b, RID_LEN) == 0) {
			s->times[i]++;
			return ERR_OK;
		}
	must(e->outcome == OUTCOME_EPOCH, "the centre has what nobody tried to save");
	return ERR_OK;
}

/* Who has none of the keys can be taken for a forger alone; where nobody lies
 * there is no alarm, whatever old questions come again. */
static enum err
see_alarm(const struct alarm *a, void *user)
{
	(void)user;
	return w.liars && a->kind == ALARM_FORGED ? ERR_OK : ERR_CHAIN;
}

static enum err
see_row(const struct queue_row *row, void *user)
{
	(void)user;
	must(row->state == QUEUE_SENT, "a row was set aside");
	return ERR_OK;
}

/* Whatever was lost on the line, and whichever way clocks went. */
static void
judge_place(unsigned t)
{
	struct queue_switch place;
	bool open;

	must(queue_switch(w.desk[t].queue, &place) == ERR_OK &&
	    w.store->ops->switch_of(w.store, t + 1, &open) == ERR_OK,
	    "a switch cannot be read");
	must(failure != NULL || place.told.open == open,
	    "a terminal was not told of the switch");
}

static void
judge(void)
{
	struct seen s = { .times = { 0 } };

	must(w.store->ops->entry_each(w.store, see_entry, &s) == ERR_OK,
	    "the ledger cannot be read");
	for (unsigned i = 0; i < w.nputs; i++) {
		must(s.times[i] <= 1, "the centre has one twice");
		must(w.puts[i].word != SAID_SAVED || s.times[i] == 1,
		    "what was said to be saved is lost");
		must(s.times[i] == 0 || w.opened[i],
		    "what is there was not opened");
		must(w.puts[i].word != SAID_NOT || s.times[i] == 0,
		    "what was said not to be kept is there");
	}
	must(w.store->ops->alarm_each(w.store, see_alarm, NULL) == ERR_OK,
	    "an alarm rings at the centre");
	for (unsigned t = 0; t < w.terminals; t++) {
		must(queue_each(w.desk[t].queue, see_row, NULL) == ERR_OK,
		    "a queue cannot be read");
		judge_place(t);
	}
}

static bool
run(uint64_t seed, const char *top, bool verbose)
{
	world_seed(seed);
	failure = NULL;
	must(world_open(&w, top) == ERR_OK, "the world does not begin");
	w.verbose = verbose;
	for (unsigned i = 0; i < STEPS && failure == NULL; i++)
		any_step();
	if (failure == NULL)
		heal();
	if (failure == NULL)
		judge();
	world_close(&w);
	return failure == NULL;
}

static int
sweep(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

int
main(int argc, char *argv[])
{
	uint64_t from = 1, seeds = 1000, saved = 0, tried = 0;
	char top[] = "/dev/shm/guichet-sim-XXXXXX";
	bool verbose = false;
	int status = 0;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--verbose") == 0)
			verbose = true;
		else if (strcmp(argv[i], "--from") == 0 && i + 1 < argc)
			from = strtoull(argv[++i], NULL, 10);
		else if (strcmp(argv[i], "--seeds") == 0 && i + 1 < argc)
			seeds = strtoull(argv[++i], NULL, 10);
	}
	world_seed(from);
	if (secret_start() != ERR_OK || mkdtemp(top) == NULL)
		return 69;
	log_open("sim", true);
	if (!verbose && freopen("/dev/null", "w", stderr) == NULL)
		return 69;
	disk_install();
	for (uint64_t s = from; s < from + seeds && status == 0; s++) {
		if (!run(s, top, verbose)) {
			printf("seed %llu: %s; again: %s --from %llu --seeds 1"
			    " --verbose\n", (unsigned long long)s, failure,
			    argv[0], (unsigned long long)s);
			status = 1;
		}
		tried += w.nputs;
		for (unsigned i = 0; i < w.nputs; i++)
			saved += w.puts[i].word == SAID_SAVED;
	}
	(void)nftw(top, sweep, 8, FTW_DEPTH | FTW_PHYS);
	printf("seeds %llu tried %llu saved %llu\n",
	    (unsigned long long)seeds, (unsigned long long)tried,
	    (unsigned long long)saved);
	return status;
}
