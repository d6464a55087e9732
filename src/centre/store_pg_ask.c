/* store_pg_ask: statements, their values, and the cells of their rows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centre/store_pg_own.h"
#include "centre/store_sql.h"

#define VALUES_MAX 16
#define SQL_ROOM   2048

/* Values on their way, in the form that libpq wants. */
struct values {
	int n;
	Oid types[VALUES_MAX];
	const char *p[VALUES_MAX];
	int size[VALUES_MAX];
	int binary[VALUES_MAX];
	uint8_t number[VALUES_MAX][8];
};

/* The text as the server wants it: $1 for the first "?". */
static enum err
translate(const char *sql, char out[SQL_ROOM])
{
	static const char lock[] = " FOR NO KEY UPDATE";
	static const char skip[] = " FOR NO KEY UPDATE SKIP LOCKED";
	size_t n = 0;
	int value = 0;

	for (; *sql != '\0' && n + 32 < SQL_ROOM; sql++) {
		if (*sql == '?') {
			n += (size_t)snprintf(out + n, SQL_ROOM - n, "$%d",
			    ++value);
		} else if (strncmp(sql, SQL_LOCK, strlen(SQL_LOCK)) == 0) {
			memcpy(out + n, lock, sizeof(lock) - 1);
			n += sizeof(lock) - 1;
			sql += strlen(SQL_LOCK) - 1;
		} else if (strncmp(sql, SQL_SKIP, strlen(SQL_SKIP)) == 0) {
			memcpy(out + n, skip, sizeof(skip) - 1);
			n += sizeof(skip) - 1;
			sql += strlen(SQL_SKIP) - 1;
		} else {
			out[n++] = *sql;
		}
	}
	out[n] = '\0';
	return *sql == '\0' ? ERR_OK : ERR_TOO_LONG;
}

/* Which of the connection's statements it is, or will be. */
static int
place_of(const struct link *k, const char *sql)
{
	int i = 0;

	while (i < ASKS_MAX && k->asks[i] != NULL && k->asks[i] != sql)
		i++;
	if (i == ASKS_MAX)
		abort();
	return i;
}

/* The name of the prepared statement, prepared at its first use. */
static enum err
prepare(struct link *k, const char *sql, const struct values *v,
    char name[16])
{
	const int i = place_of(k, sql);
	char text[SQL_ROOM];
	enum err r;

	(void)snprintf(name, 16, "ask%d", i);
	if (k->asks[i] != NULL)
		return ERR_OK;
	if ((r = translate(sql, text)) != ERR_OK ||
	    (r = link_sent(k, PQsendPrepare(k->c, name, text, v->n,
	    v->types))) != ERR_OK || (r = link_drain(k)) != ERR_OK)
		return r;
	k->asks[i] = sql;
	return ERR_OK;
}

static void
put(struct values *v, Oid type, const void *p, size_t size)
{
	if (v->n == VALUES_MAX)
		abort();
	v->types[v->n] = type;
	v->p[v->n] = p;
	v->size[v->n] = (int)size;
	v->binary[v->n++] = 1;
}

static void
put_number(struct values *v, uint64_t number)
{
	uint8_t *at = v->number[v->n];

	for (int i = 7; i >= 0; i--, number >>= 8)
		at[i] = (uint8_t)number;
	put(v, LINK_INT8, at, 8);
}

/* Numbers or bytes: what it was made of is what it is. */
static void
put_column(struct values *v, Oid type, const struct link_column *c)
{
	if (c->n == 0)
		abort();
	put(v, type, c->bytes.p, c->bytes.len);
}

static void
collect(struct values *v, const char *binds, va_list ap)
{
	const void *p;

	for (v->n = 0; *binds != '\0'; binds++) {
		if (*binds == 'u') {
			put_number(v, va_arg(ap, uint64_t));
		} else if (*binds == 't') {
			p = va_arg(ap, const char *);
			put(v, LINK_TEXT, p, strlen(p));
		} else if (*binds == 'U' || *binds == 'B') {
			put_column(v, *binds == 'U' ? LINK_INT8S :
			    LINK_BYTEAS, va_arg(ap, struct link_column *));
		} else {
			p = va_arg(ap, const void *);
			put(v, LINK_BYTEA, p, va_arg(ap, size_t));
		}
	}
}

enum err
link_ask(struct link *k, const char *sql, const char *binds, va_list ap)
{
	struct values v;
	char name[16];
	enum err r;

	if ((r = link_be_there(k)) != ERR_OK)
		return r;
	k->changed = 0;
	collect(&v, binds, ap);
	if ((r = prepare(k, sql, &v, name)) != ERR_OK ||
	    (r = link_sent(k, PQsendQueryPrepared(k->c, name, v.n, v.p,
	    v.size, v.binary, 1))) != ERR_OK)
		return r;
	(void)PQsetSingleRowMode(k->c);
	return ERR_OK;
}

enum err
link_next(struct link *k, bool *row)
{
	PGresult *res;
	enum err r;

	*row = false;
	PQclear(k->row);
	k->row = NULL;
	if (k->c == NULL)
		return err_about(ERR_LEDGER, "SELECT");
	if ((r = link_get(k, &res)) != ERR_OK || res == NULL ||
	    (r = link_judge(k, res)) != ERR_OK)
		return r;
	if (PQresultStatus(res) == PGRES_SINGLE_TUPLE) {
		k->row = res;
		*row = true;
		return ERR_OK;
	}
	k->changed = strtoull(PQcmdTuples(res), NULL, 10);
	PQclear(res);
	return ERR_OK;
}

void
link_done(struct link *k)
{
	PQclear(k->row);
	k->row = NULL;
	(void)link_drain(k);
}

uint64_t
link_u64(const struct link *k, int column)
{
	const unsigned char *p;
	uint64_t n = 0;

	if (PQgetisnull(k->row, 0, column))
		return 0;
	p = (const unsigned char *)PQgetvalue(k->row, 0, column);
	for (int i = 0; i < PQgetlength(k->row, 0, column) && i < 8; i++)
		n = n << 8 | p[i];
	return n;
}

const void *
link_cell(const struct link *k, int column, size_t *n)
{
	*n = (size_t)PQgetlength(k->row, 0, column);
	return PQgetvalue(k->row, 0, column);
}

uint64_t
link_changed(const struct link *k)
{
	return k->changed;
}

/* link_ask wants a va_list, also of nothing. */
static enum err
ask_plainly(struct link *k, const char *sql, ...)
{
	va_list ap;
	enum err r;

	va_start(ap, sql);
	r = link_ask(k, sql, "", ap);
	va_end(ap);
	return r;
}

enum err
link_number(struct link *k, const char *sql, uint64_t *out)
{
	bool row;
	enum err r;

	if ((r = ask_plainly(k, sql)) != ERR_OK)
		return r;
	if ((r = link_next(k, &row)) == ERR_OK)
		*out = row ? link_u64(k, 0) : 0;
	link_done(k);
	return r;
}
