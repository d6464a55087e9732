/* record_own: the record's parts as tables, and its two readers. */
#ifndef GUICHET_ENVELOPE_RECORD_OWN_H
#define GUICHET_ENVELOPE_RECORD_OWN_H

#include "envelope/field.h"
#include "envelope/record.h"

/* A part of the document, and the kinds of record that have it. */
struct part {
	const char *name;
	const struct field *fields;
	unsigned kinds;	 /* a bit for each enum record_kind */
	bool on_demand;	 /* only when the bool at `there` is true */
	size_t there;	 /* its offset in struct record */
};

/* The members beside the parts; ends with a NULL name. */
extern const struct field record_top[];
/* Ends with a NULL name. */
extern const struct part record_parts[];

/* Where a record says that it has that part, of one that is on demand. */
bool *part_there(const struct part *p, struct record *rec);

/* Both into a record that is all zero, and that is to be wiped when they fail.
 * From the tree of any JSON: ERR_RECORD_FORM, ERR_RECORD_VERSION. */
enum err record_take(const void *p, size_t n, struct record *out);

/* From the bytes of the one form that record_write gives. False: not in that
 * form, or no record; which, record_take says. */
bool record_scan(const void *p, size_t n, struct record *out);

#endif
