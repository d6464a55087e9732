/*
 * wrap: where the lines of a text break, in columns; never a dangling sign.
 */
#ifndef GUICHET_DESK_WRAP_H
#define GUICHET_DESK_WRAP_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Bytes of the first line of s, at most `width` columns and without the
 * blank or newline that ends it; in *step the bytes to go on by, more than 0
 * unless s is empty. Words longer than a line are cut between letters. No
 * line begins with : ; ? ! or », none ends with «. When `flows`, a newline is
 * a blank, unless an empty line, a list or an indent follows it.
 */
size_t wrap_next(const char *s, size_t width, bool flows, size_t *step);

#endif
