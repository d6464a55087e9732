/*
 * save: the commit point of an enrolment against the least that it contains.
 *
 * save JSON FOLDER. Ours: seal, sign, chain, insert, commit (Argon2id apart).
 * The reference, in turns with it so that both meet the same disk: one sealed
 * box, one signature, one row of the same size in a bare WAL+FULL file.
 */
#include <limits.h>
#include <sqlite3.h>
#include <string.h>

#include "base/secret.h"
#include "queue/queue.h"
#include "tests/bench/row.h"
#include "tests/envelope/made.h"

#define TURNS 20
#define EACH  50 /* saves in a turn */

struct bench {
	struct queue *q;
	sqlite3 *db;
	sqlite3_stmt *insert;
	struct buf document, sealed, row;
	struct envelope_keys keys;
	uint8_t *secret;
	uint64_t ms;
	double ours[TURNS * EACH], bare[TURNS * EACH]; /* milliseconds */
};

static void
open_bare(struct bench *b, const char *folder)
{
	char path[PATH_MAX];

	(void)snprintf(path, sizeof(path), "%s/bare.db", folder);
	must(sqlite3_open(path, &b->db) == SQLITE_OK &&
	    sqlite3_exec(b->db, "PRAGMA journal_mode=WAL;"
	    "PRAGMA synchronous=FULL;"
	    "CREATE TABLE t (id INTEGER PRIMARY KEY, bytes BLOB)", NULL, NULL,
	    NULL) == SQLITE_OK && sqlite3_prepare_v2(b->db,
	    "INSERT INTO t (bytes) VALUES (?)", -1, &b->insert, NULL) ==
	    SQLITE_OK, "bare.db");
}

static void
prepare(struct bench *b, const char *folder)
{
	uint8_t public[SIGN_PUBLIC_LEN], box[BOX_SECRET_LEN];
	char state[PATH_MAX];
	struct record *rec = NULL;

	must(secret_start() == ERR_OK && (rec = record_new()) != NULL &&
	    (b->secret = secret_alloc(SIGN_SECRET_LEN)) != NULL, "memory");
	sign_keypair(b->secret, public);
	box_keypair(box, b->keys.opening_public);
	b->keys.sign_secret = b->secret;
	b->keys.sign_number = b->keys.opening_number = 1;
	make_record(rec);
	must(buf_init_secret(&b->document, RECORD_ROOM) == ERR_OK &&
	    record_write(rec, &b->document) == ERR_OK, "record");
	record_free(rec);
	buf_init(&b->sealed);
	buf_init(&b->row);
	b->ms = 1795271525000;
	(void)snprintf(state, sizeof(state), "%s/state", folder);
	must(queue_open(state, false, &b->q) == ERR_OK, "queue");
	open_bare(b, folder);
}

static double
save_ours(struct bench *b)
{
	double from = now_ms();
	uint64_t sequence;
	struct rid rid;

	b->sealed.len = 0;
	rid_make(b->ms++, &rid);
	must(envelope_seal(&b->document, &b->keys, &b->sealed) == ERR_OK &&
	    queue_put(b->q, 7, &rid, &b->sealed, &b->keys, &sequence) ==
	    ERR_OK, "put");
	return now_ms() - from;
}

/* A row of exactly an envelope's size, sealed and signed but not chained. */
static double
save_bare(struct bench *b)
{
	double from = now_ms();
	uint8_t header[ENVELOPE_HEADER] = { 1 }, padded[2 * ENVELOPE_STEP];
	uint8_t signature[SIGNATURE_LEN];

	memset(padded, 0, sizeof(padded));
	memcpy(padded, b->document.p, b->document.len);
	b->row.len = 0;
	must(buf_put(&b->row, header, sizeof(header)) == ERR_OK &&
	    box_seal(padded, sizeof(padded), b->keys.opening_public,
	    &b->row) == ERR_OK && sign("bench", b->row.p, b->row.len,
	    b->secret, signature) == ERR_OK && buf_put(&b->row, signature,
	    sizeof(signature)) == ERR_OK, "seal");
	must(sqlite3_bind_blob64(b->insert, 1, b->row.p, b->row.len,
	    SQLITE_STATIC) == SQLITE_OK && sqlite3_step(b->insert) ==
	    SQLITE_DONE && sqlite3_reset(b->insert) == SQLITE_OK, "commit");
	return now_ms() - from;
}

static double
rate(const double *ms, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += ms[i];
	return (double)n * 1e3 / sum;
}

int
main(int argc, char *argv[])
{
	static struct bench b;
	const size_t n = TURNS * EACH;
	FILE *json;

	if (argc != 3 || (json = fopen(argv[1], "a")) == NULL)
		return 64;
	prepare(&b, argv[2]);
	for (size_t i = 0; i < n; i += EACH) {
		for (size_t k = 0; k < EACH; k++)
			b.ours[i + k] = save_ours(&b);
		for (size_t k = 0; k < EACH; k++)
			b.bare[i + k] = save_bare(&b);
	}
	must(b.row.len == ENVELOPE_HEADER + b.sealed.len + SIGNATURE_LEN,
	    "the rows are not of one size");
	report(json, "save", rate(b.ours, n), rate(b.bare, n),
	    "one sealed box, signature and bare commit", 0.85, "1/s",
	    "higher");
	report(json, "save-p99", p99_of(b.ours, n), p99_of(b.bare, n),
	    "p99 of the same", 20, "ms", "lower");
	queue_close(b.q);
	(void)sqlite3_finalize(b.insert);
	(void)sqlite3_close(b.db);
	return fclose(json) == 0 ? 0 : 1;
}
