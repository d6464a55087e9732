/*
 * announce: what somebody is told, on its way from the vault to
 * guichet-notice: that their dossier is open, as they asked; or a code that
 * shows that the contact is theirs (centre/inquiry.h).
 *
 * A row of the vault's outbox, one for a record or a code, whatever dies: made
 * in the transaction that opens the dossier or answers the question. Where it
 * goes is sealed to the key of guichet-notice, which opens nothing else, as a
 * parcel with those of the same transaction (centre/parcel.h); the sealed
 * bytes are dropped once it is told or given up. What stays is that somebody
 * was told, by which way and when: of news under the id of their record, of a
 * code under an id that is nobody's. Never an identifier, a
 * password or a word of health: it says that a dossier was opened, where and
 * when.
 */
#ifndef GUICHET_CENTRE_ANNOUNCE_H
#define GUICHET_CENTRE_ANNOUNCE_H

#include "centre/vault.h"

#define ANNOUNCE_ROOM ((size_t)2048) /* of the document */

/* X(NAME, number, "word"), as in the record. */
#define WAYS(X)						\
	X(SMS, 1, "sms") X(EMAIL, 2, "email") X(POST, 3, "post")
#define WAY_ENUM(name, number, word) WAY_##name = number,
enum way { WAYS(WAY_ENUM) };
#undef WAY_ENUM
const char *way_word(enum way w);

/* In locked memory. */
struct announcement {
	struct rid rid;
	uint64_t at_ms;	   /* when the dossier was opened, or the code made */
	uint32_t way;	   /* enum way */
	char lang[16];	   /* of the notice that the person read */
	char place[128];   /* where */
	char to[256];	   /* mobile, e-mail; for a letter "" */
	char family[256], given[256]; /* for a letter, else "" */
	char code[8]; /* of six digits, when that is what is told; else "" */
	bool training;
};

/* Append the document to a secret buffer. ERR_RECORD_FORM, ERR_TOO_LONG. */
enum err announce_write(const struct announcement *a, struct buf *out);

/* ERR_RECORD_FORM for anything not exactly of this form; *out wiped. */
enum err announce_read(const void *p, size_t n, struct announcement *out);

#define NOTICE_STATES(X)						\
	X(WAITING, 1, "waiting") X(SENT, 2, "sent") X(FAILED, 3, "failed")
#define NOTICE_ENUM(name, number, word) NOTICE_##name = number,
enum notice_state { NOTICE_STATES(NOTICE_ENUM) };
#undef NOTICE_ENUM
const char *notice_state_word(enum notice_state s);

/* A row of the outbox, without where it goes. */
struct notice_row {
	uint64_t number;
	struct rid rid;
	enum way way;
	enum notice_state state;
	uint64_t made_ms, next_ms, done_ms;
	uint32_t tries;
	int reason; /* error number of the last failure, 0 */
	bool code;  /* somebody stands there and waits for it */
};

/*
 * What that record asks for, put into the outbox under the notice key of the
 * vault's keys, within the transaction; nothing when it asks for nothing or
 * there is no such key.
 */
enum err vault_announce(struct vault *v, const struct act *act,
    const struct record *rec);

/* Put that one into the outbox as it is, within a transaction: its id is in
 * there no second time, and there is a notice key. */
enum err vault_tell(struct vault *v, const struct announcement *a);

/* Of those that wait, codes or news, the one that has been due longest, and
 * its sealed bytes appended. ERR_NOT_FOUND. */
enum err vault_notice_due(struct vault *v, enum way way, bool code,
    uint64_t now_ms, struct notice_row *out, struct buf *sealed);

/* How many news wait for that way and are due. */
enum err vault_notice_count(struct vault *v, enum way way, uint64_t now_ms,
    unsigned *out);

/*
 * Keep state, next_ms, done_ms, tries and reason of a row that waits; anything
 * but waiting drops the sealed bytes, and says of a code whether it left
 * (centre/inquiry.h). A transaction of its own. ERR_NOT_FOUND when it waits no
 * more: somebody else gave it up meanwhile.
 */
enum err vault_notice_keep(struct vault *v, const struct notice_row *row);

/* Letters that wait, in the order in which they came; the sealed bytes are
 * valid during the call. */
typedef enum err vault_see_letter(const struct buf *sealed, void *user);
enum err vault_letters(struct vault *v, vault_see_letter *see, void *user);

/* The row of that id; ERR_NOT_FOUND. */
enum err vault_notice_find(struct vault *v, const struct rid *rid,
    struct notice_row *out);

typedef enum err vault_see_notice(const struct notice_row *row, void *user);
enum err vault_notice_each(struct vault *v, vault_see_notice *see,
    void *user);

#endif
