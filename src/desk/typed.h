/*
 * typed: a line as it is typed, in locked memory of its owner.
 */
#ifndef GUICHET_DESK_TYPED_H
#define GUICHET_DESK_TYPED_H

#include <stdbool.h>
#include <stddef.h>

#define TYPED_MAX ((size_t)4096)

struct typed {
	int fd;
	char text[TYPED_MAX + 1];
	size_t len;
	bool skips; /* the line was too long: its rest is dropped */
	bool ended; /* no more input */
};

/*
 * True when a whole line is in text, NUL-terminated, without its newline or
 * return. Never waits. What is behind the line stays in the descriptor.
 */
bool typed_read(struct typed *t);

/* Wipe the line, for the next. */
void typed_clear(struct typed *t);

#endif
