/* inquiry_sending: codes on their way: which left, and which are given up. */
#include "centre/announce.h"
#include "centre/inquiry.h"
#include "centre/vault_own.h"

/* Of who has waited anew since, nothing is given back. */
static enum err
give_back(struct vault *v, const struct rid *row)
{
	return db_do(v->db, "UPDATE patience SET sent = sent - 1,"
	    " unsent = unsent + 1 FROM sending AS s WHERE s.row = ?"
	    " AND who IN (s.contact, s.person) AND sent > 0"
	    " AND since_ms <= s.at_ms", "b", (const void *)row->b,
	    sizeof(row->b));
}

enum err
inquiry_came(struct vault *v, const struct rid *row, bool left)
{
	enum err r;

	if (!left && (r = give_back(v, row)) != ERR_OK)
		return r;
	return db_do(v->db, "DELETE FROM sending WHERE row = ?", "b",
	    (const void *)row->b, sizeof(row->b));
}

static enum err
give_up(struct vault *v, const struct rid *row, uint64_t now_ms)
{
	enum err r;

	if ((r = db_do(v->db, "UPDATE outbox SET state = ?, done_ms = ?,"
	    " reason = ?, sealed = NULL WHERE rid = ?", "uuub",
	    (uint64_t)NOTICE_FAILED, now_ms,
	    (uint64_t)err_number(ERR_NOTICE_LATE), (const void *)row->b,
	    sizeof(row->b))) != ERR_OK)
		return r;
	return inquiry_came(v, row, false);
}

/* The one row of a question, and the question is over. */
static enum err
only_row(struct db_ask *a, struct rid *out)
{
	bool row;
	enum err r;

	if ((r = db_next(a, &row)) == ERR_OK)
		r = row ? db_copy(a, 0, out->b, sizeof(out->b)) :
		    ERR_NOT_FOUND;
	db_done(a);
	return r;
}

enum err
inquiry_replace(struct vault *v, const uint8_t *contact, uint64_t now_ms)
{
	struct db_ask *a;
	struct rid row;
	enum err r;

	/* Who carries may have one in hand: that one goes. */
	while ((r = db_ask(v->db, &a, "SELECT rid FROM sending AS s"
	    " JOIN outbox AS o ON o.rid = s.row WHERE s.contact = ?"
	    " AND o.state = 1 AND o.tries = 0 LIMIT 1", "b",
	    (const void *)contact, (size_t)DIGEST_LEN)) == ERR_OK &&
	    (r = only_row(a, &row)) == ERR_OK)
		if ((r = give_up(v, &row, now_ms)) != ERR_OK)
			break;
	return r == ERR_NOT_FOUND ? ERR_OK : r;
}

/* Codes that nobody took up in time, or whose carrier has died. */
static enum err
give_up_late(struct vault *v, uint64_t now_ms)
{
	struct db_ask *a;
	struct rid row;
	enum err r;

	while ((r = db_ask(v->db, &a, "SELECT rid FROM outbox"
	    " WHERE state = 1 AND code = 1 AND (made_ms <= ?"
	    " OR (made_ms <= ? AND tries = 0)) LIMIT 1", "uu",
	    now_ms - INQUIRY_CODE_MS, now_ms - INQUIRY_GO_MS)) == ERR_OK &&
	    (r = only_row(a, &row)) == ERR_OK)
		if ((r = give_up(v, &row, now_ms)) != ERR_OK)
			break;
	return r == ERR_NOT_FOUND ? ERR_OK : r;
}

enum err
inquiry_forget(struct vault *v, uint64_t now_ms)
{
	enum err r;

	if ((r = give_up_late(v, now_ms)) != ERR_OK ||
	    (r = db_do(v->db, "DELETE FROM question WHERE at_ms < ?", "u",
	    now_ms - INQUIRY_HOUR_MS)) != ERR_OK || (r = db_do(v->db,
	    "DELETE FROM code WHERE until_ms < ?", "u", now_ms)) != ERR_OK)
		return r;
	return db_do(v->db, "DELETE FROM patience WHERE since_ms < ?"
	    " AND until_ms < ?", "uu", now_ms - INQUIRY_WAIT_MS, now_ms);
}
