/*
 * played: card files in readers that do not exist → a card_io.
 *
 * For training and tests, in process and without pcscd. Whoever drives it
 * writes lines to its command descriptor: `insert`, `pull`, `swap` (to the
 * next card, or card file), each perhaps followed by a slot, 1 or 2; and
 * `read`, to hear of the card that is in once more.
 */
#ifndef GUICHET_CARD_PLAYED_H
#define GUICHET_CARD_PLAYED_H

#include "card/card_io.h"
#include "card/cardfile.h"

struct played;

/*
 * Load a card file, or all *.card of a folder in the order of their names.
 * With `inserted` the first is in from the start. commands: a descriptor
 * whose end ends the watch, or -1: wait() then never sleeps.
 * ERR_CARD_FILE, ERR_FILE_READ, ERR_MEMORY; the subject is the path.
 */
enum err played_load(const char *path, bool inserted, int commands,
    struct played **out);

/* Of texts, for tests: a deck each. */
enum err played_text(const char *const texts[], size_t n,
    struct played **out);

void played_free(struct played *p);

/* The door to it; valid as long as it is. io.free frees it. */
struct card_io played_io(struct played *p);

/* As a line of the command descriptor. ERR_USAGE. */
enum err played_command(struct played *p, const char *line);

/* One fault more for the card that is in that slot (from 0). */
void played_tear(struct played *p, size_t slot, unsigned at,
    enum sim_deed deed);

/* Commands that the card in that slot has answered since it was put in. */
unsigned played_count(const struct played *p, size_t slot);

#endif
