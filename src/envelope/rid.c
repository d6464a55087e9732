/* rid: ids that sort by time, and their base 32. */
#include <string.h>

#include "base/secret.h"
#include "envelope/rid.h"

/* Crockford's digits: no I, L, O or U. */
static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum { MS_BYTES = 6, TEXT_LEN = RID_TEXT - 1, DIGIT_BITS = 5 };

void
rid_make(uint64_t wall_ms, struct rid *out)
{
	for (int i = 0; i < MS_BYTES; i++)
		out->b[i] = (uint8_t)(wall_ms >> (8 * (MS_BYTES - 1 - i)));
	secret_random(out->b + MS_BYTES, RID_LEN - MS_BYTES);
}

uint64_t
rid_ms(const struct rid *id)
{
	uint64_t ms = 0;

	for (int i = 0; i < MS_BYTES; i++)
		ms = ms << 8 | id->b[i];
	return ms;
}

/*
 * The text is a number of 130 bits whose two first are zero: digit i holds
 * bits 5i - 2 to 5i + 2 of the id, counted from its front.
 */
void
rid_text(const struct rid *id, char out[RID_TEXT])
{
	unsigned held = 0, bits = 2;
	int at = 0;

	for (int i = 0; i < RID_LEN; i++) {
		held = (held << 8 | id->b[i]) & 0xFFF;
		for (bits += 8; bits >= DIGIT_BITS; bits -= DIGIT_BITS)
			out[at++] = digits[held >> (bits - DIGIT_BITS) & 31];
	}
	out[at] = '\0';
}

void
rid_short(const struct rid *id, char out[RID_SHORT])
{
	char text[RID_TEXT];

	rid_text(id, text);
	memcpy(out, text, 4);
	out[4] = '-';
	memcpy(out + 5, text + 4, 4);
	out[9] = '\0';
}

enum err
rid_read(const char *text, struct rid *out)
{
	struct rid id;
	unsigned held = 0, bits = 0;
	int at = 0;

	if (strlen(text) != TEXT_LEN || text[0] > '7')
		return ERR_TEXT;
	for (int i = 0; i < TEXT_LEN; i++) {
		const char *d = strchr(digits, text[i]);

		if (d == NULL)
			return ERR_TEXT;
		held = (held << DIGIT_BITS | (unsigned)(d - digits)) & 0xFFF;
		bits += i == 0 ? 3 : DIGIT_BITS;
		if (bits >= 8) {
			bits -= 8;
			id.b[at++] = (uint8_t)(held >> bits);
		}
	}
	*out = id;
	return ERR_OK;
}
