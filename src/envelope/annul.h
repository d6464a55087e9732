/*
 * annul: the word of a terminal that the secrets of one of its records are
 * void: nobody can know who holds them.
 *
 * A document of its own that travels like a record, sealed, signed and in the
 * terminal's chain (src/PROTOCOL section 2.4); it names nobody.
 */
#ifndef GUICHET_ENVELOPE_ANNUL_H
#define GUICHET_ENVELOPE_ANNUL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "envelope/rid.h"

struct annul {
	struct rid rid;	  /* its own, the envelope's */
	struct rid about; /* the record whose secrets are void */
	uint64_t made_ms;
	uint32_t terminal;
	bool training;
};

/* Append the document. ERR_RECORD_FORM, ERR_MEMORY, ERR_TOO_LONG. */
enum err annul_write(const struct annul *a, struct buf *out);

/* ERR_RECORD_FORM for anything not exactly of this form. */
enum err annul_read(const void *p, size_t n, struct annul *out);

#endif
