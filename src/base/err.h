/*
 * err: one list of everything that can go wrong, and how to say it.
 *
 * Every function of guichet that can fail returns an enum err, ERR_OK being
 * zero. Results go out by pointer and are written only on success.
 *
 * An error has a number that never changes: the same on the screen, in the
 * log and in guichet(7), so that the person on the telephone can be told it.
 * Hundreds say where: 1 anywhere, 2 settings and keys, 3 card, 4 desk,
 * 5 envelope and queue, 6 sync, 7 centre, 8 paper.
 */
#ifndef GUICHET_BASE_ERR_H
#define GUICHET_BASE_ERR_H

#include "base/err_far.h"
#include "base/err_near.h"

/* X(name, number, exit status, HTTP status, what happened, what to do) */
#define ERRORS(X) ERRORS_NEAR(X) ERRORS_FAR(X)

#define ERR_ENUM(name, number, exit, http, what, todo) ERR_##name,
enum err { ERRORS(ERR_ENUM) };
#undef ERR_ENUM

#define ERR_ONE(name, number, exit, http, what, todo) +1
#define ERR_COUNT (0 ERRORS(ERR_ONE))

/* What happened, in French, one sentence. Static storage. */
const char *err_what(enum err r);

/* What the reader can do about it, in French. Static storage. */
const char *err_todo(enum err r);

/* The stable number, 0 to 999. */
int err_number(enum err r);

/* The exit status of a program that ends with this error. */
int err_exit(enum err r);

/* The HTTP status with which the gateway answers this error. */
int err_http(enum err r);

/* The error of a stable number; ERR_OK when there is none such. */
enum err err_of_number(int number);

/*
 * Say what an error is about (a path, a line, a setting: never a person) and
 * give it on: return err_about(ERR_KEY_MODE, "%s", path). The last one said
 * in this thread is kept, cut at 255 bytes; a new one replaces it. A macro,
 * so that compilers see that the error stays what it was.
 */
#define err_about(r, ...) (err_say(__VA_ARGS__), (enum err)(r))
#define ERR_SUBJECT 256 /* room for one */
void err_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* What the last err_about() said; "" when nothing was. Valid until the next. */
const char *err_subject(void);

/*
 * Print on stderr "PROGRAM: SUBJECT: WHAT TODO (G-NUMBER)" and return
 * err_exit(r), for the end of main.
 */
int err_report(const char *program, enum err r);

/* The world's fault and nothing can go on: report and exit. Mains only. */
_Noreturn void fatal(const char *program, enum err r);

#endif
