/*
 * wrap: where the lines of a text break, in columns; never a dangling sign.
 */
#ifndef GUICHET_BASE_WRAP_H
#define GUICHET_BASE_WRAP_H

#include <stdbool.h>
#include <stddef.h>

struct line {
	size_t len;  /* bytes, without the blank or newline that ends it */
	size_t step; /* bytes to go on by; 0 only when s is empty */
	bool ends;   /* a paragraph ends here */
};

/*
 * The first line of s, at most `width` columns. Words longer than a line are
 * cut between letters. No line begins with : ; ? ! or », none ends with «.
 * Where it can be, none ends inside a number or between it and its unit.
 * When `flows`, a newline is a blank, unless an empty line, a list or an
 * indent follows it.
 */
struct line wrap_next(const char *s, size_t width, bool flows);

#endif
