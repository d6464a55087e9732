/*
 * fhir: a dossier's story → one FHIR R4 transaction Bundle.
 *
 * Patient, RelatedPerson, a Consent for what was agreed to and for each
 * opposition and list, then a Provenance and an AuditEvent for each act. Ids
 * are made from the dossier's own, so that a Bundle that is sent again changes
 * nothing. src/PROTOCOL section 12 says what stands where.
 */
#ifndef GUICHET_FHIR_FHIR_H
#define GUICHET_FHIR_FHIR_H

#include "centre/story.h"

struct fhir;

/*
 * A Bundle to be filled. Entries are "PUT Type/id"; with create they are
 * "POST Type", for a server that gives its own ids and then has them twice
 * when the Bundle comes twice. NULL: no memory. Free accepts NULL.
 */
struct fhir *fhir_new(bool create);
void fhir_free(struct fhir *f);

/* Begin again, for another dossier or another moment of the same one. */
void fhir_reset(struct fhir *f);

/*
 * What one line of the story was: its Provenance, when it changed the
 * dossier, and its AuditEvent. Borrowed only for the call. ERR_MEMORY.
 */
enum err fhir_act(struct fhir *f, const struct story *s,
    const struct trace_line *l, const struct record *rec);

/*
 * How the dossier stands now, in front of its acts, and the whole appended to
 * out: one line of JSON, without its end. cursor (NULL: none) becomes the
 * Bundle's identifier. ERR_MEMORY, ERR_TOO_LONG.
 */
enum err fhir_write(struct fhir *f, const struct story *s,
    const char *cursor, struct buf *out);

#endif
