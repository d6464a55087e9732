/*
 * cardlink: the pipe to guichet-card, and the news that come up it.
 *
 * guichet never touches a reader: a program of its own does, and only its
 * lines of JSON arrive here (DESIGN section 1).
 */
#ifndef GUICHET_DESK_CARDLINK_H
#define GUICHET_DESK_CARDLINK_H

#include <stdbool.h>

#include "base/err.h"
#include "card/bearer.h"

struct cardlink;

/* Start the card program: on the real readers, or on played cards (a file or
 * a folder) when `cards` is not NULL. ERR_CHILD, ERR_MEMORY. */
enum err cardlink_open(const char *cards, struct cardlink **out);
void cardlink_close(struct cardlink *l); /* NULL accepted */

/* To poll for reading; -1 once the program has ended. */
int cardlink_fd(const struct cardlink *l);

/* Read what has come, after poll. ERR_CHILD when the program has ended. */
enum err cardlink_feed(struct cardlink *l);

/*
 * The next news, valid until the next call or NULL when there is none; they
 * stand in locked memory and are wiped by cardlink_forget. A line that is
 * not well formed is ERR_CHILD: our own program would not write it.
 */
enum err cardlink_next(struct cardlink *l, const struct card_news **out);
void cardlink_forget(struct cardlink *l);

/* "read": say again what the card that is in holds. Of a played card also
 * "insert", "pull" and "swap". */
enum err cardlink_say(struct cardlink *l, const char *verb);

#endif
