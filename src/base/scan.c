/* scan: one form of each value, and no other. */
#include <string.h>

#include "base/scan.h"

bool
scan_mark(struct cursor *c, char mark)
{
	if (c->n == 0 || *c->p != (uint8_t)mark)
		return false;
	c->p++;
	c->n--;
	return true;
}

/* These characters. */
static bool
scan_word(struct cursor *c, const char *word)
{
	const size_t n = strlen(word);

	if (c->n < n || memcmp(c->p, word, n) != 0)
		return false;
	c->p += n;
	c->n -= n;
	return true;
}

bool
scan_name(struct cursor *c, const char *name)
{
	return scan_mark(c, '"') && scan_word(c, name) &&
	    scan_word(c, "\":");
}

bool
scan_string(struct cursor *c, struct cursor *out)
{
	size_t n = 0;

	if (!scan_mark(c, '"'))
		return false;
	while (n < c->n && c->p[n] >= ' ' && c->p[n] != '"' &&
	    c->p[n] != '\\')
		n++;
	return cursor_sub(c, n, out) == ERR_OK && scan_mark(c, '"');
}

bool
scan_copy(struct cursor *c, char *out, size_t room)
{
	struct cursor text;

	if (!scan_string(c, &text) || text.n >= room)
		return false;
	memcpy(out, text.p, text.n);
	out[text.n] = '\0';
	return true;
}

bool
scan_number(struct cursor *c, uint64_t max, uint64_t *out)
{
	const uint8_t *first = c->p;
	uint64_t v = 0;
	size_t n = 0;

	for (; n < c->n && first[n] >= '0' && first[n] <= '9'; n++) {
		const uint64_t digit = (uint64_t)(first[n] - '0');

		if (v > (INT64_MAX - digit) / 10)
			return false;
		v = v * 10 + digit;
	}
	if (n == 0 || (n > 1 && *first == '0') || v > max)
		return false;
	c->p += n;
	c->n -= n;
	*out = v;
	return true;
}

bool
scan_truth(struct cursor *c, bool *out)
{
	*out = scan_word(c, "true");
	return *out || scan_word(c, "false");
}
