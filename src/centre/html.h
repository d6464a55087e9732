/*
 * html: a page written from front to back; what is not markup is escaped.
 *
 * The first failure sticks, and what follows is passed over: look at `fault`
 * once, at the end.
 */
#ifndef GUICHET_CENTRE_HTML_H
#define GUICHET_CENTRE_HTML_H

#include <stdint.h>

#include "base/buf.h"

struct html {
	struct buf *out; /* borrowed */
	enum err fault;
};

/* Markup of ours, as it stands, by printf: no text of others in it. */
void html_put(struct html *h, const char *markup, ...)
    __attribute__((format(printf, 2, 3)));

/* Words, escaped; good inside elements and quoted attributes. */
void html_text(struct html *h, const char *words);

/* A number as people read it: "12 345". */
void html_number(struct html *h, uint64_t n);

/* <td>, <th scope=row> or <dd> around words or a number. */
void html_cell(struct html *h, const char *element, const char *words);
void html_count(struct html *h, const char *element, uint64_t n);

#endif
