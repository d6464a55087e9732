/*
 * transport: a question to the centre and its answer, whatever carries them.
 *
 * The real one is https (sync/http.h); a test hands in its own.
 */
#ifndef GUICHET_SYNC_TRANSPORT_H
#define GUICHET_SYNC_TRANSPORT_H

#include <stdint.h>

#include "base/buf.h"

#define ANSWER_MAX ((size_t)1024 * 1024) /* a longer answer is none */

struct answer {
	long status;		 /* of HTTP */
	uint64_t retry_after_ms; /* 0: not said */
	struct buf body;	 /* init before, clear after */
};

/*
 * Embed first. ask() sends the n bytes (NULL: a GET) and waits for the whole
 * answer. ERR_OK whatever the status; ERR_SYNC_CONNECT when nobody answered,
 * ERR_SYNC_TLS when the other side did not prove who it is, ERR_SYNC_ANSWER
 * when the answer was cut or too long.
 */
struct transport {
	enum err (*ask)(struct transport *t, const char *path, const void *p,
	    size_t n, struct answer *out);
	void (*close)(struct transport *t);
};

/* ERR_OK for 200. What the centre as a whole says otherwise is never about a
 * record: ERR_SYNC_REFUSED for 401 and 403, ERR_CLOSED for its own status,
 * ERR_SYNC_BUSY for 429 and 5xx, ERR_SYNC_ANSWER for the rest. */
enum err answer_check(const struct answer *a);

#endif
