/*
 * sandbox: what a program gives up once it has started.
 */
#ifndef GUICHET_BASE_SANDBOX_H
#define GUICHET_BASE_SANDBOX_H

#include "base/err.h"

/*
 * For every program, first thing: no core file, memory not readable by other
 * processes of this account, no new privileges, umask 077, SIGPIPE and
 * SIGXFSZ ignored (a full disk is an answer of write(2), not a death).
 * ERR_SANDBOX.
 */
enum err sandbox_start(void);

/*
 * For a program that has opened all it needs, and now reads a stranger's
 * bytes: from here on no file, no network, no other program. It may compute,
 * wait, start threads, use the descriptors that it has and connect to Unix
 * sockets. Opening a file to read is refused (EACCES); anything else ends the
 * process by SIGSYS. Before any thread is started, after sandbox_start().
 * ERR_SANDBOX.
 */
enum err sandbox_shut(void);

#endif
