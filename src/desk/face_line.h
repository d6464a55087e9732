/*
 * face_line: what the two files of the line face share.
 */
#ifndef GUICHET_DESK_FACE_LINE_H
#define GUICHET_DESK_FACE_LINE_H

#include "base/secret.h"
#include "desk/face.h"
#include "desk/keys.h"
#include "desk/typed.h"
#include "desk/wake.h"

#define PROMPT "> "

/* What was said last, as digests, so that nothing of it is kept. */
struct last_said {
	uint8_t page[DIGEST_LEN], remarks[DIGEST_LEN], errors[DIGEST_LEN];
};

struct line_face {
	struct face face;
	struct wake wake;
	int out;
	struct last_said said;
	size_t at;  /* item that is asked; PAGE_ITEMS: the choices */
	bool asked; /* and that was said */
	bool told;  /* the end of a notice is still to be said */
	bool hushed; /* the terminal does not show what is typed */
	bool bare;  /* the glass has a code that is covered elsewhere */
	bool gone;  /* no more input, and EV_ABANDON was said */
	struct buf text; /* locked: what is being said */
	struct typed in;
	struct hand hand;
};

/* Out with what is in l->text. ERR_TERMINAL. */
enum err line_flush(struct line_face *l);

/* Is it an option or a field? */
bool line_asks(const struct item *it);

/* The first question from item i on; PAGE_ITEMS: none, so the choices. */
size_t line_question(const struct page *p, size_t i);

/* What the line in l->in does: an event, or an answer that says why not. */
enum err line_take(struct line_face *l, const struct page *p,
    struct event *ev);

#endif
