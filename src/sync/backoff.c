/* backoff: one formula. */
#include "sync/backoff.h"

#define LONGEST_MS 3600000u /* a Retry-After of an hour */
#define TRY	   10u	    /* what one costs the bucket */

uint64_t
backoff_wait(uint64_t failures, uint64_t retry_after_ms,
    uint32_t (*below)(uint32_t n))
{
	uint32_t ceiling = BACKOFF_FLOOR_MS;
	uint64_t wait;

	for (; failures > 0 && ceiling < BACKOFF_CAP_MS; failures--)
		ceiling *= 2;
	if (ceiling > BACKOFF_CAP_MS)
		ceiling = BACKOFF_CAP_MS;
	wait = BACKOFF_FLOOR_MS + below(ceiling - BACKOFF_FLOOR_MS + 1);
	if (retry_after_ms > 0 && retry_after_ms <= LONGEST_MS)
		retry_after_ms += below((uint32_t)retry_after_ms / 2 + 1);
	return wait > retry_after_ms ? wait : retry_after_ms;
}

uint64_t
backoff_usual(uint64_t every_ms, uint32_t (*below)(uint32_t n))
{
	return every_ms - every_ms / 10 + below((uint32_t)(every_ms / 5) + 1);
}

uint64_t
bucket_after(uint64_t spent, uint64_t settled, bool failed, uint64_t most)
{
	spent = spent > settled ? spent - settled : 0;
	if (failed)
		spent += TRY;
	return spent > most * TRY ? most * TRY : spent;
}

bool
bucket_empty(uint64_t spent, uint64_t most)
{
	return spent + TRY > most * TRY;
}

uint64_t
backoff_left(uint64_t next_ms, uint64_t now_ms)
{
	uint64_t left = next_ms > now_ms ? next_ms - now_ms : 0;

	return left > LONGEST_MS ? LONGEST_MS : left;
}
