/* store_sql_terminal: who may speak, and how far each has come. */
#include <string.h>

#include "centre/store_sql.h"

enum err
sql_terminal_row(struct sql_rows *a, struct terminal *out)
{
	struct terminal t;
	enum err r;

	memset(&t, 0, sizeof(t));
	t.number = (uint32_t)sql_u64(a, 0);
	t.sign_key = (uint32_t)sql_u64(a, 3);
	t.state = (enum terminal_state)sql_u64(a, 4);
	t.training = sql_u64(a, 5) != 0;
	t.sequence = sql_u64(a, 6);
	t.seen_ms = sql_u64(a, 8);
	t.opening_key = (uint32_t)sql_u64(a, 9);
	if ((r = sql_copy(a, 1, t.cert, sizeof(t.cert))) != ERR_OK ||
	    (r = sql_copy(a, 2, t.sign_public, sizeof(t.sign_public))) !=
	    ERR_OK || (r = sql_copy(a, 7, t.hash, sizeof(t.hash))) !=
	    ERR_OK || (r = sql_seat(a, 10, &t.seat)) != ERR_OK)
		return r;
	*out = t;
	return ERR_OK;
}

static enum err
one_row(struct sql_rows *a, struct terminal *out)
{
	bool row;
	enum err r;

	if ((r = sql_next(a, &row)) == ERR_OK)
		r = row ? sql_terminal_row(a, out) : ERR_NOT_FOUND;
	sql_done(a);
	return r;
}

enum err
sql_terminal_by_cert(struct store *s, const uint8_t cert[CERT_LEN],
    struct terminal *out)
{
	struct sql_rows a;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT " SQL_TERMINAL
	    " FROM terminal WHERE cert = ? OR old_cert = ?", "bb",
	    (const void *)cert, (size_t)CERT_LEN, (const void *)cert,
	    (size_t)CERT_LEN)) != ERR_OK)
		return r;
	return one_row(&a, out);
}

enum err
sql_terminal_find(struct store *s, uint32_t number, struct terminal *out)
{
	struct sql_rows a;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT " SQL_TERMINAL
	    " FROM terminal WHERE number = ? " SQL_LOCK, "u",
	    (uint64_t)number)) != ERR_OK)
		return r;
	return one_row(&a, out);
}

enum err
sql_terminal_add(struct store *s, const struct terminal *t)
{
	struct epoch_key first_key = { .number = t->sign_key, .first = 1 };
	enum err r;

	memcpy(first_key.public, t->sign_public, SIGN_PUBLIC_LEN);
	if ((r = sql_do(s, "INSERT INTO terminal (" SQL_TERMINAL ") VALUES"
	    " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
	    " ON CONFLICT DO NOTHING", "ubbuuuubuutttt",
	    (uint64_t)t->number, (const void *)t->cert, sizeof(t->cert),
	    (const void *)t->sign_public, sizeof(t->sign_public),
	    (uint64_t)t->sign_key, (uint64_t)t->state,
	    (uint64_t)t->training, t->sequence, (const void *)t->hash,
	    sizeof(t->hash), t->seen_ms, (uint64_t)t->opening_key,
	    t->seat.site, t->seat.name, t->seat.profile,
	    t->seat.department)) != ERR_OK)
		return r;
	if (sql_changed(s) != 1)
		return err_about(ERR_CONFLICT, "poste %u", t->number);
	return sql_epoch_add(s, t->number, &first_key);
}

enum err
sql_terminal_state(struct store *s, uint32_t number,
    enum terminal_state state)
{
	enum err r;

	if ((r = sql_do(s, "UPDATE terminal SET state = ? WHERE number = ?",
	    "uu", (uint64_t)state, (uint64_t)number)) != ERR_OK)
		return r;
	return sql_changed(s) == 1 ? ERR_OK :
	    err_about(ERR_NOT_FOUND, "poste %u", number);
}

