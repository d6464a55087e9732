/* record: the JSON document of an act, by the tables of its parts. */
#include "base/secret.h"
#include "envelope/record_own.h"

struct record *
record_new(void)
{
	return secret_alloc(sizeof(struct record));
}

void
record_free(struct record *r)
{
	secret_free(r);
}

void
record_wipe(struct record *r)
{
	secret_wipe(r, sizeof(*r));
}

bool *
part_there(const struct part *p, struct record *rec)
{
	return (bool *)((char *)rec + p->there);
}

static bool
is_there(const struct part *p, const struct record *rec)
{
	return *(const bool *)((const char *)rec + p->there);
}

static enum err
make_part(const struct part *p, const struct record *rec, json_t *doc)
{
	json_t *o = json_object();

	/* The document owns it from here on, also when that failed. */
	if (json_object_set_new(doc, p->name, o) != 0)
		return ERR_MEMORY;
	return fields_make(p->fields, rec, o);
}

enum err
record_write(const struct record *rec, struct buf *out)
{
	json_t *doc = json_object();
	size_t start = out->len;
	enum err r;

	if (doc == NULL || json_object_set_new(doc, "version",
	    json_integer(RECORD_VERSION)) != 0) {
		r = ERR_MEMORY;
		goto out;
	}
	if ((r = fields_make(record_top, rec, doc)) != ERR_OK)
		goto out;
	for (const struct part *p = record_parts; p->name != NULL; p++)
		if ((p->kinds & 1u << rec->kind) != 0 &&
		    (!p->on_demand || is_there(p, rec)) &&
		    (r = make_part(p, rec, doc)) != ERR_OK)
			goto out;
	r = json_write(doc, out);
out:
	if (r != ERR_OK)
		out->len = start;
	json_decref(doc);
	return r;
}

static size_t
count_fields(const struct field *f)
{
	size_t n = 0;

	while (f[n].name != NULL)
		n++;
	return n;
}

/* A stranger's name for a member is a stranger's text: not said. */
static enum err
has_only(const json_t *o, size_t n, const char *where)
{
	return json_object_size(o) == n ? ERR_OK
	    : err_about(ERR_RECORD_FORM, "%s : un membre de trop", where);
}

static enum err
take_part(const struct part *p, const json_t *o, struct record *rec)
{
	enum err r;

	if (!json_is_object(o))
		return err_about(ERR_RECORD_FORM, "%s", p->name);
	if ((r = fields_take(p->fields, p->name, o, rec)) != ERR_OK)
		return r;
	return has_only(o, count_fields(p->fields), p->name);
}

/* The parts of the record's kind; no member is left over beside them. */
static enum err
take_parts(const json_t *doc, struct record *rec)
{
	size_t n = count_fields(record_top) + 1;
	enum err r;

	for (const struct part *p = record_parts; p->name != NULL; p++) {
		const json_t *o = json_object_get(doc, p->name);

		if ((p->kinds & 1u << rec->kind) == 0 ||
		    (p->on_demand && o == NULL))
			continue;
		if ((r = take_part(p, o, rec)) != ERR_OK)
			return r;
		if (p->on_demand)
			*part_there(p, rec) = true;
		n++;
	}
	return has_only(doc, n, "record");
}

static enum err
take_all(const json_t *doc, struct record *rec)
{
	const json_t *version = json_object_get(doc, "version");
	enum err r;

	if (!json_is_object(doc) || !json_is_integer(version))
		return err_about(ERR_RECORD_FORM, "version");
	if (json_integer_value(version) != RECORD_VERSION)
		return ERR_RECORD_VERSION;
	if ((r = fields_take(record_top, "record", doc, rec)) != ERR_OK)
		return r;
	return take_parts(doc, rec);
}

enum err
record_take(const void *p, size_t n, struct record *out)
{
	json_t *doc = NULL;
	enum err r;

	if (json_read(p, n, &doc) != ERR_OK)
		return err_about(ERR_RECORD_FORM, "JSON");
	r = take_all(doc, out);
	json_decref(doc);
	return r;
}

/* Nearly all are in the one form; of the others the tree says what is wrong,
 * or that nothing is. */
enum err
record_read(const void *p, size_t n, struct record *out)
{
	enum err r;

	record_wipe(out);
	if (n > RECORD_ROOM)
		return err_about(ERR_RECORD_FORM, "JSON");
	if (record_scan(p, n, out))
		return ERR_OK;
	record_wipe(out);
	if ((r = record_take(p, n, out)) != ERR_OK)
		record_wipe(out);
	return r;
}
