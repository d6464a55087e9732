/* text: one filter between a stranger's bytes and every face. */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

#define REPLACEMENT 0xFFFD

/* Would this code point move, hide or reorder what stands beside it? */
static bool
is_hostile(utf8proc_int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return false;
	}
}

static bool
is_mark(utf8proc_int32_t c)
{
	utf8proc_category_t k = utf8proc_category(c);

	return k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_ME;
}

/* Code points with the hostile ones replaced; how many stay in *n. */
static void
defuse(utf8proc_int32_t *cp, size_t *n, bool *altered)
{
	size_t out = 0, marks = 0;

	for (size_t i = 0; i < *n; i++) {
		utf8proc_int32_t c = cp[i];

		if (is_hostile(c)) {
			c = REPLACEMENT;
			*altered = true;
		}
		marks = is_mark(c) ? marks + 1 : 0;
		if (marks > 2) {
			*altered = true;
			continue;
		}
		cp[out++] = c;
	}
	*n = out;
}

/* Compose, encode and store; cp is used up. */
static enum err
compose(utf8proc_int32_t *cp, size_t n, char *out, size_t room)
{
	utf8proc_ssize_t len, used = 0;
	uint8_t ch[4];

	len = utf8proc_normalize_utf32(cp, (utf8proc_ssize_t)n,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	for (utf8proc_ssize_t i = 0; i < len; i++) {
		utf8proc_ssize_t k = utf8proc_encode_char(cp[i], ch);

		if ((size_t)(used + k) >= room)
			return ERR_TOO_LONG;
		memcpy(out + used, ch, (size_t)k);
		used += k;
	}
	out[used] = '\0';
	return ERR_OK;
}

enum err
text_from_latin1(const uint8_t *p, size_t n, char *out, size_t room,
    bool *altered)
{
	utf8proc_int32_t *cp;
	enum err r;

	while (n > 0 && (p[n - 1] == ' ' || p[n - 1] == 0))
		n--;
	while (n > 0 && *p == ' ') {
		p++;
		n--;
	}
	*altered = false;
	if ((cp = calloc(n + 1, sizeof(*cp))) == NULL)
		return ERR_MEMORY;
	for (size_t i = 0; i < n; i++)
		cp[i] = p[i];
	defuse(cp, &n, altered);
	r = compose(cp, n, out, room);
	memset(cp, 0, (n + 1) * sizeof(*cp));
	free(cp);
	return r;
}

enum err
text_clean(const char *p, size_t n, char *out, size_t room, bool *altered)
{
	const utf8proc_uint8_t *u = (const utf8proc_uint8_t *)p;
	utf8proc_int32_t *cp;
	size_t len = 0;
	enum err r;

	*altered = false;
	if ((cp = calloc(n + 1, sizeof(*cp))) == NULL)
		return ERR_MEMORY;
	while (n > 0) {
		utf8proc_ssize_t k = utf8proc_iterate(u, (utf8proc_ssize_t)n,
		    &cp[len]);

		if (k <= 0) {
			cp[len] = REPLACEMENT;
			*altered = true;
			k = 1;
		}
		u += k;
		n -= (size_t)k;
		len++;
	}
	defuse(cp, &len, altered);
	r = compose(cp, len, out, room);
	memset(cp, 0, (len + 1) * sizeof(*cp));
	free(cp);
	return r;
}

/* One character as comparing sees it, behind out + *used. */
static enum err
fold_one(utf8proc_int32_t c, char *out, size_t room, size_t *used)
{
	utf8proc_int32_t parts[8];
	int class = UTF8PROC_BOUNDCLASS_START;
	utf8proc_ssize_t n, k;
	uint8_t ch[4];

	n = utf8proc_decompose_char(c, parts, 8, UTF8PROC_COMPAT |
	    UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK,
	    &class);
	if (n < 0 || n > 8)
		return ERR_TEXT;
	for (utf8proc_ssize_t i = 0; i < n; i++) {
		utf8proc_int32_t u = utf8proc_toupper(parts[i]);
		utf8proc_category_t kind = utf8proc_category(u);

		if (kind > UTF8PROC_CATEGORY_LO &&
		    kind != UTF8PROC_CATEGORY_ND)
			continue;
		k = utf8proc_encode_char(u, ch);
		if (*used + (size_t)k >= room)
			return ERR_TOO_LONG;
		memcpy(out + *used, ch, (size_t)k);
		*used += (size_t)k;
	}
	return ERR_OK;
}

enum err
text_fold(const char *s, char *out, size_t room)
{
	const utf8proc_uint8_t *u = (const utf8proc_uint8_t *)s;
	size_t used = 0;
	enum err r;

	if (room == 0)
		return ERR_TOO_LONG;
	while (*u != '\0') {
		utf8proc_int32_t c;
		utf8proc_ssize_t k = utf8proc_iterate(u, -1, &c);

		if (k <= 0)
			return ERR_TEXT;
		if ((r = fold_one(c, out, room, &used)) != ERR_OK)
			return r;
		u += k;
	}
	out[used] = '\0';
	return ERR_OK;
}

bool
text_is_clean(const char *s)
{
	size_t n = strlen(s), room = 3 * n + 1;
	char *out = malloc(room);
	bool altered, same;

	if (out == NULL)
		return false;
	same = text_clean(s, n, out, room, &altered) == ERR_OK && !altered &&
	    strcmp(s, out) == 0;
	memset(out, 0, room);
	free(out);
	return same;
}

size_t
text_fit(const char *s, size_t width, size_t *cols)
{
	const utf8proc_uint8_t *u = (const utf8proc_uint8_t *)s;
	utf8proc_int32_t c, before = -1, state = 0;
	size_t at = 0, good = 0, used = 0, used_good = 0;
	utf8proc_ssize_t k;

	while ((k = utf8proc_iterate(u + at, -1, &c)) > 0 && c != 0) {
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
text_width(const char *s)
{
	size_t cols;

	(void)text_fit(s, (size_t)-1, &cols);
	return cols;
}

size_t
text_last(const char *s)
{
	size_t n = strlen(s), at = 0, last = 0;
	utf8proc_int32_t c, before = -1, state = 0;

	while (at < n) {
		utf8proc_ssize_t k = utf8proc_iterate(
		    (const utf8proc_uint8_t *)s + at, -1, &c);

		if (k <= 0)
			return 1;
		if (before < 0 ||
		    utf8proc_grapheme_break_stateful(before, c, &state))
			last = at;
		before = c;
		at += (size_t)k;
	}
	return n - last;
}
