/* fhir_verified: by which contacts a code came back. */
#include "envelope/vouch.h"
#include "fhir/fhir_own.h"

/*
 * R4 has no place for it at a ContactPoint: what it has is a VerificationResult
 * that points at the element. Once there was one it stays, and says when it
 * holds no more.
 */
struct reach_of {
	const char *name;  /* of its id */
	const char *where; /* FHIRPath */
	bool ever;
	const char *contact, *vouch;
};

static json_t *
centre(void)
{
	return json_pack("{s:o}", "organization", fhir_far("Organization",
	    OWN_CENTRE, "centre", "guichet, centre"));
}

/* Another contact, or the same without a code, must be verified anew. */
static enum err
put_result(struct fhir *f, const struct story *s, const struct reach_of *w)
{
	const bool holds = w->contact[0] != '\0' && w->vouch[0] != '\0';
	uint64_t at_ms = s->contact_ms;
	json_t *o;
	enum err r;

	if (holds && (r = vouch_when(w->vouch, &at_ms)) != ERR_OK)
		return r;
	o = json_pack("{s:[o], s:[s], s:s, s:o, s:o, s:[o], s:[o]}",
	    "target", fhir_ref(s->id, "patient"), "targetLocation", w->where,
	    "status", holds ? "validated" : "req-revalid",
	    "statusDate", fhir_time(at_ms), "validationType",
	    fhir_concept(HL7 "validation-type", "primary", NULL, NULL),
	    "validationProcess", fhir_text("Code \xC3\xA0 six chiffres "
	    "envoy\xC3\xA9 \xC3\xA0 ce contact et redonn\xC3\xA9 au guichet"),
	    "validator", centre());
	return fhir_put(f, f->state, s, "VerificationResult", w->name, o);
}

enum err
fhir_verified(struct fhir *f, const struct story *s)
{
	const struct record *now = s->now;
	const struct reach_of all[] = {
		{ "verified-mobile", "Patient.telecom.where(system = 'phone')",
		  s->mobile_ever, now->contact.mobile, now->verified.mobile },
		{ "verified-email", "Patient.telecom.where(system = 'email')",
		  s->email_ever, now->contact.email, now->verified.email },
	};
	enum err r = ERR_OK;

	for (size_t i = 0; r == ERR_OK && i < 2; i++)
		if (s->known && all[i].ever)
			r = put_result(f, s, &all[i]);
	return r;
}
