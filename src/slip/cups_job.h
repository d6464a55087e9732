/*
 * cups_job: what we want of a print server: that it keeps nothing, how the
 * printer is, one document on paper.
 */
#ifndef GUICHET_SLIP_CUPS_JOB_H
#define GUICHET_SLIP_CUPS_JOB_H

#include "slip/cups.h"

/* All that a job is called, in the queue, in the history and on no paper. */
#define CUPS_TITLE "Guichet"

/*
 * ERR_OK when documents do not stay once their job is over. What counts is
 * what the server does, not what a file says that it may not have read again:
 * a held job of one line without a meaning is given, cancelled (nothing of it
 * is printed) and looked for. ERR_PRINT_KEEPS when it is still there, as it is
 * unless PreserveJobFiles is No. Jobs that were left behind are purged first.
 * ERR_PRINT_OPEN, ERR_PRINT_OFFLINE (it takes no jobs), and
 * what cups_ask says.
 */
enum err cups_keeps_nothing(const struct cups *c, int stall_ms);

/* Purge every job of this user that bears our title: whoever followed it is
 * dead. ERR_PRINT_KEEPS when one stays. */
enum err cups_purge_left(const struct cups *c, int stall_ms);

/* What the printer says of itself. Reasons that are mere remarks are left out
 * unless the job is `overdue`. */
struct cups_signs {
	bool stopped;	  /* its queue is */
	uint32_t reasons; /* bits */
};
enum err cups_look(const struct cups *c, int stall_ms, bool overdue,
    struct cups_signs *out);

/* The error of the reason that one would mend first; ERR_OK of none. */
enum err cups_why(uint32_t reasons);

/* Give it the document (PDF); the number of the job. */
enum err cups_submit(const struct cups *c, int stall_ms,
    const struct buf *document, uint32_t *job);

/* RFC 8011 5.3.7. */
enum cups_state {
	CUPS_PENDING = 3, CUPS_HELD, CUPS_PROCESSING, CUPS_STOPPED,
	CUPS_CANCELLED, CUPS_ABORTED, CUPS_COMPLETED
};
enum err cups_state_of(const struct cups *c, int stall_ms, uint32_t job,
    enum cups_state *out);

/* End the job if it has not ended, with its document and its history. */
enum err cups_purge(const struct cups *c, int stall_ms, uint32_t job);

#endif
