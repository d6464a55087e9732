/*
 * pin: a PIN typed where nobody sees it, or given on a pipe; never in argv.
 */
#ifndef GUICHET_CTL_PIN_H
#define GUICHET_CTL_PIN_H

#include "base/err.h"
#include "desk/operator.h"

/* Locked memory for one PIN and its NUL; wiped by secret_free. */
#define PIN_ROOM (PIN_MAX + 1)

/*
 * From a terminal on stdin: asked for twice, without echo; two that differ
 * are ERR_PIN_WRONG. From anything else: one line. ERR_PIN_WEAK when it is
 * longer than a PIN can be, ERR_INPUT_END when there is none.
 */
enum err pin_read(char out[PIN_ROOM]);

#endif
