/*
 * list: rows of a listing: a French table, or one JSON object a line.
 */
#ifndef GUICHET_CTL_LIST_H
#define GUICHET_CTL_LIST_H

#include "base/json.h"
#include "ctl/ctl.h"

/* A listing under way; begin with { .c = c }. */
struct list {
	struct ctl *c;
	unsigned rows;
};

/* Count a row and, above the first one of a table, print the column names. */
void list_row(struct list *l, const char *names);

/* What a table says when it had no row. */
void list_end(const struct list *l, const char *none);

/* Members of a row's object. A time of zero is null. */
void list_text(json_t *o, const char *name, const char *value);
void list_number(json_t *o, const char *name, uint64_t value);
void list_bool(json_t *o, const char *name, bool value);
void list_time(json_t *o, const char *name, uint64_t ms);

/* Print the object on a line of its own; it is used up. ERR_FILE_WRITE. */
enum err list_object(const struct list *l, json_t *o);

#endif
