/* floor: what cannot be left out, and nothing else. */
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "tests/load/load.h"

#include "base/db.h"
#include "base/file.h"
#include "base/keyfile.h"

#define AT_ONCE 100

/* What the vault keeps of an enrolment, and the bytes of each row. */
static const struct {
	const char *insert;
	size_t bytes;
} kept[] = {
	{ "INSERT INTO dossier VALUES (?, ?)", 420 },
	{ "INSERT INTO document VALUES (?, ?)", 2100 },
	{ "INSERT INTO account VALUES (?, ?)", 140 },
	{ "INSERT INTO act VALUES (?, ?)", 40 },
	{ "INSERT INTO trace VALUES (?, ?)", 160 },
};
#define TABLE(name)							\
	"CREATE TABLE " name " (rid BLOB PRIMARY KEY, bytes BLOB) STRICT;"
#define NOTE 104 /* bytes that go back, and stay in the ledger */

static const struct db_form bare = {
	.schema = TABLE("entry") TABLE("note") TABLE("dossier")
	    TABLE("document") TABLE("account") TABLE("act") TABLE("trace"),
	.version = 1,
	.fault = ERR_LEDGER,
};

/* One enrolment of a batch, as the ledger would hold it. */
struct row {
	struct envelope e;
	struct cursor bytes;
};

struct least {
	struct load *l;
	bool rows;
	struct db *db;
	PGconn *pg; /* NULL: the ledger is in SQLite as well */
	uint8_t opening[BOX_SECRET_LEN];
	struct buf opened;
	struct row row[AT_ONCE];
	unsigned n;
};

static void
plain(PGconn *c, const char *sql)
{
	PGresult *res = PQexec(c, sql);

	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		must(err_about(ERR_LEDGER, "%s", PQerrorMessage(c)));
	PQclear(res);
}

/* All of a batch in one statement. */
static void
insert_pg(struct least *f, const char *table, bool note)
{
	const char *p[2 * AT_ONCE];
	int size[2 * AT_ONCE], binary[2 * AT_ONCE];
	Oid types[2 * AT_ONCE];
	char sql[4096];
	size_t at = (size_t)sprintf(sql, "INSERT INTO %s VALUES", table);
	PGresult *res;

	for (unsigned i = 0; i < f->n; i++) {
		at += (size_t)sprintf(sql + at, "%s($%u,$%u)", i > 0 ? "," :
		    "", 2 * i + 1, 2 * i + 2);
		p[2 * i] = (const char *)f->row[i].e.rid.b;
		size[2 * i] = RID_LEN;
		p[2 * i + 1] = (const char *)f->row[i].bytes.p;
		size[2 * i + 1] = note ? NOTE : (int)f->row[i].bytes.n;
		binary[2 * i] = binary[2 * i + 1] = 1;
		types[2 * i] = types[2 * i + 1] = 17; /* bytea */
	}
	res = PQexecParams(f->pg, sql, 2 * (int)f->n, types, p, size, binary,
	    1);
	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		must(err_about(ERR_LEDGER, "%s", PQerrorMessage(f->pg)));
	PQclear(res);
}

static void
insert(struct least *f, const char *sql, const struct row *w, size_t n)
{
	must(db_do(f->db, sql, "bb", (const void *)w->e.rid.b,
	    sizeof(w->e.rid.b), (const void *)w->bytes.p, n));
}

static void
insert_lite(struct least *f)
{
	for (unsigned i = 0; i < f->n; i++) {
		const struct row *w = &f->row[i];

		if (f->pg == NULL)
			insert(f, "INSERT INTO entry VALUES (?, ?)", w,
			    w->bytes.n);
		if (f->pg == NULL && f->rows)
			insert(f, "INSERT INTO note VALUES (?, ?)", w, NOTE);
		for (size_t k = 0; f->rows && k < sizeof(kept) /
		    sizeof(kept[0]); k++)
			insert(f, kept[k].insert, w, kept[k].bytes);
	}
}

/* A batch into both, or the one. */
static void
flush(struct least *f)
{
	if (f->pg != NULL) {
		plain(f->pg, "BEGIN");
		insert_pg(f, "bare_entry", false);
		if (f->rows)
			insert_pg(f, "bare_note", true);
		plain(f->pg, "COMMIT");
	}
	if (f->pg == NULL || f->rows) {
		must(db_begin(f->db));
		insert_lite(f);
		must(db_commit(f->db));
	}
	f->n = 0;
}

static void
take(struct least *f, const struct desk *d, struct cursor one)
{
	struct row *w = &f->row[f->n++];
	uint8_t signature[SIGNATURE_LEN];

	w->bytes = one;
	must(envelope_check(one.p, one.n, d->sign_public));
	must(envelope_read(one.p, one.n, &w->e));
	buf_reset(&f->opened);
	must(envelope_open(&w->e, f->opening, &f->opened));
	if (f->rows) {
		must(sign("floor", one.p, RECEIPT_LEN, d->sign, signature));
		must(sign("floor", one.p, OUTCOME_LEN, d->sign, signature));
	}
	if (f->n == AT_ONCE)
		flush(f);
}

static void
open_pg(struct least *f)
{
	f->pg = PQconnectdb(f->l->set.store);
	if (PQstatus(f->pg) != CONNECTION_OK)
		must(err_about(ERR_LEDGER, "%s", PQerrorMessage(f->pg)));
	plain(f->pg, "SET client_min_messages = error;"
	    "SET synchronous_commit = on;"
	    "DROP TABLE IF EXISTS bare_entry, bare_note;"
	    "CREATE TABLE bare_entry (rid bytea PRIMARY KEY, bytes bytea);"
	    "CREATE TABLE bare_note (rid bytea PRIMARY KEY, bytes bytea)");
}

void
floor_run(struct load *l, const char *folder, bool rows)
{
	struct least *f = calloc(1, sizeof(*f));
	char path[PATH_ROOM];
	struct cursor body, one;
	uint32_t n;

	if (f == NULL)
		must(ERR_MEMORY);
	f->l = l;
	f->rows = rows;
	must(keyfile_read_in(l->set.vault, "opening.key", "opening-secret",
	    f->opening, sizeof(f->opening), &n));
	must(path_join(folder, rows ? "rows.db" : "bare.db", path));
	must(db_open(path, &bare, true, &f->db));
	must(buf_init_secret(&f->opened, ENVELOPE_MAX));
	if (strcmp(l->set.store, "sqlite") != 0)
		open_pg(f);
	for (unsigned i = 0; i < l->desks; i++)
		for (unsigned k = 0; k < l->desk[i].posts; k++) {
			const struct buf *b = &l->desk[i].post[k].body;

			body = cursor_of(b->p, b->len);
			while (body.n > 0) {
				must(cursor_u32(&body, &n));
				must(cursor_sub(&body, n, &one));
				take(f, &l->desk[i], one);
			}
		}
	if (f->n > 0)
		flush(f);
	PQfinish(f->pg);
	db_close(f->db);
	buf_clear(&f->opened);
	secret_wipe(f->opening, sizeof(f->opening));
	free(f);
}
