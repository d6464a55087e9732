/* fhir: the Bundle, and what all its resources are made of. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "fhir/fhir_own.h"

struct fhir *
fhir_new(bool create)
{
	struct fhir *f;

	if ((f = calloc(1, sizeof(*f))) == NULL)
		return NULL;
	f->create = create;
	fhir_reset(f);
	return f;
}

static void
release(struct fhir *f)
{
	json_decref(f->state);
	json_decref(f->acts);
	f->state = f->acts = NULL;
}

void
fhir_free(struct fhir *f)
{
	if (f == NULL)
		return;
	release(f);
	free(f);
}

void
fhir_reset(struct fhir *f)
{
	release(f);
	f->state = json_array();
	f->acts = json_array();
}

#define UUID_TEXT 37

/* Of what is called so in that dossier, as text: the first half of a digest,
 * marked as a UUID of one's own making (version 8, RFC 9562). */
static void
uuid_of(const uint8_t id[DOSSIER_ID_LEN], const char *name,
    char out[UUID_TEXT])
{
	static const int groups[] = { 4, 2, 2, 2, 6 };
	uint8_t h[DIGEST_LEN], *p = h;
	uint8_t said[DOSSIER_ID_LEN + 64];
	size_t n = strlen(name);

	if (n > sizeof(said) - DOSSIER_ID_LEN)
		abort();
	memcpy(said, id, DOSSIER_ID_LEN);
	memcpy(said + DOSSIER_ID_LEN, name, n);
	digest(said, DOSSIER_ID_LEN + n, h);
	h[6] = (h[6] & 0x0f) | 0x80;
	h[8] = (h[8] & 0x3f) | 0x80;
	for (size_t i = 0; i < 5; i++) {
		hex_of(p, (size_t)groups[i], out);
		p += groups[i];
		out += 2 * groups[i];
		*out++ = i < 4 ? '-' : '\0';
	}
}

json_t *
fhir_ref(const uint8_t id[DOSSIER_ID_LEN], const char *name)
{
	char uuid[UUID_TEXT];

	uuid_of(id, name, uuid);
	return json_pack("{s:s+}", "reference", "urn:uuid:", uuid);
}

json_t *
fhir_far(const char *type, const char *system, const char *value,
    const char *display)
{
	json_t *o = json_pack("{s:s, s:{s:s*, s:s}}", "type", type,
	    "identifier", "system", system, "value", value);

	fhir_set_text(o, "display", display);
	return o;
}

/* An RPPS number alone, or behind the 8 of IdNatPS; else one of the place. */
json_t *
fhir_who(const char *number, const char *name)
{
	const char *system = OWN_WHO;

	if (rpps_check(number))
		system = RPPS_SYSTEM;
	else if (number[0] == '8' && rpps_check(number + 1))
		system = IDNATPS;
	return fhir_far("Practitioner", system, number, name);
}

json_t *
fhir_site(const char *number, const char *name)
{
	return fhir_far("Organization", strlen(number) == 9 ? FINESS : NULL,
	    number, name);
}

json_t *
fhir_concept(const char *system, const char *code, const char *display,
    const char *text)
{
	return json_pack("{s:[{s:s, s:s, s:s*}], s:s*}", "coding", "system",
	    system, "code", code, "display", display, "text", text);
}

json_t *
fhir_text(const char *text)
{
	return json_pack("{s:s}", "text", text);
}

json_t *
fhir_time(uint64_t ms)
{
	char text[CLOCK_TEXT];

	clock_text(ms, text);
	return json_string(text);
}

void
fhir_telecom(json_t *list, const char *system, const char *value)
{
	if (value[0] != '\0')
		(void)json_array_append_new(list, json_pack("{s:s, s:s}",
		    "system", system, "value", value));
}

/* No member of FHIR is an empty list. */
void
fhir_set(json_t *o, const char *key, json_t *value)
{
	if (json_is_array(value) && json_array_size(value) == 0)
		json_decref(value);
	else
		(void)json_object_set_new(o, key, value);
}

void
fhir_set_text(json_t *o, const char *key, const char *text)
{
	if (text[0] != '\0')
		fhir_set(o, key, json_string(text));
}

/* What comes from a training centre is nobody's. */
static json_t *
meta(const struct story *s)
{
	return !s->now->training ? NULL : json_pack("{s:[{s:s, s:s, s:s}]}",
	    "security", "system", HL7 "v3-ActReason", "code", "HTEST",
	    "display", "test health data");
}

enum err
fhir_put(const struct fhir *f, json_t *to, const struct story *s,
    const char *type, const char *name, json_t *resource)
{
	char uuid[UUID_TEXT];
	json_t *request, *label = meta(s);
	int failed = 0;

	uuid_of(s->id, name, uuid);
	failed |= json_object_set_new(resource, "resourceType",
	    json_string(type));
	if (label != NULL)
		failed |= json_object_set_new(resource, "meta", label);
	if (!f->create)
		failed |= json_object_set_new(resource, "id",
		    json_string(uuid));
	request = f->create
	    ? json_pack("{s:s, s:s}", "method", "POST", "url", type)
	    : json_pack("{s:s, s:s++}", "method", "PUT", "url", type, "/",
	    uuid);
	failed |= json_array_append_new(to, json_pack("{s:s+, s:o, s:o}",
	    "fullUrl", "urn:uuid:", uuid, "resource", resource, "request",
	    request));
	return failed == 0 ? ERR_OK : ERR_MEMORY;
}

enum err
fhir_write(struct fhir *f, const struct story *s, const char *cursor,
    struct buf *out)
{
	json_t *bundle;
	enum err r;

	if ((r = fhir_patient(f, s)) != ERR_OK ||
	    (r = fhir_related(f, s)) != ERR_OK ||
	    (r = fhir_verified(f, s)) != ERR_OK ||
	    (r = fhir_consents(f, s)) != ERR_OK)
		return r;
	if (json_array_extend(f->state, f->acts) != 0)
		return ERR_MEMORY;
	bundle = json_pack("{s:s, s:s, s:o, s:O}", "resourceType", "Bundle",
	    "type", "transaction", "timestamp", fhir_time(s->at_ms), "entry",
	    f->state);
	if (bundle == NULL)
		return ERR_MEMORY;
	if (cursor != NULL && json_object_set_new(bundle, "identifier",
	    json_pack("{s:s, s:s}", "system", OWN_CURSOR, "value", cursor))
	    != 0)
		r = ERR_MEMORY;
	if (r == ERR_OK)
		r = json_write(bundle, out);
	json_decref(bundle);
	return r;
}
