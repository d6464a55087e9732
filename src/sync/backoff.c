/* backoff: one formula. */
#include "sync/backoff.h"

#define LONGEST_MS 3600000u /* a Retry-After of an hour */

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
	return wait > retry_after_ms ? wait : retry_after_ms;
}

uint64_t
backoff_left(uint64_t next_ms, uint64_t now_ms)
{
	uint64_t left = next_ms > now_ms ? next_ms - now_ms : 0;

	return left > LONGEST_MS ? LONGEST_MS : left;
}
