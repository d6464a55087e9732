/*
 * scan: JSON in its stable form (base/json.h), read where it stands.
 *
 * For documents of which nearly all come as json_write makes them: no value is
 * made of what is read. Every call says true and moves on, or says false; then
 * the bytes are in another form or no JSON at all, which json_read tells, and
 * the cursor is anywhere.
 */
#ifndef GUICHET_BASE_SCAN_H
#define GUICHET_BASE_SCAN_H

#include <stdbool.h>

#include "base/buf.h"

/* That one character. */
bool scan_mark(struct cursor *c, char mark);

/* A member's name and the colon behind it. */
bool scan_name(struct cursor *c, const char *name);

/* A text that stands there as it is, without escapes: its bytes, borrowed,
 * without a control character. They may be no UTF-8. */
bool scan_string(struct cursor *c, struct cursor *out);

/* The same of fewer bytes than room, and a NUL behind them. */
bool scan_copy(struct cursor *c, char *out, size_t room);

/* A whole number up to max, at most INT64_MAX. */
bool scan_number(struct cursor *c, uint64_t max, uint64_t *out);

bool scan_truth(struct cursor *c, bool *out);

#endif
