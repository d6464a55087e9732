/* store_pg_column: many values as one, in the server's binary form. */
#include <string.h>

#include "centre/store_pg_own.h"

#define HEAD 20 /* dimensions, flags, type, how many, from which */

static void
put_u32(uint8_t *at, uint32_t v)
{
	for (int i = 3; i >= 0; i--, v >>= 8)
		at[i] = (uint8_t)v;
}

/* One dimension of n + 1 values, from 1. */
static enum err
count_one(struct link_column *c, uint32_t type)
{
	static const uint8_t head[HEAD];
	enum err r;

	if (c->n == 0) {
		buf_reset(&c->bytes);
		if ((r = buf_put(&c->bytes, head, HEAD)) != ERR_OK)
			return r;
		put_u32(c->bytes.p, 1);
		put_u32(c->bytes.p + 8, type);
		put_u32(c->bytes.p + 16, 1);
	}
	put_u32(c->bytes.p + 12, ++c->n);
	return ERR_OK;
}

enum err
link_column_number(struct link_column *c, uint64_t v)
{
	enum err r;

	if ((r = count_one(c, LINK_INT8)) != ERR_OK ||
	    (r = buf_put_u32(&c->bytes, 8)) != ERR_OK)
		return r;
	return buf_put_u64(&c->bytes, v);
}

enum err
link_column_bytes(struct link_column *c, const void *p, size_t n)
{
	enum err r;

	if ((r = count_one(c, LINK_BYTEA)) != ERR_OK ||
	    (r = buf_put_u32(&c->bytes, (uint32_t)n)) != ERR_OK)
		return r;
	return buf_put(&c->bytes, p, n);
}

void
link_column_reset(struct link_column *c)
{
	c->n = 0;
}

void
link_column_clear(struct link_column *c)
{
	buf_clear(&c->bytes);
	c->n = 0;
}
