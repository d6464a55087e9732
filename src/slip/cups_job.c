/* cups_job: requests, and what their answers mean. */
#include <string.h>

#include "slip/cups_job.h"

#define JOB_GONE 0 /* no job has this number */

/* One request and what came back. */
struct question {
	const struct cups *c;
	int stall_ms;
	struct buf request, answer;
	struct cursor values; /* of the answer, once it was asked */
};

static enum err
begin(struct question *q, const struct cups *c, int stall_ms,
    enum ipp_operation op)
{
	q->c = c;
	q->stall_ms = stall_ms;
	buf_init(&q->request);
	buf_init(&q->answer);
	return ipp_begin(&q->request, op, c->queue, c->user);
}

static void
end(struct question *q)
{
	buf_clear(&q->request);
	buf_clear(&q->answer);
}

static enum err
begin_about(struct question *q, const struct cups *c, int stall_ms,
    enum ipp_operation op, uint32_t job)
{
	enum err r = begin(q, c, stall_ms, op);

	return r != ERR_OK ? r : ipp_number(&q->request, "job-id", job);
}

static enum err
ask(struct question *q, const struct buf *document)
{
	uint16_t status;
	enum err r;

	if ((r = ipp_group(&q->request, IPP_END)) != ERR_OK ||
	    (r = cups_ask(q->c, q->stall_ms, &q->request, document,
	    &q->answer)) != ERR_OK)
		return r;
	q->values = cursor_of(q->answer.p, q->answer.len);
	if (ipp_status(&q->values, &status) != ERR_OK)
		return ERR_PRINT_WRITE;
	if (status == IPP_NOT_FOUND)
		return ERR_NOT_FOUND;
	if (status == IPP_NOT_ACCEPTING)
		return ERR_PRINT_OFFLINE;
	return status < 0x100 ? ERR_OK : ERR_PRINT_OPEN;
}

/* Print-Job of that document; held, it waits for ever. */
static enum err
give(const struct cups *c, int stall_ms, const struct buf *document,
    const char *format, bool held, uint32_t *job)
{
	struct ipp_value v = { .tag = 0 };
	struct question q;
	enum err r;

	if ((r = begin(&q, c, stall_ms, IPP_PRINT_JOB)) != ERR_OK ||
	    (r = ipp_text(&q.request, IPP_NAME, "job-name", CUPS_TITLE)) !=
	    ERR_OK || (r = ipp_text(&q.request, IPP_FORMAT,
	    "document-format", format)) != ERR_OK ||
	    (r = ipp_group(&q.request, IPP_JOB)) != ERR_OK ||
	    (r = ipp_text(&q.request, IPP_NAME, "job-sheets", "none")) !=
	    ERR_OK || (r = ipp_text(&q.request, IPP_KEYWORD, "media",
	    "iso_a4_210x297mm")) != ERR_OK ||
	    (r = !held ? ERR_OK : ipp_text(&q.request, IPP_KEYWORD,
	    "job-hold-until", "indefinite")) != ERR_OK ||
	    (r = ask(&q, document)) != ERR_OK)
		goto out;
	while ((r = ipp_next(&q.values, &v)) == ERR_OK)
		if (strcmp(v.name, "job-id") == 0 && v.number != JOB_GONE)
			break;
	if (r == ERR_OK)
		*job = v.number;
	else
		r = ERR_PRINT_WRITE;
out:
	end(&q);
	return r == ERR_NOT_FOUND ? ERR_PRINT_OPEN : r;
}

enum err
cups_submit(const struct cups *c, int stall_ms, const struct buf *document,
    uint32_t *job)
{
	return give(c, stall_ms, document, "application/pdf", false, job);
}

static enum err
cancel(const struct cups *c, int stall_ms, uint32_t job, bool purge)
{
	struct question q;
	enum err r;

	if ((r = begin_about(&q, c, stall_ms, IPP_CANCEL_JOB, job)) ==
	    ERR_OK &&
	    (r = ipp_flag(&q.request, "purge-job", purge)) == ERR_OK)
		r = ask(&q, NULL);
	end(&q);
	return r == ERR_NOT_FOUND ? ERR_OK : r; /* it is gone already */
}

