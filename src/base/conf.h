/*
 * conf: a table of settings, and the values that flags, the environment, a
 * file and the defaults give them, in that order (DESIGN section 9).
 *
 * The door of inih. A file is lines "name = value", with "#" comments, each
 * under 200 bytes. An unknown name, a name given twice, a value that does not
 * fit, and a line that inih would cut at " ;", join to the one above it or
 * give a section are all refused, naming file and line. The environment
 * variable of "site-name" is GUICHET_SITE_NAME.
 */
#ifndef GUICHET_BASE_CONF_H
#define GUICHET_BASE_CONF_H

#include <stddef.h>
#include <stdio.h>

#include "base/err.h"

enum conf_kind { CONF_TEXT, CONF_NUMBER, CONF_CHOICE, CONF_WORDS };

/* One setting. CONF_TEXT fills a char[size], CONF_NUMBER a long, CONF_CHOICE
 * an int: the index in the NULL-ended list of choices; CONF_WORDS an int too:
 * a bit for each of them that is named, once each, parted by blanks. */
struct conf_item {
	const char *name;
	enum conf_kind kind;
	size_t offset, size;	    /* where in the struct; room of a text */
	const char *standard;	    /* the default; NULL: must be given */
	long min, max;		    /* of a number */
	const char *const *choices; /* of a choice, and of words */
	const char *help;	    /* one French sentence, for the manual */
};

/*
 * Fill the struct at `into` from the table (ended by a NULL name): defaults,
 * then the file when path is not NULL, then GUICHET_* variables. ERR_SET_*;
 * the subject names file, line and setting.
 */
enum err conf_load(const struct conf_item *table, const char *path,
    void *into);

/* One setting from a flag, after conf_load. */
enum err conf_set(const struct conf_item *table, const char *name,
    const char *value, void *into);

/* The mdoc(7) list of the table, for guichet.conf(5). */
void conf_manual(const struct conf_item *table, FILE *out);

#endif
