/*
 * rid: the id of a record, made once and never again.
 *
 * 48 bits of milliseconds then 80 random bits, big-endian, so that ids sort by
 * time (facts/storage.md, finding 8). Written in Crockford's base 32: 26
 * characters, first one 0 to 7. It is the idempotency key and never expires.
 */
#ifndef GUICHET_ENVELOPE_RID_H
#define GUICHET_ENVELOPE_RID_H

#include <stdint.h>

#include "base/err.h"

#define RID_LEN	 16
#define RID_TEXT 27 /* 26 characters and NUL */
#define RID_SHORT 10 /* "01JD-7Q4M" and NUL */

struct rid {
	uint8_t b[RID_LEN];
};

/* A new id at that wall time. */
void rid_make(uint64_t wall_ms, struct rid *out);
void rid_text(const struct rid *id, char out[RID_TEXT]);

/* The first eight characters in two groups, to be read aloud. */
void rid_short(const struct rid *id, char out[RID_SHORT]);

/* Upper case, canonical only; ERR_TEXT otherwise. */
enum err rid_read(const char *text, struct rid *out);

/* The milliseconds in it. */
uint64_t rid_ms(const struct rid *id);

#endif
