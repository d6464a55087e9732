/* buf: growable and locked buffers, and the cursor. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/secret.h"

void
buf_init(struct buf *b)
{
	*b = (struct buf){ .p = NULL };
}

enum err
buf_init_secret(struct buf *b, size_t cap)
{
	*b = (struct buf){ .cap = cap, .secret = true };
	b->p = secret_alloc(cap);
	return b->p == NULL ? ERR_MEMORY : ERR_OK;
}

void
buf_clear(struct buf *b)
{
	if (b->secret)
		secret_free(b->p);
	else
		free(b->p);
	*b = (struct buf){ .p = NULL };
}

void
buf_reset(struct buf *b)
{
	if (b->secret)
		secret_wipe(b->p, b->high > b->len ? b->high : b->len);
	b->len = b->high = 0;
}

void
buf_cut(struct buf *b, size_t len)
{
	if (len >= b->len)
		return;
	secret_wipe(b->p + len, b->len - len);
	b->len = len;
}

enum err
buf_reserve(struct buf *b, size_t n)
{
	size_t cap = b->cap == 0 ? 256 : b->cap;
	uint8_t *p;

	if (n <= b->cap - b->len) {
		if (b->high < b->len + n)
			b->high = b->len + n;
		return ERR_OK;
	}
	if (b->secret || n > BUF_MAX - b->len)
		return ERR_TOO_LONG;
	while (cap - b->len < n)
		cap *= 2;
	if ((p = realloc(b->p, cap)) == NULL)
		return ERR_MEMORY;
	b->p = p;
	b->cap = cap;
	return ERR_OK;
}

enum err
buf_put(struct buf *b, const void *p, size_t n)
{
	enum err r;

	if (n == 0)
		return ERR_OK;
	if ((r = buf_reserve(b, n)) != ERR_OK)
		return r;
	memcpy(b->p + b->len, p, n);
	b->len += n;
	return ERR_OK;
}

/* The n low bytes of v, most significant first. */
static enum err
put_uint(struct buf *b, uint64_t v, size_t n)
{
	uint8_t be[8];

	for (size_t i = 0; i < n; i++)
		be[i] = (uint8_t)(v >> (8 * (n - 1 - i)));
	return buf_put(b, be, n);
}

enum err
buf_put_u8(struct buf *b, uint8_t v)
{
	return buf_put(b, &v, 1);
}

enum err
buf_put_u16(struct buf *b, uint16_t v)
{
	return put_uint(b, v, 2);
}

enum err
buf_put_u32(struct buf *b, uint32_t v)
{
	return put_uint(b, v, 4);
}

enum err
buf_put_u64(struct buf *b, uint64_t v)
{
	return put_uint(b, v, 8);
}

enum err
buf_put_text(struct buf *b, const char *s)
{
	return buf_put(b, s, strlen(s));
}

enum err
buf_putf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	enum err r;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		return ERR_TEXT;
	/* vsnprintf writes its NUL too: room for it, never counted. */
	if ((r = buf_reserve(b, (size_t)n + 1)) != ERR_OK)
		return r;
	va_start(ap, fmt);
	(void)vsnprintf((char *)b->p + b->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
	return ERR_OK;
}

enum err
buf_terminate(struct buf *b)
{
	enum err r;

	if ((r = buf_reserve(b, 1)) != ERR_OK)
		return r;
	b->p[b->len] = '\0';
	return ERR_OK;
}

struct cursor
cursor_of(const void *p, size_t n)
{
	return (struct cursor){ .p = p, .n = n };
}

enum err
cursor_sub(struct cursor *c, size_t n, struct cursor *sub)
{
	if (n > c->n)
		return ERR_TRUNCATED;
	*sub = cursor_of(c->p, n);
	c->p = n == 0 ? c->p : c->p + n;
	c->n -= n;
	return ERR_OK;
}

enum err
cursor_copy(struct cursor *c, void *out, size_t n)
{
	struct cursor sub;
	enum err r;

	if ((r = cursor_sub(c, n, &sub)) != ERR_OK)
		return r;
	if (n != 0)
		memcpy(out, sub.p, n);
	return ERR_OK;
}

static enum err
get_uint(struct cursor *c, size_t n, uint64_t *v)
{
	struct cursor sub;
	enum err r;

	if ((r = cursor_sub(c, n, &sub)) != ERR_OK)
		return r;
	*v = 0;
	for (size_t i = 0; i < n; i++)
		*v = *v << 8 | sub.p[i];
	return ERR_OK;
}

enum err
cursor_u8(struct cursor *c, uint8_t *v)
{
	return cursor_copy(c, v, 1);
}

enum err
cursor_u16(struct cursor *c, uint16_t *v)
{
	uint64_t w;
	enum err r;

	if ((r = get_uint(c, 2, &w)) == ERR_OK)
		*v = (uint16_t)w;
	return r;
}

enum err
cursor_u32(struct cursor *c, uint32_t *v)
{
	uint64_t w;
	enum err r;

	if ((r = get_uint(c, 4, &w)) == ERR_OK)
		*v = (uint32_t)w;
	return r;
}

enum err
cursor_u64(struct cursor *c, uint64_t *v)
{
	return get_uint(c, 8, v);
}

enum err
cursor_end(const struct cursor *c)
{
	return c->n == 0 ? ERR_OK : ERR_TRAILING;
}
