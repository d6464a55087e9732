/* line: written by hand, read through jansson and its strictness. */
#include <string.h>

#include "base/json.h"
#include "base/rawname.h"
#include "base/secret.h"
#include "base/text.h"
#include "card/line.h"
#include "card/nir.h"

/* The texts of a bearer, once for writing and once for reading. */
static const struct {
	const char *key;
	size_t at, room;
} texts[] = {
	{ "family", offsetof(struct bearer, family), BEARER_NAME_ROOM },
	{ "given", offsetof(struct bearer, given), BEARER_NAME_ROOM },
	{ "birth", offsetof(struct bearer, birth), 9 },
	{ "nir", offsetof(struct bearer, nir), 14 },
	{ "key", offsetof(struct bearer, key), 3 },
	{ "country", offsetof(struct bearer, country), 8 },
	{ "family_raw", offsetof(struct bearer, family_raw),
	  2 * RAWNAME_MAX + 1 },
	{ "given_raw", offsetof(struct bearer, given_raw),
	  2 * RAWNAME_MAX + 1 },
};
#define NTEXTS (sizeof(texts) / sizeof(texts[0]))

static const char *const kinds[] = { "reader", "card", "gone" };

/* How many characters stand in a line as they are. */
static size_t
plain_run(const char *s)
{
	size_t n = 0;

	while ((unsigned char)s[n] >= ' ' && s[n] != '"' && s[n] != '\\')
		n++;
	return n;
}

/*
 * A member, by hand: a person in clear then stands nowhere but in the buffer
 * given, and not in a JSON library's heap as well.
 */
static enum err
put_text(struct buf *out, const char *key, const char *value)
{
	enum err r;

	if ((r = buf_put_text(out, "\"")) != ERR_OK ||
	    (r = buf_put_text(out, key)) != ERR_OK ||
	    (r = buf_put_text(out, "\":\"")) != ERR_OK)
		return r;
	for (size_t n = 0; *value != '\0'; value += n) {
		n = plain_run(value);
		if (n == 0 && (unsigned char)*value < ' ')
			return ERR_TEXT; /* clean before they come */
		if (n == 0 && (r = buf_put_text(out, "\\")) != ERR_OK)
			return r;
		n = n == 0 ? 1 : n;
		if ((r = buf_put(out, value, n)) != ERR_OK)
			return r;
	}
	return buf_put_text(out, "\"");
}

static enum err
put_bool(struct buf *out, const char *key, bool value)
{
	return buf_putf(out, "\"%s\":%s", key, value ? "true" : "false");
}

static bool
has_its_raw(const struct bearer *b)
{
	return rawname_agrees(b->family, b->family_raw, b->altered) &&
	    rawname_agrees(b->given, b->given_raw, b->altered);
}

static enum err
put_bearer(struct buf *out, const struct bearer *b)
{
	enum err r = has_its_raw(b) ? ERR_OK : ERR_TEXT;

	if (r != ERR_OK)
		return r;
	for (size_t i = 0; i < NTEXTS; i++)
		if ((r = buf_put_text(out, i == 0 ? "{" : ",")) != ERR_OK ||
		    (r = put_text(out, texts[i].key,
		    (const char *)b + texts[i].at)) != ERR_OK)
			return r;
	if ((r = buf_put_text(out, ",")) != ERR_OK ||
	    (r = put_bool(out, "key_right", b->key_right)) != ERR_OK ||
	    (r = buf_put_text(out, ",")) != ERR_OK ||
	    (r = put_bool(out, "altered", b->altered)) != ERR_OK)
		return r;
	return buf_put_text(out, "}");
}

static enum err
put_reader(struct buf *out, const struct card_news *news)
{
	enum err r;

	if ((r = put_text(out, "state", reader_word(news->state))) != ERR_OK ||
	    (r = buf_put_text(out, ",")) != ERR_OK ||
	    (r = put_text(out, "reader", news->reader)) != ERR_OK)
		return r;
	return buf_putf(out, ",\"code\":%d", news->code);
}

static enum err
put_card(struct buf *out, const struct card_news *news)
{
	enum err r = buf_putf(out, "\"epoch\":%u,\"bearers\":[", news->epoch);

	for (size_t i = 0; r == ERR_OK && i < news->n; i++)
		if (i == 0 || (r = buf_put_text(out, ",")) == ERR_OK)
			r = put_bearer(out, &news->bearers[i]);
	return r == ERR_OK ? buf_put_text(out, "]") : r;
}

static enum err
put_gone(struct buf *out, const struct card_news *news)
{
	return buf_putf(out, "\"epoch\":%u", news->epoch);
}

enum err
line_write(const struct card_news *news, struct buf *out)
{
	enum err (*const put[])(struct buf *, const struct card_news *) = {
		[NEWS_READER] = put_reader,
		[NEWS_CARD] = put_card,
		[NEWS_GONE] = put_gone,
	};
	enum err r;

	if ((r = buf_putf(out, "{\"event\":\"%s\",", kinds[news->kind])) !=
	    ERR_OK || (r = put[news->kind](out, news)) != ERR_OK)
		return r;
	return buf_put_text(out, "}\n");
}

