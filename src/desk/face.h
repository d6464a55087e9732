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
	bool holds; /* a choice is said again while its key is held */

	/*
	 * Put the page on the glass; called when it may have changed, and
	 * at least at each EV_TICK, for signs of life.
	 */
	enum err (*paint)(struct face *f, const struct page *p);

	/*
	 * The next event, or EV_NONE when input is used up. Called when the
	 * descriptor is readable, and again until EV_NONE. Texts in *ev are
	 * the face's until the next call; only kind, id and value are set.
	 * `p` is the page as it is now, built anew after each event. Beside
	 * the page's own ids there are NOTICE_ID with "end" (EV_SET, once a
	 * page), and CARD_INSERT_PULL and CARD_SWAP (EV_PICK, F5 and F6),
	 * which the loop keeps from the flow. A key that only moved the focus
	 * is an EV_TICK: somebody is there. An error ends the program.
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

#define CARD_INSERT_PULL "card-insert-pull" /* of demonstration cards */
#define CARD_SWAP	 "card-swap"

/*
 * The terminal on stdin and stdout. ERR_TERMINAL. NO_COLOR, LINES, COLUMNS
 * and TERM are honoured; GUICHET_ASCII and GUICHET_LARGE, when not empty,
 * say to draw without box and signs, and to show less at a time. `contrast`: as
 * high as can be (palette.h) until F4 changes that.
 */
enum err face_curses_open(bool contrast, struct face **out);

/*
 * Lines in and out; nothing decorative. The end of the input is EV_ABANDON,
 * then ERR_INPUT_END. ERR_MEMORY, ERR_TERMINAL when out_fd is closed.
 */
enum err face_line_open(int in, int out_fd, struct face **out);

/*
 * The answers of a file (guichet(1), ANSWERS): lines "SCREEN.ID = VALUE",
 * "# comment" and empty ones. For each screen, its lines are used in order,
 * a group of them a visit: options and fields are set, then "SCREEN.card =
 * pull|insert|swap" is handed to `card`, then "SCREEN.choice = ID" is made.
 * A page that waits (ITEM_WAIT) is waited for. A page that wants a choice and
 * has none left is ERR_UNANSWERED with its name; a line that is not of this
 * form, or that answers nothing on its page, is ERR_ANSWERS with FILE:LINE.
 */
typedef void face_card(void *user, const char *verb);
enum err face_answers_open(const char *path, face_card *card, void *user,
    struct face **out);

/* At the end: ERR_ANSWERS with FILE:LINE when a line was never used, but for
 * one that would have turned one more page of a notice. Any other face is
 * answered with ERR_OK. */
enum err face_answers_finish(const struct face *f);

/* Has the file a line for that screen? */
bool face_answers_know(const struct face *f, const char *screen);

#endif
