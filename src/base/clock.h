/*
 * clock: the two times that guichet knows, and how they are written.
 *
 * Wall time says when, for people; it may be wrong and may jump. Elapsed time
 * only grows, also while the machine sleeps: every wait and time-out uses it.
 */
#ifndef GUICHET_BASE_CLOCK_H
#define GUICHET_BASE_CLOCK_H

#include <stdint.h>

#include "base/err.h"

/* Milliseconds since 1970-01-01T00:00:00Z. */
uint64_t clock_wall_ms(void);

/* Milliseconds of CLOCK_BOOTTIME. */
uint64_t clock_elapsed_ms(void);

/* "2026-11-21T14:32:05Z" and its NUL. */
#define CLOCK_TEXT 21
void clock_text(uint64_t wall_ms, char out[CLOCK_TEXT]);

/* "14:32" in local time and its NUL. */
void clock_hour(uint64_t wall_ms, char out[6]);

/* "20261121" in local time and its NUL. */
void clock_day(uint64_t wall_ms, char out[9]);

#endif
