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

/* Append within the file's transaction. */
enum err trace_add(struct db *d, const struct trace *t);

/* Walk them all: *count how many, ERR_CHAIN at the first that does not
 * follow. */
enum err trace_check(struct db *d, uint64_t *count);

#endif
