/* err: the list of errors as tables, and the one way to print one. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

struct row {
	short number, exit, http;
	const char *what, *todo;
};

#define ERR_ROW(name, number, exit, http, what, todo) \
	[ERR_##name] = { number, exit, http, what, todo },
static const struct row rows[] = { ERRORS(ERR_ROW) };

static _Thread_local char subject[ERR_SUBJECT];

const char *
err_what(enum err r)
{
	return rows[r].what;
}

const char *
err_todo(enum err r)
{
	return rows[r].todo;
}

int
err_number(enum err r)
{
	return rows[r].number;
}

int
err_exit(enum err r)
{
	return rows[r].exit;
}

int
err_http(enum err r)
{
	return rows[r].http;
}

enum err
err_of_number(int number)
{
	for (size_t i = 0; i < ERR_COUNT; i++)
		if (rows[i].number == number)
			return (enum err)i;
	return ERR_OK;
}

void
err_say(const char *fmt, ...)
{
	char said[sizeof(subject)]; /* fmt's arguments may be the old one */
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(said, sizeof(said), fmt, ap);
	va_end(ap);
	memcpy(subject, said, sizeof(subject));
}

const char *
err_subject(void)
{
	return subject;
}

int
err_report(const char *program, enum err r)
{
	fprintf(stderr, "%s: %s%s%s %s (G-%03d)\n", program, subject,
	    subject[0] == '\0' ? "" : ": ", err_what(r), err_todo(r),
	    err_number(r));
	return err_exit(r);
}

void
fatal(const char *program, enum err r)
{
	exit(err_report(program, r));
}
