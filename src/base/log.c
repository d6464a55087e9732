/* log: syslog(3), or stderr for a person who looks on. */
#include <stdarg.h>
#include <stdio.h>
#include <syslog.h>

#include "base/log.h"

static bool on_stderr;
static const char *name = "guichet";

void
log_open(const char *program, bool to_stderr)
{
	name = program;
	on_stderr = to_stderr;
	if (!to_stderr)
		openlog(program, LOG_PID, LOG_DAEMON);
}

static void
put(int priority, const char *line)
{
	if (on_stderr)
		fprintf(stderr, "%s: %s\n", name, line);
	else
		syslog(priority, "%s", line);
}

void
log_event(const char *event, const char *fmt, ...)
{
	char detail[512], line[640];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(detail, sizeof(detail), fmt, ap);
	va_end(ap);
	(void)snprintf(line, sizeof(line), "%s %s", event, detail);
	put(LOG_INFO, line);
}

void
log_error(enum err r, const char *doing)
{
	char line[640];

	(void)snprintf(line, sizeof(line), "%s: G-%03d %s%s%s", doing,
	    err_number(r), err_subject(), *err_subject() == '\0' ? "" : ": ",
	    err_what(r));
	put(LOG_ERR, line);
}
