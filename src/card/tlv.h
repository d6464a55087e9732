/*
 * tlv: a cursor over the BER-TLV of a card, never past its end.
 *
 * One- and two-byte tags; lengths of one to three bytes (0–127, 81 xx,
 * 82 xx xx). A tag of 00 or FF is the padding behind the last object
 * (facts/card.md 1.4), and everything after it is unread.
 */
#ifndef GUICHET_CARD_TLV_H
#define GUICHET_CARD_TLV_H

#include "base/buf.h"

struct tlv {
	unsigned tag; /* 0x65, 0x7F21 */
	struct cursor value;
};

/*
 * The next object; *end is true, and t unwritten, when there is none left.
 * ERR_TRUNCATED when it claims more than there is, ERR_CARD_DATA for a tag
 * or a length of another form.
 */
enum err tlv_next(struct cursor *c, struct tlv *t, bool *end);

/* The first object of that tag inside; ERR_NOT_FOUND, or as tlv_next. */
enum err tlv_find(struct cursor in, unsigned tag, struct cursor *value);

/*
 * True when padding or nonsense was met, so that nothing in the rest of the
 * file can matter. False at the end of an object: another may follow.
 */
bool tlv_closed(struct cursor c);

#endif
