/*
 * field: a member of a strict JSON object and its place in a struct.
 *
 * A table of fields is both the writer and the reader of a document, so that
 * they cannot differ. What was written can be read in two ways: from the tree
 * that any JSON of these members makes, and, where the rows of a table are in
 * the order of their names, from the bytes of the one form that is written.
 */
#ifndef GUICHET_ENVELOPE_FIELD_H
#define GUICHET_ENVELOPE_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"
#include "base/scan.h"

struct field;

/* A kind of member: make its value (NULL: it cannot be said), take one back
 * (false: it is not of this kind), and scan the bytes of one. What scan says
 * is there, take would have taken as the same. */
struct kind {
	json_t *(*make)(const struct field *f, const void *at);
	bool (*take)(const struct field *f, const json_t *v, void *at);
	bool (*scan)(const struct field *f, struct cursor *c, void *at);
};

/* A row; a table ends with a row whose name is NULL. */
struct field {
	const char *name;
	const struct kind *kind;
	size_t offset, size;
	const char *const *words; /* of a word, NULL-ended; else NULL */
};

/* Give the object a member for each row of a struct at `at`. ERR_RECORD_FORM
 * names the member that cannot be said. */
enum err fields_make(const struct field *f, const void *at, json_t *o);

/* Take each row's member; others are the caller's to see. ERR_RECORD_FORM
 * names `where` and the row. */
enum err fields_take(const struct field *f, const char *where,
    const json_t *o, void *at);

/* An object of each row's member, in their order, and no other: written in its
 * stable form at the cursor, which moves behind it. False: to be read by
 * json_read. The struct is all zero before; it may be filled in part. */
bool fields_scan(const struct field *f, struct cursor *c, void *at);

extern const struct kind field_text; /* char[size], clean (base/text.h) */
extern const struct kind field_hex;  /* char[size]: pairs of 0-9a-f, or "" */
extern const struct kind field_hash; /* char[65]: 64 hexadecimal digits */
extern const struct kind field_bool;
extern const struct kind field_u32;
extern const struct kind field_ms;   /* uint64_t, at most 2^53 - 1 */
extern const struct kind field_rid;  /* struct rid */
extern const struct kind field_word; /* unsigned: the index in words */
/* char[size / RPPS_TEXT][RPPS_TEXT]: up to the first "", all "" behind it. */
extern const struct kind field_rpps;

#endif
