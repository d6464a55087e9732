/* typed: bytes into a line, no further than its end. */
#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "base/secret.h"
#include "desk/typed.h"

/* The next byte, when there is one already. The descriptor stays blocking:
 * it may be shared with the output, and with the shell. */
static bool
read_byte(struct typed *t, char *c)
{
	struct pollfd pfd = { .fd = t->fd, .events = POLLIN };
	ssize_t n;

	if (t->ended || poll(&pfd, 1, 0) != 1)
		return false;
	if ((n = read(t->fd, c, 1)) == 1)
		return true;
	if (n == 0 || (errno != EAGAIN && errno != EINTR))
		t->ended = true;
	return false;
}

bool
typed_read(struct typed *t)
{
	char c;

	while (read_byte(t, &c)) {
		if (c == '\n') {
			if (t->len > 0 && t->text[t->len - 1] == '\r')
				t->len--;
			t->text[t->len] = '\0';
			return true;
		}
		if (t->len == TYPED_MAX)
			t->skips = true;
		else
			t->text[t->len++] = c;
	}
	return false;
}

void
typed_clear(struct typed *t)
{
	secret_wipe(t->text, sizeof(t->text));
	t->len = 0;
	t->skips = false;
}
