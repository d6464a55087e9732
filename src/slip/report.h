/*
 * report: what guichet-print answers for each slip, one line of JSON.
 *
 * Both ends of the pipe use it. src/PROTOCOL section 7.
 */
#ifndef GUICHET_SLIP_REPORT_H
#define GUICHET_SLIP_REPORT_H

#include "base/buf.h"
#include "base/err.h"
#include "envelope/rid.h"

struct print_report {
	enum err result;    /* ERR_OK: the paper is out */
	char ref[RID_TEXT]; /* the slip's; "" when it could not be read */
};

/* Append the line and its newline. ERR_MEMORY. */
enum err report_write(const struct print_report *rp, struct buf *out);

/* Read such a line, without its newline. ERR_SLIP_FORM for anything not
 * exactly of this form. */
enum err report_read(const char *line, struct print_report *out);

#endif
