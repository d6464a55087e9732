/* asked: a terminal's keys and whole questions of each kind. */
#ifndef GUICHET_TESTS_ENVELOPE_ASKED_H
#define GUICHET_TESTS_ENVELOPE_ASKED_H

#include "envelope/question.h"
#include "tests/envelope/made.h"

struct asker {
	struct envelope_keys keys;
	uint8_t sign[SIGN_SECRET_LEN], sign_public[SIGN_PUBLIC_LEN];
	uint8_t opening[BOX_SECRET_LEN];
	uint8_t reply[BOX_SECRET_LEN], reply_public[BOX_PUBLIC_LEN];
};

static inline void
asker_make(struct asker *a)
{
	sign_keypair(a->sign, a->sign_public);
	box_keypair(a->opening, a->keys.opening_public);
	box_keypair(a->reply, a->reply_public);
	a->keys.sign_secret = a->sign;
	a->keys.sign_number = 1;
	a->keys.opening_number = 2;
}

/* By terminal 7, about the person of make_record. */
static inline void
make_question(struct question *q, enum question_kind kind,
    const struct asker *a)
{
	static uint64_t ms = 1795271600000;

	memset(q, 0, sizeof(*q));
	q->terminal = 7;
	q->at_ms = 1795271600000;
	rid_make(ms++, &q->id);
	q->kind = kind;
	memcpy(q->reply, a->reply_public, sizeof(q->reply));
	q->about.b[0] = 9;
	q->training = true;
	MADE_COPY(q->operator_id, "899000000012");
	MADE_COPY(q->profession, "pharmacien");
	MADE_COPY(q->site_id, "2A0000017");
	MADE_COPY(q->site_name, "Pharmacie d'essai");
	MADE_COPY(q->family, "ESSAI");
	MADE_COPY(q->given, "ALAINBIS \xC3\x89LO\xC3\x8FSE");
	MADE_COPY(q->birth, "19421901");
	MADE_COPY(q->nir, "1421962965167");
	if (kind == QUESTION_DOSSIER)
		return;
	q->reach = REACH_MOBILE;
	MADE_COPY(q->to, "0600000000");
	MADE_COPY(q->lang, "fr");
	if (kind == QUESTION_CHECK)
		MADE_COPY(q->code, "012345");
}

#endif
