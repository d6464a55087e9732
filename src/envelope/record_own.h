/* record_own: the record's parts as tables, for record.c alone. */
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

#endif
