/*
 * asking: a question to the centre about the person who is served, and what
 * its answer says of them.
 *
 * Behind SEND it goes on asking, by itself, what became of the code, until it
 * is gone or cannot go, or ASKING_FOLLOW_MS are over.
 */
#ifndef GUICHET_DESK_ASKING_H
#define GUICHET_DESK_ASKING_H

#include "desk/loop.h"

#define ASKING_FOLLOW_MS 5500u

/*
 * Put it: of SEND and CHECK about the contact that person->reach names, of
 * CHECK with person->code. ERR_SYNC_DOOR when there is no line,
 * ERR_RECORD_FORM, ERR_KEY_FORM, ERR_TOO_LONG, ERR_MEMORY.
 */
enum err asking_begin(struct desk *d, enum question_kind kind);

/* Is one over that this screen waits for? person->told then has the answer,
 * of word 0 when there is none; of SEND the word of what became of it, GOING
 * when that is not known. The record has the vouch that came with RIGHT. */
bool asking_ended(struct desk *d, enum err *result);

/* Nobody waits for it any more. */
void asking_drop(struct desk *d);

#endif
