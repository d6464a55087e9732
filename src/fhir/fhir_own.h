/*
 * fhir_own: what the files of fhir share. Only fhir*.c include this.
 *
 * A json_t that could not be made is NULL, and jansson takes NULL for a
 * failure of what it was to be part of; fhir_put says it in the end.
 */
#ifndef GUICHET_FHIR_FHIR_OWN_H
#define GUICHET_FHIR_FHIR_OWN_H

#include "base/json.h"
#include "fhir/fhir.h"

struct fhir {
	bool create;
	json_t *state, *acts; /* arrays of entries */
};

/* Names of ours for what has no public one (src/PROTOCOL section 12). */
#define OWN_DOSSIER  "urn:uuid:d754941d-5896-43f1-b5e4-acd964955aab"
#define OWN_NIR	     "urn:uuid:4fb13934-5910-41cf-9d79-cec7236088c5"
#define OWN_RECORD   "urn:uuid:ee7d03e0-4273-4743-b94f-95897857692d"
#define OWN_ACTION   "urn:uuid:97af3647-14f2-41c0-a721-e983c202efed"
#define OWN_WHO	     "urn:uuid:6db818e3-9275-45c0-8647-6ad5d1033210"
#define OWN_CENTRE   "urn:uuid:38db1a9e-5e94-4892-9819-05450d46822c"
#define OWN_CURSOR   "urn:uuid:ec70d09f-72d5-46f0-9006-f1b9b1917f78"
#define OWN_NOTICE   "urn:uuid:509d2a1a-4c5b-45f5-8852-1bc156e8a94e"
#define OWN_METHOD   "urn:uuid:efbf2309-09bb-4c1a-8068-e8f7091c8e10"
#define OWN_FORM     "urn:uuid:5c7e0c6e-52c9-4f0f-9c3a-6a1d2f6b7d44"

#define RPPS_SYSTEM  "https://rpps.esante.gouv.fr"
#define IDNATPS	     "urn:oid:1.2.250.1.71.4.2.1"
#define FINESS	     "https://finess.esante.gouv.fr"

#define HL7	     "http://terminology.hl7.org/CodeSystem/"

/* A Reference to what is called so in that dossier. */
json_t *fhir_ref(const uint8_t id[DOSSIER_ID_LEN], const char *name);

/* The same to somebody who is not in the Bundle, by number and name. The
 * display may be "". */
json_t *fhir_far(const char *type, const char *system, const char *value,
    const char *display);

/* A Practitioner by the number that a record has; a site by its own. */
json_t *fhir_who(const char *number, const char *name);
json_t *fhir_site(const char *number, const char *name);

/* A CodeableConcept of one Coding; text may be NULL. */
json_t *fhir_concept(const char *system, const char *code,
    const char *display, const char *text);
json_t *fhir_text(const char *text);

/* "2026-11-21T14:32:05Z" as a string. */
json_t *fhir_time(uint64_t ms);

/* Append to an array, if it is there: {system, value} of a phone or e-mail. */
void fhir_telecom(json_t *list, const char *system, const char *value);

/* A member that is left out when it says nothing. The value is used up. */
void fhir_set(json_t *o, const char *key, json_t *value);
void fhir_set_text(json_t *o, const char *key, const char *text);

/* The resource, which is used up, as an entry of `to`. ERR_MEMORY. */
enum err fhir_put(const struct fhir *f, json_t *to, const struct story *s,
    const char *type, const char *name, json_t *resource);

/* Each part of how a dossier stands. ERR_MEMORY. */
enum err fhir_patient(struct fhir *f, const struct story *s);
enum err fhir_related(struct fhir *f, const struct story *s);
enum err fhir_verified(struct fhir *f, const struct story *s);
enum err fhir_consents(struct fhir *f, const struct story *s);

/* The names of the Consents, for who points at them: ends with NULL. Those
 * that are not there now are left out. */
void fhir_consent_names(const struct story *s, const char *out[6]);

#endif
