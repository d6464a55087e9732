/* wake: epoll(7) over the input and an eventfd(2). */
#include <errno.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "desk/wake.h"

static int
watch(int epoll, int fd)
{
	struct epoll_event ev = { .events = EPOLLIN, .data = { .fd = fd } };

	return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &ev);
}

enum err
wake_open(struct wake *w, int in)
{
	struct wake n = { .fd = -1, .bell = -1 };

	n.bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	n.fd = epoll_create1(EPOLL_CLOEXEC);
	if (n.bell == -1 || n.fd == -1 || watch(n.fd, n.bell) == -1)
		goto fail;
	if (watch(n.fd, in) == -1) {
		if (errno != EPERM) /* a regular file is always ready */
			goto fail;
		wake_close(&n);
		n = (struct wake){ .fd = in, .bell = -1 };
	}
	*w = n;
	return ERR_OK;
fail:
	wake_close(&n);
	return err_about(ERR_TERMINAL, "epoll");
}

void
wake_close(struct wake *w)
{
	/* Without a bell, the descriptor was never ours. */
	if (w->bell == -1)
		return;
	(void)close(w->bell);
	if (w->fd != -1)
		(void)close(w->fd);
	*w = (struct wake){ .fd = -1, .bell = -1 };
}

void
wake_ring(const struct wake *w)
{
	uint64_t one = 1;
	int kept = errno;

	if (w->bell != -1 && write(w->bell, &one, sizeof(one)) == -1)
		errno = kept; /* it is ringing already */
}

void
wake_hush(const struct wake *w)
{
	uint64_t n;
	int kept = errno;

	if (w->bell != -1 && read(w->bell, &n, sizeof(n)) == -1)
		errno = kept; /* it was not ringing */
}
