/*
 * asking: a question to the centre about the person who is served, and what
 * its answer says of them.
 */
#ifndef GUICHET_DESK_ASKING_H
#define GUICHET_DESK_ASKING_H

#include "desk/loop.h"

/*
 * Put it: of SEND and CHECK about the contact that person->reach names, of
 * CHECK with person->code. ERR_SYNC_DOOR when there is no line,
 * ERR_RECORD_FORM, ERR_KEY_FORM, ERR_TOO_LONG, ERR_MEMORY.
 */
enum err asking_begin(struct desk *d, enum question_kind kind);

/* Is one over that this screen waits for? person->told then has the answer,
 * of word 0 when there is none; the record has the vouch that came with it. */
bool asking_ended(struct desk *d, enum err *result);

#endif
