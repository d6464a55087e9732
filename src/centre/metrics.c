/* metrics: counters of the ledger and of the gateway, one line each. */
#include <stdio.h>

#include "base/clock.h"
#include "centre/metrics.h"

#define LINE_ROOM 256

void
metrics_count(struct metrics *m, int status)
{
	if (status >= 100 && status < 600)
		m->answered[status / 100]++;
}

static enum err
put_line(struct buf *out, const char *name, uint64_t n)
{
	char line[LINE_ROOM];

	(void)snprintf(line, sizeof(line), "guichet_%s %llu\n", name,
	    (unsigned long long)n);
	return buf_put_text(out, line);
}

static enum err
put_kind(struct buf *out, const char *name, const char *kind,
    const char *help)
{
	char line[LINE_ROOM];

	(void)snprintf(line, sizeof(line), "# HELP guichet_%s %s\n"
	    "# TYPE guichet_%s %s\n", name, help, name, kind);
	return buf_put_text(out, line);
}

/* What the ledger counts, in the order of the table below. */
#define LEDGER_COUNTS(X)						     \
	X("terminals{state=\"active\"}", "terminals", "gauge",		     \
	  "Terminals by state.", active)				     \
	X("terminals{state=\"revoked\"}", NULL, NULL, NULL, revoked)	     \
	X("entries_total", "entries_total", "counter",			     \
	  "Envelopes kept in the ledger.", entries)			     \
	X("entries_waiting", "entries_waiting", "gauge",		     \
	  "Envelopes that the opener has not settled.", waiting)	     \
	X("entries_refused", "entries_refused", "gauge",		     \
	  "Envelopes that the opener refused.", refused)		     \
	X("sequence_gaps", "sequence_gaps", "gauge",			     \
	  "Sequence numbers declared missing.", gaps)			     \
	X("alarms_total", "alarms_total", "counter",			     \
	  "Contradictions kept as evidence.", alarms)			     \
	X("identifiers_lent_total", "identifiers_lent_total", "counter",     \
	  "Identifiers lent to terminals.", lent)			     \
	X("opening_key", "opening_key", "gauge",			     \
	  "Number of the opening key announced last.", opening)		     \
	X("terminals_behind", "terminals_behind", "gauge",		     \
	  "Active terminals that may still seal to an earlier one.", behind) \
	X("terminals_closed", "terminals_closed", "gauge",		     \
	  "Active terminals whose place is closed by the switch.", closed)

static enum err
put_ledger(struct buf *out, const struct store_counts *c)
{
#define COUNT_ROW(line, name, kind, help, field) \
	{ line, name, kind, help, c->field },
	const struct {
		const char *line, *name, *kind, *help;
		uint64_t n;
	} rows[] = { LEDGER_COUNTS(COUNT_ROW) };
	enum err r = ERR_OK;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) &&
	    r == ERR_OK; i++) {
		if (rows[i].name != NULL)
			r = put_kind(out, rows[i].name, rows[i].kind,
			    rows[i].help);
		if (r == ERR_OK)
			r = put_line(out, rows[i].line, rows[i].n);
	}
	return r;
}

static enum err
put_gateway(struct buf *out, const struct metrics *m)
{
	char name[64];
	enum err r;

	if ((r = put_kind(out, "uptime_seconds", "gauge",
	    "Since the gateway began.")) != ERR_OK ||
	    (r = put_line(out, "uptime_seconds", (clock_elapsed_ms() -
	    m->begun_ms) / 1000)) != ERR_OK)
		return r;
	r = put_kind(out, "answers_total", "counter",
	    "Requests answered, by hundred of HTTP status.");
	for (int i = 2; i < 6 && r == ERR_OK; i++) {
		(void)snprintf(name, sizeof(name),
		    "answers_total{status=\"%dxx\"}", i);
		r = put_line(out, name, m->answered[i]);
	}
	return r;
}

/* What came of questions; those refused and those too often are alarms. */
static enum err
put_questions(struct buf *out, const struct relay_counts *c)
{
	const struct {
		const char *line;
		uint64_t n;
	} rows[] = {
		{ "questions_total{came=\"given\"}", c->given },
		{ "questions_total{came=\"late\"}", c->late },
		{ "questions_total{came=\"refused\"}", c->refused },
		{ "questions_total{came=\"often\"}", c->often },
	};
	enum err r = put_kind(out, "questions_total", "counter",
	    "Questions of terminals, by what came of them.");

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) &&
	    r == ERR_OK; i++)
		r = put_line(out, rows[i].line, rows[i].n);
	return r;
}

enum err
metrics_write(const struct metrics *m, struct store *s, struct buf *out)
{
	struct store_counts c;
	enum err r;

	if ((r = s->ops->count(s, &c)) != ERR_OK ||
	    (r = put_ledger(out, &c)) != ERR_OK)
		return r;
	if ((r = put_gateway(out, m)) != ERR_OK)
		return r;
	return put_questions(out, &m->questions);
}
