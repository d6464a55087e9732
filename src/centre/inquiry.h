/*
 * inquiry: what the vault knows of questions: which were asked, which codes
 * are on their way, and who must wait.
 *
 * A code is good for INQUIRY_CODE_MS, once. Three wrong ones, and there is no
 * other for INQUIRY_WAIT_MS, for the contact and for the person. Within that
 * time three go to a contact and six to a person: those that are on their way
 * and those that a carrier took. One that did not leave gives its place back,
 * and has a bound of its own, so that nobody is shut out by a carrier that is
 * down, nor keeps it busy. All is kept under keyed digests, so that the file
 * names nobody (facts/domain.md 1.5).
 */
#ifndef GUICHET_CENTRE_INQUIRY_H
#define GUICHET_CENTRE_INQUIRY_H

#include "centre/person.h"
#include "centre/vault.h"
#include "envelope/response.h"

#define INQUIRY_CODE_MS	   ((uint64_t)10 * 60 * 1000)
#define INQUIRY_GO_MS	   ((uint64_t)60 * 1000) /* in which it must go */
#define INQUIRY_WAIT_MS	   ((uint64_t)15 * 60 * 1000)
#define INQUIRY_TRIES	   3 /* wrong, or sent to one contact */
#define INQUIRY_UNSENT	   6 /* that did not leave, to one contact */
#define INQUIRY_NEAR_MS	   ((uint64_t)5 * 60 * 1000) /* of our own clock */
#define INQUIRY_HOUR_MS	   ((uint64_t)60 * 60 * 1000)
#define INQUIRY_HOUR_MAX   400 /* questions of one terminal in an hour */
#define INQUIRY_PEOPLE_MAX 60  /* different people it may ask about */

/* The actions of their traces, whose id is the question's own. */
#define INQUIRY_DOSSIER "asked-dossier"
#define INQUIRY_SEND	"asked-code"
#define INQUIRY_CHECK	"asked-check"
#define INQUIRY_REFUSED "question-refused"

/* Is that the action of a question, which changes no dossier? */
bool inquiry_is_action(const char *action);

#define INQUIRY_SCHEMA							\
	"CREATE TABLE question ("					\
	" id BLOB PRIMARY KEY, terminal INTEGER NOT NULL,"		\
	" at_ms INTEGER NOT NULL, person BLOB NOT NULL)"		\
	" STRICT, WITHOUT ROWID;"					\
	"CREATE INDEX question_of ON question (terminal, at_ms);"	\
	"CREATE INDEX question_at ON question (at_ms);"			\
	"CREATE TABLE code ("						\
	" contact BLOB PRIMARY KEY, person BLOB NOT NULL,"		\
	" about BLOB NOT NULL, code BLOB NOT NULL,"			\
	" until_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;"		\
	"CREATE INDEX code_until ON code (until_ms);"			\
	"CREATE TABLE patience ("					\
	" who BLOB PRIMARY KEY, wrong INTEGER NOT NULL,"		\
	" sent INTEGER NOT NULL, since_ms INTEGER NOT NULL,"		\
	" until_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;"		\
	"CREATE INDEX patience_since ON patience (since_ms);"

/* patience also counts what did not leave; of each code on its way, under its
 * row's rid, whose patience it cost. */
#define INQUIRY_SENDING							\
	"ALTER TABLE patience ADD COLUMN"				\
	" unsent INTEGER NOT NULL DEFAULT 0;"				\
	"CREATE TABLE sending ("					\
	" row BLOB PRIMARY KEY, contact BLOB NOT NULL,"			\
	" person BLOB NOT NULL, at_ms INTEGER NOT NULL)"		\
	" STRICT, WITHOUT ROWID;"

/* A question opened: who and where it is about. */
struct inquiry {
	const struct question *q;
	uint8_t person[PERSON_LEN];
	uint64_t now_ms; /* of the centre's clock */
};

/*
 * Each within a transaction, and each may return ERR_VAULT.
 *
 * forget: what is over: questions of an hour ago, codes and patience whose time
 * has come; and codes that did not go in time are given up, their sealed bytes
 * with them, whether anybody carries or not.
 *
 * admit: forget, and write down that it was asked. ERR_ASKED_BEFORE when its
 * id was, or its time is not near ours; ERR_ASKED_OFTEN past the two limits of
 * a terminal.
 */
enum err inquiry_forget(struct vault *v, uint64_t now_ms);
enum err inquiry_admit(struct vault *v, const struct inquiry *i);

/* SEND: a new code into the outbox, in place of an older one, which goes no
 * more, and SENT; or WAIT. Fills word and wait_s. */
enum err inquiry_send(struct vault *v, const struct inquiry *i,
    struct response *out);

/* CHECK: RIGHT uses the code up and forgets the tries; WRONG, EXPIRED, WAIT.
 * Fills word, tries and wait_s. */
enum err inquiry_check(struct vault *v, const struct inquiry *i,
    struct response *out);

/* SENT: GONE, GOING, UNSENT (so too when there is none), REFUSED. Fills
 * word. */
enum err inquiry_sent(struct vault *v, const struct inquiry *i,
    struct response *out);

/* What came of the row that carries a code: it left, or gives its place back.
 * Nothing when that is known. */
enum err inquiry_came(struct vault *v, const struct rid *row, bool left);

/* Give up those that wait for that contact and are not yet tried: there is a
 * newer one. */
enum err inquiry_replace(struct vault *v, const uint8_t *contact,
    uint64_t now_ms);

#endif
