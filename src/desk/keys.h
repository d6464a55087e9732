/*
 * keys: one key on a page → a move of the view, or an event.
 *
 * Pure: the table of what each key does, for every face with a keyboard.
 */
#ifndef GUICHET_DESK_KEYS_H
#define GUICHET_DESK_KEYS_H

#include "desk/event.h"
#include "desk/view.h"

#define FIELD_ROOM 512 /* bytes of any field, with its NUL */

/* X(NAME, in a field, elsewhere): the keys and the actions of keys.c. */
#define STROKES(X)                                                           \
	X(NONE, nothing, nothing)                                            \
	X(CHAR, insert, letter)                                              \
	X(ENTER, onward, act)                                                \
	X(TAB, tab, tab) X(BACKTAB, backtab, backtab)                        \
	X(UP, up, up) X(DOWN, down, down)                                    \
	X(LEFT, caret_left, value_left) X(RIGHT, caret_right, value_right)   \
	X(HOME, caret_home, first_row) X(END, caret_end, last_row)           \
	X(PAGE_UP, page_up, page_up) X(PAGE_DOWN, page_down, page_down)      \
	X(BACKSPACE, rub_left, nothing) X(DELETE, rub_right, nothing)        \
	X(ESCAPE, back, back) X(F1, help, help)                              \
	X(F2, language, language)                                            \
	X(F3, nothing, nothing) /* the face's: less at a time */             \
	X(F5, insert_pull, insert_pull) X(F6, swap, swap)                    \
	X(F10, abandon, abandon)

#define STROKE_ENUM(name, in_field, elsewhere) STROKE_##name,
enum stroke_kind { STROKES(STROKE_ENUM) };
#undef STROKE_ENUM

#define STROKE_ONE(name, in_field, elsewhere) +1
#define STROKE_COUNT (0 STROKES(STROKE_ONE))

struct stroke {
	enum stroke_kind kind;
	char text[8]; /* CHAR: its UTF-8 and a NUL */
};

/* Texts of an event; in locked memory, for what is typed is a person's. */
struct hand {
	char id[PAGE_ID], value[FIELD_ROOM];
};

/*
 * What the key does: the view moves, or *ev becomes the event, with its texts
 * in *hand; EV_NONE when there is none. Settles the view first.
 */
void keys_take(struct view *v, const struct page *p, const struct measure *m,
    const struct stroke *k, struct hand *hand, struct event *ev);

#endif
