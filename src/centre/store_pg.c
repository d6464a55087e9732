/* store_pg: the ledger in PostgreSQL, its tables and its table of calls. */
#include <stdio.h>
#include <stdlib.h>

#include "centre/store_pg_rows.h"

/* The same as in store_sqlite; what each means is said there. */
static const char first[] =
	"CREATE TABLE terminal ("
	" number int8 PRIMARY KEY, site text NOT NULL,"
	" cert bytea NOT NULL UNIQUE, sign_public bytea NOT NULL,"
	" sign_key int8 NOT NULL, state int8 NOT NULL,"
	" training int8 NOT NULL, sequence int8 NOT NULL,"
	" hash bytea NOT NULL, seen_ms int8 NOT NULL);"
	"CREATE TABLE entry ("
	" id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
	" rid bytea NOT NULL UNIQUE,"
	" terminal int8 NOT NULL REFERENCES terminal,"
	" sequence int8 NOT NULL, received_ms int8 NOT NULL,"
	" hash bytea NOT NULL, previous bytea NOT NULL,"
	" receipt bytea NOT NULL, outcome int8 NOT NULL DEFAULT 0,"
	" reason int8 NOT NULL DEFAULT 0, envelope bytea,"
	" UNIQUE (terminal, sequence));"
	"CREATE INDEX entry_waiting ON entry (id) WHERE outcome = 0;"
	"CREATE TABLE gap ("
	" terminal int8 NOT NULL REFERENCES terminal,"
	" sequence int8 NOT NULL, since_ms int8 NOT NULL,"
	" PRIMARY KEY (terminal, sequence));"
	"CREATE TABLE alarm ("
	" id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
	" kind int8 NOT NULL, terminal int8 NOT NULL,"
	" sequence int8 NOT NULL, rid bytea NOT NULL, at_ms int8 NOT NULL,"
	" times int8 NOT NULL DEFAULT 1, hash bytea NOT NULL,"
	" envelope bytea NOT NULL, UNIQUE (terminal, kind, hash));"
	"CREATE TABLE lease ("
	" block int8 PRIMARY KEY,"
	" terminal int8 NOT NULL REFERENCES terminal,"
	" first int8 NOT NULL, count int8 NOT NULL, at_ms int8 NOT NULL);"
	"CREATE INDEX lease_of ON lease (terminal, at_ms);"
	"CREATE TABLE identifier ("
	" number int8 PRIMARY KEY, block int8 NOT NULL REFERENCES lease,"
	" state int8 NOT NULL);"
	"CREATE TABLE note ("
	" number int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
	" terminal int8 NOT NULL REFERENCES terminal,"
	" entry int8 NOT NULL UNIQUE REFERENCES entry,"
	" note bytea NOT NULL);"
	"CREATE INDEX note_of ON note (terminal, number)";

static const char joining[] =
	"CREATE TABLE joining ("
	" hash bytea PRIMARY KEY, terminal int8 NOT NULL UNIQUE,"
	" site text NOT NULL, training int8 NOT NULL,"
	" expires_ms int8 NOT NULL, used int8 NOT NULL)";

static const char renewal[] =
	"ALTER TABLE terminal ADD COLUMN old_cert bytea;"
	"CREATE INDEX terminal_old_cert ON terminal (old_cert)";

static const char tally[] =
	"CREATE TABLE tally (day int8 NOT NULL, kind int8 NOT NULL,"
	" channel text NOT NULL, department text NOT NULL, n int8 NOT NULL,"
	" PRIMARY KEY (day, kind, channel, department))";

static const char epochs[] =
	"CREATE TABLE epoch ("
	" terminal int8 NOT NULL REFERENCES terminal,"
	" number int8 NOT NULL, first int8 NOT NULL,"
	" public bytea NOT NULL, PRIMARY KEY (terminal, number));"
	"INSERT INTO epoch SELECT number, sign_key, 1, sign_public"
	" FROM terminal";

static const char openings[] =
	"CREATE TABLE opening ("
	" number int8 PRIMARY KEY, since_ms int8 NOT NULL,"
	" retired_ms int8 NOT NULL DEFAULT 0, said bytea NOT NULL);"
	"ALTER TABLE terminal ADD COLUMN opening_key int8 NOT NULL DEFAULT 0";

/*
 * What is sealed is not tried to be compressed, nor kept apart from its row.
 * Who writes a row of entry, note or identifier has read, and mostly locked,
 * what it refers to. An identifier is written a second time, in its own page.
 */
