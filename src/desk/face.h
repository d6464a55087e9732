/*
 * face: a way to show a page and to turn what a person does into events.
 *
 * Three of them: curses (80x24, 40x12, large), line (screen reader, Braille,
 * serial line), answers (a file, in training mode). A face keeps the focus,
 * the scroll and the cursor; what is typed goes straight to the session, so
 * that no face holds a person longer than its page.
 */
#ifndef GUICHET_DESK_FACE_H
#define GUICHET_DESK_FACE_H

#include <stdbool.h>

#include "desk/event.h"
#include "desk/page.h"

struct face;

/* What each kind of face does. `f` is the struct that embeds struct face. */
struct face_kind {
	const char *name; /* "curses", "line", "answers": in the record */

	/* Put the page on the glass; called when it may have changed. */
	enum err (*paint)(struct face *f, const struct page *p);

	/*
	 * The next event, or EV_NONE when input is used up. Called when the
	 * descriptor is readable, and again until EV_NONE. Texts in *ev are
	 * the face's until the next call. ERR_UNANSWERED and the like end the
	 * program.
	 */
	enum err (*next)(struct face *f, const struct page *p,
	    struct event *ev);

	/* Remove every trace of a person: screen and scrollback. */
	void (*forget)(struct face *f);

	/* Give the terminal back as it was, and free. */
	void (*close)(struct face *f);
};

struct face {
	const struct face_kind *kind;
	int fd; /* to poll for input; -1: always ready (answers) */
};

/* The terminal on stdin and stdout. ERR_TERMINAL. */
enum err face_curses_open(struct face **out);

/* Lines on stdin and stdout; nothing decorative. */
enum err face_line_open(int in, int out_fd, struct face **out);

/*
 * The answers of a file (guichet(1), ANSWERS): lines "SCREEN.ID = VALUE".
 * At a page the options and fields that the file answers are set, then
 * "SCREEN.choice" is made; "SCREEN.card = pull|insert|swap" is handed to
 * `card`. A page that wants a choice and has none is ERR_UNANSWERED; a line
 * that is not of this form, or never used, is ERR_ANSWERS with file and line.
 */
typedef void face_card(void *user, const char *verb);
enum err face_answers_open(const char *path, face_card *card, void *user,
    struct face **out);

#endif
