/*
 * face_curses: what the files of the curses face share.
 */
#ifndef GUICHET_DESK_FACE_CURSES_H
#define GUICHET_DESK_FACE_CURSES_H

#include <stdbool.h>
#include <stdint.h>

#include "desk/face.h"
#include "desk/keys.h"

struct keyboard {
	bool pasting;
	uint64_t paste_ms; /* of its last byte */
};

/* Once curses is up: keys without echo, signals or waiting; pastes marked. */
void keyboard_start(void);
void keyboard_stop(void);

struct ink {
	bool colours, contrast; /* contrast: as high as can be (palette.h) */
};

/* Once curses is up, and whenever one of the two changes. */
void ink_start(struct ink *k, bool wanted);
void ink_use(const struct ink *k);
void ink_pieces(const struct ink *k, const struct layout *l);

/* The next key, STROKE_NONE when it means nothing; false: no more input. */
bool keyboard_read(struct keyboard *b, struct stroke *k);

#endif
