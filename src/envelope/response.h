/*
 * response: the centre's answer to a question (question.h): signed by the
 * opener, sealed to the key made for it. Always as long. The four letters in
 * front are those of an opening key's statement (opening.h): what the opener
 * signs is told apart by its domain. src/PROTOCOL 13.2.
 */
#ifndef GUICHET_ENVELOPE_RESPONSE_H
#define GUICHET_ENVELOPE_RESPONSE_H

#include "envelope/question.h"
#include "envelope/vouch.h"

#define RESPONSE_DOMAIN	 "guichet-response-1"
#define RESPONSE_VERSION 1

/*
 * X(NAME, number, kind of question that it answers).
 * Of a dossier: there is none; it is open, closed, holds an opposition, or
 * its holder has died. Of a code: it is to be sent; the centre has no way
 * there; it is right; wrong, with so many tries left; there is none that is
 * good any more; none before `wait_s`. Of its sending: who brings it has it;
 * not yet; it could not go now; who brings it knows no such contact.
 */
#define RESPONSES(X)							\
	X(NONE, 1, DOSSIER) X(OPENED, 2, DOSSIER) X(CLOSED, 3, DOSSIER)	\
	X(OPPOSED, 4, DOSSIER) X(DECEASED, 5, DOSSIER)			\
	X(SENT, 11, SEND) X(NO_WAY, 12, SEND)				\
	X(RIGHT, 21, CHECK) X(WRONG, 22, CHECK) X(EXPIRED, 23, CHECK)	\
	X(WAIT, 31, SEND)						\
	X(GONE, 41, SENT) X(GOING, 42, SENT) X(UNSENT, 43, SENT)	\
	X(REFUSED, 44, SENT)
#define RESPONSE_ENUM(name, number, kind) RESPONSE_##name = number,
enum response_word { RESPONSES(RESPONSE_ENUM) };
#undef RESPONSE_ENUM

struct response {
	uint32_t terminal;
	struct rid id; /* the question's */
	enum question_kind kind;
	enum response_word word;
	uint16_t wait_s; /* of WAIT */
	uint8_t tries;	 /* left, of WRONG */
	uint64_t at_ms;
	uint8_t vouch[VOUCH_LEN]; /* of RIGHT, else zero */
};

#define RESPONSE_PLAIN							\
	(4 + 1 + 4 + RID_LEN + 1 + 1 + 2 + 1 + 8 + VOUCH_LEN + SIGNATURE_LEN)
#define RESPONSE_LEN (RESPONSE_PLAIN + BOX_OVERHEAD)

/* Append the RESPONSE_LEN bytes. ERR_RECEIPT when it would not be canonical;
 * ERR_KEY_FORM, ERR_MEMORY. */
enum err response_write(const struct response *a,
    const uint8_t secret[SIGN_SECRET_LEN],
    const uint8_t reply[BOX_PUBLIC_LEN], struct buf *out);

/* ERR_ENV_OPEN when it is not for that key; ERR_RECEIPT unless whole,
 * canonical and signed by that opener. */
enum err response_open(const void *p, size_t n,
    const uint8_t reply_secret[BOX_SECRET_LEN],
    const uint8_t public[SIGN_PUBLIC_LEN], struct response *out);

#endif
