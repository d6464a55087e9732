/* annul: six members, written and read by one table. */
#include <stddef.h>
#include <string.h>

#include "envelope/annul.h"
#include "envelope/field.h"

#define ANNUL_VERSION 1
#define ANNUL_KIND    "void"

#define AT(member)                                                           \
	offsetof(struct annul, member), sizeof(((struct annul *)0)->member)

static const struct field fields[] = {
	{ "about", &field_rid, AT(about), NULL },
	{ "made_ms", &field_ms, AT(made_ms), NULL },
	{ "rid", &field_rid, AT(rid), NULL },
	{ "terminal", &field_u32, AT(terminal), NULL },
	{ "training", &field_bool, AT(training), NULL },
	{ .name = NULL },
};

enum err
annul_write(const struct annul *a, struct buf *out)
{
	json_t *doc = json_pack("{s:s,s:i}", "kind", ANNUL_KIND, "version",
	    ANNUL_VERSION);
	enum err r;

	if (doc == NULL)
		return ERR_MEMORY;
	if ((r = fields_make(fields, a, doc)) == ERR_OK)
		r = json_write(doc, out);
	json_decref(doc);
	return r;
}

static enum err
take(const json_t *doc, struct annul *a)
{
	json_int_t version;
	char kind[8];

	if (!json_is_object(doc) || json_get_text(doc, "kind", kind,
	    sizeof(ANNUL_KIND) - 1) != ERR_OK ||
	    strcmp(kind, ANNUL_KIND) != 0 ||
	    json_get_int(doc, "version", ANNUL_VERSION, ANNUL_VERSION,
	    &version) != ERR_OK)
		return err_about(ERR_RECORD_FORM, "void");
	/* Kind, version, and a member for each row. */
	return json_object_size(doc) != 2 + sizeof(fields) /
	    sizeof(fields[0]) - 1 ? err_about(ERR_RECORD_FORM, "void")
	    : fields_take(fields, "void", doc, a);
}

enum err
annul_read(const void *p, size_t n, struct annul *out)
{
	struct annul a = { .terminal = 0 };
	json_t *doc = NULL;
	enum err r;

	if (json_read(p, n, &doc) != ERR_OK)
		return err_about(ERR_RECORD_FORM, "JSON");
	if ((r = take(doc, &a)) == ERR_OK)
		*out = a;
	json_decref(doc);
	return r;
}
