/*
 * words: lines of a slip, said in the language in use (base/i18n.h).
 *
 * The texts given are N_("…") in French.
 */
#ifndef GUICHET_SLIP_WORDS_H
#define GUICHET_SLIP_WORDS_H

#include "slip/slip.h"

void words_title(struct slip *s, const char *text);
void words_rule(struct slip *s);

/* A paragraph; where a language says one idea a line, one for each line. */
void words_para(struct slip *s, const char *text);

/* The label, its colon, and a value that is already in its words. */
void words_fact(struct slip *s, const char *label, const char *value);

/* Who it is about. */
void words_person(struct slip *s, const char *family, const char *given,
    const char *birth);

/* Where to ask for help; nothing when support is "". */
void words_help(struct slip *s, const char *support);

#endif
