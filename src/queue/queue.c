/* queue: open, find, rest. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "queue/queue_own.h"
#include "queue/storage.h"

/*
 * A row stays for ever: its bytes go once the centre has them, its number,
 * id, hash and receipt do not. So the last row is always the chain's head.
 * What is still to do is few, and the partial index holds just that.
 */
static const char schema[] =
	"CREATE TABLE envelope ("
	" sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),"
	" rid BLOB NOT NULL UNIQUE CHECK (length(rid) = 16),"
	" terminal INTEGER NOT NULL,"
	" state TEXT NOT NULL DEFAULT 'ready' CHECK"
	"  (state IN ('ready', 'sent', 'held', 'refused', 'damaged')),"
	" level INTEGER NOT NULL DEFAULT 0 CHECK (level BETWEEN 0 AND 2),"
	" attempts INTEGER NOT NULL DEFAULT 0,"
	" made_ms INTEGER NOT NULL,"
	" next_ms INTEGER NOT NULL DEFAULT 0,"
	" reason INTEGER NOT NULL DEFAULT 0,"
	" outcome INTEGER NOT NULL DEFAULT 0,"
	" outcome_reason INTEGER NOT NULL DEFAULT 0,"
	" hash BLOB NOT NULL CHECK (length(hash) = 32),"
	" receipt BLOB, bytes BLOB) STRICT;"
	"CREATE INDEX todo ON envelope (sequence) WHERE state <> 'sent';"
	"CREATE TABLE handover ("
	" number INTEGER PRIMARY KEY,"
	" rid BLOB NOT NULL UNIQUE CHECK (length(rid) = 16),"
	" state TEXT NOT NULL DEFAULT 'owed' CHECK"
	"  (state IN ('owed', 'intent', 'done', 'void')),"
	" prints INTEGER NOT NULL DEFAULT 0) STRICT;"
	"CREATE INDEX unknown ON handover (number)"
	" WHERE state IN ('owed', 'intent');"
	"CREATE TABLE lease ("
	" block INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL,"
	" count INTEGER NOT NULL,"
	" taken INTEGER NOT NULL DEFAULT 0 CHECK (taken <= count),"
	" numbers BLOB NOT NULL CHECK (length(numbers) = 4 * count)) STRICT;"
	"CREATE TABLE tally ("
	" day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]"
	"[0-9][0-9][0-9][0-9]'),"
	" what TEXT NOT NULL, n INTEGER NOT NULL,"
	" PRIMARY KEY (day, what)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE state ("
	" name TEXT PRIMARY KEY, value INTEGER NOT NULL)"
	" STRICT, WITHOUT ROWID;";

/* In order of state, so that what waits is counted without a look at the
 * rows, however many. */
static const char by_state[] =
	"DROP INDEX todo;"
	"CREATE INDEX todo ON envelope (state) WHERE state <> 'sent'";

/* The signing keys, from the first hand-over on; a hand-over's own bytes too,
 * for without it nothing behind it can be delivered. */
static const char epochs[] =
	"CREATE TABLE epoch ("
	" number INTEGER PRIMARY KEY, sequence INTEGER NOT NULL,"
	" public BLOB NOT NULL CHECK (length(public) = 32),"
	" badge BLOB, bytes BLOB) STRICT";

/* Rows whose own page cannot be read any more, and so not be marked. */
static const char aside[] =
	"CREATE TABLE aside (sequence INTEGER PRIMARY KEY) STRICT";

/* The opening key that the centre announced last. */
static const char opening[] =
	"CREATE TABLE opening ("
	" one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL,"
	" said BLOB NOT NULL CHECK (length(said) = 117)) STRICT";

/* Whether the place is open, as the centre told last. */
static const char switches[] =
	"CREATE TABLE switch ("
	" one INTEGER PRIMARY KEY CHECK (one = 1),"
	" open INTEGER NOT NULL CHECK (open IN (0, 1)),"
	" at_ms INTEGER NOT NULL, since_ms INTEGER NOT NULL) STRICT";

/* Forward only: what stands here is never changed, only added to. */
static const char *const steps[] = { by_state, epochs, aside, opening,
	switches };

static const struct db_form form = {
	.schema = schema,
	.version = 1 + sizeof(steps) / sizeof(steps[0]),
	.steps = steps,
	.application = 0x47555131, /* "GUQ1" */
	.fault = ERR_QUEUE_WRITE,
	.cannot_open = ERR_QUEUE_OPEN,
	.not_durable = ERR_QUEUE_DURABLE,
	.busy = ERR_QUEUE_BUSY,
	.full = ERR_QUEUE_SPACE,
	.damaged = ERR_QUEUE_DAMAGED,
	.busy_ms = 2000,
	.cache_kib = 1000,
	.checkpoint = 4 * QUEUE_TIDY,
	.journal_limit = 32 * QUEUE_TIDY * 1024, /* or each turn cuts it */
};

#define STATE_WORD(name, word) word,
static const char *const words[] = { QUEUE_STATES(STATE_WORD) };
enum { STATES = sizeof(words) / sizeof(words[0]) };

