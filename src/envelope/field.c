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

const struct kind field_text = { make_text, take_text };
const struct kind field_hex = { make_hex, take_hex };
const struct kind field_hash = { make_hash, take_hash };
const struct kind field_bool = { make_bool, take_bool };
const struct kind field_u32 = { make_u32, take_u32 };
const struct kind field_ms = { make_ms, take_ms };
const struct kind field_rid = { make_rid, take_rid };
const struct kind field_word = { make_word, take_word };
const struct kind field_rpps = { make_rpps, take_rpps };

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
