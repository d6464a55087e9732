/*
 * waiting: a terminal with so many envelopes waiting: how long a save takes
 * while sync is at work, how fast the queue drains, how much memory and how
 * long a start takes.
 *
 * waiting JSON FOLDER. WAITING=1000000 in the environment adds that many to
 * the sizes; it writes 2.5 GB.
 *
 * What waits is laid down in large transactions: numbers, chain, hashes and
 * signatures are as queue_put would make them, but all carry the same sealed
 * bytes, which neither queue, sync nor gateway opens. The gateway is the
 * centre's own with its ledger on the disk; the line between is a call, and
 * where saves are timed it takes 20 ms for each batch.
 */
#include <fcntl.h>
#include <poll.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/secret.h"
#include "sync/attempt.h"
#include "tests/bench/row.h"
#include "tests/centre/made.h"

#define LOOK_BACK 200	/* rows that a start looks at */
#define SAVES	  1000	/* timed */
#define DRAINED	  10000 /* envelopes */
#define FILLED	  1000	/* wait, and each batch is full */

/* The line to a gateway in this process. */
struct wire {
	struct transport t; /* first: the wire is found by it */
	struct made *m;
	int delay_ms;
	double gateway_ms; /* spent in it */
};

static struct made m;
static struct buf document, sealed;
static struct envelope_keys keys;
static uint64_t ms = MADE_NOW;

static void
prepare(void)
{
	struct record *rec = NULL;

	must(secret_start() == ERR_OK && (rec = record_new()) != NULL &&
	    made_open(&m, ":memory:") == ERR_OK, "memory");
	keys.sign_secret = m.sign;
	keys.sign_number = 1;
	keys.opening_number = m.opener.opening.number;
	memcpy(keys.opening_public, m.opening_public, BOX_PUBLIC_LEN);
	make_record(rec);
	buf_init(&sealed);
	must(buf_init_secret(&document, RECORD_ROOM) == ERR_OK &&
	    record_write(rec, &document) == ERR_OK &&
	    envelope_seal(&document, &keys, &sealed) == ERR_OK, "record");
	record_free(rec);
}

