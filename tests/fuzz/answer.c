/* answer: whatever the centre answers, a record is delivered only by a valid
 * receipt, and none is lost. */
#include <stdlib.h>

#include "tests/sync/made.h"

#include "sync/errand.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static struct sync_made m;
static const uint8_t *said;
static size_t said_n;

static enum err
play(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	(void)mm;
	(void)path;
	(void)body;
	out->status = said_n > 0 && said[0] == '!' ? 503 : 200;
	return buf_put(&out->body, said, said_n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct queue_counts c;
	struct attempt a;

	if (m.queue == NULL && sync_made_open(&m, 2) != 0)
		abort();
	said = p;
	said_n = n;
	m.play = play;
	(void)attempt_send(&m.courier, false, 1795271900000, &a);
	(void)errand_lease(&m.courier);
	(void)errand_outcomes(&m.courier);
	if (queue_count(m.queue, &c) != ERR_OK)
		abort();
	/* Without the centre's key nothing can have been delivered. */
	if (a.sent != 0 || c.by_state[QUEUE_SENT] != 0 ||
	    c.identifiers != 0 || c.by_state[QUEUE_READY] +
	    c.by_state[QUEUE_REFUSED] != 2)
		abort();
	for (int i = 0; i < 2; i++)
		if (c.by_state[QUEUE_REFUSED] > 0 &&
		    queue_retry(m.queue, &m.rid[i]) != ERR_OK)
			abort();
	return 0;
}
