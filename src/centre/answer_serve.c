/* answer_serve: one question a connection, one after the other. */
#include <poll.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/program.h"
#include "centre/answer.h"

#define LOOK_MS	 200 /* between two looks whether to end */
#define HEAR_MS	 500 /* for a question to come whole */
#define BACKLOG	 64

static enum err
listen_network(const struct listen_at *at, const char *text, int *out)
{
	const int on = 1;
	int fd = socket(at->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd == -1)
		return err_about(ERR_LISTEN, "%s", text);
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (const struct sockaddr *)&at->address, at->len) != 0 ||
	    listen(fd, BACKLOG) != 0) {
		close(fd);
		return err_about(ERR_LISTEN, "%s", text);
	}
	*out = fd;
	return ERR_OK;
}

enum err
answerer_listen(const struct listen_at *at, const char *text, int *fd)
{
	return listen_is_unix(at) ? listen_unix(at, fd) :
	    listen_network(at, text, fd);
}

static void
answer_one(struct answerer *a, int fd)
{
	uint8_t question[QUESTION_LEN];
	struct buf out;
	enum err r;

	if (!listen_hear(fd, question, sizeof(question), HEAR_MS))
		return;
	buf_init(&out);
	if ((r = buf_put_u8(&out, ANSWER_GIVEN)) == ERR_OK)
		r = answerer_go(a, question, sizeof(question),
		    clock_wall_ms(), &out);
	if (r != ERR_OK) {
		log_error(r, "question");
		buf_reset(&out);
		(void)buf_put_u8(&out, opener_is_trouble(r) ? ANSWER_NOT_NOW :
		    ANSWER_REFUSED);
	}
	(void)fd_write_all(fd, out.p, out.len);
	buf_clear(&out);
}

void
answerer_serve(struct answerer *a, int fd)
{
	struct pollfd at = { .fd = fd, .events = POLLIN };
	int one;

	while (!program_ended(0)) {
		if (poll(&at, 1, LOOK_MS) != 1)
			continue;
		if ((one = accept(fd, NULL, NULL)) == -1)
			continue;
		answer_one(a, one);
		close(one);
	}
}
