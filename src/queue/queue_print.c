/* queue_print: who has the secrets: owed, on their way, in hand, void. */
#include <string.h>

#include "queue/queue_own.h"

#define HANDOVER_WORD(name, word) word,
static const char *const words[] = { HANDOVER_STATES(HANDOVER_WORD) };
enum { STATES = sizeof(words) / sizeof(words[0]) };

const char *
handover_word(enum handover_state s)
{
	return (size_t)s < STATES ? words[s] : "";
}

enum err
queue_owe(struct queue *q, const struct rid *rid)
{
	return db_do(q->db, "INSERT INTO handover (rid) VALUES (?)", "b",
	    rid->b, (size_t)RID_LEN);
}

/* The row that a statement stands on. */
static enum err
row_of(struct db_ask *a, struct handover_row *out)
{
	char word[16];
	enum err r;

	out->number = db_u64(a, 0);
	out->prints = (uint32_t)db_u64(a, 3);
	if ((r = db_copy(a, 1, out->rid.b, RID_LEN)) != ERR_OK ||
	    (r = db_text(a, 2, word, sizeof(word))) != ERR_OK)
		return r;
	for (size_t i = 0; i < STATES; i++)
		if (strcmp(word, words[i]) == 0) {
			out->state = (enum handover_state)i;
			return ERR_OK;
		}
	return err_about(ERR_QUEUE_DAMAGED, "handover");
}

/* The statement's one row. */
static enum err
only_row(struct db_ask *a, struct handover_row *out)
{
	struct handover_row found = { .number = 0 };
	bool row;
	enum err r;

	if ((r = db_next(a, &row)) == ERR_OK)
		r = row ? row_of(a, &found) : ERR_NOT_FOUND;
	db_done(a);
	if (r == ERR_OK)
		*out = found;
	return r;
}

static enum err
is_known(struct queue *q, const struct rid *rid)
{
	struct handover_row row;
	struct db_ask *a;
	enum err r;

	if ((r = db_ask(q->db, &a, "SELECT number, rid, state, prints"
	    " FROM handover WHERE rid = ?", "b", rid->b,
	    (size_t)RID_LEN)) != ERR_OK)
		return r;
	return only_row(a, &row);
}

/* What an update changed, when it must be that row. */
static enum err
moved(struct queue *q, const struct rid *rid)
{
	enum err r;

	if (db_changed(q->db) == 1)
		return ERR_OK;
	return (r = is_known(q, rid)) == ERR_OK ? ERR_USAGE : r;
}

enum err
queue_print_intent(struct queue *q, const struct rid *rid)
{
	enum err r;

	if ((r = db_do(q->db, "UPDATE handover SET state = 'intent',"
	    " prints = prints + 1 WHERE rid = ?"
	    " AND state IN ('owed', 'intent')", "b", rid->b,
	    (size_t)RID_LEN)) != ERR_OK)
		return r;
	return moved(q, rid);
}

enum err
queue_print_done(struct queue *q, const struct rid *rid)
{
	enum err r;

	if ((r = db_do(q->db, "UPDATE handover SET state = 'done'"
	    " WHERE rid = ? AND state IN ('owed', 'intent')", "b", rid->b,
	    (size_t)RID_LEN)) != ERR_OK)
		return r;
	return moved(q, rid);
}

enum err
queue_print_void(struct queue *q, const struct rid *rid)
{
	enum err r;

	if ((r = db_do(q->db, "UPDATE handover SET state = 'void'"
	    " WHERE rid = ? AND state <> 'done'", "b", rid->b,
	    (size_t)RID_LEN)) != ERR_OK)
		return r;
	return moved(q, rid);
}

enum err
queue_print_unknown(struct queue *q, uint64_t after, struct handover_row *out)
{
	struct db_ask *a;
	enum err r;

	if ((r = db_ask(q->db, &a, "SELECT number, rid, state, prints"
	    " FROM handover WHERE state IN ('owed', 'intent')"
	    " AND number > ? ORDER BY number LIMIT 1", "u", after)) != ERR_OK)
		return r;
	return only_row(a, out);
}

enum err
queue_each_print(struct queue *q, queue_visit_print *visit, void *user)
{
	struct handover_row row = { .number = 0 };
	struct db_ask *a;
	enum err r;

	for (;;) {
		if ((r = db_ask(q->db, &a, "SELECT number, rid, state, prints"
		    " FROM handover WHERE number > ? ORDER BY number LIMIT 1",
		    "u", row.number)) != ERR_OK)
			return r;
		if ((r = only_row(a, &row)) == ERR_NOT_FOUND)
			return ERR_OK;
		if (r != ERR_OK || (r = visit(&row, user)) != ERR_OK)
			return r;
	}
}
