/*
 * papers: what comes out of the printer: a sheet to sign, and at the end the
 * secrets, when there are some, and the receipt.
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

/*
 * Print the sheet to sign of the person who is at the consent, with the
 * sentence that record.consent.wording holds; record.form then has its number.
 * No secret exists yet. ERR_PRINT_NONE when l is NULL, ERR_MEMORY, and the
 * printer's own: then there is no sheet and no number.
 */
enum err papers_form(struct session *s, struct printlink *l);

/*
 * Print the notice that person.aside is about, all of it, in the language in
 * use. ERR_PRINT_NONE, ERR_MEMORY, and the printer's own.
 */
enum err papers_leaflet(struct session *s, struct printlink *l);

#endif
