/* ipp: tags, lengths, names, values. */
#include <stdio.h>
#include <string.h>

#include "slip/ipp.h"

#define VERSION	 0x0101
#define OPERATION 0x01 /* the first group */
#define FIRST_VALUE 0x10 /* below it, a tag begins a group */

static enum err
put_sized(struct buf *b, const char *s)
{
	size_t n = strlen(s);
	enum err r;

	if ((r = buf_put_u16(b, (uint16_t)n)) != ERR_OK)
		return r;
	return buf_put(b, s, n);
}

static enum err
put_name(struct buf *b, enum ipp_tag tag, const char *name)
{
	enum err r;

	if ((r = buf_put_u8(b, (uint8_t)tag)) != ERR_OK)
		return r;
	return put_sized(b, name);
}

enum err
ipp_text(struct buf *b, enum ipp_tag tag, const char *name, const char *value)
{
	enum err r;

	if ((r = put_name(b, tag, name)) != ERR_OK)
		return r;
	return put_sized(b, value);
}

enum err
ipp_number(struct buf *b, const char *name, uint32_t value)
{
	enum err r;

	if ((r = put_name(b, IPP_INTEGER, name)) != ERR_OK ||
	    (r = buf_put_u16(b, 4)) != ERR_OK)
		return r;
	return buf_put_u32(b, value);
}

enum err
ipp_flag(struct buf *b, const char *name, bool value)
{
	enum err r;

	if ((r = put_name(b, IPP_BOOLEAN, name)) != ERR_OK ||
	    (r = buf_put_u16(b, 1)) != ERR_OK)
		return r;
	return buf_put_u8(b, value);
}

enum err
ipp_group(struct buf *b, enum ipp_tag group)
{
	return buf_put_u8(b, (uint8_t)group);
}

enum err
ipp_begin(struct buf *b, enum ipp_operation op, const char *queue,
    const char *user)
{
	char uri[2 * IPP_WORD];
	enum err r;

	(void)snprintf(uri, sizeof(uri), "ipp://localhost/printers/%s", queue);
	if ((r = buf_put_u16(b, VERSION)) != ERR_OK ||
	    (r = buf_put_u16(b, (uint16_t)op)) != ERR_OK ||
	    (r = buf_put_u32(b, 1)) != ERR_OK ||
	    (r = buf_put_u8(b, OPERATION)) != ERR_OK ||
	    (r = ipp_text(b, IPP_CHARSET, "attributes-charset", "utf-8")) !=
	    ERR_OK || (r = ipp_text(b, IPP_LANGUAGE,
	    "attributes-natural-language", "en")) != ERR_OK ||
	    (r = ipp_text(b, IPP_URI, "printer-uri", uri)) != ERR_OK)
		return r;
	return ipp_text(b, IPP_NAME, "requesting-user-name", user);
}

enum err
ipp_status(struct cursor *c, uint16_t *status)
{
	uint16_t version;
	uint32_t request;
	enum err r;

	if ((r = cursor_u16(c, &version)) != ERR_OK ||
	    (r = cursor_u16(c, status)) != ERR_OK)
		return r;
	return cursor_u32(c, &request);
}

/* As many bytes as they say, and of them what fits as a text. */
static enum err
take_sized(struct cursor *c, char out[IPP_WORD], struct cursor *whole)
{
	struct cursor sub;
	uint16_t n;
	enum err r;

	if ((r = cursor_u16(c, &n)) != ERR_OK ||
	    (r = cursor_sub(c, n, &sub)) != ERR_OK)
		return r;
	if (whole != NULL)
		*whole = sub;
	if (n >= IPP_WORD)
		n = IPP_WORD - 1;
	out[n] = '\0';
	return cursor_copy(&sub, out, n);
}

static enum err
take_number(struct ipp_value *v, struct cursor bytes)
{
	uint8_t flag;
	enum err r;

	if (v->tag == IPP_INTEGER || v->tag == IPP_ENUM)
		return cursor_u32(&bytes, &v->number);
	if (v->tag == IPP_BOOLEAN && (r = cursor_u8(&bytes, &flag)) == ERR_OK)
		v->number = flag != 0;
	else if (v->tag == IPP_BOOLEAN)
		return r;
	return ERR_OK;
}

enum err
ipp_next(struct cursor *c, struct ipp_value *v)
{
	char before[IPP_WORD];
	struct cursor bytes;
	enum err r;

	(void)memcpy(before, v->name, sizeof(before));
	*v = (struct ipp_value){ .begins = false };
	while ((r = cursor_u8(c, &v->tag)) == ERR_OK && v->tag < FIRST_VALUE) {
		if (v->tag == IPP_END)
			return ERR_NOT_FOUND;
		v->begins = true;
	}
	if (r != ERR_OK || (r = take_sized(c, v->name, NULL)) != ERR_OK ||
	    (r = take_sized(c, v->text, &bytes)) != ERR_OK)
		return r;
	if (v->name[0] == '\0')
		(void)memcpy(v->name, before, sizeof(before));
	return take_number(v, bytes);
}
