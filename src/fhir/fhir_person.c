/* fhir_person: who it is, and who speaks for them. */
#include <stdio.h>
#include <string.h>

#include "envelope/age.h"
#include "fhir/fhir_own.h"

#define FR_CORE "https://hl7.fr/ig/fhir/core/"

/*
 * Read from a card and asked of nobody: provisional (facts/domain.md 2.6). The
 * form is that of fr-core, of which this Patient does not claim a profile: the
 * number is no INS.
 */
static json_t *
reliability(void)
{
	return json_pack("{s:s, s:[{s:s, s:{s:s, s:s}}]}", "url",
	    FR_CORE "StructureDefinition/fr-core-identity-reliability",
	    "extension", "url", "identityStatus", "valueCoding", "system",
	    FR_CORE "CodeSystem/fr-core-cs-v2-0445", "code", "PROV");
}

/* The policy-holder's number: of a child's card it is a parent's. */
static json_t *
card_number(const struct record *rec)
{
	return json_pack("{s:s, s:o, s:s, s:s+}", "use", "secondary", "type",
	    fhir_concept(HL7 "v2-0203", "SB", "Social Beneficiary Identifier",
	    "NIR lu sur la carte Vitale (assur\xC3\xA9), pas une INS"),
	    "system", OWN_NIR, "value", rec->identity.nir,
	    rec->identity.key);
}

static json_t *
identifiers(const struct story *s)
{
	char id[2 * DOSSIER_ID_LEN + 1];
	json_t *list;

	hex_of(s->id, DOSSIER_ID_LEN, id);
	list = json_pack("[{s:s, s:s, s:s}]", "use", "official", "system",
	    OWN_DOSSIER, "value", id);
	if (s->known)
		(void)json_array_append_new(list, card_number(s->now));
	return list;
}

/* As on the card, which does not say whether it is the name at birth. */
static json_t *
name_of(const char *family, const char *given)
{
	json_t *o = json_pack("{s:s}", "use", "usual");

	fhir_set_text(o, "family", family);
	if (given[0] != '\0')
		fhir_set(o, "given", json_pack("[s]", given));
	return json_pack("[o]", o);
}

/* A lunar month or day is no date: the year alone, and the card's own text
 * beside it (facts/card.md 4.3). */
static void
set_birth(json_t *o, const char *birth)
{
	char text[16];
	const bool whole = birth_is_calendar(birth);

	if (strlen(birth) != 8 || strspn(birth, "0123456789") < 4)
		return;
	(void)snprintf(text, sizeof(text), whole ? "%.4s-%.2s-%.2s" : "%.4s",
	    birth, birth + 4, birth + 6);
	fhir_set_text(o, "birthDate", text);
	if (!whole)
		fhir_set(o, "_birthDate", json_pack("{s:[{s:s, s:s}]}",
		    "extension", "url",
		    "http://hl7.org/fhir/StructureDefinition/originalText",
		    "valueString", birth));
}

static json_t *
emergency(const struct record *rec)
{
	json_t *telecom = json_array();
	const char *relation = rec->emergency.relation;

	fhir_telecom(telecom, "phone", rec->emergency.phone);
	return json_pack("[{s:[o], s:{s:s}, s:o}]", "relationship",
	    fhir_concept(HL7 "v2-0131", "C", "Emergency Contact",
	    relation[0] == '\0' ? NULL : relation), "name", "text",
	    rec->emergency.name, "telecom", telecom);
}

/* The language of the notice that was read; "fr-falc" is French. */
static json_t *
language(const char *lang)
{
	return json_pack("[{s:{s:[{s:s, s:s%}]}, s:b}]", "language",
	    "coding", "system", "urn:ietf:bcp:47", "code", lang,
	    strcspn(lang, "-"), "preferred", 1);
}

static void
describe(json_t *o, const struct record *rec)
{
	json_t *telecom = json_array();

	fhir_set(o, "extension", json_pack("[o]", reliability()));
	fhir_set(o, "name", name_of(rec->identity.family,
	    rec->identity.given));
	fhir_set_text(o, "gender", "unknown"); /* the number is not theirs */
	set_birth(o, rec->identity.birth);
	fhir_telecom(telecom, "phone", rec->contact.mobile);
	fhir_telecom(telecom, "email", rec->contact.email);
	fhir_set(o, "telecom", telecom);
	if (rec->emergency.name[0] != '\0')
		fhir_set(o, "contact", emergency(rec));
	if (rec->notice.lang[0] != '\0')
		fhir_set(o, "communication", language(rec->notice.lang));
	if (rec->doctor.rpps[0] != '\0')
		fhir_set(o, "generalPractitioner", json_pack("[o]",
		    fhir_who(rec->doctor.rpps, rec->doctor.name)));
}

enum err
fhir_patient(struct fhir *f, const struct story *s)
{
	json_t *o = json_pack("{s:b}", "active", s->state == DOSSIER_OPENED);

	fhir_set(o, "identifier", identifiers(s));
	if (s->deceased)
		fhir_set(o, "deceasedBoolean", json_true());
	if (s->known)
		describe(o, s->now);
	return fhir_put(f, f->state, s, "Patient", "patient", o);
}

enum err
fhir_related(struct fhir *f, const struct story *s)
{
#define ROLE_WORD(name) [ROLE_##name] = #name,
	static const char *const roles[] = { ROLES(ROLE_WORD) };
	const struct record *rec = s->now;
	json_t *o, *telecom;

	if (!s->known || !rec->representative.there)
		return ERR_OK;
	o = json_pack("{s:b, s:o, s:[o]}", "active",
	    s->state == DOSSIER_OPENED && !s->of_age, "patient",
	    fhir_ref(s->id, "patient"), "relationship",
	    fhir_concept(HL7 "v3-RoleCode", roles[rec->representative.role],
	    NULL, NULL));
	fhir_set(o, "name", name_of(rec->representative.family,
	    rec->representative.given));
	telecom = json_array();
	fhir_telecom(telecom, "phone", rec->representative.phone);
	fhir_telecom(telecom, "email", rec->representative.email);
	fhir_set(o, "telecom", telecom);
	return fhir_put(f, f->state, s, "RelatedPerson", "representative", o);
}
