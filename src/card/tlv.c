/* tlv: tag, length, value; each step checked before it is taken. */
#include "card/tlv.h"

static enum err
take_tag(struct cursor *c, unsigned *tag)
{
	uint8_t first, second;
	enum err r;

	if ((r = cursor_u8(c, &first)) != ERR_OK)
		return r;
	*tag = first;
	if ((first & 0x1F) != 0x1F)
		return ERR_OK;
	if ((r = cursor_u8(c, &second)) != ERR_OK)
		return r;
	*tag = (unsigned)first << 8 | second;
	return (second & 0x80) != 0 ? ERR_CARD_DATA : ERR_OK;
}

static enum err
take_length(struct cursor *c, size_t *n)
{
	uint8_t first, one;
	uint16_t two;
	enum err r;

	if ((r = cursor_u8(c, &first)) != ERR_OK)
		return r;
	if (first < 0x80) {
		*n = first;
		return ERR_OK;
	}
	if (first == 0x81) {
		if ((r = cursor_u8(c, &one)) == ERR_OK)
			*n = one;
		return r;
	}
	if (first != 0x82)
		return ERR_CARD_DATA;
	if ((r = cursor_u16(c, &two)) == ERR_OK)
		*n = two;
	return r;
}

enum err
tlv_next(struct cursor *c, struct tlv *t, bool *end)
{
	struct cursor ahead = *c;
	struct tlv found;
	size_t n = 0;
	enum err r;

	if (c->n == 0 || c->p[0] == 0x00 || c->p[0] == 0xFF) {
		*end = true;
		return ERR_OK;
	}
	if ((r = take_tag(&ahead, &found.tag)) != ERR_OK ||
	    (r = take_length(&ahead, &n)) != ERR_OK ||
	    (r = cursor_sub(&ahead, n, &found.value)) != ERR_OK)
		return r;
	*c = ahead;
	*t = found;
	*end = false;
	return ERR_OK;
}

enum err
tlv_find(struct cursor in, unsigned tag, struct cursor *value)
{
	struct tlv t;
	bool end;
	enum err r;

	while ((r = tlv_next(&in, &t, &end)) == ERR_OK && !end)
		if (t.tag == tag) {
			*value = t.value;
			return ERR_OK;
		}
	return r == ERR_OK ? ERR_NOT_FOUND : r;
}

bool
tlv_closed(struct cursor c)
{
	struct tlv t;
	bool end;
	enum err r;

	while ((r = tlv_next(&c, &t, &end)) == ERR_OK && !end)
		;
	return r == ERR_OK ? c.n > 0 : r != ERR_TRUNCATED;
}
