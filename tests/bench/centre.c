/*
 * centre: enrolments through gateway and opener, against the least work that
 * is in them: a signature checked, a sealed box opened, a row in a batch. Then
 * what one costs among 10,000 dossiers, and among ten times as many, and so
 * on up to the number in the environment's DOSSIERS (100,000).
 *
 *	centre JSON FOLDER [RECORDS]
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tests/centre/made.h"
#include "tests/load/crew.h"

#include "base/clock.h"
#include "base/db.h"

#define RECORDS	 4000
#define BATCH	 100
#define SLICE	 2000 /* records at once while it grows */
#define DOSSIERS 100000

/* Wall and processor time of one way to do it. */
struct cost {
	double wall_s, cpu_s;
};

static struct crew server;
static const char *store = "centre"; /* in the names of the rows */

static double
seconds(clockid_t which)
{
	struct timespec ts;

	(void)clock_gettime(which, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static double
spent(void)
{
	return seconds(CLOCK_PROCESS_CPUTIME_ID) + crew_cpu(&server);
}

static void
begin(struct cost *c)
{
	c->wall_s = seconds(CLOCK_MONOTONIC);
	c->cpu_s = spent();
}

static void
end(struct cost *c)
{
	c->wall_s = seconds(CLOCK_MONOTONIC) - c->wall_s;
	c->cpu_s = spent() - c->cpu_s;
}

static void
must(enum err r)
{
	if (r != ERR_OK)
		exit(err_report("bench-centre", r));
}

/* The records as they arrive: whole bodies of a batch each. */
struct load {
	unsigned records, bodies;
	struct buf *body;
};

static uint32_t
lend(struct made *m)
{
	static struct lease l;
	static uint32_t used;
	struct buf answer, bytes;
	char text[8192];
	json_t *doc;
	size_t n;

	if (used < l.count)
		return l.number[used++];
	buf_init(&answer);
	buf_init(&bytes);
	/* A day apart each, so that the daily number is no matter. */
	must(gateway_lease(&m->g, MADE_TERMINAL, MADE_NOW +
	    (uint64_t)(l.block + 1) * 86400000, &answer));
	must(json_read(answer.p, answer.len, &doc));
	must(json_get_text(doc, "lease", text, sizeof(text) - 1));
	must(buf_reserve(&bytes, sizeof(text)));
	must(base64_read(text, bytes.p, sizeof(text), &n));
	must(lease_read(bytes.p, n, m->receipt_public, &l));
	json_decref(doc);
	buf_clear(&answer);
	buf_clear(&bytes);
	used = 1;
	return l.number[0];
}

/* Everybody is somebody else, with a channel and so an account. */
static void
make_load(struct made *m, struct load *load, unsigned records)
{
	static unsigned people;
	struct record *rec = record_new();
	struct buf one;

	load->records = records;
	load->bodies = (records + BATCH - 1) / BATCH;
	load->body = calloc(load->bodies, sizeof(*load->body));
	if (load->body == NULL || rec == NULL)
		must(ERR_MEMORY);
	buf_init(&one);
	m->g.lease_size = LEASE_MAX;
	make_record(rec);
	for (unsigned i = 0; i < records; i++) {
		if (i % BATCH == 0)
			buf_init(&load->body[i / BATCH]);
		(void)snprintf(rec->identity.given,
		    sizeof(rec->identity.given), "CAMILLE %X", people++);
		identifier_text(lend(m), false, rec->account.identifier);
		buf_reset(&one);
		must(made_envelope(m, rec, true, &one));
		must(made_add(&load->body[i / BATCH], &one));
	}
	buf_clear(&one);
	record_free(rec);
}

static void
clear_load(struct load *load)
{
	for (unsigned i = 0; i < load->bodies; i++)
		buf_clear(&load->body[i]);
	free(load->body);
}

static void
take_in(struct made *m, const struct load *load)
{
	struct buf answer;

	buf_init(&answer);
	for (unsigned i = 0; i < load->bodies; i++) {
		buf_reset(&answer);
		must(gateway_envelopes(&m->g, MADE_TERMINAL,
		    cursor_of(load->body[i].p, load->body[i].len), 0,
		    MADE_NOW, &answer));
	}
	buf_clear(&answer);
}

static void
open_all(struct made *m, struct vault *v, unsigned records)
{
	unsigned settled, left, opened = 0;
	struct opener *o;

	must(opener_new(m->store, v, &m->opener, &m->set, &o));
	do {
		must(opener_run(o, MADE_NOW, &settled, &left));
		opened += settled;
	} while (settled > 0);
	opener_free(o);
	if (opened != records)
		must(ERR_RULE);
}

static enum err
count_opened(const struct entry *e, void *user)
{
	*(unsigned *)user += e->outcome == OUTCOME_OPENED;
	return ERR_OK;
}

static const struct db_form bare = {
	.schema = "CREATE TABLE row (rid BLOB PRIMARY KEY, bytes BLOB)"
		  " STRICT;",
	.version = 1,
	.fault = ERR_LEDGER,
};

/* The floor: nothing but what cannot be left out. */
static void
least(struct made *m, const struct load *load, const char *folder)
{
	char path[PATH_ROOM];
	struct envelope e;
	struct cursor body, one;
	struct buf opened;
	struct db *d;
	uint32_t n;

	must(path_join(folder, "bare.db", path));
	must(db_open(path, &bare, true, &d));
	must(buf_init_secret(&opened, ENVELOPE_MAX));
	for (unsigned i = 0; i < load->bodies; i++) {
		body = cursor_of(load->body[i].p, load->body[i].len);
		must(db_begin(d));
		while (body.n > 0) {
			must(cursor_u32(&body, &n));
			must(cursor_sub(&body, n, &one));
			must(envelope_check(one.p, one.n, m->sign_public));
			must(envelope_read(one.p, one.n, &e));
			buf_reset(&opened);
			must(envelope_open(&e, m->opener.opening.secret,
			    &opened));
			must(db_do(d, "INSERT INTO row VALUES (?, ?)", "bb",
			    (const void *)e.rid.b, sizeof(e.rid.b), one.p,
			    one.n));
		}
		must(db_commit(d));
	}
	buf_clear(&opened);
	db_close(d);
}

static void
row(FILE *out, const char *name, double ours, double reference, double aim,
    const char *unit, const char *better)
{
	fprintf(out, "{\"name\":\"%s: %s\",\"ours\":%.1f,\"reference\":%.1f,"
	    "\"against\":\"signature, box, batched insert\","
	    "\"ratio\":%.3f,\"aim\":%.2f,\"unit\":\"%s\",\"better\":\"%s\"}\n",
	    store, name, ours, reference, ours / reference, aim, unit, better);
}

static void
report(const char *path, unsigned n, const struct cost *gate,
    const struct cost *open, const struct cost *floor)
{
	double wall = gate->wall_s + open->wall_s;
	double cpu = gate->cpu_s + open->cpu_s;
	FILE *out = fopen(path, "a");

	if (out == NULL)
		must(err_about(ERR_FILE_WRITE, "%s", path));
	/* Two processes on two machines or cores: the slower one decides. */
	row(out, "enrolments, gateway beside opener",
	    n / (gate->wall_s > open->wall_s ? gate->wall_s : open->wall_s),
	    n / floor->wall_s, 0.6, "1/s", "higher");
	row(out, "enrolments, one after the other", n / wall,
	    n / floor->wall_s, 0.6, "1/s", "higher");
	row(out, "gateway alone", n / gate->wall_s,
	    n / floor->wall_s, 0.6, "1/s", "higher");
	row(out, "processor time of an enrolment", cpu / n * 1e6,
	    floor->cpu_s / n * 1e6, 1.5, "us", "lower");
	if (fclose(out) != 0)
		must(err_about(ERR_FILE_WRITE, "%s", path));
}

/* Some more; what one of them cost, in microseconds of processor. */
static double
grow(struct made *m, struct vault *v, unsigned n)
{
	struct cost c;
	struct load load;

	make_load(m, &load, n);
	begin(&c);
	take_in(m, &load);
	open_all(m, v, n);
	end(&c);
	clear_load(&load);
	return c.cpu_s / n * 1e6;
}

/* What this process holds in memory, in MiB. */
static double
resident(void)
{
	unsigned long pages = 0;
	FILE *in = fopen("/proc/self/statm", "r");

	if (in == NULL || fscanf(in, "%*u %lu", &pages) != 1)
		must(err_about(ERR_FILE_READ, "statm"));
	(void)fclose(in);
	return (double)pages / 256;
}

static void
say(FILE *out, const char *what, unsigned n, double ours, unsigned before,
    double reference, const char *unit)
{
	fprintf(out, "{\"name\":\"%s: %s among %u\",\"ours\":%.1f,"
	    "\"reference\":%.1f,\"against\":\"the same among %u\","
	    "\"ratio\":%.3f,\"aim\":1.25,\"unit\":\"%s\","
	    "\"better\":\"lower\"}\n", store, what, n, ours, reference, before,
	    ours / reference, unit);
}

/* Ten times as many each time: what one of the last tenth cost. */
static void
growth(const char *path, struct made *m, struct vault *v, unsigned there)
{
	const char *wish = getenv("DOSSIERS");
	const unsigned most = wish == NULL ? DOSSIERS : (unsigned)atoi(wish);
	double cost = 0, memory = 0, before, held;
	unsigned slices;
	FILE *out = fopen(path, "a");

	if (out == NULL)
		must(err_about(ERR_FILE_WRITE, "%s", path));
	for (unsigned n = 10000; n <= most; n *= 10) {
		before = cost;
		held = memory;
		for (; there + SLICE <= n - n / 10; there += SLICE)
			(void)grow(m, v, SLICE);
		cost = 0;
		for (slices = 0; there < n; there += SLICE, slices++)
			cost += grow(m, v, SLICE);
		cost /= slices;
		memory = resident();
		if (before == 0)
			continue;
		say(out, "processor time of one", n, cost, n / 10, before,
		    "us");
		say(out, "memory", n, memory, n / 10, held, "MiB");
		(void)fflush(out);
	}
	if (fclose(out) != 0)
		must(err_about(ERR_FILE_WRITE, "%s", path));
}

int
main(int argc, char *argv[])
{
	const unsigned n = RECORDS;
	unsigned opened = 0;
	struct cost gate, open, floor;
	struct vault *v = NULL;
	struct load load;
	struct made m;

	if (argc != 3 && argc != 5)
		return EXIT_USAGE;
	if (argc == 5) {
		store = "centre, PostgreSQL";
		server.pid[server.n++] = atoi(argv[4]);
	}
	json_keep_wiped();
	must(made_open(&m, argc == 5 ? argv[3] : argv[2]));
	must(vault_open(argv[2], true, &m.opener.vault, &v));
	make_load(&m, &load, n);
	begin(&floor);
	least(&m, &load, argv[2]);
	end(&floor);
	begin(&gate);
	take_in(&m, &load);
	end(&gate);
	begin(&open);
	open_all(&m, v, n);
	end(&open);
	must(m.store->ops->entry_each(m.store, count_opened, &opened));
	if (opened != n)
		must(err_about(ERR_RULE, "%u", opened));
	report(argv[1], n, &gate, &open, &floor);
	clear_load(&load);
	growth(argv[1], &m, v, n);
	vault_close(v);
	made_close(&m);
	return EXIT_DONE;
}
