/*
 * slip: what the person takes away, described and not yet laid out.
 *
 * guichet builds one and sends it down the pipe as a line of JSON; the
 * program guichet-print lays it out for its printer, reports, forgets. Its
 * words are already in the person's language; guichet-print knows none.
 * src/PROTOCOL section 7. A slip lives in locked memory.
 */
#ifndef GUICHET_SLIP_SLIP_H
#define GUICHET_SLIP_SLIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "envelope/rid.h"

#define SLIP_VERSION   2
#define SLIP_LINES     128
#define SLIP_TEXT      512
#define SLIP_WORTHLESS "FORMATION – SANS VALEUR"
#define SLIP_WATERMARK "*** " SLIP_WORTHLESS " ***"

/* X(NAME, word, has a label, has a value) */
#define SLIP_KINDS(X)							\
	X(TITLE, "title", true, false)	/* one, first */		\
	X(PARA, "para", true, false)					\
	X(FACT, "fact", true, true)	/* label and value */		\
	X(CODE, "code", true, true)	/* groups to copy glyph by glyph */ \
	X(NAMES, "names", true, false)	/* what a group above is called */ \
	X(RULE, "rule", false, false)	/* a line across */		\
	X(QR, "qr", true, true)		/* a code to scan, and its name */ \
	X(SIGN, "sign", true, false)	/* room to sign, and who does */

/* X(NAME, word): what the paper is */
#define SLIP_PAPERS(X)							\
	X(SECRETS, "secrets") X(RECEIPT, "receipt")			\
	X(FORM, "form") /* to be signed */				\
	X(NOTICE, "notice")

#define SLIP_ENUM(name, word) PAPER_##name,
enum slip_paper { SLIP_PAPERS(SLIP_ENUM) };
#undef SLIP_ENUM

#define SLIP_ENUM(name, word, label, value) SLIP_##name,
enum slip_kind { SLIP_KINDS(SLIP_ENUM) };
#undef SLIP_ENUM

/* The text of a title, a paragraph or names is its label; a fact's label ends
 * with its colon, as its language writes one. What a kind has not is "".
 * A code is groups of printable ASCII, one blank between two. */
struct slip_line {
	enum slip_kind kind;
	char label[SLIP_TEXT], value[SLIP_TEXT];
};

struct slip {
	char ref[RID_TEXT]; /* the record's id, or the form's number */
	enum slip_paper paper;
	bool training; /* a watermark, on every slip of training mode */
	bool large;    /* large print, where the printer can */
	size_t n;
	struct slip_line line[SLIP_LINES];
};

struct slip *slip_new(void); /* zeroed, locked; NULL when there is none */
void slip_free(struct slip *s);
void slip_wipe(struct slip *s);

/* Texts are cut at SLIP_TEXT - 1 bytes on a whole character; NULL is "". A
 * slip with too many lines is our fault and aborts. */
void slip_add(struct slip *s, enum slip_kind kind, const char *label,
    const char *value);

/*
 * Append one line of JSON and its newline. Give a secret buffer of SLIP_ROOM.
 * ERR_SLIP_FORM when slip_read would refuse it, ERR_MEMORY.
 */
#define SLIP_ROOM ((size_t)LINE_LIMIT)
enum err slip_write(const struct slip *s, struct buf *out);

/*
 * Read such a line, without its newline. ERR_SLIP_FORM for anything not
 * exactly of this form; *out is then wiped, and the subject names the member.
 */
enum err slip_read(const char *line, struct slip *out);

/*
 * Append it as plain UTF-8 text, at most `width` columns wide; fewer than 24
 * are our fault and abort.
 * Give a secret buffer of SLIP_PLAIN_ROOM. ERR_TOO_LONG when it is too small.
 */
#define SLIP_WIDTH	66 /* of text on paper */
#define SLIP_PLAIN_ROOM ((size_t)256 * 1024)
enum err slip_plain(const struct slip *s, size_t width, struct buf *out);

#endif
