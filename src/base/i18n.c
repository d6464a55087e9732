/* i18n: a compiled catalogue: checked once, then searched by halves. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"

#define CATALOGUE_MAX ((size_t)1024 * 1024)
#define MAGIC	      0x950412DEu

struct pair {
	const char *from, *to;
};

struct catalogue {
	struct buf bytes;
	struct pair *pair; /* in the order of strcmp over `from` */
	size_t n;
};

static const struct catalogue *in_use;

/* Row i of the table at `at`: a text inside the file, ended by its NUL. */
static const char *
text_at(const struct buf *b, uint32_t at, size_t i)
{
	struct cursor c = cursor_of(b->p, b->len), text;
	uint32_t len, from;
	const char *s;

	if (cursor_sub(&c, at + 8 * i, &text) != ERR_OK ||
	    cursor_u32(&c, &len) != ERR_OK || cursor_u32(&c, &from) != ERR_OK)
		return NULL;
	c = cursor_of(b->p, b->len);
	if (cursor_sub(&c, from, &text) != ERR_OK ||
	    cursor_sub(&c, (size_t)len + 1, &text) != ERR_OK)
		return NULL;
	s = (const char *)text.p;
	return memchr(s, '\0', text.n) == s + len ? s : NULL;
}

/* The next value that a sentence takes: from its % to its letter. */
static const char *
next_value(const char **at, size_t *n)
{
	const char *s = *at;

	while ((s = strchr(s, '%')) != NULL && s[1] == '%')
		s += 2;
	if (s == NULL)
		return NULL;
	*n = strcspn(s, "cdisuxX");
	*n += s[*n] != '\0';
	*at = s + *n;
	return s;
}

/* The same values in the same order, or printf would read what is not. */
static bool
same_values(const char *a, const char *b)
{
	const char *x, *y;
	size_t nx, ny;

	do {
		x = next_value(&a, &nx);
		y = next_value(&b, &ny);
		if (x == NULL || y == NULL)
			return x == y;
	} while (nx == ny && memcmp(x, y, nx) == 0);
	return false;
}

static bool
is_sound(const char *s)
{
	char line[1024];
	size_t n;

	for (; *s != '\0'; s += n + (s[n] == '\n')) {
		n = strcspn(s, "\n");
		if (n >= sizeof(line))
			return false;
		memcpy(line, s, n);
		line[n] = '\0';
		if (!text_is_clean(line))
			return false;
	}
	return true;
}

static enum err
read_pairs(struct catalogue *c, uint32_t from, uint32_t to)
{
	for (size_t i = 0; i < c->n; i++) {
		struct pair *p = &c->pair[i];

		p->from = text_at(&c->bytes, from, i);
		p->to = text_at(&c->bytes, to, i);
		if (p->from == NULL || p->to == NULL || p->to[0] == '\0' ||
		    !is_sound(p->to) || !same_values(p->from, p->to) ||
		    (i > 0 && strcmp(p[-1].from, p->from) >= 0))
			return ERR_CATALOGUE;
	}
	return ERR_OK;
}

static enum err
parse(struct catalogue *c)
{
	struct cursor at = cursor_of(c->bytes.p, c->bytes.len);
	uint32_t magic, revision, n, from, to;

	if (cursor_u32(&at, &magic) != ERR_OK || magic != MAGIC ||
	    cursor_u32(&at, &revision) != ERR_OK || revision != 0 ||
	    cursor_u32(&at, &n) != ERR_OK || n == 0 ||
	    n > c->bytes.len / 8 || cursor_u32(&at, &from) != ERR_OK ||
	    cursor_u32(&at, &to) != ERR_OK)
		return ERR_CATALOGUE;
	if ((c->pair = calloc(n, sizeof(*c->pair))) == NULL)
		return ERR_MEMORY;
	c->n = n;
	return read_pairs(c, from, to);
}

enum err
catalogue_load(const char *path, struct catalogue **out)
{
	struct catalogue *c = calloc(1, sizeof(*c));
	enum err r;

	if (c == NULL)
		return ERR_MEMORY;
	buf_init(&c->bytes);
	if ((r = file_read(path, CATALOGUE_MAX, &c->bytes)) != ERR_OK ||
	    (r = parse(c)) != ERR_OK) {
		catalogue_free(c);
		return r == ERR_MEMORY ? r :
		    err_about(ERR_CATALOGUE, "%s", path);
	}
	*out = c;
	return ERR_OK;
}

void
catalogue_free(struct catalogue *c)
{
	if (c == NULL)
		return;
	if (in_use == c)
		in_use = NULL;
	buf_clear(&c->bytes);
	free(c->pair);
	free(c);
}

void
i18n_use(const struct catalogue *c)
{
	in_use = c;
}

static int
by_from(const void *text, const void *pair)
{
	return strcmp(text, ((const struct pair *)pair)->from);
}

const char *
catalogue_text(const struct catalogue *c, const char *text)
{
	const struct pair *p;

	if (c == NULL || *text == '\0')
		return text;
	p = bsearch(text, c->pair, c->n, sizeof(*p), by_from);
	return p == NULL ? text : p->to;
}

const char *
i18n_text(const char *text)
{
	return catalogue_text(in_use, text);
}
