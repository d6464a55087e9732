/*
 * deeds: what somebody who had taken a program over would make it try. Those
 * that may succeed end the process with 1 when they do not.
 */
#ifndef GUICHET_TESTS_BASE_DEEDS_H
#define GUICHET_TESTS_BASE_DEEDS_H

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

static void
reach_out(void)
{
	const struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons(9), .sin_addr = { htonl(INADDR_LOOPBACK) } };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd == -1 || (connect(fd, (const struct sockaddr *)&to,
	    sizeof(to)) == -1 && errno != ECONNREFUSED))
		_exit(1);
}

static void
listen_to_others(void)
{
	const struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd == -1 || bind(fd, (const struct sockaddr *)&at,
	    sizeof(at)) == -1 || listen(fd, 1) == -1)
		_exit(1);
}

static void
speak_raw(void)
{
	(void)socket(AF_PACKET, SOCK_RAW, 0);
}

static void
reach_out_by_datagram(void)
{
	if (socket(AF_INET6, SOCK_DGRAM, 0) == -1 && errno != EAFNOSUPPORT)
		_exit(1);
}

static void
run_a_program(void)
{
	char *argv[] = { NULL };

	(void)execv("/bin/true", argv);
}

static void
make_a_process(void)
{
	if (fork() == 0)
		_exit(0);
}

static void
be_traced(void)
{
	(void)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static void
type_for_the_user(void)
{
	(void)ioctl(STDIN_FILENO, TIOCSTI, "x");
}

static void
be_another(void)
{
	if (setuid(geteuid()) != 0)
		_exit(1);
}

static void
signal_another(void)
{
	if (kill(getppid(), 0) != 0)
		_exit(1);
}

/* Landlock may refuse it; but who has files at all does not die of it. */
static void
make_a_file(void)
{
	(void)open("/tmp/guichet-sandbox", O_WRONLY | O_CREAT, 0600);
}

static void
remove_a_file(void)
{
	(void)unlink("/tmp/guichet-sandbox");
}

static void
make_a_folder(void)
{
	(void)mkdir("/tmp/guichet-sandbox", 0700);
}

static void
make_memory_code(void)
{
	(void)mmap(NULL, 4096, PROT_READ | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void
turn_memory_to_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)mprotect(p, 4096, PROT_READ | PROT_EXEC);
}

/* A call like any other, for which the card's program has no use. */
static void
ask_the_load(void)
{
	(void)syscall(SYS_sysinfo, NULL);
}

#endif
