/* field: kinds of JSON members, strict in both directions. */
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "envelope/field.h"
#include "envelope/rid.h"
#include "envelope/rpps.h"

/* The largest whole number that every JSON reader keeps exactly. */
#define NUMBER_MAX ((json_int_t)9007199254740991)

static json_t *
make_text(const struct field *f, const void *at)
{
	if (memchr(at, '\0', f->size) == NULL || !text_is_clean(at))
		return NULL;
	return json_string(at);
}

static bool
take_text(const struct field *f, const json_t *v, void *at)
{
	if (!json_is_string(v) || json_string_length(v) >= f->size ||
	    !text_is_clean(json_string_value(v)))
		return false;
	memcpy(at, json_string_value(v), json_string_length(v) + 1);
	return true;
}

static bool
scan_text(const struct field *f, struct cursor *c, void *at)
{
	return scan_copy(c, at, f->size) && text_is_clean(at);
}

static bool
is_hex(const char *s)
{
	size_t n = strspn(s, "0123456789abcdef");

	return s[n] == '\0' && n % 2 == 0;
}

static json_t *
make_hex(const struct field *f, const void *at)
{
	return memchr(at, '\0', f->size) != NULL && is_hex(at)
	    ? json_string(at) : NULL;
}

static bool
take_hex(const struct field *f, const json_t *v, void *at)
{
	return take_text(f, v, at) && is_hex(at);
}

static bool
scan_hex(const struct field *f, struct cursor *c, void *at)
{
	return scan_copy(c, at, f->size) && is_hex(at);
}

/* A BLAKE2b-256 in hexadecimal. */
static bool
is_hash(const char *s)
{
	uint8_t hash[DIGEST_LEN];

	return hex_read(s, hash, sizeof(hash)) == ERR_OK;
}

static json_t *
make_hash(const struct field *f, const void *at)
{
	return memchr(at, '\0', f->size) != NULL && is_hash(at)
	    ? json_string(at) : NULL;
}

static bool
take_hash(const struct field *f, const json_t *v, void *at)
{
	return take_text(f, v, at) && is_hash(at);
}

static bool
scan_hash(const struct field *f, struct cursor *c, void *at)
{
	return scan_copy(c, at, f->size) && is_hash(at);
}

static json_t *
make_bool(const struct field *f, const void *at)
{
	(void)f;
	return json_boolean(*(const bool *)at);
}

static bool
take_bool(const struct field *f, const json_t *v, void *at)
{
	(void)f;
	*(bool *)at = json_is_true(v);
	return json_is_boolean(v);
}

static bool
scan_bool(const struct field *f, struct cursor *c, void *at)
{
	(void)f;
	return scan_truth(c, at);
}

static bool
in_range(const json_t *v, json_int_t max)
{
	return json_is_integer(v) && json_integer_value(v) >= 0 &&
	    json_integer_value(v) <= max;
}

static json_t *
make_u32(const struct field *f, const void *at)
{
	(void)f;
	return json_integer(*(const uint32_t *)at);
}

static bool
take_u32(const struct field *f, const json_t *v, void *at)
{
	(void)f;
	if (!in_range(v, UINT32_MAX))
		return false;
	*(uint32_t *)at = (uint32_t)json_integer_value(v);
	return true;
}

static bool
scan_u32(const struct field *f, struct cursor *c, void *at)
{
	uint64_t v;

	(void)f;
	if (!scan_number(c, UINT32_MAX, &v))
		return false;
	*(uint32_t *)at = (uint32_t)v;
	return true;
}

static json_t *
make_ms(const struct field *f, const void *at)
{
	uint64_t ms = *(const uint64_t *)at;

	(void)f;
	return ms > (uint64_t)NUMBER_MAX ? NULL : json_integer((json_int_t)ms);
}

static bool
take_ms(const struct field *f, const json_t *v, void *at)
{
	(void)f;
	if (!in_range(v, NUMBER_MAX))
		return false;
	*(uint64_t *)at = (uint64_t)json_integer_value(v);
	return true;
}

static bool
scan_ms(const struct field *f, struct cursor *c, void *at)
{
	(void)f;
	return scan_number(c, (uint64_t)NUMBER_MAX, at);
}

static json_t *
make_rid(const struct field *f, const void *at)
{
	char text[RID_TEXT];

	(void)f;
	rid_text(at, text);
	return json_string(text);
}

