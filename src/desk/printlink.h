/*
 * printlink: the pipe to guichet-print: a slip goes down, one word comes up.
 */
#ifndef GUICHET_DESK_PRINTLINK_H
#define GUICHET_DESK_PRINTLINK_H

#include <stdbool.h>

#include "base/err.h"
#include "slip/slip.h"

struct printlink;

/* Start the print program with the settings of that file (NULL: none).
 * ERR_CHILD, ERR_MEMORY. */
enum err printlink_open(const char *config, struct printlink **out);
void printlink_close(struct printlink *l); /* NULL accepted */

/*
 * Print one slip and wait for the word, at most 80 s (a printer that takes
 * nothing is given up after 20 s: slip/printer.h): ERR_OK when the printer took
 * every byte, the printer's own error, ERR_PRINT_WRITE when nothing was heard
 * or understood, ERR_CHILD. Nothing of the slip stays here.
 */
enum err printlink_print(struct printlink *l, const struct slip *s);

#endif
