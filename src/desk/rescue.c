/* rescue: what a handler of faults may do: write(2), tcsetattr(3), raise(3). */
#include <signal.h>
#include <stddef.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "desk/rescue.h"

/* No pointer and no marked paste; letters, not line signs; everything erased,
 * the history too; from the other glass back to the usual one. */
#define CALM                                                                 \
	"\033[?1006l\033[?1000l\033[?2004l\033(B\033[m\033[r\033[H\033[2J"   \
	"\033[3J\033[?1049l\033[?1l\033>\033[?25h"

#define STACK_ROOM (64 * 1024) /* of the handler, when ours overflowed */

static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
#define FAULTS (sizeof(faults) / sizeof(*faults))

static struct sigaction before[FAULTS];
static struct termios line;
static char stack[STACK_ROOM];
static volatile sig_atomic_t armed;

/* The fault itself is left to whoever was there before us. */
static void
on_fault(int sig)
{
	(void)fd_write_all(STDOUT_FILENO, CALM, sizeof(CALM) - 1);
	(void)tcsetattr(STDIN_FILENO, TCSANOW, &line);
	for (size_t i = 0; i < FAULTS; i++)
		(void)sigaction(faults[i], &before[i], NULL);
	(void)raise(sig);
}

void
rescue_arm(void)
{
	struct sigaction sa = { .sa_handler = on_fault,
		.sa_flags = SA_ONSTACK };
	const stack_t own = { .ss_sp = stack, .ss_size = sizeof(stack) };

	if (armed || tcgetattr(STDIN_FILENO, &line) != 0)
		return;
	(void)sigaltstack(&own, NULL);
	for (size_t i = 0; i < FAULTS; i++)
		(void)sigaction(faults[i], &sa, &before[i]);
	armed = 1;
}

void
rescue_disarm(void)
{
	if (!armed)
		return;
	for (size_t i = 0; i < FAULTS; i++)
		(void)sigaction(faults[i], &before[i], NULL);
	armed = 0;
}
