/* store_sqlite: the ledger's file, its tables and its table of calls. */
#include <stdlib.h>
#include <string.h>

#include "base/db.h"
#include "base/file.h"
#include "centre/store_sql.h"

/*
 * entry keeps its hash for ever. Ids are ordered by time, so that the indices
 * grow at their end (facts/storage.md, finding 8).
 */
static const char schema[] =
	"CREATE TABLE terminal ("
	" number INTEGER PRIMARY KEY, site TEXT NOT NULL,"
	" cert BLOB NOT NULL UNIQUE, sign_public BLOB NOT NULL,"
	" sign_key INTEGER NOT NULL, state INTEGER NOT NULL,"
	" training INTEGER NOT NULL, sequence INTEGER NOT NULL,"
	" hash BLOB NOT NULL, seen_ms INTEGER NOT NULL) STRICT;"
	"CREATE TABLE entry ("
	" id INTEGER PRIMARY KEY, rid BLOB NOT NULL UNIQUE,"
	" terminal INTEGER NOT NULL REFERENCES terminal,"
	" sequence INTEGER NOT NULL, received_ms INTEGER NOT NULL,"
	" hash BLOB NOT NULL, previous BLOB NOT NULL,"
	" receipt BLOB NOT NULL, outcome INTEGER NOT NULL DEFAULT 0,"
	" reason INTEGER NOT NULL DEFAULT 0, envelope BLOB,"
	" UNIQUE (terminal, sequence)) STRICT;"
	"CREATE INDEX entry_waiting ON entry (id) WHERE outcome = 0;"
	"CREATE TABLE gap ("
	" terminal INTEGER NOT NULL REFERENCES terminal,"
	" sequence INTEGER NOT NULL, since_ms INTEGER NOT NULL,"
	" PRIMARY KEY (terminal, sequence)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE alarm ("
	" id INTEGER PRIMARY KEY, kind INTEGER NOT NULL,"
	" terminal INTEGER NOT NULL, sequence INTEGER NOT NULL,"
	" rid BLOB NOT NULL, at_ms INTEGER NOT NULL,"
	" times INTEGER NOT NULL DEFAULT 1, hash BLOB NOT NULL,"
	" envelope BLOB NOT NULL, UNIQUE (terminal, kind, hash)) STRICT;"
	"CREATE TABLE lease ("
	" block INTEGER PRIMARY KEY,"
	" terminal INTEGER NOT NULL REFERENCES terminal,"
	" first INTEGER NOT NULL, count INTEGER NOT NULL,"
	" at_ms INTEGER NOT NULL) STRICT;"
	"CREATE INDEX lease_of ON lease (terminal, at_ms);"
	"CREATE TABLE identifier ("
	" number INTEGER PRIMARY KEY, block INTEGER NOT NULL REFERENCES lease,"
	" state INTEGER NOT NULL) STRICT;"
	"CREATE TABLE note ("
	" number INTEGER PRIMARY KEY AUTOINCREMENT,"
	" terminal INTEGER NOT NULL REFERENCES terminal,"
	" entry INTEGER NOT NULL UNIQUE REFERENCES entry,"
	" note BLOB NOT NULL) STRICT;"
	"CREATE INDEX note_of ON note (terminal, number);";

static const char joining[] =
	"CREATE TABLE joining ("
	" hash BLOB PRIMARY KEY, terminal INTEGER NOT NULL UNIQUE,"
	" site TEXT NOT NULL, training INTEGER NOT NULL,"
	" expires_ms INTEGER NOT NULL, used INTEGER NOT NULL)"
	" STRICT, WITHOUT ROWID";

static const char renewal[] =
	"ALTER TABLE terminal ADD COLUMN old_cert BLOB;"
	"CREATE INDEX terminal_old_cert ON terminal (old_cert)";

static const char tally[] =
	"CREATE TABLE tally (day INTEGER NOT NULL, kind INTEGER NOT NULL,"
	" channel TEXT NOT NULL, department TEXT NOT NULL,"
	" n INTEGER NOT NULL, PRIMARY KEY (day, kind, channel, department))"
	" STRICT, WITHOUT ROWID";

/* Until there were epochs each terminal had one key. */
static const char epochs[] =
	"CREATE TABLE epoch ("
	" terminal INTEGER NOT NULL REFERENCES terminal,"
	" number INTEGER NOT NULL, first INTEGER NOT NULL,"
	" public BLOB NOT NULL, PRIMARY KEY (terminal, number))"
	" STRICT, WITHOUT ROWID;"
	"INSERT INTO epoch SELECT number, sign_key, 1, sign_public"
	" FROM terminal";

static const char openings[] =
	"CREATE TABLE opening ("
	" number INTEGER PRIMARY KEY, since_ms INTEGER NOT NULL,"
	" retired_ms INTEGER NOT NULL DEFAULT 0, said BLOB NOT NULL) STRICT;"
	"ALTER TABLE terminal ADD COLUMN opening_key INTEGER NOT NULL"
	" DEFAULT 0";

