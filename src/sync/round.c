/* round: attempts in a row, the gap's second try, the plan. */
#include "base/log.h"
#include "base/secret.h"
#include "sync/backoff.h"
#include "sync/errand.h"
#include "sync/round.h"

#define FAILURES "sync-failures"
#define NEXT_MS	 "sync-next-ms"
#define SPENT	 "sync-spent" /* of the bucket, in tenths of a try */
#define REASON	 "sync-reason" /* of the last round, an error number */

/*
 * The centre waits for an earlier number: those that it lost are ready again,
 * and the next batch says which are not to come.
 */
static enum err
go_back(struct courier *c, uint64_t now_ms, struct attempt *a)
{
	uint64_t n, from = a->next;
	enum err r;

	if ((r = queue_resend(c->queue, from, &n)) != ERR_OK)
		return r;
	log_event("centre-asks-again", "%llu %llu", (unsigned long long)from,
	    (unsigned long long)n);
	if ((r = attempt_send(c, true, now_ms, a)) != ERR_OK)
		return r;
	return a->gap && a->sent + a->refused == 0 ?
	    err_about(ERR_GAP, "%llu", (unsigned long long)a->next) : ERR_OK;
}

static enum err
send_all(struct courier *c, uint64_t now_ms, uint64_t *retry_after_ms,
    unsigned *settled)
{
	struct attempt a;
	unsigned sent = 0, refused = 0;
	enum err r;

	do {
		if ((r = attempt_send(c, false, now_ms, &a)) == ERR_OK && a.gap)
			r = go_back(c, now_ms, &a);
		sent += a.sent;
		refused += a.refused;
		*retry_after_ms = a.retry_after_ms;
	} while (r == ERR_OK && a.sent + a.refused > 0);
	*settled = sent + refused;
	if (*settled > 0)
		log_event("envelopes-settled", "%u %u", sent, refused);
	return r;
}

static void
run_errands(struct courier *c)
{
	enum err r;

	if ((r = errand_outcomes(c)) != ERR_OK)
		log_error(r, "outcomes");
	if ((r = errand_opening(c)) != ERR_OK)
		log_error(r, "opening");
	/* Now it is known whether the place is open. */
	if ((r = errand_lease(c)) != ERR_OK)
		log_error(r, "lease");
}

/* Take the try out of the bucket, or put back what was settled. An empty one
 * asks for minutes, as a busy centre would. */
static enum err
account(struct courier *c, unsigned settled, enum err came,
    uint64_t *retry_after_ms)
{
	bool failed = came != ERR_OK;
	uint64_t spent;
	enum err r;

	if (c->retries == 0 || (!failed && settled == 0))
		return came;
	if ((r = queue_get_state(c->queue, SPENT, &spent)) != ERR_OK)
		return failed ? came : r;
	if (failed && bucket_empty(spent, c->retries) &&
	    *retry_after_ms < BACKOFF_CAP_MS / 2)
		*retry_after_ms = BACKOFF_CAP_MS / 2;
	r = queue_set_state(c->queue, SPENT, bucket_after(spent, settled,
	    failed, c->retries));
	return failed ? came : r;
}

enum err
round_run(struct courier *c, uint64_t now_ms, uint64_t *retry_after_ms)
{
	struct queue_counts counts;
	unsigned settled;
	enum err r;

	*retry_after_ms = 0;
	r = send_all(c, now_ms, retry_after_ms, &settled);
	if ((r = account(c, settled, r, retry_after_ms)) != ERR_OK)
		return r;
	run_errands(c);
	if ((r = queue_count(c->queue, &counts)) != ERR_OK)
		return r;
	return counts.by_state[QUEUE_READY] == 0 ? ERR_OK :
	    err_about(ERR_SYNC_UNDELIVERED, "%llu",
	    (unsigned long long)counts.by_state[QUEUE_READY]);
}

enum err
round_plan(struct queue *q, enum err came, uint64_t retry_after_ms,
    uint64_t every_ms, uint64_t now_ms)
{
	uint64_t failures, wait = backoff_usual(every_ms, secret_below);
	enum err r;

	if ((r = queue_get_state(q, FAILURES, &failures)) != ERR_OK)
		return r;
	failures = came == ERR_OK ? 0 : failures + 1;
	if (came != ERR_OK)
		wait = backoff_wait(failures, retry_after_ms, secret_below);
	if ((r = queue_set_state(q, FAILURES, failures)) != ERR_OK ||
	    (r = queue_set_state(q, REASON, (uint64_t)err_number(came))) !=
	    ERR_OK)
		return r;
	return queue_set_state(q, NEXT_MS, now_ms + wait);
}

enum err
round_look(struct queue *q, struct round_state *out)
{
	uint64_t reason;
	enum err r;

	if ((r = queue_get_state(q, NEXT_MS, &out->next_ms)) != ERR_OK ||
	    (r = queue_get_state(q, FAILURES, &out->failures)) != ERR_OK ||
	    (r = queue_get_state(q, REASON, &reason)) != ERR_OK)
		return r;
	out->reason = (int)reason;
	return ERR_OK;
}

enum err
round_due(struct queue *q, uint64_t now_ms, uint64_t *wait_ms)
{
	uint64_t next;
	enum err r;

	if ((r = queue_get_state(q, NEXT_MS, &next)) == ERR_OK)
		*wait_ms = backoff_left(next, now_ms);
	return r;
}
