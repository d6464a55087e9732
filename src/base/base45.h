/*
 * base45: bytes as the characters that a QR code packs best (RFC 9285).
 */
#ifndef GUICHET_BASE_BASE45_H
#define GUICHET_BASE_BASE45_H

#include <stddef.h>

#include "base/buf.h"

/* Append the text of n bytes. ERR_MEMORY, ERR_TOO_LONG. */
enum err base45_of(const void *p, size_t n, struct buf *out);

/* Append the bytes of n characters. ERR_TEXT for anything that base45_of does
 * not write. */
enum err base45_read(const char *text, size_t n, struct buf *out);

#endif
