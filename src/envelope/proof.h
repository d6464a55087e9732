/*
 * proof: the receipt of a consent that the person takes away, signed by the
 * terminal, with the centre's badge of its key: the text of a QR code.
 *
 * Its fields are those of ISO/IEC TS 27560 and of the Kantara consent receipt
 * 1.1 (facts/domain.md 4.1); what is the same for all is said once, by the
 * version. It names nobody: who it is about stands as a digest. src/PROTOCOL
 * section 11.
 */
#ifndef GUICHET_ENVELOPE_PROOF_H
#define GUICHET_ENVELOPE_PROOF_H

#include <stdbool.h>

#include "base/secret.h"
#include "envelope/badge.h"
#include "envelope/record.h"

#define PROOF_DOMAIN	"guichet-consent-1"
#define PROOF_VERSION	1
#define PROOF_PRINCIPAL 16
#define PROOF_ROOM	512 /* bytes, and characters, of any */

struct proof {
	struct rid rid;	/* the receipt's id, and the record's */
	uint64_t at_ms; /* when it was said */
	enum consent_method method;
	enum grantor grantor; /* who said it */
	bool training, samu_opposed, break_glass_opposed, account;
	char notice_id[32], notice_version[16], notice_lang[16];
	uint8_t notice_sha[DIGEST_LEN];
	uint8_t principal[PROOF_PRINCIPAL];
	struct badge badge; /* of who signs: which desk collected it */
};

/* Fill all but the badge from a record that opens. ERR_RECORD_FORM when its
 * notice has no hash. */
enum err proof_of(const struct record *rec, struct proof *out);

/* The first 16 bytes of the hash of these traits under that id: one who has
 * the paper and the card sees that they belong together. */
void proof_principal(const struct record *rec,
    uint8_t out[PROOF_PRINCIPAL]);

/* Append its text. ERR_RECEIPT when it would not be canonical, or the secret
 * is not of the badge's key. */
enum err proof_write(const struct proof *p, const uint8_t badge[BADGE_LEN],
    const uint8_t secret[SIGN_SECRET_LEN], struct buf *out);

/*
 * Read such a text, blanks before and newlines behind it apart, and say what
 * it is worth under the centre's key:
 *	ERR_OK			all of it is as the terminal signed it
 *	ERR_PROOF_FORM		it is no such receipt
 *	ERR_PROOF_ALTERED	not what was signed
 *	ERR_PROOF_FOREIGN	signed by a terminal of another centre
 *	ERR_PROOF_EXPIRED	signed when the badge did not hold
 * *out is written for ERR_OK and ERR_PROOF_EXPIRED.
 */
enum err proof_read(const char *text, size_t n,
    const uint8_t centre[SIGN_PUBLIC_LEN], struct proof *out);

#endif
