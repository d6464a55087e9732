/*
 * backoff: how long to leave the centre alone after it failed.
 *
 * Full jitter with a floor: a random time between 1 s and a ceiling that
 * doubles from 2 s to 5 min, so that terminals that failed together do not
 * come back together, and none comes back at once (facts/storage.md, 5.4).
 */
#ifndef GUICHET_SYNC_BACKOFF_H
#define GUICHET_SYNC_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>

#define BACKOFF_FLOOR_MS 1000u
#define BACKOFF_CAP_MS	 300000u

/*
 * Milliseconds to wait after that many failures in a row (from 1). below(n)
 * draws a number from 0 to n - 1. What the centre asked for (Retry-After, 0:
 * nothing) is a minimum, and up to half of it comes on top: it asked all of
 * them the same.
 */
uint64_t backoff_wait(uint64_t failures, uint64_t retry_after_ms,
    uint32_t (*below)(uint32_t n));

/* The wait after a round that went well: `every_ms`, a tenth more or less, so
 * that terminals that were started together part. */
uint64_t backoff_usual(uint64_t every_ms, uint32_t (*below)(uint32_t n));

/*
 * The bucket of retries, in tenths: a failure takes ten, an envelope that is
 * settled puts one back, and there are never more than `most` failures in it.
 * So a line that comes and goes, and by each success begins the doubling
 * anew, is not tried more than one time for ten envelopes that it carried.
 */
uint64_t bucket_after(uint64_t spent, uint64_t settled, bool failed,
    uint64_t most);

/* Nothing is left for another try soon. */
bool bucket_empty(uint64_t spent, uint64_t most);

/*
 * What is still to wait at now_ms of a time set before, perhaps before a
 * restart: never more than the longest wait there is, should the clock have
 * been put back.
 */
uint64_t backoff_left(uint64_t next_ms, uint64_t now_ms);

#endif