/*
 * An entry is written once: what waits to be opened stands apart, with its
 * bytes, until it is; what was refused keeps them; what came of one is said
 * by its note.
 */
static const char once[] =
	"CREATE TABLE waiting ("
	" entry INTEGER PRIMARY KEY, rid BLOB NOT NULL,"
	" terminal INTEGER NOT NULL, sequence INTEGER NOT NULL,"
	" received_ms INTEGER NOT NULL, hash BLOB NOT NULL,"
	" envelope BLOB NOT NULL) STRICT;"
	"CREATE TABLE refused ("
	" entry INTEGER PRIMARY KEY, reason INTEGER NOT NULL,"
	" envelope BLOB NOT NULL) STRICT;"
	"ALTER TABLE note ADD COLUMN outcome INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE note ADD COLUMN reason INTEGER NOT NULL DEFAULT 0;"
	"INSERT INTO waiting SELECT id, rid, terminal, sequence, received_ms,"
	" hash, envelope FROM entry WHERE outcome = 0;"
	"INSERT INTO refused SELECT id, reason, coalesce(envelope, x'')"
	" FROM entry WHERE outcome = 3;"
	"UPDATE entry SET envelope = NULL WHERE outcome IN (0, 3);"
	"DROP INDEX entry_waiting;"
	"DROP INDEX entry_refused";

/* Where a terminal stands; of those before, the site alone is known. */
static const char seats[] =
	"ALTER TABLE terminal ADD COLUMN site_name TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE terminal ADD COLUMN profile TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE terminal ADD COLUMN department TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE joining ADD COLUMN site_name TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE joining ADD COLUMN profile TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE joining ADD COLUMN department TEXT NOT NULL DEFAULT ''";

static const char switches[] =
	"CREATE TABLE switch (scope INTEGER NOT NULL, what TEXT NOT NULL,"
	" open INTEGER NOT NULL, at_ms INTEGER NOT NULL,"
	" who TEXT NOT NULL, PRIMARY KEY (scope, what)) STRICT, WITHOUT ROWID";

/* Forward only: what stands here is never changed, only added to. */
static const char *const steps[] = {
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

static const struct db_form form = {
	.schema = schema,
	.version = 1 + sizeof(steps) / sizeof(steps[0]),
	.steps = steps,
	.fault = ERR_LEDGER,
	.cache_kib = 16384,
	.secure_delete = true,
};

struct sqlite_store {
	struct sql_store sql;
	struct db *db;
};

static struct db *
store_db(struct store *s)
{
	return ((struct sqlite_store *)s)->db;
}

static void
sqlite_close(struct store *s)
{
	db_close(store_db(s));
	free(s);
}

static enum err
sqlite_begin(struct store *s)
{
	return db_begin(store_db(s));
}

static enum err
sqlite_begin_reading(struct store *s)
{
	return db_begin_reading(store_db(s));
}

static enum err
sqlite_commit(struct store *s)
{
	return db_commit(store_db(s));
}

static void
sqlite_rollback(struct store *s)
{
	db_rollback(store_db(s));
}

static enum err
sqlite_scrub(struct store *s)
{
	return db_checkpoint(store_db(s));
}

static const struct store_ops ops = {
	.scrub = sqlite_scrub,
	.close = sqlite_close,
	.begin = sqlite_begin,
	.begin_reading = sqlite_begin_reading,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	SQL_ROWS_OPS(lite),
	SQL_STORE_OPS,
};

static enum err
door_ask(struct store *s, void **own, const char *sql, const char *binds,
    va_list ap)
{
	struct db_ask *a;
	enum err r;

	if ((r = db_vask(store_db(s), &a, sql, binds, ap)) == ERR_OK)
		*own = a;
	return r;
}

static enum err
door_next(void *own, bool *row)
{
	return db_next(own, row);
}

static void
door_done(void *own)
{
	db_done(own);
}

static uint64_t
door_u64(void *own, int column)
{
	return db_u64(own, column);
}

static const void *
door_cell(void *own, int column, size_t *n)
{
	return db_cell(own, column, n);
}

static uint64_t
door_changed(struct store *s)
{
	return db_changed(store_db(s));
}

static const struct sql_door door = { door_ask, door_next, door_done,
	door_u64, door_cell, door_changed };

enum err
store_sqlite_open(const char *folder, bool create, struct store **out)
{
	struct sqlite_store *s;
	char path[PATH_ROOM] = ":memory:";
	enum err r = ERR_OK;

	if (strcmp(folder, ":memory:") != 0) {
		if (create)
			r = folder_make(folder);
		if (r == ERR_OK)
			r = path_join(folder, "ledger.db", path);
	}
	if (r != ERR_OK)
		return r;
	if ((s = calloc(1, sizeof(*s))) == NULL)
		return ERR_MEMORY;
	s->sql.store.ops = &ops;
	s->sql.store.level = LEVEL_STORED;
	s->sql.door = &door;
	if ((r = db_open(path, &form, create, &s->db)) != ERR_OK) {
		free(s);
		return r;
	}
	*out = &s->sql.store;
	return ERR_OK;
}
