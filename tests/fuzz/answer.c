/* answer: whatever the centre answers, a record is delivered only by a valid
 * receipt, none is lost, and nobody seals to a key that is not the opener's. */
#include <stdlib.h>

#include "tests/sync/made.h"

#include "base/keyfile.h"
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

/* A terminal that seals to key 2. */
static void
begin(void)
{
	char keys[PATH_ROOM], path[PATH_ROOM];

	if (sync_made_open(&m, 2) != 0 ||
	    path_join(m.q.state, "keys", keys) != ERR_OK ||
	    folder_make(keys) != ERR_OK ||
	    path_join(keys, "opening.pub", path) != ERR_OK ||
	    keyfile_write(path, "opening-public", m.q.keys.opening_public,
	    BOX_PUBLIC_LEN, 2) != ERR_OK)
		abort();
	(void)snprintf(m.courier.state, sizeof(m.courier.state), "%s",
	    m.q.state);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	uint8_t bytes[OPENING_LEN];
	struct queue_switch place;
	struct queue_counts c;
	struct attempt a;
	uint32_t number;

	if (m.queue == NULL)
		begin();
	said = p;
	said_n = n;
	m.play = play;
	(void)attempt_send(&m.courier, false, 1795271900000, &a);
	(void)errand_lease(&m.courier);
	(void)errand_outcomes(&m.courier);
	(void)errand_opening(&m.courier);
	if (queue_count(m.queue, &c) != ERR_OK)
		abort();
	/* Without the centre's key nothing can have been delivered. */
	if (a.sent != 0 || c.by_state[QUEUE_SENT] != 0 ||
	    c.identifiers != 0 || c.by_state[QUEUE_READY] +
	    c.by_state[QUEUE_REFUSED] != 2 ||
	    queue_opening(m.queue, &number, bytes) != ERR_NOT_FOUND ||
	    queue_switch(m.queue, &place) != ERR_OK ||
	    place.told.at_ms != 0)
		abort();
	for (int i = 0; i < 2; i++)
		if (c.by_state[QUEUE_REFUSED] > 0 &&
		    queue_retry(m.queue, &m.rid[i]) != ERR_OK)
			abort();
	return 0;
}
