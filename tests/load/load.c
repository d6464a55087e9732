/*
 * load: thousands of terminals against a centre that runs, and what it made
 * of them, as rows of the bench.
 *
 *	load [-f FIRST] [-n TERMINALS] [-e EACH] [-b BATCH] [-a AT_ONCE]
 *	    [-p PID]... [-i IDLE -s SLOW] NAME JSON FOLDER CENTRE.CONF
 *
 * FIRST: the number of the first terminal, new to that centre.
 * PID: the gateway, the opener, a database: whose processor time is counted.
 * With -i or -s it is the p99 of a terminal that is not alone.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/load/load.h"

#include "base/file.h"
#include "base/json.h"
#include "base/keyfile.h"

#define A_DAY	  40e6 /* the whole of it in a day: 463 a second */
#define STALL_S	  120
#define LEAST_US  50 /* nobody opens one in less */
#define LOOK_US	  5000

struct wish {
	const char *name, *json, *folder;
	unsigned idle, slow;
	struct crew crew;
};

void
must(enum err r)
{
	if (r != ERR_OK)
		exit(err_report("load", r));
}

double
load_wall(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static double
own_cpu(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void
begin(const struct wish *w, bool ours, struct cost *c)
{
	c->wall_s = load_wall();
	c->cpu_s = crew_cpu(&w->crew) + (ours ? 0 : own_cpu());
}

static void
end(const struct wish *w, bool ours, struct cost *c)
{
	c->wall_s = load_wall() - c->wall_s;
	c->cpu_s = crew_cpu(&w->crew) + (ours ? 0 : own_cpu()) - c->cpu_s;
}

/* Every entry has its outcome. To count those that wait is work for the ledger:
 * it is not asked again before they can have been opened. */
static void
wait_opened(struct load *l, uint64_t refused)
{
	struct store_counts n = { .waiting = 1 };
	uint64_t before = 0;
	double since = load_wall();

	while (n.waiting > 0) {
		(void)usleep((useconds_t)(LOOK_US + n.waiting * LEAST_US));
		must(l->store->ops->count(l->store, &n));
		if (n.waiting != before)
			since = load_wall();
		before = n.waiting;
		if (load_wall() - since > STALL_S)
			must(err_about(ERR_LEDGER, "%llu wait",
			    (unsigned long long)n.waiting));
	}
	if (n.refused != refused)
		must(err_about(ERR_RULE, "%llu refused",
		    (unsigned long long)(n.refused - refused)));
}

static void
row(FILE *out, const struct wish *w, const char *what, double ours,
    const char *against, double reference, double aim, const char *unit,
    const char *better)
{
	fprintf(out, "{\"name\":\"%s: %s\",\"ours\":%.1f,\"reference\":%.1f,"
	    "\"against\":\"%s\",\"ratio\":%.3f,\"aim\":%.2f,"
	    "\"unit\":\"%s\",\"better\":\"%s\"}\n", w->name, what, ours,
	    reference, against, ours / reference, aim, unit, better);
}

static void
throughput(struct load *l, const struct wish *w, FILE *out)
{
	const double n = (double)l->desks * l->each;
	struct cost ours, bare, rows;
	struct store_counts was;
	size_t count;

	must(l->store->ops->count(l->store, &was));
	begin(w, false, &bare);
	floor_run(l, w->folder, false);
	end(w, false, &bare);
	begin(w, false, &rows);
	floor_run(l, w->folder, true);
	end(w, false, &rows);
	begin(w, true, &ours);
	free(send_all(l, &count));
	wait_opened(l, was.refused);
	end(w, true, &ours);
	row(out, w, "enrolments", n / ours.wall_s,
	    "signature, box, one row", n / bare.wall_s, 0.6, "1/s", "higher");
	row(out, w, "enrolments", n / ours.wall_s,
	    "the same, all its rows, two signatures back",
	    n / rows.wall_s, 0.6, "1/s", "higher");
	row(out, w, "processor time of one", ours.cpu_s / n * 1e6,
	    "signature, box, one row", bare.cpu_s / n * 1e6, 1.5, "us",
	    "lower");
	row(out, w, "processor time of one", ours.cpu_s / n * 1e6,
	    "the same, all its rows, two signatures back",
	    rows.cpu_s / n * 1e6, 1.5, "us", "lower");
	row(out, w, "enrolments", n / ours.wall_s, "40 million in a day",
	    A_DAY / 86400, 1, "1/s", "higher");
}

static void
company(struct load *l, const struct wish *w, FILE *out)
{
	char what[80];

	(void)snprintf(what, sizeof(what),
	    "p99 of a sync beside %u idle and %u slow", w->idle, w->slow);
	row(out, w, what, crowd_p99(l, w->idle, w->slow), "a second", 1000, 1,
	    "ms", "lower");
}

static void
open_centre(struct load *l, const char *conf)
{
	uint8_t secret[SIGN_SECRET_LEN];
	uint32_t number;

	must(centre_load(conf, &l->set));
	must(store_open(&l->set, true, &l->store));
	must(gateway_init(&l->g, l->store, &l->set));
	l->g.lease_size = (uint16_t)(l->each < LEASE_MAX ? l->each :
	    LEASE_MAX);
	must(keyfile_read_in(l->set.state, "receipt.key", "receipt-secret",
	    secret, sizeof(secret), &number));
	sign_public(secret, l->receipt_public);
	secret_wipe(secret, sizeof(secret));
	must(keyfile_read_in(l->set.state, "opening.pub", "opening-public",
	    l->opening_public, BOX_PUBLIC_LEN, &l->opening_number));
}

static bool
option(struct load *l, struct wish *w, int letter)
{
	const unsigned n = optarg == NULL ? 0 : (unsigned)atoi(optarg);

	switch (letter) {
	case 'f': l->first = n; break;
	case 'n': l->desks = n; break;
	case 'e': l->each = n; break;
	case 'b': l->batch = n; break;
	case 'a': l->at_once = n; break;
	case 'i': w->idle = n; break;
	case 's': w->slow = n; break;
	case 'p':
		if (w->crew.n < CREW_MAX)
			w->crew.pid[w->crew.n++] = (int)n;
		break;
	default: return false;
	}
	return n > 0;
}

int
main(int argc, char *argv[])
{
	struct load l = { .first = 1000000, .desks = 1000, .each = 10,
		.batch = 10, .at_once = 64 };
	struct wish w = { .idle = 0 };
	FILE *out;
	int letter;

	while ((letter = getopt(argc, argv, "f:n:e:b:a:i:s:p:")) != -1)
		if (!option(&l, &w, letter))
			return EXIT_USAGE;
	if (argc - optind != 4)
		return EXIT_USAGE;
	w.name = argv[optind];
	w.json = argv[optind + 1];
	w.folder = argv[optind + 2];
	must(secret_start());
	open_centre(&l, argv[optind + 3]);
	people_make(&l, w.folder);
	if ((out = fopen(w.json, "a")) == NULL)
		must(err_about(ERR_FILE_WRITE, "%s", w.json));
	if (w.idle + w.slow > 0)
		company(&l, &w, out);
	else
		throughput(&l, &w, out);
	if (fclose(out) != 0)
		must(ERR_FILE_WRITE);
	people_clear(&l);
	gateway_clear(&l.g);
	store_close(l.store);
	return EXIT_DONE;
}