enum err
cups_purge(const struct cups *c, int stall_ms, uint32_t job)
{
	return cancel(c, stall_ms, job, true);
}

/* One attribute of a job. ERR_NOT_FOUND when there is no such job. */
static enum err
job_number(const struct cups *c, int stall_ms, uint32_t job,
    const char *name, uint32_t *out)
{
	struct ipp_value v = { .tag = 0 };
	struct question q;
	enum err r;

	if ((r = begin_about(&q, c, stall_ms, IPP_JOB_ATTRIBUTES, job)) !=
	    ERR_OK || (r = ipp_text(&q.request, IPP_KEYWORD,
	    "requested-attributes", name)) != ERR_OK ||
	    (r = ask(&q, NULL)) != ERR_OK)
		goto out;
	while ((r = ipp_next(&q.values, &v)) == ERR_OK &&
	    strcmp(v.name, name) != 0)
		;
	if (r == ERR_OK)
		*out = v.number;
	else
		r = ERR_PRINT_WRITE;
out:
	end(&q);
	return r;
}

enum err
cups_state_of(const struct cups *c, int stall_ms, uint32_t job,
    enum cups_state *out)
{
	uint32_t state;
	enum err r;

	if ((r = job_number(c, stall_ms, job, "job-state", &state)) != ERR_OK)
		return r == ERR_NOT_FOUND ? ERR_PRINT_WRITE : r;
	if (state < CUPS_PENDING || state > CUPS_COMPLETED)
		return ERR_PRINT_WRITE;
	*out = (enum cups_state)state;
	return ERR_OK;
}

/* The number of some job of ours that bears our title; JOB_GONE: none. */
static enum err
find_ours(const struct cups *c, int stall_ms, uint32_t *job)
{
	struct ipp_value v = { .tag = 0 };
	struct question q;
	uint32_t one = JOB_GONE;
	bool ours = false;
	enum err r;

	*job = JOB_GONE;
	if ((r = begin(&q, c, stall_ms, IPP_JOBS)) != ERR_OK ||
	    (r = ipp_text(&q.request, IPP_KEYWORD, "which-jobs", "all")) !=
	    ERR_OK || (r = ipp_flag(&q.request, "my-jobs", true)) != ERR_OK ||
	    (r = ipp_text(&q.request, IPP_KEYWORD, "requested-attributes",
	    "job-id")) != ERR_OK || (r = ipp_text(&q.request, IPP_KEYWORD, "",
	    "job-name")) != ERR_OK || (r = ask(&q, NULL)) != ERR_OK)
		goto out;
	while (*job == JOB_GONE && ipp_next(&q.values, &v) == ERR_OK) {
		if (v.begins) {
			one = JOB_GONE;
			ours = false;
		}
		if (strcmp(v.name, "job-id") == 0)
			one = v.number;
		if (strcmp(v.name, "job-name") == 0)
			ours = strcmp(v.text, CUPS_TITLE) == 0;
		if (ours)
			*job = one; /* when both were said */
	}
out:
	end(&q);
	return r == ERR_NOT_FOUND ? ERR_PRINT_OPEN : r;
}

enum err
cups_purge_left(const struct cups *c, int stall_ms)
{
	uint32_t job, before = JOB_GONE;
	enum err r;

	while ((r = find_ours(c, stall_ms, &job)) == ERR_OK &&
	    job != JOB_GONE && job != before) {
		if ((r = cups_purge(c, stall_ms, job)) != ERR_OK)
			return r;
		before = job;
	}
	return r == ERR_OK && job != JOB_GONE ? ERR_PRINT_KEEPS : r;
}

