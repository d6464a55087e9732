/*
 * say: a page in plain sentences, as a screen reader or a Braille display
 * has it: what is read once, then one question after the other.
 */
#ifndef GUICHET_DESK_SAY_H
#define GUICHET_DESK_SAY_H

#include "desk/page.h"

/* The texts of the page, without its questions and its answers. */
enum err say_page(const struct page *p, struct buf *out);

/* Only what is passing: warnings, and work going on. */
enum err say_remarks(const struct page *p, struct buf *out);

/* The question of an option or a field, and how to answer it. */
enum err say_question(const struct item *it, struct buf *out);

/* The choices, and the commands that are always there. */
enum err say_choices(const struct page *p, struct buf *out);

/* How the reader, the card and the queue are. */
enum err say_status(const struct page *p, struct buf *out);

/*
 * The choice that a line makes, NULL when it makes none: its letter, or for
 * those without one their number among them, from 1.
 */
const struct item *say_chosen(const struct page *p, const char *line);

/*
 * X(letter, whole word, key, event): the commands. They are said with the
 * words of the page, when it names the key; they work on every page. A choice
 * that has the same letter goes before, and then only the word is left.
 */
#define SAY_COMMANDS(X)                                                      \
	X("r", "revenir", "Échap", EV_BACK)                                  \
	X("q", "abandonner", "F10", EV_ABANDON)                              \
	X("?", "aide", "F1", EV_HELP)                                        \
	X("l", "langue", "F2", EV_LANGUAGE)

/* Words for the keys of demonstration cards, in training. */
#define SAY_CARD "carte"
#define SAY_SWAP "autre carte"

#endif
