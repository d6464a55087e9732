/*
 * program: what every main begins with.
 */
#ifndef GUICHET_BASE_PROGRAM_H
#define GUICHET_BASE_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#ifndef GUICHET_VERSION
#define GUICHET_VERSION "0.1.0"
#endif

/* An option of the command line: a letter, a long name, what it takes. */
struct option_row {
	char letter;	  /* '\0': long only */
	const char *name; /* NULL-ended table */
	const char *takes; /* NULL: a flag; else the value's name for -h */
	const char *help;
};

/* What was given: value[i] is row i's value ("" for a flag), NULL: absent. */
#define OPTIONS_MAX 24
struct options {
	const char *value[OPTIONS_MAX];
	int rest; /* index in argv of the first word that is no option */
};

/* The three that every program has, first in each table: rows 0 to 3. */
#define OPTIONS_COMMON							\
	{ 'c', "config", "FICHIER", "les réglages" },			\
	{ 't', "test", NULL, "vérifie les réglages et s'arrête" },	\
	{ 'h', "help", NULL, "montre cette aide" },			\
	{ 'V', "version", NULL, "montre la version" }
enum { OPT_CONFIG, OPT_TEST, OPT_HELP, OPT_VERSION, OPT_OWN };

/*
 * Fill standard descriptors that are closed, start libsodium, give up what
 * sandbox_start gives up, set the locale, read the options. An option given
 * twice or unknown is ERR_USAGE. -h and -V are answered here: *done is then
 * true and main returns 0.
 */
enum err program_start(const char *name, const char *synopsis,
    const struct option_row *table, int argc, char *argv[],
    struct options *out, bool *done);

/*
 * Wait that long for SIGTERM or SIGINT; true when one came. From the first
 * call on they are held back for the next one, in every thread begun later,
 * so that what is under way is finished.
 */
bool program_ended(uint64_t wait_ms);

#endif