enum err
cups_keeps_nothing(const struct cups *c, int stall_ms)
{
	struct buf line;
	uint32_t job, kept = 0;
	enum err r;

	if ((r = cups_purge_left(c, stall_ms)) != ERR_OK)
		return r;
	buf_init(&line);
	if ((r = buf_put_text(&line, "-\n")) != ERR_OK ||
	    (r = give(c, stall_ms, &line, "text/plain", true, &job)) != ERR_OK)
		goto out;
	if ((r = cancel(c, stall_ms, job, false)) == ERR_OK &&
	    (r = job_number(c, stall_ms, job, "job-preserved", &kept)) ==
	    ERR_NOT_FOUND)
		r = ERR_OK; /* it does not even keep a history */
	if (cups_purge(c, stall_ms, job) != ERR_OK || kept != 0)
		r = r == ERR_OK ? ERR_PRINT_KEEPS : r;
out:
	buf_clear(&line);
	return r;
}

/* RFC 8011 5.4.12, in the order in which one would mend it. */
static const struct {
	const char *front;
	enum err why;
} reasons[] = {
	{ "cover-open", ERR_PRINT_COVER },
	{ "door-open", ERR_PRINT_COVER },
	{ "interlock-open", ERR_PRINT_COVER },
	{ "media-empty", ERR_PRINT_PAPER },
	{ "media-needed", ERR_PRINT_PAPER },
	{ "input-tray-missing", ERR_PRINT_PAPER },
	{ "media-jam", ERR_PRINT_FAULT },
	{ "output-area-full", ERR_PRINT_FAULT },
	{ "fuser-", ERR_PRINT_FAULT },
	{ "marker-supply-empty", ERR_PRINT_FAULT },
	{ "toner-empty", ERR_PRINT_FAULT },
	{ "offline", ERR_PRINT_OFFLINE },
	{ "shutdown", ERR_PRINT_OFFLINE },
	{ "timed-out", ERR_PRINT_OPEN },
	{ "connecting-to-device", ERR_PRINT_OPEN },
	{ "paused", ERR_PRINT_OFFLINE },
};
#define NREASONS (sizeof(reasons) / sizeof(reasons[0]))

static bool
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

/* The reason's bit; 0 when it is not in the table, or only a remark. Reaching
 * for a device is a reason only when that did not end. */
static uint32_t
bit_of(const char *reason, bool overdue)
{
	if (!overdue && (ends_with(reason, "-warning") ||
	    ends_with(reason, "-report") ||
	    strcmp(reason, "connecting-to-device") == 0))
		return 0;
	for (size_t i = 0; i < NREASONS; i++)
		if (strncmp(reason, reasons[i].front,
		    strlen(reasons[i].front)) == 0)
			return (uint32_t)1 << i;
	return 0;
}

enum err
cups_why(uint32_t signs)
{
	for (size_t i = 0; i < NREASONS; i++)
		if ((signs & (uint32_t)1 << i) != 0)
			return reasons[i].why;
	return ERR_OK;
}

static struct cups_signs
read_signs(struct cursor *values, bool overdue)
{
	enum { PRINTER_STOPPED = 5 };
	struct cups_signs s = { .stopped = false };
	struct ipp_value v = { .tag = 0 };

	while (ipp_next(values, &v) == ERR_OK) {
		if (strcmp(v.name, "printer-state") == 0)
			s.stopped = v.number == PRINTER_STOPPED;
		else if (strcmp(v.name, "printer-state-reasons") == 0)
			s.reasons |= bit_of(v.text, overdue);
	}
	return s;
}

enum err
cups_look(const struct cups *c, int stall_ms, bool overdue,
    struct cups_signs *out)
{
	struct question q;
	enum err r;

	if ((r = begin(&q, c, stall_ms, IPP_PRINTER_ATTRIBUTES)) == ERR_OK &&
	    (r = ipp_text(&q.request, IPP_KEYWORD, "requested-attributes",
	    "printer-state")) == ERR_OK &&
	    (r = ipp_text(&q.request, IPP_KEYWORD, "",
	    "printer-state-reasons")) == ERR_OK &&
	    (r = ask(&q, NULL)) == ERR_OK)
		*out = read_signs(&q.values, overdue);
	end(&q);
	return r == ERR_NOT_FOUND ? ERR_PRINT_OPEN : r;
}
