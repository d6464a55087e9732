/* door: a question in, an answer out, one after the other. */
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "sync/door.h"

#define LOOK_MS 200 /* between two looks whether to end */
#define HEAR_MS 200 /* for a question that the desk has already written */

struct door {
	struct transport *transport;
	struct listen_at at;
	int fd;
	pthread_t thread;
	bool begun;
	atomic_bool ending;
};

enum err
door_open(const char *state, struct transport *t, struct door **out)
{
	struct door *d;
	enum err r;

	if ((d = calloc(1, sizeof(*d))) == NULL) {
		t->close(t);
		return ERR_MEMORY;
	}
	d->transport = t;
	d->fd = -1;
	if ((r = ask_address(state, &d->at)) == ERR_OK)
		r = listen_unix(&d->at, &d->fd);
	if (r == ERR_OK)
		*out = d;
	else
		door_close(d);
	return r;
}

/* Carried whole, answered whole, or not at all. */
static enum err
carry(struct door *d, const uint8_t question[QUESTION_LEN],
    struct answer *out)
{
	enum err r;

	if ((r = d->transport->ask(d->transport, "/v1/question", question,
	    QUESTION_LEN, out)) != ERR_OK || (r = answer_check(out)) != ERR_OK)
		return r;
	return out->body.len == RESPONSE_LEN ? ERR_OK :
	    err_about(ERR_SYNC_ANSWER, "question");
}

static void
take_one(struct door *d, int fd)
{
	uint8_t question[QUESTION_LEN];
	struct answer out;
	enum err r;

	if (!listen_hear(fd, question, sizeof(question), HEAR_MS))
		return;
	buf_init(&out.body);
	if ((r = carry(d, question, &out)) == ERR_OK)
		r = fd_write_all(fd, out.body.p, out.body.len);
	if (r != ERR_OK)
		log_error(r, "question");
	buf_clear(&out.body);
}

static void *
run(void *user)
{
	struct door *d = user;
	struct pollfd at = { .fd = d->fd, .events = POLLIN };
	int one;

	while (!atomic_load(&d->ending)) {
		if (poll(&at, 1, LOOK_MS) != 1 ||
		    (one = accept(d->fd, NULL, NULL)) == -1)
			continue;
		take_one(d, one);
		close(one);
	}
	return NULL;
}

enum err
door_serve(struct door *d)
{
	if (pthread_create(&d->thread, NULL, run, d) != 0)
		return ERR_MEMORY;
	d->begun = true;
	return ERR_OK;
}

void
door_close(struct door *d)
{
	if (d == NULL)
		return;
	atomic_store(&d->ending, true);
	if (d->begun)
		(void)pthread_join(d->thread, NULL);
	if (d->fd != -1) {
		close(d->fd);
		listen_drop(&d->at);
	}
	d->transport->close(d->transport);
	free(d);
}
