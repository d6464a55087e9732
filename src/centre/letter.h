/*
 * letter: envelopes that came together → what is known of each before it is
 * judged, so that many cost less than each alone.
 *
 * A signature covers the hash of the envelope before. So of those that come
 * together, each naming the one before, the last one's signature is that of
 * all: who holds the key has made this chain and no other.
 */
#ifndef GUICHET_CENTRE_LETTER_H
#define GUICHET_CENTRE_LETTER_H

#include "centre/store.h"
#include "envelope/envelope.h"

#define LETTERS_MAX 100 /* of one terminal */

/* An envelope as it came, the bytes borrowed. */
struct letter {
	const void *p;
	size_t n;
	enum err form;	/* ERR_OK: e and hash are its */
	struct envelope e;
	uint8_t hash[DIGEST_LEN];
	bool authentic; /* signed by the key of its number, as is known */
	bool fresh;	/* none of its id is in the ledger, as is known */
	/* Made beforehand, when it was: as of this level and moment. */
	bool prepared;
	enum receipt_level level;
	uint64_t receipt_ms;
	uint8_t receipt[RECEIPT_LEN];
};

void letter_look(const void *p, size_t n, struct letter *out);

/* Of n that came together from *t: which are authentic by one behind them. */
void letter_vouch(const struct terminal *t, struct letter *l, size_t n);

/* Of n that came together, from one terminal or several: which are fresh.
 * ERR_LEDGER. */
enum err letter_compare(struct store *s, struct letter *l, size_t n);

#endif
