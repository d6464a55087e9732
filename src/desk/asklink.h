/*
 * asklink: the desk's side of a question to the centre: sealed and signed
 * here, handed to guichet-sync at its socket, answered within ASK_MS or not at
 * all. The loop goes on meanwhile.
 */
#ifndef GUICHET_DESK_ASKLINK_H
#define GUICHET_DESK_ASKLINK_H

#include "base/settings.h"
#include "envelope/response.h"

#define ASK_MS 2000u

struct asklink;

/* Read STATE/keys/opener.pub: who answers. Everything is locked memory.
 * ERR_KEY_*, ERR_LISTEN, ERR_MEMORY. Close accepts NULL. */
enum err asklink_open(const char *state, struct asklink **out);
void asklink_close(struct asklink *l);

/*
 * Ask; an older question is dropped. q's id, time and reply key are set here.
 * ERR_SYNC_DOOR when nobody takes it: there is no line. ERR_RECORD_FORM,
 * ERR_KEY_FORM, ERR_TOO_LONG, ERR_MEMORY.
 */
enum err asklink_ask(struct asklink *l, struct question *q,
    const struct envelope_keys *keys, uint64_t now_ms);

/* What poll(2) is to watch; -1 when nothing is under way. */
int asklink_fd(const struct asklink *l);

/*
 * Is it over? *came is ERR_OK with the answer in *out, ERR_NOT_NOW when it did
 * not come in time or was not given, ERR_RECEIPT when it is not the centre's
 * to this question. False: nothing is under way, or not yet.
 */
bool asklink_look(struct asklink *l, struct response *out, enum err *came);

/* Nobody waits for it any more. NULL is accepted. */
void asklink_drop(struct asklink *l);

#endif
