/*
 * hex: bytes of a test as a card file writes them.
 */
#ifndef GUICHET_TESTS_CARD_HEX_H
#define GUICHET_TESTS_CARD_HEX_H

#include "base/buf.h"
#include "card/hexline.h"

/* A buffer of that line; aborts when the test wrote it wrong. */
__attribute__((unused)) static inline struct buf
hex(const char *line)
{
	struct buf b;

	buf_init(&b);
	if (hexline_read(line, &b) != ERR_OK)
		__builtin_trap();
	return b;
}

#endif
