/*
 * stroke: what a hand does on a terminal: a key, a turn of a wheel, a finger
 * or a pointer that goes down and up.
 */
#ifndef GUICHET_DESK_STROKE_H
#define GUICHET_DESK_STROKE_H

/* X(NAME, in a field, elsewhere): the strokes and the actions of keys.c. */
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
	/* The face's own: less at a time, and a higher contrast. */         \
	X(F3, nothing, nothing) X(F4, nothing, nothing)                      \
	X(ROLL_UP, roll_up, roll_up) X(ROLL_DOWN, roll_down, roll_down)      \
	/* The face's, who knows what stands there: touch.h. */              \
	X(TOUCH, nothing, nothing) X(LET_GO, nothing, nothing)               \
	X(F5, insert_pull, insert_pull) X(F6, swap, swap)                    \
	X(F10, abandon, abandon)

#define STROKE_ENUM(name, in_field, elsewhere) STROKE_##name,
enum stroke_kind { STROKES(STROKE_ENUM) };
#undef STROKE_ENUM

#define STROKE_ONE(name, in_field, elsewhere) +1
#define STROKE_COUNT (0 STROKES(STROKE_ONE))

struct stroke {
	enum stroke_kind kind;
	char text[8];	   /* CHAR: its UTF-8 and a NUL */
	unsigned row, col; /* TOUCH, LET_GO: where on the glass */
};

#endif
