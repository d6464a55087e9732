/*
 * record: the JSON document of an enrolment, by one table.
 *
 * A row says a member's name, its kind and where it stands in the struct;
 * writing and reading walk the same rows, so that they cannot differ.
 */
#include <stddef.h>

#include "base/secret.h"
#include "envelope/field.h"
#include "envelope/record.h"

#define RECORD_WORD(name, said) said,
static const char *const kinds[] = { RECORD_KINDS(RECORD_WORD) NULL };
static const char *const methods[] = { CONSENT_METHODS(RECORD_WORD) NULL };

/* field_word keeps an unsigned int. */
_Static_assert(sizeof(enum record_kind) == sizeof(unsigned) &&
    sizeof(enum consent_method) == sizeof(unsigned), "enum");

#define AT(member)                                                           \
	offsetof(struct record, member), sizeof(((struct record *)0)->member)
#define END { .name = NULL }

static const struct field top[] = {
	{ "kind", &field_word, AT(kind), kinds },
	{ "made_ms", &field_ms, AT(made_ms), NULL },
	{ "rid", &field_rid, AT(rid), NULL },
	{ "terminal", &field_u32, AT(terminal), NULL },
	{ "training", &field_bool, AT(training), NULL },
	END
};
static const struct field place[] = {
	{ "department", &field_text, AT(place.department), NULL },
	{ "profile", &field_text, AT(place.profile), NULL },
	{ "site_id", &field_text, AT(place.site_id), NULL },
	{ "site_name", &field_text, AT(place.site_name), NULL },
	END
};
static const struct field operator[] = {
	{ "id", &field_text, AT(operator.id), NULL },
	{ "name", &field_text, AT(operator.name), NULL },
	{ "profession", &field_text, AT(operator.profession), NULL },
	END
};
static const struct field identity[] = {
	{ "altered", &field_bool, AT(identity.altered), NULL },
	{ "birth", &field_text, AT(identity.birth), NULL },
	{ "country", &field_text, AT(identity.country), NULL },
	{ "epoch", &field_u32, AT(identity.epoch), NULL },
	{ "family", &field_text, AT(identity.family), NULL },
	{ "given", &field_text, AT(identity.given), NULL },
	{ "key", &field_text, AT(identity.key), NULL },
	{ "key_right", &field_bool, AT(identity.key_right), NULL },
	{ "nir", &field_text, AT(identity.nir), NULL },
	{ "read_ms", &field_ms, AT(identity.read_ms), NULL },
	END
};
static const struct field notice[] = {
	{ "id", &field_text, AT(notice.id), NULL },
	{ "lang", &field_text, AT(notice.lang), NULL },
	{ "sha", &field_hash, AT(notice.sha), NULL },
	{ "shown_s", &field_u32, AT(notice.shown_s), NULL },
	{ "version", &field_text, AT(notice.version), NULL },
	{ "whole", &field_bool, AT(notice.whole), NULL },
	END
};
static const struct field consent[] = {
	{ "at_ms", &field_ms, AT(consent.at_ms), NULL },
	{ "face", &field_text, AT(consent.face), NULL },
	{ "given", &field_bool, AT(consent.given), NULL },
	{ "method", &field_word, AT(consent.method), methods },
	{ "wording", &field_text, AT(consent.wording), NULL },
	END
};
static const struct field certified[] = {
	{ "at_ms", &field_ms, AT(certified.at_ms), NULL },
	{ "given", &field_bool, AT(certified.given), NULL },
	{ "operator_id", &field_text, AT(certified.operator_id), NULL },
	END
};
static const struct field access[] = {
	{ "break_glass_opposed", &field_bool, AT(access.break_glass_opposed),
	  NULL },
	{ "samu_opposed", &field_bool, AT(access.samu_opposed), NULL },
	END
};
static const struct field contact[] = {
	{ "email", &field_text, AT(contact.email), NULL },
	{ "mobile", &field_text, AT(contact.mobile), NULL },
	END
};
static const struct field account[] = {
	{ "identifier", &field_text, AT(account.identifier), NULL },
	{ "verifier", &field_text, AT(account.verifier), NULL },
	{ "wanted", &field_bool, AT(account.wanted), NULL },
	END
};

#define PART(name) { #name, name }
static const struct part {
	const char *name;
	const struct field *fields;
} parts[] = {
	PART(access), PART(account), PART(certified), PART(consent),
	PART(contact), PART(identity), PART(notice), PART(operator),
	PART(place),
};
enum { PARTS = sizeof(parts) / sizeof(parts[0]) };

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

/* Give the object a member for each row. */
static enum err
make_fields(const struct field *f, const struct record *rec, json_t *o)
{
	for (; f->name != NULL; f++)
		if (json_object_set_new(o, f->name, f->kind->make(f,
		    (const char *)rec + f->offset)) != 0)
			return err_about(ERR_RECORD_FORM, "%s", f->name);
	return ERR_OK;
}

static enum err
make_part(const struct part *p, const struct record *rec, json_t *doc)
{
	json_t *o = json_object();

	/* The document owns it from here on, also when that failed. */
	if (json_object_set_new(doc, p->name, o) != 0)
		return ERR_MEMORY;
	return make_fields(p->fields, rec, o);
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
	if ((r = make_fields(top, rec, doc)) != ERR_OK)
		goto out;
	for (int i = 0; i < PARTS; i++)
		if ((r = make_part(&parts[i], rec, doc)) != ERR_OK)
			goto out;
	r = json_write(doc, out);
out:
	if (r != ERR_OK)
		out->len = start;
	json_decref(doc);
	return r;
}

/* Take each row's member, and find none beside them: `more` others are
 * accounted for by the caller. */
static enum err
take_fields(const struct field *f, const char *where, size_t more,
    const json_t *o, struct record *rec)
{
	size_t n = more;

	for (; f->name != NULL; f++, n++)
		if (!f->kind->take(f, json_object_get(o, f->name),
		    (char *)rec + f->offset))
			return err_about(ERR_RECORD_FORM, "%s.%s", where,
			    f->name);
	/* A stranger's name for a member is a stranger's text: not said. */
	return json_object_size(o) == n ? ERR_OK
	    : err_about(ERR_RECORD_FORM, "%s : un membre de trop", where);
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
	if ((r = take_fields(top, "record", PARTS + 1, doc, rec)) != ERR_OK)
		return r;
	for (int i = 0; i < PARTS; i++) {
		const json_t *o = json_object_get(doc, parts[i].name);

		if (!json_is_object(o))
			return err_about(ERR_RECORD_FORM, "%s", parts[i].name);
		if ((r = take_fields(parts[i].fields, parts[i].name, 0, o,
		    rec)) != ERR_OK)
			return r;
	}
	return ERR_OK;
}

enum err
record_read(const void *p, size_t n, struct record *out)
{
	json_t *doc = NULL;
	enum err r;

	record_wipe(out);
	if (n > RECORD_ROOM || json_read(p, n, &doc) != ERR_OK)
		return err_about(ERR_RECORD_FORM, "JSON");
	if ((r = take_all(doc, out)) != ERR_OK)
		record_wipe(out);
	json_decref(doc);
	return r;
}
