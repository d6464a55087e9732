/* identity: a table of tags, walked over both files side by side. */
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "card/identity.h"
#include "card/nir.h"
#include "card/tlv.h"

#define TAG_BEARER 0x65
#define TAG_FAMILY 0x80
#define TAG_NUMBER 0x93
#define NIR_LEN	   13
#define KEY_LEN	   2

/* A text of the card (Latin-1) as UTF-8 that is safe to show. */
static enum err
take_text(struct cursor v, char *out, size_t room, bool *changed)
{
	enum err r = text_from_latin1(v.p, v.n, out, room, changed);

	return r == ERR_TOO_LONG ? ERR_CARD_DATA : r;
}

/* A name, and what stood on the card when it could not be shown. */
static enum err
take_name(struct cursor v, char out[BEARER_NAME_ROOM],
    char raw[2 * RAWNAME_MAX + 1], bool *altered)
{
	bool changed;
	enum err r = take_text(v, out, BEARER_NAME_ROOM, &changed);

	if (r != ERR_OK || !changed)
		return r;
	if (v.n > RAWNAME_MAX)
		return ERR_CARD_DATA;
	hex_of(v.p, v.n, raw);
	*altered = true;
	return ERR_OK;
}

static enum err
take_family(struct cursor v, struct bearer *b)
{
	return take_name(v, b->family, b->family_raw, &b->altered);
}

static enum err
take_given(struct cursor v, struct bearer *b)
{
	return take_name(v, b->given, b->given_raw, &b->altered);
}

static enum err
take_country(struct cursor v, struct bearer *b)
{
	bool changed = false;
	enum err r = take_text(v, b->country, sizeof(b->country), &changed);

	b->altered = b->altered || changed;
	return r;
}

/* All n bytes between those two, or capitals too. */
static bool
is_plain(const uint8_t *p, size_t n, bool capitals)
{
	for (size_t i = 0; i < n; i++)
		if (!(p[i] >= '0' && p[i] <= '9') &&
		    !(capitals && p[i] >= 'A' && p[i] <= 'Z'))
			return false;
	return true;
}

/* Eight digits, whatever day they mean: lunar dates stay (card.md 4.3). */
static enum err
take_birth(struct cursor v, struct bearer *b)
{
	if (v.n == sizeof(b->birth) - 1 && is_plain(v.p, v.n, false))
		return cursor_copy(&v, b->birth, sizeof(b->birth) - 1);
	b->altered = true;
	return ERR_OK;
}

static enum err
take_number(struct cursor v, struct bearer *b)
{
	enum err r;

	if (v.n != NIR_LEN + KEY_LEN || !is_plain(v.p, NIR_LEN, true) ||
	    !is_plain(v.p + NIR_LEN, KEY_LEN, false)) {
		b->altered = true;
		return ERR_OK;
	}
	if ((r = cursor_copy(&v, b->nir, NIR_LEN)) != ERR_OK ||
	    (r = cursor_copy(&v, b->key, KEY_LEN)) != ERR_OK)
		return r;
	b->key_right = nir_key_right(b->nir, b->key);
	return ERR_OK;
}

static const struct {
	unsigned tag;
	enum err (*take)(struct cursor v, struct bearer *b);
} fields[] = {
	{ TAG_FAMILY, take_family },
	{ 0x81, take_given },
	{ 0x82, take_birth },
	{ 0x90, take_country },
	{ TAG_NUMBER, take_number },
};
#define NFIELDS (sizeof(fields) / sizeof(fields[0]))

/* What one file says of one person; `seen` has a bit for each field. */
static enum err
take_bearer(struct cursor v, struct bearer *b, unsigned *seen)
{
	struct tlv t;
	bool end;
	enum err r;

	while ((r = tlv_next(&v, &t, &end)) == ERR_OK && !end)
		for (size_t f = 0; f < NFIELDS; f++) {
			if (fields[f].tag != t.tag)
				continue;
			if (*seen & 1u << f)
				return ERR_CARD_DATA;
			*seen |= 1u << f;
			if ((r = fields[f].take(t.value, b)) != ERR_OK)
				return r;
		}
	return r;
}

/* The next person of a file. */
static enum err
next_bearer(struct cursor *file, struct cursor *v, bool *end)
{
	struct tlv t;
	enum err r;

	while ((r = tlv_next(file, &t, end)) == ERR_OK && !*end)
		if (t.tag == TAG_BEARER) {
			*v = t.value;
			return ERR_OK;
		}
	return r;
}

static enum err
read_pairs(struct cursor names, struct cursor numbers, struct bearer *out,
    size_t *n)
{
	const bool one_file = names.p == numbers.p;
	struct cursor name, number;
	bool last, last_number;
	enum err r;

	for (*n = 0;; ++*n) {
		unsigned seen = 0;

		if ((r = next_bearer(&names, &name, &last)) != ERR_OK ||
		    (r = next_bearer(&numbers, &number, &last_number)) !=
		    ERR_OK)
			return r;
		if (last || last_number)
			return last && last_number && *n > 0 ? ERR_OK :
			    ERR_CARD_DATA;
		if (*n == BEARERS_MAX)
			return ERR_CARD_DATA;
		memset(&out[*n], 0, sizeof(out[*n]));
		if ((r = take_bearer(name, &out[*n], &seen)) != ERR_OK)
			return r;
		if (!one_file &&
		    (r = take_bearer(number, &out[*n], &seen)) != ERR_OK)
			return r;
		if (out[*n].family[0] == '\0' && out[*n].given[0] == '\0')
			return ERR_CARD_DATA;
	}
}

enum err
identity_read(struct cursor names, struct cursor numbers,
    struct bearer out[BEARERS_MAX], size_t *n)
{
	size_t count;
	enum err r = read_pairs(names, numbers, out, &count);

	if (r == ERR_OK) {
		*n = count;
		return ERR_OK;
	}
	secret_wipe(out, BEARERS_MAX * sizeof(out[0]));
	return r == ERR_TRUNCATED ? ERR_CARD_DATA : r;
}

static bool
has_people_with(struct cursor file, unsigned tag)
{
	struct cursor person, value;
	bool end;

	return next_bearer(&file, &person, &end) == ERR_OK && !end &&
	    tlv_find(person, tag, &value) == ERR_OK;
}

bool
identity_has_names(struct cursor file)
{
	return has_people_with(file, TAG_FAMILY);
}

bool
identity_has_numbers(struct cursor file)
{
	return has_people_with(file, TAG_NUMBER);
}