static void
step(sqlite3 *db, const char *sql)
{
	must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

/* The next envelope of the chain into one row. */
static void
lay_one(sqlite3_stmt *st, struct envelope *e, struct buf *bytes)
{
	uint8_t hash[DIGEST_LEN];

	e->sequence++;
	rid_make(ms++, &e->rid);
	buf_reset(bytes);
	must(envelope_write(e, &keys, bytes) == ERR_OK, "envelope");
	envelope_hash(bytes->p, bytes->len, hash);
	(void)sqlite3_bind_int64(st, 1, (sqlite3_int64)e->sequence);
	(void)sqlite3_bind_blob(st, 2, e->rid.b, RID_LEN, SQLITE_STATIC);
	(void)sqlite3_bind_int64(st, 3, MADE_TERMINAL);
	(void)sqlite3_bind_int64(st, 4, (sqlite3_int64)rid_ms(&e->rid));
	(void)sqlite3_bind_blob(st, 5, hash, DIGEST_LEN, SQLITE_STATIC);
	(void)sqlite3_bind_blob(st, 6, bytes->p, (int)bytes->len,
	    SQLITE_STATIC);
	must(sqlite3_step(st) == SQLITE_DONE && sqlite3_reset(st) ==
	    SQLITE_OK, "row");
	memcpy(e->previous, hash, DIGEST_LEN);
}

/* So many wait in a new queue. */
static void
lay_all(const char *state, unsigned long n)
{
	struct envelope e = { .suite = ENVELOPE_SUITE,
		.terminal = MADE_TERMINAL, .sign_key = 1,
		.opening_key = keys.opening_number,
		.sealed = cursor_of(sealed.p, sealed.len) };
	struct queue *q;
	struct buf bytes;
	char path[PATH_ROOM];
	sqlite3_stmt *st;
	sqlite3 *db = NULL;

	must(queue_open(state, false, &q) == ERR_OK, state);
	queue_close(q);
	must(path_join(state, "queue.db", path) == ERR_OK &&
	    sqlite3_open(path, &db) == SQLITE_OK, "queue.db");
	step(db, "PRAGMA synchronous=OFF; PRAGMA cache_size=-65536; BEGIN");
	must(sqlite3_prepare_v2(db, "INSERT INTO envelope (sequence, rid,"
	    " terminal, made_ms, hash, bytes) VALUES (?, ?, ?, ?, ?, ?)", -1,
	    &st, NULL) == SQLITE_OK, "insert");
	buf_init(&bytes);
	for (unsigned long i = 1; i <= n; i++) {
		lay_one(st, &e, &bytes);
		if (i % 10000 == 0)
			step(db, "COMMIT; BEGIN");
	}
	buf_clear(&bytes);
	(void)sqlite3_finalize(st);
	step(db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
	(void)sqlite3_close(db);
}

/* In a process of its own, whose memory is not ours to be measured. */
static void
lay(const char *state, unsigned long n)
{
	int status = 1;
	pid_t pid = fork();

	if (pid == 0) {
		lay_all(state, n);
		_exit(0);
	}
	must(waitpid(pid, &status, 0) == pid && status == 0, state);
	ms += n;
}

static enum err
wire_ask(struct transport *t, const char *path, const void *p, size_t n,
    struct answer *out)
{
	struct wire *w = (struct wire *)t;
	double from = now_ms();
	enum err r;

	(void)path;
	r = gateway_envelopes(&w->m->g, MADE_TERMINAL, cursor_of(p, n), 0,
	    MADE_NOW, &out->body);
	out->status = r == ERR_OK ? 200 : err_http(r);
	w->gateway_ms += now_ms() - from;
	if (w->delay_ms > 0)
		(void)poll(NULL, 0, w->delay_ms);
	return ERR_OK;
}

/* A centre of its own in that folder, and a courier to it. */
static void
set_out(struct courier *c, struct wire *w, struct queue *q,
    const char *ledger)
{
	must(folder_make(ledger) == ERR_OK &&
	    store_sqlite_open(ledger, true, &m.store) == ERR_OK, "ledger");
	m.g.store = m.store;
	must(made_terminal(&m, MADE_TERMINAL) == ERR_OK, "terminal");
	*w = (struct wire){ .t = { .ask = wire_ask }, .m = &m };
	*c = (struct courier){ .queue = q, .transport = &w->t,
		.terminal = MADE_TERMINAL, .until = LEVEL_STORED };
	memcpy(c->centre, m.receipt_public, SIGN_PUBLIC_LEN);
}

/* One batch; how many went. */
static unsigned
send_batch(struct courier *c)
{
	struct attempt a;
	enum err r = attempt_send(c, false, clock_wall_ms(), &a);

	must(r == ERR_OK || r == ERR_QUEUE_BUSY, "attempt");
	return r == ERR_OK ? a.sent : 0;
}

/* As guichet-sync beside the desk, until the pipe is closed. */
static void
sync_beside(const char *state, const char *ledger, int stop)
{
	struct pollfd end = { .fd = stop, .events = POLLIN };
	struct courier c;
	struct queue *q;
	struct wire w;

	must(queue_open(state, false, &q) == ERR_OK, state);
	set_out(&c, &w, q, ledger);
	w.delay_ms = 20;
	while (poll(&end, 1, 0) == 0)
		if (send_batch(&c) == 0)
			(void)poll(NULL, 0, 20);
	_exit(0);
}

static double
save(struct queue *q)
{
	double from = now_ms();
	uint64_t sequence;
	struct rid rid;

	buf_reset(&sealed);
	rid_make(ms++, &rid);
	must(envelope_seal(&document, &keys, &sealed) == ERR_OK &&
	    queue_put(q, MADE_TERMINAL, &rid, &sealed, &keys, &sequence) ==
	    ERR_OK, "put");
	return now_ms() - from;
}

/* The p99 of a save with sync running. */
static double
time_saves(const char *state, const char *ledger)
{
	static double took[SAVES];
	struct queue *q;
	int stop[2];
	pid_t pid;

	must(pipe(stop) == 0, "pipe");
	if ((pid = fork()) == 0) {
		close(stop[1]);
		sync_beside(state, ledger, stop[0]);
	}
	must(queue_open(state, false, &q) == ERR_OK, state);
	for (size_t i = 0; i < SAVES; i++) {
		took[i] = save(q);
		(void)poll(NULL, 0, 1);
	}
	close(stop[0]);
	close(stop[1]);
	must(waitpid(pid, NULL, 0) == pid, "sync");
	queue_close(q);
	return p99_of(took, SAVES);
}

/* What a start and a little work cost. */
struct cost {
	double start_ms, kib;
};

static void
forget_cache(const char *state)
{
	char path[PATH_ROOM];
	int fd = -1;

	must(path_join(state, "queue.db", path) == ERR_OK &&
	    (fd = open(path, O_RDONLY | O_CLOEXEC)) != -1 &&
	    fdatasync(fd) == 0 &&
	    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED) == 0, path);
	close(fd);
}

/* In a process of its own: as the desk starts, then one save and three
 * batches that are not delivered. */
static void
start_and_work(const char *state, int out)
{
	double from = now_ms();
	struct rid rids[BATCH_MAX];
	struct queue_counts counts;
	struct rusage usage;
	struct cost cost;
	uint64_t damaged;
	struct queue *q;
	struct buf batch;
	size_t n;

	must(queue_open(state, false, &q) == ERR_OK &&
	    queue_verify_last(q, LOOK_BACK, 1, m.sign_public, &damaged) ==
	    ERR_OK && damaged == 0 && queue_count(q, &counts) == ERR_OK,
	    state);
	cost.start_ms = now_ms() - from;
	(void)save(q);
	buf_init(&batch);
	for (int i = 0; i < 3; i++) {
		buf_reset(&batch);
		must(queue_batch(q, ms, BATCH_MAX, &batch, &n, rids) ==
		    ERR_OK, "batch");
	}
	(void)getrusage(RUSAGE_SELF, &usage);
	cost.kib = (double)usage.ru_maxrss;
	queue_close(q);
	must(write(out, &cost, sizeof(cost)) == sizeof(cost), "pipe");
	_exit(0);
}

static struct cost
cost_of(const char *state)
{
	struct cost cost;
	int p[2];
	pid_t pid;

	forget_cache(state);
	must(pipe(p) == 0, "pipe");
	if ((pid = fork()) == 0)
		start_and_work(state, p[1]);
	must(read(p[0], &cost, sizeof(cost)) == sizeof(cost), "a start");
	must(waitpid(pid, NULL, 0) == pid, "a start");
	close(p[0]);
	close(p[1]);
	return cost;
}

static void
remove_all(const char *folder)
{
	char command[PATH_ROOM + 16];

	(void)snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	must(system(command) == 0, command);
}

/* All rows of one size. The first, with nothing waiting, is what the others
 * are held against; but of memory the first that fill a batch, for to have
 * nothing to do takes none. */
static void
measure(FILE *json, const char *top, unsigned long n)
{
	static double first_ms, first_kib, first_p99;
	char state[PATH_ROOM], ledger[PATH_ROOM], name[64];
	struct cost cost;
	double p99;

	must(path_join(top, "state", state) == ERR_OK &&
	    path_join(top, "ledger", ledger) == ERR_OK, top);
	lay(state, n);
	cost = cost_of(state);
	p99 = time_saves(state, ledger);
	if (n == 0) {
		first_ms = cost.start_ms;
		first_p99 = p99;
	}
	if (n == FILLED)
		first_kib = cost.kib;
	(void)snprintf(name, sizeof(name), "save-p99, %lu waiting, syncing",
	    n);
	report(json, name, p99, first_p99, "none waiting", 20, "ms", "lower");
	(void)snprintf(name, sizeof(name), "start-up, %lu waiting", n);
	report(json, name, cost.start_ms, first_ms, "none waiting", 2000,
	    "ms", "lower");
	(void)snprintf(name, sizeof(name), "memory, %lu waiting", n);
	if (n >= FILLED)
		report(json, name, cost.kib, first_kib, "1000 waiting", 1.1,
		    "KiB", "lower");
	remove_all(state);
	remove_all(ledger);
}

/* The queue's batches through the gateway, against the gateway alone with
 * envelopes that are as many and as large. */
static void
drain(FILE *json, const char *top)
{
	char state[PATH_ROOM], ledger[PATH_ROOM];
	double from, took;
	unsigned sent = 0, n;
	struct courier c;
	struct queue *q;
	struct wire w;

	must(path_join(top, "state", state) == ERR_OK &&
	    path_join(top, "ledger", ledger) == ERR_OK, top);
	lay(state, DRAINED);
	must(queue_open(state, false, &q) == ERR_OK, state);
	set_out(&c, &w, q, ledger);
	from = now_ms();
	while ((n = send_batch(&c)) > 0)
		sent += n;
	took = now_ms() - from;
	must(sent == DRAINED, "drained");
	report(json, "drain", DRAINED * 1e3 / took, DRAINED * 1e3 /
	    w.gateway_ms, "the gateway's part of it", 0.5, "1/s", "higher");
	queue_close(q);
	store_close(m.store);
	m.store = NULL;
	remove_all(state);
	remove_all(ledger);
}

int
main(int argc, char *argv[])
{
	static const unsigned long sizes[] = { 0, FILLED, 100000 };
	const char *more = getenv("WAITING");
	FILE *json;

	if (argc != 3 || (json = fopen(argv[1], "a")) == NULL)
		return 64;
	prepare();
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		measure(json, argv[2], sizes[i]);
	if (more != NULL)
		measure(json, argv[2], strtoul(more, NULL, 10));
	/* Last: the memory that it takes, a child would have from its start. */
	drain(json, argv[2]);
	return fclose(json) == 0 ? 0 : 1;
}