enum err
sql_terminal_move(struct store *s, uint32_t number, const struct seat *seat)
{
	enum err r;

	if ((r = sql_do(s, "UPDATE terminal SET site = ?, site_name = ?,"
	    " profile = ?, department = ? WHERE number = ?", "ttttu",
	    seat->site, seat->name, seat->profile, seat->department,
	    (uint64_t)number)) != ERR_OK)
		return r;
	return sql_changed(s) == 1 ? ERR_OK :
	    err_about(ERR_NOT_FOUND, "poste %u", number);
}

enum err
sql_terminal_renew(struct store *s, uint32_t number,
    const uint8_t came_by[CERT_LEN], const uint8_t cert[CERT_LEN])
{
	enum err r;

	if ((r = sql_do(s, "UPDATE terminal SET old_cert = ?, cert = ?"
	    " WHERE number = ?", "bbu", (const void *)came_by,
	    (size_t)CERT_LEN, (const void *)cert, (size_t)CERT_LEN,
	    (uint64_t)number)) != ERR_OK)
		return r;
	return sql_changed(s) == 1 ? ERR_OK :
	    err_about(ERR_NOT_FOUND, "poste %u", number);
}

enum err
sql_terminal_advance(struct store *s, const struct terminal *t)
{
	return sql_do(s, "UPDATE terminal SET sequence = ?, hash = ?,"
	    " seen_ms = ?, sign_key = ?, sign_public = ? WHERE number = ?",
	    "ubuubu", t->sequence, (const void *)t->hash, sizeof(t->hash),
	    t->seen_ms, (uint64_t)t->sign_key, (const void *)t->sign_public,
	    sizeof(t->sign_public), (uint64_t)t->number);
}

enum err
sql_terminal_each(struct store *s, store_see_terminal *see, void *user)
{
	struct terminal t;
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT " SQL_TERMINAL ", " SQL_OPEN
	    " FROM terminal" SQL_SWITCH " ORDER BY number", "")) != ERR_OK)
		return r;
	while ((r = sql_next(&a, &row)) == ERR_OK && row) {
		if ((r = sql_terminal_row(&a, &t)) != ERR_OK)
			break;
		t.closed = sql_u64(&a, 14) == 0;
		if ((r = see(&t, user)) != ERR_OK)
			break;
	}
	sql_done(&a);
	return r;
}

static enum err
one_key(struct sql_rows *a, struct epoch_key *out)
{
	struct epoch_key k;
	bool row;
	enum err r;

	if ((r = sql_next(a, &row)) == ERR_OK && !row)
		r = ERR_NOT_FOUND;
	if (r == ERR_OK) {
		k.number = (uint32_t)sql_u64(a, 0);
		k.first = sql_u64(a, 1);
		r = sql_copy(a, 2, k.public, sizeof(k.public));
	}
	sql_done(a);
	if (r == ERR_OK)
		*out = k;
	return r;
}

enum err
sql_epoch_find(struct store *s, uint32_t terminal, uint32_t number,
    struct epoch_key *out)
{
	struct sql_rows a;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT number, first, public FROM epoch"
	    " WHERE terminal = ? AND number = ?", "uu", (uint64_t)terminal,
	    (uint64_t)number)) != ERR_OK)
		return r;
	return one_key(&a, out);
}

enum err
sql_epoch_of(struct store *s, uint32_t terminal, uint64_t sequence,
    struct epoch_key *out)
{
	struct sql_rows a;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT number, first, public FROM epoch"
	    " WHERE terminal = ? AND first <= ? ORDER BY number DESC LIMIT 1",
	    "uu", (uint64_t)terminal, sequence)) != ERR_OK)
		return r;
	return one_key(&a, out);
}

enum err
sql_epoch_add(struct store *s, uint32_t terminal, const struct epoch_key *k)
{
	return sql_do(s, "INSERT INTO epoch (terminal, number, first, public)"
	    " VALUES (?, ?, ?, ?)", "uuub", (uint64_t)terminal,
	    (uint64_t)k->number, k->first, (const void *)k->public,
	    sizeof(k->public));
}