static bool
take_rid(const struct field *f, const json_t *v, void *at)
{
	(void)f;
	return json_is_string(v) &&
	    rid_read(json_string_value(v), at) == ERR_OK;
}

static bool
scan_rid(const struct field *f, struct cursor *c, void *at)
{
	char text[RID_TEXT];

	(void)f;
	return scan_copy(c, text, sizeof(text)) &&
	    rid_read(text, at) == ERR_OK;
}

static json_t *
make_word(const struct field *f, const void *at)
{
	unsigned i;

	memcpy(&i, at, sizeof(i));
	for (unsigned k = 0; f->words[k] != NULL; k++)
		if (k == i)
			return json_string(f->words[k]);
	return NULL;
}

static bool
take_word(const struct field *f, const json_t *v, void *at)
{
	if (!json_is_string(v))
		return false;
	for (unsigned i = 0; f->words[i] != NULL; i++)
		if (strcmp(json_string_value(v), f->words[i]) == 0) {
			memcpy(at, &i, sizeof(i));
			return true;
		}
	return false;
}

static bool
scan_word(const struct field *f, struct cursor *c, void *at)
{
	struct cursor text;

	if (!scan_string(c, &text))
		return false;
	for (unsigned i = 0; f->words[i] != NULL; i++)
		if (strlen(f->words[i]) == text.n &&
		    memcmp(f->words[i], text.p, text.n) == 0) {
			memcpy(at, &i, sizeof(i));
			return true;
		}
	return false;
}

/* Whether each is a professional's number is for the rules to say. */
static json_t *
make_rpps(const struct field *f, const void *at)
{
	const struct field one = { .size = RPPS_TEXT };
	const char *p = at, *end = p + f->size;
	json_t *list = json_array();

	for (; p < end && *p != '\0'; p += RPPS_TEXT)
		if (json_array_append_new(list, make_text(&one, p)) != 0)
			goto none;
	for (; p < end; p += RPPS_TEXT)
		if (*p != '\0')
			goto none;
	return list;
none:
	json_decref(list);
	return NULL;
}

static bool
take_rpps(const struct field *f, const json_t *v, void *at)
{
	const struct field one = { .size = RPPS_TEXT };
	char *p = at;
	size_t i;
	json_t *number;

	if (!json_is_array(v) || json_array_size(v) * RPPS_TEXT > f->size)
		return false;
	json_array_foreach(v, i, number)
		if (!take_text(&one, number, p + i * RPPS_TEXT) ||
		    p[i * RPPS_TEXT] == '\0')
			return false;
	return true;
}

static bool
scan_rpps(const struct field *f, struct cursor *c, void *at)
{
	const struct field one = { .size = RPPS_TEXT };
	char *p = at, *end = p + f->size;

	if (!scan_mark(c, '['))
		return false;
	while (!scan_mark(c, ']')) {
		if (p == end || (p != (char *)at && !scan_mark(c, ',')) ||
		    !scan_text(&one, c, p) || *p == '\0')
			return false;
		p += RPPS_TEXT;
	}
	return true;
}

#define KIND(name)							\
	const struct kind field_##name = { make_##name, take_##name,	\
		scan_##name }
KIND(text);
KIND(hex);
KIND(hash);
KIND(bool);
KIND(u32);
KIND(ms);
KIND(rid);
KIND(word);
KIND(rpps);

enum err
fields_make(const struct field *f, const void *at, json_t *o)
{
	for (; f->name != NULL; f++)
		if (json_object_set_new(o, f->name, f->kind->make(f,
		    (const char *)at + f->offset)) != 0)
			return err_about(ERR_RECORD_FORM, "%s", f->name);
	return ERR_OK;
}

enum err
fields_take(const struct field *f, const char *where, const json_t *o,
    void *at)
{
	for (; f->name != NULL; f++)
		if (!f->kind->take(f, json_object_get(o, f->name),
		    (char *)at + f->offset))
			return err_about(ERR_RECORD_FORM, "%s.%s", where,
			    f->name);
	return ERR_OK;
}

bool
fields_scan(const struct field *f, struct cursor *c, void *at)
{
	char mark = '{';

	for (; f->name != NULL; f++, mark = ',')
		if (!scan_mark(c, mark) || !scan_name(c, f->name) ||
		    !f->kind->scan(f, c, (char *)at + f->offset))
			return false;
	return scan_mark(c, '}');
}
