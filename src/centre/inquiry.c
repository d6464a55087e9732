/* inquiry: questions asked, and who asks too much. */
#include <string.h>

#include "centre/inquiry.h"
#include "centre/vault_own.h"

bool
inquiry_is_action(const char *action)
{
	static const char *const all[] = { INQUIRY_DOSSIER, INQUIRY_SEND,
		INQUIRY_CHECK, INQUIRY_REFUSED };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(action, all[i]) == 0)
			return true;
	return false;
}

static bool
is_near(uint64_t at_ms, uint64_t now_ms)
{
	return at_ms + INQUIRY_NEAR_MS >= now_ms &&
	    at_ms <= now_ms + INQUIRY_NEAR_MS;
}

/* Has it asked too much in this hour, or about too many others? */
static enum err
check_often(struct vault *v, const struct inquiry *i)
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(v->db, &a, "SELECT count(*),"
	    " count(DISTINCT nullif(person, ?)) FROM question"
	    " WHERE terminal = ? AND at_ms >= ?", "buu",
	    (const void *)i->person, sizeof(i->person),
	    (uint64_t)i->q->terminal, i->now_ms - INQUIRY_HOUR_MS)) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && row &&
	    (db_u64(a, 0) >= INQUIRY_HOUR_MAX ||
	    db_u64(a, 1) >= INQUIRY_PEOPLE_MAX))
		r = err_about(ERR_ASKED_OFTEN, "poste %u", i->q->terminal);
	db_done(a);
	return r;
}

enum err
inquiry_admit(struct vault *v, const struct inquiry *i)
{
	const struct question *q = i->q;
	enum err r;

	if (!is_near(q->at_ms, i->now_ms))
		return err_about(ERR_ASKED_BEFORE, "poste %u", q->terminal);
	if ((r = inquiry_forget(v, i->now_ms)) != ERR_OK ||
	    (r = check_often(v, i)) != ERR_OK ||
	    (r = db_do(v->db, "INSERT OR IGNORE INTO question"
	    " (id, terminal, at_ms, person) VALUES (?, ?, ?, ?)", "buub",
	    (const void *)q->id.b, sizeof(q->id.b), (uint64_t)q->terminal,
	    i->now_ms, (const void *)i->person, sizeof(i->person))) != ERR_OK)
		return r;
	return db_changed(v->db) == 1 ? ERR_OK :
	    err_about(ERR_ASKED_BEFORE, "poste %u", q->terminal);
}
