/*
 * rawname: a name that is safe to show, against the card's own bytes of it.
 *
 * Who reads the card keeps the bytes of a name that could not be shown as it
 * stood (src/PROTOCOL 1.2). Whoever is told of such a name, the terminal as
 * the centre, asks here whether the two can be of one card.
 */
#ifndef GUICHET_BASE_RAWNAME_H
#define GUICHET_BASE_RAWNAME_H

#include <stdbool.h>

#define RAWNAME_MAX 255 /* bytes on the card; twice as many digits here */

/*
 * raw: lower-case hexadecimal, or "" for a name in which nothing was
 * replaced. True when the name is what those bytes come to as Latin-1 made
 * safe and they did not stand so, which `altered` then says too; without them,
 * when nothing in it was replaced.
 */
bool rawname_agrees(const char *name, const char *raw, bool altered);

#endif
