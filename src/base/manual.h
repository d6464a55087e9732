/*
 * manual: the parts of the manual that are tables in the code, as mdoc(7).
 *
 * guichet.conf(5) and guichet(7) hold what is printed here and by
 * conf_manual(); make check compares, make manual writes.
 */
#ifndef GUICHET_BASE_MANUAL_H
#define GUICHET_BASE_MANUAL_H

#include <stdio.h>

/* A text as source lines of mdoc(7): a sentence a line, folded between words
 * where mandoc -Tlint would call it long. */
void manual_text(const char *text, FILE *out);

/* The list's items for every error: its code, what happened, what to do, the
 * exit status. */
void manual_errors(FILE *out);

#endif
