/* batch: its parts, and how large it may be. */
#include "sync/batch.h"

enum err
batch_part(const struct batch *b, size_t from, size_t n, struct batch *out)
{
	struct cursor left = cursor_of(b->bytes.p, b->bytes.len), one;
	uint32_t len;
	enum err r;

	buf_reset(&out->bytes);
	out->n = 0;
	for (size_t i = 0; i < from + n; i++) {
		if ((r = cursor_u32(&left, &len)) != ERR_OK ||
		    (r = cursor_sub(&left, len, &one)) != ERR_OK)
			return r;
		if (i < from)
			continue;
		if ((r = buf_put_u32(&out->bytes, len)) != ERR_OK ||
		    (r = buf_put(&out->bytes, one.p, one.n)) != ERR_OK)
			return r;
		out->rids[out->n++] = b->rids[i];
	}
	return ERR_OK;
}

size_t
batch_line_most(const struct batch_line *l)
{
	return l->most == 0 ? BATCH_MAX : l->most;
}

void
batch_line_failed(struct batch_line *l, size_t n)
{
	l->most = n < 4 ? 1 : n / 2;
}

void
batch_line_held(struct batch_line *l)
{
	if (l->most != 0)
		l->most += BATCH_MAX / 10;
	if (l->most >= BATCH_MAX)
		l->most = 0;
}
