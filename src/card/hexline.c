/* hexline: a small recursive reader of bytes, texts and objects. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "card/hexline.h"

#define DEPTH_MAX  4
#define REPEAT_MAX 4096

static enum err read_all(const char **p, struct buf *out, int depth);

static int
digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c == '\0' ? NULL :
	    strchr(digits, tolower((unsigned char)c));

	return at == NULL ? -1 : (int)(at - digits);
}

/* "…": ASCII, and the two-byte UTF-8 that Latin-1 has a byte for. */
static enum err
read_text(const char **p, struct buf *out)
{
	enum err r = ERR_OK;

	for (++*p; r == ERR_OK && **p != '"'; ++*p) {
		uint8_t c = (uint8_t)**p;

		if (c == '\0')
			return ERR_TEXT;
		if (c == 0xC2 || c == 0xC3) {
			++*p;
			if (((uint8_t)**p & 0xC0) != 0x80)
				return ERR_TEXT;
			c = (uint8_t)((c & 3) << 6 | ((uint8_t)**p & 0x3F));
		} else if (c >= 0x80) {
			return ERR_TEXT;
		}
		r = buf_put_u8(out, c);
	}
	++*p;
	return r;
}

/* The length of n bytes, in the form asked for (0: the shortest). */
static enum err
put_length(struct buf *out, size_t n, unsigned form)
{
	enum err r;

	if (form == 0)
		form = n < 0x80 ? 1 : n < 0x100 ? 0x81 : 0x82;
	if (n > 0xFFFF || (form == 0x81 && n > 0xFF))
		return ERR_TOO_LONG;
	if (form == 1)
		return buf_put_u8(out, (uint8_t)n);
	if ((r = buf_put_u8(out, (uint8_t)form)) != ERR_OK)
		return r;
	return form == 0x81 ? buf_put_u8(out, (uint8_t)n) :
	    buf_put_u16(out, (uint16_t)n);
}

/* Behind a tag: :81 or :82 perhaps, then a text or a brace. */
static enum err
read_object(const char **p, struct buf *out, int depth)
{
	unsigned form = 0;
	struct buf in;
	enum err r;

	if (**p == ':') {
		if (strncmp(*p, ":81{", 4) != 0 && strncmp(*p, ":82{", 4) != 0)
			return ERR_TEXT;
		form = (*p)[2] == '1' ? 0x81 : 0x82;
		*p += 3;
	}
	buf_init(&in);
	if (**p == '"') {
		r = read_text(p, &in);
	} else {
		++*p;
		r = read_all(p, &in, depth + 1);
	}
	if (r == ERR_OK && (r = put_length(out, in.len, form)) == ERR_OK)
		r = buf_put(out, in.p, in.len);
	buf_clear(&in);
	return r;
}

/* Digits, and what they turn out to be: bytes, a byte N times, a tag. */
static enum err
read_digits(const char **p, struct buf *out, int depth)
{
	const char *start = *p;
	size_t bytes = 0;
	enum err r = ERR_OK;

	for (; digit((*p)[0]) >= 0 && digit((*p)[1]) >= 0; bytes++, *p += 2)
		if ((r = buf_put_u8(out, (uint8_t)(digit((*p)[0]) << 4 |
		    digit((*p)[1])))) != ERR_OK)
			return r;
	if (*p == start)
		return ERR_TEXT;
	if (bytes <= 2 && strchr("\"{:", **p) != NULL && **p != '\0')
		return read_object(p, out, depth);
	if (**p == '*' && bytes == 1) {
		const uint8_t byte = out->p[out->len - 1];
		char *end;
		unsigned long n = strtoul(*p + 1, &end, 10);

		if (end == *p + 1 || n == 0 || n > REPEAT_MAX)
			return ERR_TEXT;
		for (*p = end; r == ERR_OK && n > 1; n--)
			r = buf_put_u8(out, byte);
	}
	return r;
}

/* Until the end of the line, or of the object that we are in. */
static enum err
read_all(const char **p, struct buf *out, int depth)
{
	enum err r = ERR_OK;

	if (depth > DEPTH_MAX)
		return ERR_TEXT;
	while (r == ERR_OK) {
		while (**p == ' ' || **p == '\t')
			++*p;
		if (**p == '\0')
			return depth == 0 ? ERR_OK : ERR_TEXT;
		if (**p == '}') {
			++*p;
			return depth > 0 ? ERR_OK : ERR_TEXT;
		}
		r = **p == '"' ? read_text(p, out) :
		    read_digits(p, out, depth);
	}
	return r;
}

enum err
hexline_read(const char *line, struct buf *out)
{
	return read_all(&line, out, 0);
}
