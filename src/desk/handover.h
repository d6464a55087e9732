/*
 * handover: who has the secrets, from the save to the goodbye, and what no one
 * can know any more.
 *
 * The journal is the queue's (queue_print_*). Secrets that nobody said were in
 * hand are made void: a signed word for the centre first, then the journal, so
 * that a crash between the two only says it twice.
 */
#ifndef GUICHET_DESK_HANDOVER_H
#define GUICHET_DESK_HANDOVER_H

#include "desk/save.h"

/* At the end of a session: done when the person has the codes, else void.
 * ERR_OK when nothing was owed; what else the queue says, and then the next
 * start makes them void. */
enum err handover_settle(struct session *s, struct queue *q,
    const struct desk_keys *k);

/* At the start: all that was left owed or in intent is void; the session
 * keeps how many, and the last reference, for the first page. */
enum err handover_recover(struct session *s, struct queue *q,
    const struct desk_keys *k);

#endif
