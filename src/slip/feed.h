/*
 * feed: bytes to a printer that takes them when it pleases, but not for ever.
 */
#ifndef GUICHET_SLIP_FEED_H
#define GUICHET_SLIP_FEED_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* How long we still wait: pushed on by each progress, up to the end. */
struct patience {
	uint64_t until, end; /* elapsed ms */
	int stall_ms;
};

struct patience feed_begin(int stall_ms);

/* A terminal line sends what we give and answers nothing back to the paper;
 * its speed and flow control are the administrator's. ERR_PRINT_OPEN. */
enum err feed_set_line(int fd);

/* All n bytes to a non-blocking descriptor, and until it would take more.
 * ERR_PRINT_WRITE when it took none for stall_ms, or all of it lasts longer
 * than PRINT_SLOWEST times that. */
enum err feed_bytes(int fd, struct patience *w, const uint8_t *p, size_t n);

/* Until a terminal line has sent what it holds; else nothing to wait for. */
enum err feed_drain(int fd, struct patience *w);

#endif
