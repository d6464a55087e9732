/* store_pg_link: libpq, with an end to every wait. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "centre/store_pg_own.h"

static void
on_notice(void *user, const PGresult *res)
{
	struct link *k = user;
	const char *severity = PQresultErrorField(res,
	    PG_DIAG_SEVERITY_NONLOCALIZED);

	if (severity == NULL || strcmp(severity, "WARNING") == 0)
		k->warned = true;
}

/* What the server or libpq said, its first line. */
static enum err
said(const char *what)
{
	return err_about(ERR_LEDGER, "%.*s", (int)strcspn(what, "\n"), what);
}

/* Close it, and let it rest. */
static void
leave(struct link *k)
{
	PQclear(k->row);
	k->row = NULL;
	PQfinish(k->c);
	k->c = NULL;
	k->rest = clock_elapsed_ms() + LINK_REST_MS;
}

/* It took too long: the server is told not to go on, and left. */
static enum err
too_late(struct link *k)
{
	PGcancel *cancel = PQgetCancel(k->c);
	char why[128];

	if (cancel != NULL)
		(void)PQcancel(cancel, why, sizeof(why));
	PQfreeCancel(cancel);
	leave(k);
	return err_about(ERR_LEDGER, "%u ms", LINK_WAIT_MS);
}

/* The next result, NULL when the statement is over. */
enum err
link_get(struct link *k, PGresult **out)
{
	uint64_t now, end = clock_elapsed_ms() + LINK_WAIT_MS;
	struct pollfd fd = { .fd = PQsocket(k->c), .events = POLLIN };

	while (PQisBusy(k->c)) {
		if ((now = clock_elapsed_ms()) >= end)
			return too_late(k);
		if (poll(&fd, 1, (int)(end - now)) > 0 &&
		    !PQconsumeInput(k->c))
			break;
	}
	if (PQstatus(k->c) == CONNECTION_BAD) {
		(void)said(PQerrorMessage(k->c));
		leave(k);
		return ERR_LEDGER;
	}
	*out = PQgetResult(k->c);
	return ERR_OK;
}

/* Is that result a good one? It is released when it is not. */
enum err
link_judge(struct link *k, PGresult *res)
{
	ExecStatusType status = PQresultStatus(res);

	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
	    status == PGRES_SINGLE_TUPLE)
		return ERR_OK;
	(void)said(PQresultErrorMessage(res));
	PQclear(res);
	if (PQstatus(k->c) == CONNECTION_BAD)
		leave(k);
	return ERR_LEDGER;
}

/* All that is left of a statement. */
enum err
link_drain(struct link *k)
{
	PGresult *res;
	enum err r = ERR_OK;

	while (k->c != NULL) {
		if (link_get(k, &res) != ERR_OK)
			return ERR_LEDGER;
		if (res == NULL)
			break;
		if (r == ERR_OK && (r = link_judge(k, res)) != ERR_OK)
			continue; /* released */
		PQclear(res);
	}
	return r;
}

enum err
link_sent(struct link *k, int ok)
{
	if (ok)
		return ERR_OK;
	(void)said(PQerrorMessage(k->c));
	leave(k);
	return ERR_LEDGER;
}

static enum err
run(struct link *k, const char *sql)
{
	enum err r;

	if ((r = link_sent(k, PQsendQuery(k->c, sql))) != ERR_OK)
		return r;
	return link_drain(k);
}

/*
 * A server that is told not to keep what it acknowledges is none of ours.
 * A statement is planned once, perhaps while its table is empty: so always by
 * an index, and never compiled.
 */
static enum err
make_safe(struct link *k)
{
	uint64_t safe = 0;
	enum err r;

	if ((r = run(k, "SET synchronous_commit = on; SET lock_timeout = 4000;"
	    "SET statement_timeout = 5000;"
	    "SET idle_in_transaction_session_timeout = 10000;"
	    "SET client_connection_check_interval = 1000;"
	    "SET enable_seqscan = off; SET jit = off;"
	    "SET plan_cache_mode = force_generic_plan")) != ERR_OK ||
	    (r = link_number(k, "SELECT (current_setting('fsync') = 'on' AND"
	    " current_setting('full_page_writes') = 'on')", &safe)) !=
	    ERR_OK)
		return r;
	return safe == 1 ? ERR_OK : err_about(ERR_LEDGER,
	    "fsync, full_page_writes : off");
}

