/* pin: a line of stdin, byte by byte into locked memory. */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/secret.h"
#include "ctl/pin.h"

static volatile sig_atomic_t stopped;

static void
stop(int sig)
{
	(void)sig;
	stopped = 1;
}

/* The signals that keys and closed windows send: they end a question, and
 * its terminal shows again what is typed. */
static const int ends[] = { SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP };
enum { ENDS = sizeof(ends) / sizeof(ends[0]) };

static void
catch_ends(struct sigaction before[ENDS])
{
	struct sigaction sa = { .sa_handler = stop };

	stopped = 0;
	(void)sigemptyset(&sa.sa_mask);
	for (int i = 0; i < ENDS; i++)
		(void)sigaction(ends[i], &sa, &before[i]);
}

static void
release_ends(const struct sigaction before[ENDS])
{
	for (int i = 0; i < ENDS; i++)
		(void)sigaction(ends[i], &before[i], NULL);
}

/* One line of stdin, unbuffered: no copy of it stays anywhere. */
static enum err
read_line(char out[PIN_ROOM])
{
	size_t n = 0;
	bool long_one = false;

	for (;;) {
		char c = '\n';
		ssize_t k = read(STDIN_FILENO, &c, 1);

		if (k < 0 && errno == EINTR && !stopped)
			continue;
		if (k < 0 || (k == 0 && n == 0))
			return ERR_INPUT_END;
		if (c == '\n')
			break;
		if (n < PIN_ROOM - 1)
			out[n++] = c;
		else
			long_one = true;
		secret_wipe(&c, 1);
	}
	out[n] = '\0';
	return long_one ? ERR_PIN_WEAK : ERR_OK;
}

static enum err
ask(const char *words, char out[PIN_ROOM])
{
	enum err r;

	fputs(words, stderr);
	r = read_line(out);
	fputc('\n', stderr); /* theirs was not shown */
	return r;
}

static enum err
ask_twice(char out[PIN_ROOM])
{
	char *again = secret_alloc(PIN_ROOM);
	enum err r;

	if (again == NULL)
		return ERR_MEMORY;
	if ((r = ask("Code : ", out)) == ERR_OK &&
	    (r = ask("Encore une fois : ", again)) == ERR_OK &&
	    strcmp(out, again) != 0)
		r = ERR_PIN_WRONG;
	secret_free(again);
	return r;
}

enum err
pin_read(char out[PIN_ROOM])
{
	struct sigaction before[ENDS];
	struct termios shown, hidden;
	enum err r;

	if (tcgetattr(STDIN_FILENO, &shown) != 0)
		return read_line(out);
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	hidden.c_lflag |= ICANON;
	catch_ends(before);
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0)
		r = ask_twice(out);
	else
		r = ERR_TERMINAL; /* better nothing than in sight */
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
	release_ends(before);
	return r;
}
