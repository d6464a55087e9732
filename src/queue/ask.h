/*
 * ask: where the desk and guichet-sync meet for a question: the name of the
 * socket in the state folder, beside the queue.
 */
#ifndef GUICHET_QUEUE_ASK_H
#define GUICHET_QUEUE_ASK_H

#include "base/file.h"
#include "base/listen.h"
#include "envelope/response.h"

/* STATE/ask.sock. ERR_LISTEN when its path is too long for a socket. */
enum err ask_address(const char *state, struct listen_at *out);

#endif
