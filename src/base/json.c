/* json: jansson with its strict flags, and memory that forgets. */
#include <stddef.h>
#include <string.h>

#include "base/json.h"
#include "base/secret.h"
#include "base/secret_pool.h"

void
json_keep_locked(void)
{
	json_set_alloc_funcs(secret_pool_alloc, secret_pool_free);
}

void
json_keep_wiped(void)
{
	json_set_alloc_funcs(wiped_pool_alloc, wiped_pool_free);
}

enum err
json_read(const void *p, size_t n, json_t **out)
{
	json_error_t e;
	json_t *v;

	if (n > BUF_MAX)
		return ERR_TOO_LONG;
	if ((v = json_loadb(p == NULL ? "" : p, n, JSON_REJECT_DUPLICATES,
	    &e)) == NULL)
		return err_about(ERR_JSON, "ligne %d, colonne %d", e.line,
		    e.column);
	*out = v;
	return ERR_OK;
}

struct sink {
	struct buf *out;
	enum err r;
};

static int
put_piece(const char *p, size_t n, void *user)
{
	struct sink *s = user;

	s->r = buf_put(s->out, p, n);
	return s->r == ERR_OK ? 0 : -1;
}

enum err
json_write(const json_t *v, struct buf *out)
{
	struct sink s = { .out = out, .r = ERR_OK };
	size_t start = out->len;

	if (json_dump_callback(v, put_piece, &s,
	    JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY) == 0)
		return ERR_OK;
	buf_cut(out, start);
	return s.r == ERR_OK ? ERR_MEMORY : s.r;
}

enum err
json_get_text(const json_t *o, const char *key, char *out, size_t max)
{
	const json_t *v = json_object_get(o, key);
	size_t n;

	if (!json_is_string(v))
		return err_about(ERR_JSON, "%s", key);
	n = json_string_length(v);
	if (n > max)
		return err_about(ERR_TOO_LONG, "%s", key);
	memcpy(out, json_string_value(v), n);
	out[n] = '\0';
	return ERR_OK;
}

enum err
json_get_int(const json_t *o, const char *key, json_int_t min, json_int_t max,
    json_int_t *out)
{
	const json_t *v = json_object_get(o, key);
	json_int_t n = json_integer_value(v);

	if (!json_is_integer(v) || n < min || n > max)
		return err_about(ERR_JSON, "%s", key);
	*out = n;
	return ERR_OK;
}

enum err
json_get_bool(const json_t *o, const char *key, bool *out)
{
	const json_t *v = json_object_get(o, key);

	if (!json_is_boolean(v))
		return err_about(ERR_JSON, "%s", key);
	*out = json_is_true(v);
	return ERR_OK;
}

enum err
json_get_object(const json_t *o, const char *key, json_t **out)
{
	json_t *v = json_object_get(o, key);

	if (!json_is_object(v))
		return err_about(ERR_JSON, "%s", key);
	*out = v;
	return ERR_OK;
}

enum err
json_get_array(const json_t *o, const char *key, json_t **out)
{
	json_t *v = json_object_get(o, key);

	if (!json_is_array(v))
		return err_about(ERR_JSON, "%s", key);
	*out = v;
	return ERR_OK;
}

static bool
listed(const char *key, const char *const keys[])
{
	for (; *keys != NULL; keys++)
		if (strcmp(key, *keys) == 0)
			return true;
	return false;
}

/* A stranger's key is repeated only when it could be one of ours. */
static enum err
unknown_key(const char *key)
{
	size_t n = strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_-");

	return err_about(ERR_JSON, "%s", n <= 32 && key[n] == '\0' ? key
	    : "clé inconnue");
}

enum err
json_only(const json_t *o, const char *const keys[])
{
	void *it;

	if (!json_is_object(o))
		return err_about(ERR_JSON, "objet attendu");
	/* jansson's iterator wants a writable object and writes nothing. */
	for (it = json_object_iter((json_t *)(uintptr_t)o); it != NULL;
	    it = json_object_iter_next((json_t *)(uintptr_t)o, it))
		if (!listed(json_object_iter_key(it), keys))
			return unknown_key(json_object_iter_key(it));
	return ERR_OK;
}
