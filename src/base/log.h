/*
 * log: what happened, for the team that runs guichet. Never a person.
 *
 * A line holds an event's name, record ids, numbers and error codes; nothing
 * that was read on a card or typed by anyone may be given to these functions.
 * Lines go to syslog(3), or to stderr where the settings say so.
 */
#ifndef GUICHET_BASE_LOG_H
#define GUICHET_BASE_LOG_H

#include <stdbool.h>

#include "base/err.h"

/* The program's name, kept; to_stderr false means syslog. */
void log_open(const char *program, bool to_stderr);

/* An event in words of the form "noun-verb", and its details. */
void log_event(const char *event, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* An error by its code, its subject, and what was being done. */
void log_error(enum err r, const char *doing);

#endif
