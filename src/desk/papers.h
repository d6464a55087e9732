/*
 * papers: what comes out of the printer at the end: the secrets, when there
 * are some, and the receipt.
 */
#ifndef GUICHET_DESK_PAPERS_H
#define GUICHET_DESK_PAPERS_H

#include "desk/printlink.h"
#include "desk/save.h"

/*
 * Print the papers of the person just saved. Before a secret goes to the
 * printer the journal of the queue says so, durably. The result is the
 * secrets' when there are some: the receipt comes after them, and its own
 * trouble goes to session->receipt. ERR_PRINT_NONE when l is NULL.
 */
enum err papers_print(struct session *s, struct printlink *l,
    struct queue *q, const struct desk_keys *k);

#endif
