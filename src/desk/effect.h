/*
 * effect: what the table's last column asks of the world.
 */
#ifndef GUICHET_DESK_EFFECT_H
#define GUICHET_DESK_EFFECT_H

#include "desk/loop.h"

/* Carry one out. *done says whether its end is an event for the screen, and
 * *result what it ended with. */
enum err effect_run(struct desk *d, enum effect fx, bool *done,
    enum err *result);

/* Bring the terminal's facts up to date: queue and lease, and whether another
 * person may begin. While nobody is served the queue rests. */
void effect_facts(struct desk *d);

/* At a start: are the last rows of the queue what was written? What is not
 * is set aside and logged; nobody at the counter is kept waiting for it. */
void effect_look_back(struct desk *d);

/* Count one outcome of today, without anyone's name. */
void effect_tally(struct desk *d, const char *word);

#endif