static const char once[] =
	"CREATE TABLE waiting ("
	" entry int8 PRIMARY KEY, rid bytea NOT NULL,"
	" terminal int8 NOT NULL, sequence int8 NOT NULL,"
	" received_ms int8 NOT NULL, hash bytea NOT NULL,"
	" envelope bytea NOT NULL)"
	" WITH (toast_tuple_target = 8160,"
	" autovacuum_vacuum_scale_factor = 0,"
	" autovacuum_vacuum_threshold = 2000);"
	"CREATE TABLE refused ("
	" entry int8 PRIMARY KEY, reason int8 NOT NULL,"
	" envelope bytea NOT NULL);"
	"ALTER TABLE waiting ALTER envelope SET STORAGE EXTERNAL;"
	"ALTER TABLE refused ALTER envelope SET STORAGE EXTERNAL;"
	"ALTER TABLE note ADD COLUMN outcome int8 NOT NULL DEFAULT 0,"
	" ADD COLUMN reason int8 NOT NULL DEFAULT 0,"
	" DROP CONSTRAINT note_pkey, DROP CONSTRAINT note_terminal_fkey,"
	" DROP CONSTRAINT note_entry_fkey;"
	"INSERT INTO waiting SELECT id, rid, terminal, sequence, received_ms,"
	" hash, envelope FROM entry WHERE outcome = 0;"
	"INSERT INTO refused SELECT id, reason, coalesce(envelope, '')"
	" FROM entry WHERE outcome = 3;"
	"UPDATE entry SET envelope = NULL WHERE outcome IN (0, 3);"
	"DROP INDEX entry_waiting;"
	"DROP INDEX entry_refused;"
	"ALTER TABLE entry DROP CONSTRAINT entry_terminal_fkey;"
	"ALTER TABLE identifier DROP CONSTRAINT identifier_block_fkey,"
	" SET (fillfactor = 50)";

static const char seats[] =
	"ALTER TABLE terminal ADD COLUMN site_name text NOT NULL DEFAULT '';"
	"ALTER TABLE terminal ADD COLUMN profile text NOT NULL DEFAULT '';"
	"ALTER TABLE terminal ADD COLUMN department text NOT NULL DEFAULT '';"
	"ALTER TABLE joining ADD COLUMN site_name text NOT NULL DEFAULT '';"
	"ALTER TABLE joining ADD COLUMN profile text NOT NULL DEFAULT '';"
	"ALTER TABLE joining ADD COLUMN department text NOT NULL DEFAULT ''";

static const char switches[] =
	"CREATE TABLE switch (scope int8 NOT NULL, what text NOT NULL,"
	" open int8 NOT NULL, at_ms int8 NOT NULL,"
	" who text NOT NULL, PRIMARY KEY (scope, what))";

/* Each brings the ledger one version forward; the first makes version 1.
 * What stands here is never changed, only added to. */
static const char *const steps[] = {
	first,
	"CREATE INDEX entry_refused ON entry (id) WHERE outcome = 3",
	joining,
	renewal,
	tally,
	epochs,
	openings,
	once,
	seats,
	switches,
};
#define VERSION (sizeof(steps) / sizeof(steps[0]))

/* One word for "only one of us at a time makes tables". */
#define ALONE "SELECT pg_advisory_xact_lock(6864193)"

static struct link *
link_of(struct store *s)
{
	return ((struct pg_store *)s)->link;
}

/* What the server would vouch for if a transaction ended now. */
static enum err
look_at_level(struct link *k, enum receipt_level *out)
{
	uint64_t waits = 0;
	enum err r;

	r = link_number(k, "SELECT (btrim("
	    "current_setting('synchronous_standby_names')) <> '' AND "
	    "current_setting('synchronous_commit') = 'on')", &waits);
	if (r == ERR_OK)
		*out = waits == 1 ? LEVEL_REPLICATED : LEVEL_STORED;
	return r;
}

static void
pg_close(struct store *s)
{
	link_close(link_of(s));
	pg_rows_clear(s);
	free(s);
}

static enum err
pg_begin(struct store *s)
{
	enum err r;

	if ((r = link_begin(link_of(s))) == ERR_OK)
		r = look_at_level(link_of(s), &s->level);
	return r;
}

static enum err
pg_begin_reading(struct store *s)
{
	return link_begin(link_of(s));
}

