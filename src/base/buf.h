/*
 * buf: bytes going out in a bounded buffer, bytes coming in by a cursor.
 *
 * Numbers are big-endian. A cursor never reads past its end: every get says
 * ERR_TRUNCATED instead, and cursor_end() says ERR_TRAILING when bytes are
 * left over. Secret buffers live in locked memory and are wiped when freed.
 */
#ifndef GUICHET_BASE_BUF_H
#define GUICHET_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define BUF_MAX ((size_t)16 << 20) /* no buffer grows beyond this */

/* Embedded: buf_init, then buf_clear. p[0..len) is what was put. */
struct buf {
	uint8_t *p;
	size_t len, cap;
	size_t high; /* of a secret one: behind it nothing was written */
	bool secret;
};

void buf_init(struct buf *b);

/* Locked memory of a fixed capacity: it never grows, ERR_TOO_LONG past it. */
enum err buf_init_secret(struct buf *b, size_t cap);

/* Wipe, release and make empty again. A cleared buffer may be cleared. */
void buf_clear(struct buf *b);

/* Forget the content and keep the room; a secret one is wiped. */
void buf_reset(struct buf *b);

/* Back to the first len bytes; what stood behind them is wiped. */
void buf_cut(struct buf *b, size_t len);

/* ERR_MEMORY, or ERR_TOO_LONG past BUF_MAX or a secret buffer's capacity. */
enum err buf_put(struct buf *b, const void *p, size_t n);
enum err buf_put_u8(struct buf *b, uint8_t v);
enum err buf_put_u16(struct buf *b, uint16_t v);
enum err buf_put_u32(struct buf *b, uint32_t v);
enum err buf_put_u64(struct buf *b, uint64_t v);
enum err buf_put_text(struct buf *b, const char *s); /* without the NUL */
enum err buf_putf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Room for n more bytes at p[len]; the caller then adds to len. */
enum err buf_reserve(struct buf *b, size_t n);

/* A NUL behind the content, not counted in len, so that p is a C string. */
enum err buf_terminate(struct buf *b);

/* Borrowed bytes, read from the front. */
struct cursor {
	const uint8_t *p;
	size_t n;
};

struct cursor cursor_of(const void *p, size_t n);
enum err cursor_u8(struct cursor *c, uint8_t *v);
enum err cursor_u16(struct cursor *c, uint16_t *v);
enum err cursor_u32(struct cursor *c, uint32_t *v);
enum err cursor_u64(struct cursor *c, uint64_t *v);
enum err cursor_copy(struct cursor *c, void *out, size_t n);

/* The next n bytes as a cursor of their own, borrowed from the same bytes. */
enum err cursor_sub(struct cursor *c, size_t n, struct cursor *sub);

/* ERR_TRAILING unless everything was read. */
enum err cursor_end(const struct cursor *c);

#endif
