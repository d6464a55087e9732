/* text_width: where a text ends on a glass, grapheme by grapheme. */
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

size_t
text_fit_in(const char *s, size_t n, size_t width, size_t *cols)
{
	const utf8proc_uint8_t *u = (const utf8proc_uint8_t *)s;
	utf8proc_int32_t c, before = -1, state = 0;
	size_t at = 0, good = 0, used = 0, used_good = 0;
	utf8proc_ssize_t k;

	while (at < n && (k = utf8proc_iterate(u + at, -1, &c)) > 0 &&
	    c != 0) {
		int w = utf8proc_charwidth(c);

		if (before < 0 ||
		    utf8proc_grapheme_break_stateful(before, c, &state)) {
			good = at;
			used_good = used;
		}
		used += w > 0 ? (size_t)w : 0;
		if (used > width)
			break;
		at += (size_t)k;
		before = c;
	}
	if (used <= width) {
		good = at;
		used_good = used;
	}
	if (cols != NULL)
		*cols = used_good;
	return good;
}

size_t
text_fit(const char *s, size_t width, size_t *cols)
{
	return text_fit_in(s, (size_t)-1, width, cols);
}

size_t
text_width(const char *s)
{
	size_t cols;

	(void)text_fit(s, (size_t)-1, &cols);
	return cols;
}

size_t
text_first(const char *s)
{
	utf8proc_int32_t c, before = -1, state = 0;
	utf8proc_ssize_t k;
	size_t at = 0;

	while (s[at] != '\0') {
		k = utf8proc_iterate((const utf8proc_uint8_t *)s + at, -1, &c);
		if (k <= 0)
			return at == 0 ? 1 : at;
		if (before >= 0 &&
		    utf8proc_grapheme_break_stateful(before, c, &state))
			break;
		before = c;
		at += (size_t)k;
	}
	return at;
}

size_t
text_last(const char *s)
{
	size_t n = strlen(s), at = 0, last = 0;
	utf8proc_int32_t c, before = -1, state = 0;

	while (at < n) {
		utf8proc_ssize_t k = utf8proc_iterate(
		    (const utf8proc_uint8_t *)s + at, -1, &c);

		if (k <= 0) { /* a broken byte is one of its own */
			c = -1;
			k = 1;
		}
		if (before < 0 || c < 0 ||
		    utf8proc_grapheme_break_stateful(before, c, &state))
			last = at;
		before = c;
		at += (size_t)k;
	}
	return n - last;
}
