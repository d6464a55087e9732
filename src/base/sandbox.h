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

#endif
