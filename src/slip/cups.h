/*
 * cups: one question to the print server of this machine, one answer: IPP in
 * HTTP/1.1 over its domain socket, which is the only way that we go.
 */
#ifndef GUICHET_SLIP_CUPS_H
#define GUICHET_SLIP_CUPS_H

#include "base/buf.h"
#include "base/file.h"
#include "slip/ipp.h"

#define CUPS_SOCKET "/run/cups/cups.sock"
#define CUPS_NAME   64

struct cups {
	char socket[PATH_ROOM];
	char queue[CUPS_NAME]; /* letters, digits, - _ . */
	char user[CUPS_NAME];  /* whose process this is: the socket proves it */
};

/* "QUEUE" or "QUEUE@/PATH/OF/SOCKET". ERR_SET_VALUE. */
enum err cups_parse(const char *where, struct cups *out);

/*
 * Send the request, and the document behind it (NULL: none), and read the
 * answer into an empty buffer. The server has stall_ms for each step.
 * ERR_PRINT_OPEN when it is not there or does not know us, ERR_PRINT_WRITE
 * when it fell silent or said what we do not understand, ERR_MEMORY.
 */
enum err cups_ask(const struct cups *c, int stall_ms,
    const struct buf *request, const struct buf *document,
    struct buf *answer);

#endif
