/* fhir_consent: what was agreed to, opposed, allowed and blocked. */
#include <string.h>

#include "fhir/fhir_own.h"

/* A Consent to be written. */
struct saying {
	const char *name;    /* of its id */
	bool active;	     /* still in force */
	uint64_t at_ms;
	const char *type;    /* "permit" or "deny" */
	const char *purpose; /* of v3-ActReason; NULL: none named */
	const char (*actors)[RPPS_TEXT]; /* NULL: everybody */
	const char *rule;    /* OPTIN or OPTOUT of v3-ActCode */
};

static json_t *
actors(const char list[RPPS_LIST][RPPS_TEXT])
{
	json_t *all = json_array();

	for (size_t i = 0; i < RPPS_LIST && list[i][0] != '\0'; i++)
		(void)json_array_append_new(all, json_pack("{s:o, s:o}",
		    "role", fhir_concept(HL7 "v3-ParticipationType", "IRCP",
		    "information recipient", NULL), "reference",
		    fhir_who(list[i], "")));
	return all;
}

static json_t *
provision(const struct saying *w)
{
	json_t *o = json_pack("{s:s, s:[o]}", "type", w->type, "action",
	    fhir_concept(HL7 "consentaction", "access", "Access", NULL));

	if (w->purpose != NULL)
		fhir_set(o, "purpose", json_pack("[{s:s, s:s}]", "system",
		    HL7 "v3-ActReason", "code", w->purpose));
	if (w->actors != NULL)
		fhir_set(o, "actor", actors(w->actors));
	return o;
}

static bool
by_representative(const struct story *s)
{
	return s->consenter == GRANTOR_REPRESENTATIVE &&
	    s->now->representative.there;
}

/* How it was said; a signed sheet is with the site, under its number. */
static void
set_method(json_t *o, const struct record *rec)
{
#define METHOD_WORD(name, word) [CONSENT_##name] = word,
	static const char *const methods[] = { CONSENT_METHODS(METHOD_WORD) };
	char number[RID_TEXT];

	(void)json_array_append_new(json_object_get(o, "category"),
	    fhir_concept(OWN_METHOD, methods[rec->consent.method], NULL,
	    NULL));
	if (!rec->form.there)
		return;
	rid_text(&rec->form.number, number);
	fhir_set(o, "sourceReference", fhir_far("DocumentReference", OWN_FORM,
	    number, "Feuille sign\xC3\xA9""e"));
}

/* The one who said it; where; and the operator's word that it was so. */
static void
set_witnesses(json_t *o, const struct story *s, const struct saying *w)
{
	const char *who = by_representative(s) ? "representative" : "patient";
	const struct record *rec = s->now;

	fhir_set(o, "performer", json_pack("[o]", fhir_ref(s->id, who)));
	fhir_set(o, "organization", json_pack("[o]",
	    fhir_site(rec->place.site_id, rec->place.site_name)));
	if (strcmp(w->name, "consent") == 0)
		set_method(o, rec);
	if (strcmp(w->name, "consent") == 0 && rec->certified.given)
		fhir_set(o, "verification", json_pack("[{s:b, s:o, s:o}]",
		    "verified", 1, "verifiedWith", fhir_ref(s->id, who),
		    "verificationDate", fhir_time(rec->certified.at_ms)));
}

static enum err
put_consent(struct fhir *f, const struct story *s, const struct saying *w)
{
	json_t *o = json_pack("{s:s, s:o, s:[o], s:o, s:o, s:o, s:o}",
	    "status", w->active ? "active" : "inactive",
	    "scope", fhir_concept(HL7 "consentscope", "patient-privacy",
	    "Privacy Consent", NULL),
	    "category", fhir_concept("http://loinc.org", "59284-0", NULL,
	    NULL),
	    "patient", fhir_ref(s->id, "patient"),
	    "dateTime", fhir_time(w->at_ms),
	    "policyRule", fhir_concept(HL7 "v3-ActCode", w->rule, NULL,
	    "Code de la sant\xC3\xA9 publique, L.1111-14 \xC3\xA0 L.1111-19"),
	    "provision", provision(w));

	if (s->known)
		set_witnesses(o, s, w);
	return fhir_put(f, f->state, s, "Consent", w->name, o);
}

/* All that there are, each with whether it is there and whether it holds. */
#define SAYINGS 5
static size_t
list_sayings(const struct story *s, struct saying out[SAYINGS])
{
	const struct record *now = s->now;
	const bool open = s->state == DOSSIER_OPENED;
	const bool opposed = s->state == DOSSIER_OPPOSED;
	const bool allowed = now->access.allowed[0][0] != '\0';
	const bool blocked = now->access.blocked[0][0] != '\0';
	const struct {
		bool ever;
		struct saying w;
	} all[SAYINGS] = {
		{ true, { "consent", open || opposed, s->consent_ms,
		    opposed ? "deny" : "permit", NULL, NULL,
		    opposed ? "OPTOUT" : "OPTIN" } },
		{ s->samu_ever, { "samu", open && now->access.samu_opposed,
		    s->choices_ms, "deny", "ETREAT", NULL, "OPTOUT" } },
		{ s->break_glass_ever, { "break-glass",
		    open && now->access.break_glass_opposed,
		    s->choices_ms, "deny", "BTG", NULL, "OPTOUT" } },
		{ s->allowed_ever[0][0] != '\0', { "allowed",
		    open && allowed, s->choices_ms, "permit", NULL, allowed
		    ? now->access.allowed : s->allowed_ever, "OPTIN" } },
		{ s->blocked_ever[0][0] != '\0', { "blocked",
		    open && blocked, s->choices_ms, "deny", NULL, blocked
		    ? now->access.blocked : s->blocked_ever, "OPTOUT" } },
	};
	size_t n = 0;

	for (size_t i = 0; i < SAYINGS; i++)
		if (all[i].ever)
			out[n++] = all[i].w;
	return n;
}

enum err
fhir_consents(struct fhir *f, const struct story *s)
{
	struct saying all[SAYINGS];
	size_t n = list_sayings(s, all);
	enum err r = ERR_OK;

	for (size_t i = 0; r == ERR_OK && i < n; i++)
		r = put_consent(f, s, &all[i]);
	return r;
}

void
fhir_consent_names(const struct story *s, const char *out[SAYINGS + 1])
{
	struct saying all[SAYINGS];
	size_t n = list_sayings(s, all);

	for (size_t i = 0; i < n; i++)
		out[i] = all[i].name;
	out[n] = NULL;
}
