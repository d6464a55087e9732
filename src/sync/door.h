/*
 * door: the desk's questions to the centre, taken at a Unix socket in the
 * state folder, carried by a thread of their own.
 *
 * The desk writes QUESTION_LEN bytes and gets RESPONSE_LEN, or nothing: then
 * there is no answer now. Both are sealed, neither is kept, and no upload
 * waits for them. One question at a time: one person stands there.
 * src/PROTOCOL section 13.4.
 */
#ifndef GUICHET_SYNC_DOOR_H
#define GUICHET_SYNC_DOOR_H

#include "queue/ask.h"
#include "sync/transport.h"

#define DOOR_MS 1900u /* for the centre's whole answer */

struct door;

/*
 * Make STATE/ask.sock, before the program shuts itself in. The transport
 * becomes the door's, also when this fails. ERR_LISTEN, ERR_TOO_LONG,
 * ERR_MEMORY.
 */
enum err door_open(const char *state, struct transport *t,
    struct door **out);

/* Begin the thread, afterwards. ERR_MEMORY. */
enum err door_serve(struct door *d);

/* End the thread and remove the socket; NULL is accepted. */
void door_close(struct door *d);

#endif
