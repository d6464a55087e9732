/*
 * relay: questions of terminals, from the gateway to guichet-answer and back,
 * sealed both ways.
 *
 * A thread of its own, so that no terminal waits for another one's question:
 * at most RELAY_SLOTS under way, each for RELAY_MS at most, in memory alone. A
 * terminal may ask RELAY_BURST in a row, and one more every RELAY_EACH_MS.
 */
#ifndef GUICHET_CENTRE_RELAY_H
#define GUICHET_CENTRE_RELAY_H

#include <stdint.h>

#include "envelope/response.h"

#define RELAY_SLOTS   64
#define RELAY_MS      1500u
#define RELAY_BURST   20
#define RELAY_EACH_MS 5000u

struct relay;

/* What came of a question, in the relay's thread, once for each that was put:
 * the RESPONSE_LEN bytes, borrowed, or NULL: ERR_NOT_NOW, or ERR_REQUEST when
 * guichet-answer refused it. */
typedef void relay_told(void *user, enum err came, const uint8_t *response);

/* Begin; `where` as in "questions". Stop tells whoever waits ERR_NOT_NOW, and
 * from then on whoever puts; free comes behind it. Both accept NULL.
 * ERR_LISTEN, ERR_MEMORY. */
enum err relay_start(const char *where, struct relay **out);
void relay_stop(struct relay *r);
void relay_free(struct relay *r);

/* Put one of QUESTION_LEN bytes, copied. ERR_NOT_NOW when too many are under
 * way or it is ending; ERR_ASKED_OFTEN. Then nobody is told. */
enum err relay_put(struct relay *r, uint32_t terminal, const void *question,
    relay_told *told, void *user);

/* How many were put, given an answer, too late, refused there, and asked too
 * often, since it began. */
struct relay_counts {
	uint64_t put, given, late, refused, often;
};
void relay_count(struct relay *r, struct relay_counts *out);

#endif
