/*
 * trace: who did what, when, where and to which dossier (CSP R.1111-43), each
 * line with the hash of the one before, so that none is altered, taken out or
 * put in unseen.
 */
#ifndef GUICHET_CENTRE_TRACE_H
#define GUICHET_CENTRE_TRACE_H

#include "base/db.h"
#include "base/secret.h"
#include "envelope/rid.h"

#define TRACE_SUBJECT_LEN 16 /* a dossier's id */

#define TRACE_SCHEMA							\
	"CREATE TABLE trace ("						\
	" number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL,"		\
	" who TEXT NOT NULL, profession TEXT NOT NULL,"			\
	" site TEXT NOT NULL, action TEXT NOT NULL,"			\
	" subject BLOB NOT NULL, rid BLOB NOT NULL,"			\
	" hash BLOB NOT NULL) STRICT;"

/* A line; texts are borrowed, NULL says nothing. The subject is zero when no
 * dossier is concerned. */
struct trace {
	uint64_t at_ms;
	const char *who, *profession, *site, *action;
	const uint8_t *subject; /* TRACE_SUBJECT_LEN */
	struct rid rid;
};

/* Where the chain ends, as far as a transaction that writes knows; not from
 * one to the next, for others write between them. All zero: not known. */
struct trace_end {
	bool known;
	uint64_t number;
	uint8_t hash[DIGEST_LEN];
};

/* Append within the file's transaction, whose end it is; it moves on. */
enum err trace_add(struct db *d, struct trace_end *end,
    const struct trace *t);

#define TRACE_TEXT 64 /* of the longest text of a line, and its NUL */

/* A line as it stands. */
struct trace_line {
	uint64_t number, at_ms;
	char who[TRACE_TEXT], profession[TRACE_TEXT], site[TRACE_TEXT];
	char action[TRACE_TEXT];
	uint8_t subject[TRACE_SUBJECT_LEN], hash[DIGEST_LEN];
	struct rid rid;
};

typedef enum err trace_see(const struct trace_line *l, void *user);

/* The lines behind number `after` and up to `last`, in their order, of one
 * subject or, with NULL, of all; until see() says otherwise. */
enum err trace_each(struct db *d, const uint8_t *subject, uint64_t after,
    uint64_t last, trace_see *see, void *user);
#define TRACE_LAST ((uint64_t)INT64_MAX)

/* The first and the last number of a line that was written at from_ms or
 * later and before to_ms; ERR_NOT_FOUND when there is none. */
enum err trace_between(struct db *d, uint64_t from_ms, uint64_t to_ms,
    uint64_t *first, uint64_t *last);

/* Walk them all: *count how many, ERR_CHAIN at the first that does not
 * follow. */
enum err trace_check(struct db *d, uint64_t *count);

#endif
