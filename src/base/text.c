/* text: one filter between a stranger's bytes and every face. */
#include <string.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "base/secret.h"
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

/*
 * A text on its way to its NFC form: code points in locked memory, for it may
 * be a person's name. Room is for the longest decomposition of each.
 */
#define EXPANSION 4

struct points {
	utf8proc_int32_t *cp;
	size_t n;
	bool altered;
};

static enum err
points_init(struct points *t, size_t bytes)
{
	*t = (struct points){ .cp = NULL };
	if (bytes > BUF_MAX / (EXPANSION * sizeof(*t->cp)))
		return ERR_TOO_LONG;
	t->cp = secret_alloc((bytes + 1) * EXPANSION * sizeof(*t->cp));
	return t->cp == NULL ? ERR_MEMORY : ERR_OK;
}

/* Append one code point of the stranger's, decomposed. */
static void
points_add(struct points *t, utf8proc_int32_t c)
{
	int boundary = 0;

	if (is_hostile(c)) {
		c = REPLACEMENT;
		t->altered = true;
	}
	t->n += (size_t)utf8proc_decompose_char(c, t->cp + t->n, EXPANSION,
	    UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, &boundary);
}

static int
rank(utf8proc_int32_t c)
{
	return utf8proc_get_property(c)->combining_class;
}

/* The canonical order: marks of one letter sorted by class, stably. */
static void
points_order(struct points *t)
{
	for (size_t i = 1; i < t->n; i++) {
		utf8proc_int32_t c = t->cp[i];
		size_t at = i;

		if (rank(c) == 0)
			continue;
		for (; at > 0 && rank(t->cp[at - 1]) > rank(c); at--)
			t->cp[at] = t->cp[at - 1];
		t->cp[at] = c;
	}
}

/* No more than two marks on a letter, and none on what stands before us. */
static void
points_prune(struct points *t)
{
	size_t out = 0, marks = 0;

	for (size_t i = 0; i < t->n; i++) {
		utf8proc_int32_t c = t->cp[i];

		marks = is_mark(c) ? marks + 1 : 0;
		if (marks > 0 && out == 0) {
			c = REPLACEMENT;
			marks = 0;
			t->altered = true;
		}
		if (marks > 2)
			t->altered = true;
		else
			t->cp[out++] = c;
	}
	t->n = out;
}

static enum err
points_write(const struct points *t, char *out, size_t room)
{
	utf8proc_uint8_t ch[4];
	size_t used = 0;

	for (size_t i = 0; i < t->n; i++) {
		size_t k = (size_t)utf8proc_encode_char(t->cp[i], ch);

		if (k >= room - used)
			return ERR_TOO_LONG;
		memcpy(out + used, ch, k);
		used += k;
	}
	out[used] = '\0';
	return ERR_OK;
}

/* Order, compose, prune, write; the points are used up. */
static enum err
points_finish(struct points *t, char *out, size_t room, bool *altered)
{
	enum err r;

	points_order(t);
	t->n = (size_t)utf8proc_normalize_utf32(t->cp, (utf8proc_ssize_t)t->n,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	points_prune(t);
	*altered = t->altered;
	r = room == 0 ? ERR_TOO_LONG : points_write(t, out, room);
	secret_free(t->cp);
	return r;
}

/* Printable ASCII is its own NFC form, and most names are nothing else. */
static bool
is_plain(const void *p, size_t n)
{
	const uint8_t *c = p;

	while (n > 0 && c[n - 1] >= 0x20 && c[n - 1] < 0x7F)
		n--;
	return n == 0;
}

/* The whole of it where it is plain and there is room. */
static bool
copy_plain(const void *p, size_t n, char *out, size_t room, bool *altered)
{
	if (n >= room || !is_plain(p, n))
		return false;
	if (n > 0)
		memcpy(out, p, n);
	out[n] = '\0';
	*altered = false;
	return true;
}

enum err
text_from_latin1(const uint8_t *p, size_t n, char *out, size_t room,
    bool *altered)
{
	struct points t;
	enum err r;

	while (n > 0 && (p[n - 1] == ' ' || p[n - 1] == 0))
		n--;
	while (n > 0 && *p == ' ') {
		p++;
		n--;
	}
	if (copy_plain(p, n, out, room, altered))
		return ERR_OK;
	if ((r = points_init(&t, n)) != ERR_OK)
		return r;
	for (size_t i = 0; i < n; i++)
		points_add(&t, p[i]);
	return points_finish(&t, out, room, altered);
}

enum err
text_clean(const char *p, size_t n, char *out, size_t room, bool *altered)
{
	const utf8proc_uint8_t *u = (const utf8proc_uint8_t *)p;
	struct points t;
	enum err r;

	if (copy_plain(p, n, out, room, altered))
		return ERR_OK;
	if ((r = points_init(&t, n)) != ERR_OK)
		return r;
	while (n > 0) {
		utf8proc_int32_t c;
		utf8proc_ssize_t k = utf8proc_iterate(u, (utf8proc_ssize_t)n,
		    &c);

		if (k <= 0) {
			c = REPLACEMENT;
			t.altered = true;
			k = 1;
		}
		points_add(&t, c);
		u += k;
		n -= (size_t)k;
	}
	return points_finish(&t, out, room, altered);
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

/* The same of a byte that is a character, as most are. */
static enum err
fold_byte(utf8proc_uint8_t c, char *out, size_t room, size_t *used)
{
	if (c >= 'a' && c <= 'z')
		c = (utf8proc_uint8_t)(c - 'a' + 'A');
	else if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9'))
		return ERR_OK;
	if (*used + 1 >= room)
		return ERR_TOO_LONG;
	out[(*used)++] = (char)c;
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
		utf8proc_int32_t c = *u;
		utf8proc_ssize_t k = c < 0x80 ? 1 :
		    utf8proc_iterate(u, -1, &c);

		if (k <= 0)
			return ERR_TEXT;
		r = c < 0x80 ? fold_byte(*u, out, room, &used) :
		    fold_one(c, out, room, &used);
		if (r != ERR_OK)
			return r;
		u += k;
	}
	out[used] = '\0';
	return ERR_OK;
}

/*
 * True when a look is enough: no letter below U+0300 and no sign of U+2010 to
 * U+2027 changes its form, whatever stands beside it (Unicode's NFC_QC), so
 * that French needs no copy in locked memory to be compared with.
 */
static bool
is_plainly_clean(const utf8proc_uint8_t *u)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t k;

	for (; *u != '\0'; u += k)
		if ((k = utf8proc_iterate(u, -1, &c)) <= 0 || is_hostile(c) ||
		    (c >= 0x300 && (c < 0x2010 || c > 0x2027)))
			return false;
	return true;
}

bool
text_is_clean(const char *s)
{
	size_t n = strlen(s), room = 3 * n + 1;
	bool altered, same;
	char *out;

	if (is_plain(s, n) || is_plainly_clean((const utf8proc_uint8_t *)s))
		return true;
	if ((out = secret_alloc(room)) == NULL)
		return false;
	same = text_clean(s, n, out, room, &altered) == ERR_OK && !altered &&
	    strcmp(s, out) == 0;
	secret_free(out);
	return same;
}