static enum err
connect_it(struct link *k)
{
	/* What stands before dbname gives way to the address. */
	static const char *const names[] = { "connect_timeout",
		"tcp_user_timeout", "application_name", "client_encoding",
		"dbname", "target_session_attrs", NULL };
	const char *const values[] = { "2", "5000", "guichet", "UTF8",
		k->address, "read-write", NULL };
	enum err r;

	if (clock_elapsed_ms() < k->rest)
		return err_about(ERR_LEDGER, "pause");
	memset(k->asks, 0, sizeof(k->asks));
	k->c = PQconnectdbParams(names, values, 1);
	if (PQstatus(k->c) != CONNECTION_OK) {
		(void)said(PQerrorMessage(k->c));
		leave(k);
		return ERR_LEDGER;
	}
	(void)PQsetNoticeReceiver(k->c, on_notice, k);
	if ((r = make_safe(k)) != ERR_OK && k->c != NULL)
		leave(k);
	return r;
}

/* A connection; inside a transaction it must still be the same one. */
enum err
link_be_there(struct link *k)
{
	if (k->c != NULL && PQstatus(k->c) == CONNECTION_OK)
		return ERR_OK;
	if (k->c != NULL)
		leave(k);
	return k->inside ? err_about(ERR_LEDGER, "BEGIN") : connect_it(k);
}

enum err
link_open(const char *address, struct link **out)
{
	char *why = NULL;
	PQconninfoOption *parts = PQconninfoParse(address, &why);
	struct link *k;
	enum err r;

	PQfreemem(why); /* it may repeat a password */
	if (parts == NULL)
		return err_about(ERR_STORE, "store");
	PQconninfoFree(parts);
	if ((k = calloc(1, sizeof(*k))) == NULL ||
	    (k->address = strdup(address)) == NULL) {
		free(k);
		return ERR_MEMORY;
	}
	if ((r = connect_it(k)) != ERR_OK)
		link_close(k);
	else
		*out = k;
	return r;
}

void
link_close(struct link *k)
{
	if (k == NULL)
		return;
	PQclear(k->row);
	PQfinish(k->c);
	free(k->address);
	free(k);
}

enum err
link_plain(struct link *k, const char *sql)
{
	enum err r;

	if ((r = link_be_there(k)) != ERR_OK)
		return r;
	return run(k, sql);
}

enum err
link_begin(struct link *k)
{
	enum err r;

	k->warned = false;
	if ((r = link_plain(k, "BEGIN")) == ERR_OK)
		k->inside = true;
	return r;
}

enum err
link_commit(struct link *k)
{
	PGresult *res;
	bool done;
	enum err r;

	k->inside = false;
	if (k->c == NULL)
		return err_about(ERR_LEDGER, "COMMIT");
	if ((r = link_sent(k, PQsendQuery(k->c, "COMMIT"))) != ERR_OK ||
	    (r = link_get(k, &res)) != ERR_OK ||
	    (r = link_judge(k, res)) != ERR_OK)
		return r;
	/* A transaction that had failed answers ROLLBACK. */
	done = strcmp(PQcmdStatus(res), "COMMIT") == 0;
	PQclear(res);
	if ((r = link_drain(k)) != ERR_OK)
		return r;
	if (!done)
		return err_about(ERR_LEDGER, "ROLLBACK");
	return k->warned ? err_about(ERR_UNVOUCHED, "COMMIT") : ERR_OK;
}

void
link_rollback(struct link *k)
{
	k->inside = false;
	if (k->c == NULL)
		return;
	link_done(k);
	if (k->c != NULL && PQtransactionStatus(k->c) != PQTRANS_IDLE &&
	    run(k, "ROLLBACK") != ERR_OK && k->c != NULL)
		leave(k);
}
