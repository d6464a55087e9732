/*
 * slip: what the person takes away, described and not yet laid out.
 *
 * guichet builds one and sends it down the pipe as a line of JSON; the
 * program guichet-print lays it out for its printer, reports, forgets.
 * src/PROTOCOL section 7. A slip lives in locked memory.
 */
#ifndef GUICHET_SLIP_SLIP_H
#define GUICHET_SLIP_SLIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

#define SLIP_LINES 48
#define SLIP_TEXT  400

enum slip_kind {
	SLIP_TITLE, /* one, first */
	SLIP_PARA,
	SLIP_FACT, /* label and value */
	SLIP_CODE, /* label and groups, large, glyphs named below */
	SLIP_RULE  /* a line across */
};

struct slip_line {
	enum slip_kind kind;
	char label[SLIP_TEXT], value[SLIP_TEXT];
};

struct slip {
	char ref[27]; /* the record's id */
	bool training; /* a watermark, on every slip of training mode */
	size_t n;
	struct slip_line line[SLIP_LINES];
};

struct slip *slip_new(void); /* locked; NULL when there is none */
void slip_free(struct slip *s);

/* Texts are cut at SLIP_TEXT - 1 bytes on a whole character; a slip with too
 * many lines is our fault and aborts. */
void slip_add(struct slip *s, enum slip_kind kind, const char *label,
    const char *value);

/* ↔ one line of JSON with its newline; ERR_SLIP_FORM. */
enum err slip_write(const struct slip *s, struct buf *out);
enum err slip_read(const char *line, struct slip *out);

/* Plain text, at most `width` columns, into a secret buffer. */
enum err slip_plain(const struct slip *s, size_t width, struct buf *out);

#endif