const char *
queue_state_word(enum queue_state s)
{
	return (size_t)s < STATES ? words[s] : "";
}

enum err
queue_state_of(const char *word, enum queue_state *out)
{
	for (size_t i = 0; i < STATES; i++)
		if (strcmp(word, words[i]) == 0) {
			*out = (enum queue_state)i;
			return ERR_OK;
		}
	return ERR_NOT_FOUND;
}

/* Training goes on where production would not, and says so once. */
static enum err
check_storage(const char *state, bool production)
{
	enum err r = storage_check(state);

	if (r == ERR_OK || production)
		return r;
	log_error(r, "storage-check");
	return ERR_OK;
}

enum err
queue_open(const char *state, bool production, struct queue **out)
{
	char path[PATH_ROOM];
	struct queue *q = NULL;
	enum err r;

	if ((r = folder_make(state)) != ERR_OK ||
	    (r = check_storage(state, production)) != ERR_OK ||
	    (r = path_join(state, "queue.db", path)) != ERR_OK)
		return r;
	if ((q = calloc(1, sizeof(*q))) == NULL)
		return ERR_MEMORY;
	(void)snprintf(q->state, sizeof(q->state), "%s", state);
	q->ballast = production;
	r = db_open(path, &form, true, &q->db);
	if (r == ERR_QUEUE_WRITE || r == ERR_QUEUE_DAMAGED)
		r = ERR_QUEUE_OPEN;
	if (r == ERR_OK) {
		*out = q;
		q = NULL; /* transferred */
	}
	queue_close(q);
	return r;
}

void
queue_close(struct queue *q)
{
	if (q == NULL)
		return;
	db_close(q->db);
	free(q);
}

enum err
queue_end(struct queue *q, enum err r)
{
	if (r == ERR_OK)
		r = db_commit(q->db);
	db_rollback(q->db);
	q->written = true;
	return r;
}

enum err
queue_rest(struct queue *q)
{
	enum err r = q->written ? db_checkpoint(q->db) : ERR_OK;

	/* Another program is at work: it will rest in its turn. */
	q->written = false;
	return r == ERR_QUEUE_BUSY ? ERR_OK : r;
}

/* The row that a statement stands on; ERR_QUEUE_DAMAGED. */
static enum err
row_of(struct db_ask *a, struct queue_row *out)
{
	struct queue_row row;
	char word[16];
	enum err r;

	if ((r = db_copy(a, 1, row.rid.b, RID_LEN)) != ERR_OK ||
	    (r = db_text(a, 2, word, sizeof(word))) != ERR_OK ||
	    (r = db_copy(a, 11, row.hash, DIGEST_LEN)) != ERR_OK)
		return r;
	if (queue_state_of(word, &row.state) != ERR_OK ||
	    db_u64(a, 3) > LEVEL_REPLICATED)
		return err_about(ERR_QUEUE_DAMAGED, "state, level");
	row.sequence = db_u64(a, 0);
	row.level = (int)db_u64(a, 3);
	row.attempts = (uint32_t)db_u64(a, 4);
	row.made_ms = db_u64(a, 5);
	row.next_ms = db_u64(a, 6);
	row.reason = (int)db_u64(a, 7);
	row.outcome = (int)db_u64(a, 8);
	row.outcome_reason = (int)db_u64(a, 9);
	row.bytes = (size_t)db_u64(a, 10);
	*out = row;
	return ERR_OK;
}

/* The one row that a statement gives. */
static enum err
only_row(struct db_ask *a, struct queue_row *out)
{
	bool row;
	enum err r;

	if ((r = db_next(a, &row)) == ERR_OK)
		r = row ? row_of(a, out) : ERR_NOT_FOUND;
	db_done(a);
	return r;
}

enum err
queue_find(struct queue *q, const struct rid *rid, struct queue_row *out)
{
	struct db_ask *a;
	enum err r;

	if ((r = db_ask(q->db, &a, "SELECT " QUEUE_COLUMNS " FROM envelope"
	    " WHERE rid = ?", "b", rid->b, (size_t)RID_LEN)) != ERR_OK)
		return r;
	return only_row(a, out);
}

/* Row by row, so that visit() may write and no read lasts long. */
enum err
queue_each_after(struct queue *q, uint64_t after, queue_visit *visit,
    void *user)
{
	struct queue_row row = { .sequence = after };
	struct db_ask *a;
	enum err r;

	for (;;) {
		if ((r = db_ask(q->db, &a, "SELECT " QUEUE_COLUMNS
		    " FROM envelope WHERE sequence > ?"
		    " ORDER BY sequence LIMIT 1", "u",
		    row.sequence)) != ERR_OK)
			return r;
		if ((r = only_row(a, &row)) == ERR_NOT_FOUND)
			return ERR_OK;
		if (r != ERR_OK || (r = visit(&row, user)) != ERR_OK)
			return r;
	}
}

enum err
queue_each(struct queue *q, queue_visit *visit, void *user)
{
	return queue_each_after(q, 0, visit, user);
}
