/*
 * question: what a desk asks the centre while the person stands there: sealed
 * to the opening key, signed by the terminal, and answered to a key that is
 * made for this one question. src/PROTOCOL section 13.
 *
 * Every question is as long as every other, so that its length says nothing.
 * Who carries one cannot read it, and who keeps one cannot have it answered
 * twice: its id is good once, and near its time.
 */
#ifndef GUICHET_ENVELOPE_QUESTION_H
#define GUICHET_ENVELOPE_QUESTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/crypt.h"
#include "envelope/envelope.h"
#include "envelope/rid.h"

#define QUESTION_DOMAIN	 "guichet-question-1"
#define QUESTION_VERSION 1

/* X(NAME, "word"): is there a dossier; send a code; is it this code; did the
 * code go that was to be sent. */
#define QUESTIONS(X)							\
	X(DOSSIER, "dossier") X(SEND, "send") X(CHECK, "check")		\
	X(SENT, "sent")
#define QUESTION_ENUM(name, word) QUESTION_##name,
enum question_kind { QUESTIONS(QUESTION_ENUM) };
#undef QUESTION_ENUM

/* X(NAME, "word"): which way a contact goes. */
#define REACHES(X) X(NONE, "") X(MOBILE, "mobile") X(EMAIL, "email")
#define REACH_ENUM(name, word) REACH_##name,
enum reach { REACHES(REACH_ENUM) };
#undef REACH_ENUM

#define CODE_LEN 6 /* digits sent to a contact */

/* In locked memory. */
struct question {
	/* In front, for who finds the keys. */
	uint32_t terminal, sign_key, opening_key;
	struct rid id;	/* its own, once */
	uint64_t at_ms; /* wall time of the terminal */

	/* Sealed. */
	enum question_kind kind;
	uint8_t reply[BOX_PUBLIC_LEN]; /* of the key made for the answer */
	struct rid about;	       /* the record that may come of it */
	bool training;
	char operator_id[32], profession[32], site_id[32], site_name[128];
	char family[256], given[256], birth[9], nir[14]; /* as in the record */
	enum reach reach;	/* of a code, else NONE */
	char to[256];		/* the mobile or address, else "" */
	char lang[16];		/* of what is sent */
	char code[CODE_LEN + 1]; /* of CHECK, else "" */
};

#define QUESTION_PLAIN	((size_t)2560) /* document and padding */
#define QUESTION_SEALED (QUESTION_PLAIN + BOX_OVERHEAD)
#define QUESTION_HEAD	(4 + 4 + 4 + RID_LEN + 8)
#define QUESTION_LEN							\
	(4 + 1 + QUESTION_HEAD + QUESTION_SEALED + SIGNATURE_LEN)

/*
 * Append the QUESTION_LEN bytes. Terminal, id and time are q's own, the two
 * numbers those of the keys. ERR_RECORD_FORM when it cannot be said,
 * ERR_KEY_FORM, ERR_TOO_LONG, ERR_MEMORY.
 */
enum err question_write(const struct question *q,
    const struct envelope_keys *keys, struct buf *out);

/* What stands in front, to find the keys: nothing of it is believed yet.
 * ERR_ENV_FORM. */
enum err question_look(const void *p, size_t n, struct question *out);

/*
 * ERR_ENV_SIGNATURE unless that terminal key signed it; ERR_ENV_OPEN when it
 * was sealed to another key; ERR_ENV_FORM for a wrong padding, ERR_RECORD_FORM
 * for a document that is not of this form. *out is wiped on failure.
 */
enum err question_open(const void *p, size_t n,
    const uint8_t sign_public[SIGN_PUBLIC_LEN],
    const uint8_t opening_secret[BOX_SECRET_LEN], struct question *out);

#endif
