/* asklink: one question, one key, one socket. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/keyfile.h"
#include "base/secret.h"
#include "desk/asklink.h"
#include "queue/ask.h"

struct asklink {
	struct listen_at at;
	uint8_t opener[SIGN_PUBLIC_LEN];
	int fd; /* -1: nothing is under way */
	uint64_t until_ms; /* elapsed */
	uint8_t reply[BOX_SECRET_LEN]; /* of this question alone */
	uint32_t terminal;
	struct rid id;
	enum question_kind kind;
	uint8_t in[RESPONSE_LEN];
	size_t got;
};

enum err
asklink_open(const char *state, struct asklink **out)
{
	struct asklink *l = secret_alloc(sizeof(*l));
	uint32_t number;
	enum err r;

	if (l == NULL)
		return ERR_MEMORY;
	l->fd = -1;
	if ((r = ask_address(state, &l->at)) == ERR_OK &&
	    (r = keyfile_read_in(state, "opener.pub", "outcome-public",
	    l->opener, sizeof(l->opener), &number)) == ERR_OK)
		*out = l;
	else
		asklink_close(l);
	return r;
}

void
asklink_drop(struct asklink *l)
{
	if (l == NULL)
		return;
	if (l->fd != -1)
		close(l->fd);
	l->fd = -1;
	l->got = 0;
	secret_wipe(l->reply, sizeof(l->reply));
}

void
asklink_close(struct asklink *l)
{
	asklink_drop(l);
	secret_free(l);
}

int
asklink_fd(const struct asklink *l)
{
	return l == NULL ? -1 : l->fd;
}

/* A question is smaller than what a local socket takes at once. */
static enum err
hand_over(struct asklink *l, const struct buf *bytes)
{
	l->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (l->fd != -1 && connect(l->fd,
	    (const struct sockaddr *)&l->at.address, l->at.len) == 0 &&
	    send(l->fd, bytes->p, bytes->len, MSG_NOSIGNAL) ==
	    (ssize_t)bytes->len)
		return ERR_OK;
	return ERR_SYNC_DOOR;
}

enum err
asklink_ask(struct asklink *l, struct question *q,
    const struct envelope_keys *keys, uint64_t now_ms)
{
	struct buf bytes;
	enum err r;

	asklink_drop(l);
	box_keypair(l->reply, q->reply);
	rid_make(now_ms, &q->id);
	q->at_ms = now_ms;
	l->id = q->id;
	l->terminal = q->terminal;
	l->kind = q->kind;
	l->until_ms = clock_elapsed_ms() + ASK_MS;
	buf_init(&bytes);
	if ((r = question_write(q, keys, &bytes)) == ERR_OK)
		r = hand_over(l, &bytes);
	buf_clear(&bytes);
	if (r != ERR_OK)
		asklink_drop(l);
	return r;
}

/* ERR_OK: all of it is here. ERR_TRUNCATED: not yet. */
static enum err
hear(struct asklink *l)
{
	ssize_t n = recv(l->fd, l->in + l->got, sizeof(l->in) - l->got,
	    MSG_DONTWAIT);

	if (n > 0)
		l->got += (size_t)n;
	if (l->got == sizeof(l->in))
		return ERR_OK;
	if (n == 0 || (n == -1 && errno != EAGAIN && errno != EINTR) ||
	    clock_elapsed_ms() >= l->until_ms)
		return ERR_NOT_NOW;
	return ERR_TRUNCATED;
}

/* The centre's, and to this question. */
static enum err
open_answer(const struct asklink *l, struct response *out)
{
	struct response a;

	if (response_open(l->in, sizeof(l->in), l->reply, l->opener, &a) !=
	    ERR_OK || a.terminal != l->terminal || a.kind != l->kind ||
	    memcmp(a.id.b, l->id.b, RID_LEN) != 0)
		return ERR_RECEIPT;
	*out = a;
	return ERR_OK;
}

bool
asklink_look(struct asklink *l, struct response *out, enum err *came)
{
	enum err r;

	if (l == NULL || l->fd == -1 || (r = hear(l)) == ERR_TRUNCATED)
		return false;
	*came = r == ERR_OK ? open_answer(l, out) : r;
	asklink_drop(l);
	return true;
}
