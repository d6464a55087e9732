/* base45: two bytes in three digits, one in two. */
#include <string.h>

#include "base/base45.h"

static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

static enum err
put(struct buf *out, unsigned value, int n)
{
	enum err r = ERR_OK;

	for (; n > 0 && r == ERR_OK; n--, value /= 45)
		r = buf_put_u8(out, (uint8_t)digits[value % 45]);
	return r;
}

enum err
base45_of(const void *p, size_t n, struct buf *out)
{
	const uint8_t *at = p;
	enum err r = ERR_OK;

	for (; n >= 2 && r == ERR_OK; n -= 2, at += 2)
		r = put(out, (unsigned)at[0] << 8 | at[1], 3);
	return n == 1 && r == ERR_OK ? put(out, at[0], 2) : r;
}

/* The value of up to three digits, the least first; -1. */
static int
value_of(const char *text, size_t n)
{
	int value = 0;

	while (n-- > 0) {
		const char *at = text[n] == '\0' ? NULL
		    : strchr(digits, text[n]);

		if (at == NULL)
			return -1;
		value = 45 * value + (int)(at - digits);
	}
	return value;
}

enum err
base45_read(const char *text, size_t n, struct buf *out)
{
	enum err r = ERR_OK;

	while (n > 0 && r == ERR_OK) {
		size_t take = n < 3 ? n : 3;
		int value = take == 1 ? -1 : value_of(text, take);

		if (value < 0 || value > (take == 3 ? 0xFFFF : 0xFF))
			return ERR_TEXT;
		r = take == 3 ? buf_put_u16(out, (uint16_t)value)
		    : buf_put_u8(out, (uint8_t)value);
		text += take;
		n -= take;
	}
	return r;
}
