/*
 * ipp: what is asked of a print server, and what it answers: RFC 8010, as much
 * of it as one printer needs.
 */
#ifndef GUICHET_SLIP_IPP_H
#define GUICHET_SLIP_IPP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* RFC 8011 5.4.15. */
enum ipp_operation {
	IPP_PRINT_JOB = 0x02,
	IPP_CANCEL_JOB = 0x08,
	IPP_JOB_ATTRIBUTES = 0x09,
	IPP_JOBS = 0x0A,
	IPP_PRINTER_ATTRIBUTES = 0x0B
};

/* RFC 8010 3.5: groups, and kinds of values. */
enum ipp_tag {
	IPP_JOB = 0x02,
	IPP_END = 0x03,
	IPP_INTEGER = 0x21,
	IPP_BOOLEAN = 0x22,
	IPP_ENUM = 0x23,
	IPP_NAME = 0x42,
	IPP_KEYWORD = 0x44,
	IPP_URI = 0x45,
	IPP_CHARSET = 0x47,
	IPP_LANGUAGE = 0x48,
	IPP_FORMAT = 0x49
};

/* Status codes; below 0x100 all is well. */
#define IPP_NOT_FOUND	  0x0406
#define IPP_NOT_ACCEPTING 0x0506

/*
 * Append the head of a request about that queue by that user. Then come the
 * values of the operation, ipp_group(IPP_JOB) and those of a job where there
 * are some, ipp_group(IPP_END), and the document. ERR_MEMORY.
 */
enum err ipp_begin(struct buf *b, enum ipp_operation op, const char *queue,
    const char *user);
enum err ipp_text(struct buf *b, enum ipp_tag tag, const char *name,
    const char *value); /* name "": one more value of the same */
enum err ipp_number(struct buf *b, const char *name, uint32_t value);
enum err ipp_flag(struct buf *b, const char *name, bool value);
enum err ipp_group(struct buf *b, enum ipp_tag group);

/* A value of an answer. An attribute of many values is as many of these. */
#define IPP_WORD 128
struct ipp_value {
	bool begins;	     /* a group begins with it: of one more job */
	uint8_t tag;
	char name[IPP_WORD]; /* a name or text longer than that is cut */
	char text[IPP_WORD]; /* of words */
	uint32_t number;     /* of numbers, enums and flags */
};

/* Before the first value: its status. ERR_TRUNCATED. */
enum err ipp_status(struct cursor *c, uint16_t *status);

/* The next value; `v` is that of the one before, zero at first.
 * ERR_NOT_FOUND behind the last, ERR_TRUNCATED. */
enum err ipp_next(struct cursor *c, struct ipp_value *v);

#endif
