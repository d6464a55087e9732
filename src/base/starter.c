/* starter: a socket between two processes, and pipes handed across it. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/proc.h"
#include "base/starter.h"

struct starter {
	int fd;
	const char *path; /* for the words of an error; the caller's */
};

/* What a message with two descriptors needs beside its one byte. */
union passing {
	struct cmsghdr head;
	char room[CMSG_SPACE(2 * sizeof(int))];
};

static struct msghdr
message(struct iovec *byte, union passing *p)
{
	return (struct msghdr){ .msg_iov = byte, .msg_iovlen = 1,
		.msg_control = p->room, .msg_controllen = sizeof(p->room) };
}

static int
pass(int fd, const int pipes[2])
{
	union passing p = { .room = "" };
	char said = 'y';
	struct iovec byte = { &said, 1 };
	struct msghdr m = message(&byte, &p);
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(2 * sizeof(int));
	memcpy(CMSG_DATA(c), pipes, 2 * sizeof(int));
	return sendmsg(fd, &m, MSG_NOSIGNAL) == 1 ? 0 : -1;
}

static int
receive(int fd, int pipes[2])
{
	union passing p = { .room = "" };
	char said;
	struct iovec byte = { &said, 1 };
	struct msghdr m = message(&byte, &p);
	const struct cmsghdr *c;

	if (recvmsg(fd, &m, MSG_CMSG_CLOEXEC) != 1 ||
	    (c = CMSG_FIRSTHDR(&m)) == NULL || c->cmsg_type != SCM_RIGHTS ||
	    c->cmsg_len != CMSG_LEN(2 * sizeof(int)))
		return -1;
	memcpy(pipes, CMSG_DATA(c), 2 * sizeof(int));
	return 0;
}

/* One task: start, hand over, await. */
static int
serve_one(int fd, const char *const argv[])
{
	struct proc p;
	int status = SIGKILL;
	char said = 'n';
	bool passed;

	if (proc_start(argv, &p) != ERR_OK)
		return write(fd, &said, 1) == 1 ? 0 : -1;
	passed = pass(fd, (int[2]){ p.to, p.from }) == 0;
	close(p.to);
	close(p.from);
	while (waitpid(p.pid, &status, 0) == -1 && errno == EINTR)
		;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		said = 'y';
	return passed && write(fd, &said, 1) == 1 ? 0 : -1;
}

/* The pipes of the one that we serve are not ours: it must be missed by
 * others when it dies. */
static void
let_go(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null == -1 || dup2(null, STDIN_FILENO) == -1 ||
	    dup2(null, STDOUT_FILENO) == -1)
		_exit(1);
	(void)setpgid(0, 0);
}

static void
serve(int fd, const char *const argv[])
{
	char asked;

	let_go();
	while (read(fd, &asked, 1) == 1 && serve_one(fd, argv) == 0)
		;
	_exit(0);
}

enum err
starter_new(const char *const argv[], struct starter **out)
{
	struct starter *s = malloc(sizeof(*s));
	int pair[2];
	pid_t pid;

	if (s == NULL)
		return ERR_MEMORY;
	if (access(argv[0], X_OK) != 0 || socketpair(AF_UNIX,
	    SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
		free(s);
		return err_about(ERR_CHILD, "%s", argv[0]);
	}
	*s = (struct starter){ .fd = pair[0], .path = argv[0] };
	if ((pid = fork()) == 0) {
		close(pair[0]);
		serve(pair[1], argv);
	}
	close(pair[1]);
	if (pid == -1) {
		starter_free(s);
		return err_about(ERR_CHILD, "%s", argv[0]);
	}
	*out = s;
	return ERR_OK;
}

void
starter_free(struct starter *s)
{
	if (s == NULL)
		return;
	close(s->fd);
	free(s);
}

enum err
starter_run(struct starter *s, int *to, int *from)
{
	int pipes[2];

	if (send(s->fd, "r", 1, MSG_NOSIGNAL) != 1 ||
	    receive(s->fd, pipes) != 0)
		return err_about(ERR_CHILD, "%s", s->path);
	*to = pipes[0];
	*from = pipes[1];
	return ERR_OK;
}

enum err
starter_wait(struct starter *s)
{
	char said = 'n';

	if (read(s->fd, &said, 1) != 1 || said != 'y')
		return err_about(ERR_CHILD, "%s", s->path);
	return ERR_OK;
}
