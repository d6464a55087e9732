/* store_sqlite: the ledger's file, its tables and its table of calls. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "centre/store_sqlite.h"

/*
 * entry keeps its hash for ever, its envelope only until the dossier holds
 * what is in it. Ids are ordered by time, so that the indices grow at their
 * end (facts/storage.md, finding 8).
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

static const struct db_form form = {
	.schema = schema,
	.version = 1,
	.fault = ERR_LEDGER,
};

struct sqlite_store {
	struct store store;
	struct db *db;
};

struct db *
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
sqlite_commit(struct store *s)
{
	return db_commit(store_db(s));
}

static void
sqlite_rollback(struct store *s)
{
	db_rollback(store_db(s));
}

static const struct store_ops ops = {
	.close = sqlite_close,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.terminal_by_cert = sqlite_terminal_by_cert,
	.terminal_find = sqlite_terminal_find,
	.terminal_add = sqlite_terminal_add,
	.terminal_state = sqlite_terminal_state,
	.terminal_advance = sqlite_terminal_advance,
	.terminal_each = sqlite_terminal_each,
	.entry_by_rid = sqlite_entry_by_rid,
	.entry_by_sequence = sqlite_entry_by_sequence,
	.entry_add = sqlite_entry_add,
	.entry_each = sqlite_entry_each,
	.entry_waiting = sqlite_entry_waiting,
	.gap_add = sqlite_gap_add,
	.gap_fill = sqlite_gap_fill,
	.gap_each = sqlite_gap_each,
	.alarm_add = sqlite_alarm_add,
	.alarm_each = sqlite_alarm_each,
	.lease_next = sqlite_lease_next,
	.lease_since = sqlite_lease_since,
	.lease_add = sqlite_lease_add,
	.loan_find = sqlite_loan_find,
	.settle = sqlite_settle,
	.notes_after = sqlite_notes_after,
};

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
	s->store.ops = &ops;
	if ((r = db_open(path, &form, create, &s->db)) != ERR_OK) {
		free(s);
		return r;
	}
	*out = &s->store;
	return ERR_OK;
}