/* What was promised must still be so when it is done. */
static enum err
pg_commit(struct store *s)
{
	enum receipt_level now;
	enum err r;

	if ((r = pg_entries_added(s)) != ERR_OK ||
	    (r = link_commit(link_of(s))) != ERR_OK ||
	    s->level == LEVEL_STORED)
		return r;
	if ((r = look_at_level(link_of(s), &now)) != ERR_OK)
		return r;
	return now >= s->level ? ERR_OK :
	    err_about(ERR_UNVOUCHED, "synchronous_standby_names");
}

static void
pg_rollback(struct store *s)
{
	pg_rows_forget(s);
	link_rollback(link_of(s));
}

static enum err
pg_scrub(struct store *s)
{
	(void)s;
	return ERR_OK;
}

static const struct store_ops ops = {
	.scrub = pg_scrub,
	.claims = true,
	.close = pg_close,
	.begin = pg_begin,
	.begin_reading = pg_begin_reading,
	.commit = pg_commit,
	.rollback = pg_rollback,
	SQL_ROWS_OPS(pg),
	SQL_STORE_OPS,
};

static enum err
door_ask(struct store *s, void **own, const char *sql, const char *binds,
    va_list ap)
{
	enum err r;

	/* Whoever asks finds what was added. */
	if ((r = pg_entries_added(s)) != ERR_OK)
		return r;
	*own = link_of(s);
	return link_ask(link_of(s), sql, binds, ap);
}

static enum err
door_next(void *own, bool *row)
{
	return link_next(own, row);
}

static void
door_done(void *own)
{
	link_done(own);
}

static uint64_t
door_u64(void *own, int column)
{
	return link_u64(own, column);
}

static const void *
door_cell(void *own, int column, size_t *n)
{
	return link_cell(own, column, n);
}

static uint64_t
door_changed(struct store *s)
{
	return link_changed(link_of(s));
}

static const struct sql_door door = { door_ask, door_next, door_done,
	door_u64, door_cell, door_changed };

/* 0 when there is no ledger at all. */
static enum err
look_at_version(struct link *k, uint64_t *out)
{
	uint64_t there = 0;
	enum err r;

	*out = 0;
	if ((r = link_number(k, "SELECT count(*) FROM pg_class WHERE oid ="
	    " to_regclass('ledger_version')", &there)) != ERR_OK ||
	    there == 0)
		return r;
	r = link_number(k, "SELECT max(version) FROM ledger_version", out);
	if (r == ERR_OK && *out > VERSION)
		r = err_about(ERR_LEDGER, "version %d", (int)*out);
	return r;
}

static enum err
bring_forward(struct link *k, uint64_t version)
{
	char done[80];
	enum err r = ERR_OK;

	if (version == 0)
		r = link_plain(k, "CREATE TABLE ledger_version ("
		    "version int8 PRIMARY KEY)");
	for (; r == ERR_OK && version < VERSION; version++) {
		(void)snprintf(done, sizeof(done), "INSERT INTO"
		    " ledger_version VALUES (%d)", (int)version + 1);
		if ((r = link_plain(k, steps[version])) == ERR_OK)
			r = link_plain(k, done);
	}
	return r;
}

/* Make the tables, or bring them forward, all at once or not at all. */
static enum err
make_form(struct link *k, bool create)
{
	uint64_t version;
	enum err r;

	if ((r = look_at_version(k, &version)) != ERR_OK ||
	    version == VERSION)
		return r;
	if (version == 0 && !create)
		return err_about(ERR_NOT_FOUND, "ledger_version");
	if ((r = link_begin(k)) == ERR_OK &&
	    (r = link_plain(k, ALONE)) == ERR_OK &&
	    (r = look_at_version(k, &version)) == ERR_OK &&
	    (r = bring_forward(k, version)) == ERR_OK)
		r = link_commit(k);
	link_rollback(k);
	return r;
}

enum err
store_pg_open(const char *address, bool create, struct store **out)
{
	struct pg_store *s;
	enum err r;

	if ((s = calloc(1, sizeof(*s))) == NULL)
		return ERR_MEMORY;
	s->sql.store.ops = &ops;
	s->sql.store.level = LEVEL_STORED;
	s->sql.door = &door;
	if ((r = link_open(address, &s->link)) != ERR_OK ||
	    (r = make_form(s->link, create)) != ERR_OK) {
		pg_close(&s->sql.store);
		return r;
	}
	*out = &s->sql.store;
	return ERR_OK;
}
