/* program: getopt_long over a table, and the answers that all give. */
#include <fcntl.h>
#include <getopt.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/program.h"
#include "base/sandbox.h"
#include "base/secret.h"

static void
print_help(const char *name, const char *synopsis,
    const struct option_row *t)
{
	printf("usage : %s %s\n", name, synopsis);
	for (; t->name != NULL; t++) {
		char left[64];

		(void)snprintf(left, sizeof(left), "--%s %s", t->name,
		    t->takes == NULL ? "" : t->takes);
		printf("  %c%c %-24s %s\n", t->letter == '\0' ? ' ' : '-',
		    t->letter == '\0' ? ' ' : t->letter, left, t->help);
	}
}

/* getopt's two forms of the table; how many rows. */
static int
translate(const struct option_row *t, char *shorts, struct option *longs)
{
	int n = 0;

	*shorts++ = '+'; /* options end at the first word */
	for (; t[n].name != NULL; n++) {
		if (n >= OPTIONS_MAX)
			abort(); /* a longer table is our fault */
		longs[n] = (struct option){ .name = t[n].name,
			.has_arg = t[n].takes != NULL, .val = 256 + n };
		if (t[n].letter == '\0')
			continue;
		*shorts++ = t[n].letter;
		if (t[n].takes != NULL)
			*shorts++ = ':';
	}
	*shorts = '\0';
	longs[n] = (struct option){ .name = NULL };
	return n;
}

static int
row_of(const struct option_row *t, int c)
{
	if (c >= 256)
		return c - 256;
	for (int i = 0; t[i].name != NULL; i++)
		if (t[i].letter == c)
			return i;
	return -1;
}

static enum err
parse(const struct option_row *t, int argc, char *argv[], struct options *out)
{
	char shorts[2 * OPTIONS_MAX + 2];
	struct option longs[OPTIONS_MAX + 1];
	int c, i;

	(void)translate(t, shorts, longs);
	optind = 1;
	while ((c = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if ((i = row_of(t, c)) == -1)
			return err_about(ERR_USAGE, "%s",
			    argv[optind > 1 ? optind - 1 : 0]);
		if (out->value[i] != NULL)
			return err_about(ERR_USAGE, "--%s, deux fois",
			    t[i].name);
		out->value[i] = optarg == NULL ? "" : optarg;
	}
	out->rest = optind;
	return ERR_OK;
}

/* Nothing that is opened later may be taken for stdin, stdout or stderr. */
static enum err
hold_standard_files(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd == -1)
		return err_about(ERR_FILE_READ, "/dev/null");
	close(fd);
	return ERR_OK;
}

enum err
program_start(const char *name, const char *synopsis,
    const struct option_row *table, int argc, char *argv[],
    struct options *out, bool *done)
{
	enum err r;

	memset(out, 0, sizeof(*out));
	*done = false;
	if ((r = hold_standard_files()) != ERR_OK ||
	    (r = secret_start()) != ERR_OK || (r = sandbox_start()) != ERR_OK)
		return r;
	/* C.UTF-8 where the machine has no locale: gettext stays silent under
	 * plain C (STYLE 4.3). */
	if (setlocale(LC_ALL, "") == NULL ||
	    strcmp(setlocale(LC_CTYPE, NULL), "C") == 0)
		(void)setlocale(LC_ALL, "C.UTF-8");
	opterr = 0;
	if ((r = parse(table, argc, argv, out)) != ERR_OK)
		return r;
	if (out->value[OPT_HELP] != NULL)
		print_help(name, synopsis, table);
	else if (out->value[OPT_VERSION] != NULL)
		printf("%s %s\n", name, GUICHET_VERSION);
	else
		return ERR_OK;
	*done = true;
	return ERR_OK;
}

bool
program_ended(uint64_t wait_ms)
{
	const struct timespec wait = { (time_t)(wait_ms / 1000),
		(long)(wait_ms % 1000) * 1000000 };
	sigset_t ends;

	(void)sigemptyset(&ends);
	(void)sigaddset(&ends, SIGTERM);
	(void)sigaddset(&ends, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &ends, NULL);
	return sigtimedwait(&ends, NULL, &wait) != -1;
}