/* n characters of that set, or none. */
static bool
is_run(const char *s, size_t n, const char *of)
{
	return s[0] == '\0' || (strlen(s) == n && strspn(s, of) == n);
}

static bool
is_sound(const struct bearer *b)
{
	static const char digits[] = "0123456789";
	static const char plain[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	for (size_t i = 0; i < NTEXTS; i++)
		if (!text_is_clean((const char *)b + texts[i].at))
			return false;
	return is_run(b->birth, 8, digits) && is_run(b->nir, 13, plain) &&
	    is_run(b->key, 2, digits) && has_its_raw(b) &&
	    b->key_right == nir_key_right(b->nir, b->key);
}

static enum err
read_bearer(const json_t *o, struct bearer *b)
{
	static const char *const keys[] = { "family", "given", "birth", "nir",
		"key", "country", "key_right", "altered", "family_raw",
		"given_raw", NULL };
	enum err r;

	if ((r = json_only(o, keys)) != ERR_OK ||
	    (r = json_get_bool(o, "key_right", &b->key_right)) != ERR_OK ||
	    (r = json_get_bool(o, "altered", &b->altered)) != ERR_OK)
		return r;
	for (size_t i = 0; i < NTEXTS; i++)
		if ((r = json_get_text(o, texts[i].key,
		    (char *)b + texts[i].at, texts[i].room - 1)) != ERR_OK)
			return r;
	return is_sound(b) ? ERR_OK : ERR_JSON;
}

static enum err
read_reader(const json_t *o, struct card_news *out)
{
	static const char *const keys[] = { "event", "state", "reader",
		"code", NULL };
	char word[16];
	json_int_t code;
	enum err r;

	if ((r = json_only(o, keys)) != ERR_OK ||
	    (r = json_get_text(o, "state", word, sizeof(word) - 1)) !=
	    ERR_OK ||
	    (r = json_get_text(o, "reader", out->reader,
	    sizeof(out->reader) - 1)) != ERR_OK ||
	    (r = json_get_int(o, "code", 0, 999, &code)) != ERR_OK)
		return r;
	out->code = (int)code;
#define READER_IS(name, text)						\
	if (strcmp(word, text) == 0) {					\
		out->state = READER_##name;				\
		return text_is_clean(out->reader) ? ERR_OK : ERR_JSON;	\
	}
	READER_STATES(READER_IS)
#undef READER_IS
	return ERR_JSON;
}

static enum err
read_epoch(const json_t *o, struct card_news *out)
{
	json_int_t epoch;
	enum err r = json_get_int(o, "epoch", 1, UINT32_MAX, &epoch);

	if (r == ERR_OK)
		out->epoch = (uint32_t)epoch;
	return r;
}

static enum err
read_card(const json_t *o, struct card_news *out)
{
	static const char *const keys[] = { "event", "epoch", "bearers",
		NULL };
	json_t *a;
	enum err r;

	if ((r = json_only(o, keys)) != ERR_OK ||
	    (r = read_epoch(o, out)) != ERR_OK ||
	    (r = json_get_array(o, "bearers", &a)) != ERR_OK)
		return r;
	out->n = json_array_size(a);
	if (out->n == 0 || out->n > BEARERS_MAX)
		return ERR_JSON;
	for (size_t i = 0; i < out->n; i++)
		if ((r = read_bearer(json_array_get(a, i),
		    &out->bearers[i])) != ERR_OK)
			return r;
	return ERR_OK;
}

static enum err
read_gone(const json_t *o, struct card_news *out)
{
	static const char *const keys[] = { "event", "epoch", NULL };
	enum err r = json_only(o, keys);

	return r == ERR_OK ? read_epoch(o, out) : r;
}

static enum err
read_news(const json_t *o, struct card_news *out)
{
	enum err (*const read[])(const json_t *, struct card_news *) = {
		[NEWS_READER] = read_reader,
		[NEWS_CARD] = read_card,
		[NEWS_GONE] = read_gone,
	};
	char word[8];
	enum err r = json_get_text(o, "event", word, sizeof(word) - 1);

	if (r != ERR_OK)
		return r;
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		if (strcmp(word, kinds[k]) == 0) {
			out->kind = (enum news_kind)k;
			return read[k](o, out);
		}
	return ERR_JSON;
}

enum err
line_read(const char *line, struct card_news *out)
{
	struct card_news *news = secret_alloc(sizeof(*news));
	json_t *o = NULL;
	enum err r;

	if (news == NULL)
		return ERR_MEMORY;
	if ((r = json_read(line, strlen(line), &o)) == ERR_OK &&
	    (r = read_news(o, news)) == ERR_OK)
		*out = *news;
	json_decref(o);
	secret_free(news);
	return r == ERR_OK || r == ERR_MEMORY ? r : ERR_JSON;
}
