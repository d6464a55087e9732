/* fhir_act: whence it comes, and who did it. */
#include <stdio.h>
#include <string.h>

#include "fhir/fhir_own.h"

/* What the standards call an action of ours. */
static const struct deed {
	const char *action;
	const char *audit;	/* AuditEvent.action */
	const char *operation;	/* v3-DataOperation; NULL: changed nothing */
	const char *outcome;	/* 0 done, 4 not done */
} deeds[] = {
	{ "opened", "C", "CREATE", "0" },
	{ "already-open", "R", NULL, "0" },
	{ "refused", "E", NULL, "4" },
	{ "reissued", "U", "UPDATE", "0" },
	{ "updated", "U", "UPDATE", "0" },
	{ "closed", "U", "UPDATE", "0" },
	{ "reopened", "U", "UPDATE", "0" },
	{ "opposed", "C", "CREATE", "0" },
	{ "voided", "U", NULL, "0" },
	{ "destroyed", "D", "DELETE", "0" },
	{ "deceased", "U", "UPDATE", "0" },
	{ "majority", "U", "UPDATE", "0" },
	{ "question-refused", "R", NULL, "4" },
	{ NULL, "R", NULL, "0" }, /* whatever else is a look */
};

static const struct deed *
deed_of(const char *action)
{
	const struct deed *d = deeds;

	while (d->action != NULL && strcmp(d->action, action) != 0)
		d++;
	return d;
}

/* The same line has the same id for ever. */
static void
name_line(const struct trace_line *l, const char *kind, char out[32])
{
	(void)snprintf(out, 32, "%s-%llu", kind,
	    (unsigned long long)l->number);
}

static json_t *
record_ref(const struct trace_line *l)
{
	char rid[RID_TEXT];

	rid_text(&l->rid, rid);
	return json_pack("{s:{s:s, s:s}}", "identifier", "system",
	    OWN_RECORD, "value", rid);
}

/* Who stood at the desk. At a borne it is the person alone. */
static json_t *
operator_ref(const struct trace_line *l, const struct record *rec)
{
	const char *name = rec == NULL ? "" : rec->operator.name;

	if (l->who[0] != '\0')
		return fhir_who(l->who, name);
	return json_pack("{s:s}", "display", "guichet");
}

static json_t *
agents(const struct story *s, const struct trace_line *l,
    const struct record *rec)
{
	const char *who = rec->grantor == GRANTOR_REPRESENTATIVE &&
	    rec->representative.there ? "representative" : "patient";
	json_t *enterer = json_pack("{s:o, s:o, s:o}", "type",
	    fhir_concept(HL7 "provenance-participant-type", "enterer",
	    "Enterer", NULL), "who", operator_ref(l, rec), "onBehalfOf",
	    fhir_site(rec->place.site_id, rec->place.site_name));

	if (l->profession[0] != '\0')
		fhir_set(enterer, "role", json_pack("[o]",
		    fhir_text(l->profession)));
	return json_pack("[{s:o, s:o}, o]", "type",
	    fhir_concept(HL7 "provenance-participant-type", "author",
	    "Author", NULL), "who", fhir_ref(s->id, who), enterer);
}

/* Whence: the record as it was signed, and the notice that was read. */
static json_t *
sources(const struct trace_line *l, const struct record *rec)
{
	json_t *all = json_pack("[{s:s, s:o}]", "role", "source", "what",
	    record_ref(l));
	char notice[80];

	if (record_has(rec->kind, "notice")) {
		(void)snprintf(notice, sizeof(notice), "%s %s %s",
		    rec->notice.id, rec->notice.version, rec->notice.lang);
		(void)json_array_append_new(all, json_pack(
		    "{s:s, s:{s:{s:s, s:s}, s:s}}", "role", "quotation",
		    "what", "identifier", "system", OWN_NOTICE, "value",
		    rec->notice.sha, "display", notice));
	}
	return all;
}

static json_t *
targets(const struct story *s)
{
	json_t *all = json_pack("[o]", fhir_ref(s->id, "patient"));
	const char *names[6];

	if (s->known && s->now->representative.there)
		(void)json_array_append_new(all,
		    fhir_ref(s->id, "representative"));
	fhir_consent_names(s, names);
	for (size_t i = 0; names[i] != NULL; i++)
		(void)json_array_append_new(all, fhir_ref(s->id, names[i]));
	return all;
}

static enum err
put_provenance(struct fhir *f, const struct story *s,
    const struct trace_line *l, const struct record *rec, const char *what)
{
	char name[32];
	json_t *o = json_pack("{s:o, s:o, s:o, s:o, s:[o], s:o, s:o}",
	    "target", targets(s), "occurredDateTime",
	    fhir_time(rec->made_ms), "recorded", fhir_time(l->at_ms),
	    "activity", fhir_concept(HL7 "v3-DataOperation", what, NULL,
	    l->action), "reason", fhir_concept(HL7 "v3-ActReason", "PATRQT",
	    "patient requested", NULL), "agent", agents(s, l, rec), "entity",
	    sources(l, rec));

	name_line(l, "provenance", name);
	return fhir_put(f, f->acts, s, "Provenance", name, o);
}

/* R.1111-43: who, of which profession, did what, when, where, to whom. */
static json_t *
auditor(const struct trace_line *l, const struct record *rec)
{
	json_t *o = json_pack("{s:o, s:b}", "who", operator_ref(l, rec),
	    "requestor", 1);

	if (l->profession[0] != '\0')
		fhir_set(o, "role", json_pack("[o]",
		    fhir_text(l->profession)));
	if (rec != NULL)
		fhir_set_text(o, "name", rec->operator.name);
	return json_pack("[o]", o);
}

static json_t *
audit_source(const struct trace_line *l)
{
	json_t *o = json_pack("{s:{s:s, s:{s:s, s:s}, s:s}}", "observer",
	    "type", "Device", "identifier", "system", OWN_CENTRE, "value",
	    "centre", "display", "guichet, centre");

	fhir_set_text(o, "site", l->site);
	return o;
}

static json_t *
audit_entities(const struct story *s, const struct trace_line *l)
{
	json_t *all = json_pack("[{s:o, s:{s:s, s:s, s:s},"
	    " s:{s:s, s:s, s:s}}]",
	    "what", fhir_ref(s->id, "patient"),
	    "type", "system", HL7 "audit-entity-type", "code", "1",
	    "display", "Person",
	    "role", "system", HL7 "object-role", "code", "1",
	    "display", "Patient");

	if (!secret_is_zero(l->rid.b, sizeof(l->rid.b)))
		(void)json_array_append_new(all, json_pack("{s:o, s:{s:s, s:s,"
		    " s:s}}", "what", record_ref(l), "type", "system",
		    HL7 "audit-entity-type", "code", "2", "display",
		    "System Object"));
	return all;
}

static enum err
put_audit(struct fhir *f, const struct story *s, const struct trace_line *l,
    const struct record *rec, const struct deed *d)
{
	char name[32];
	json_t *o = json_pack("{s:{s:s, s:s, s:s}, s:[{s:s, s:s}], s:s, s:o,"
	    " s:s, s:o, s:o, s:o}",
	    "type", "system", "http://dicom.nema.org/resources/ontology/DCM",
	    "code", "110110", "display", "Patient Record",
	    "subtype", "system", OWN_ACTION, "code", l->action,
	    "action", d->audit, "recorded", fhir_time(l->at_ms),
	    "outcome", d->outcome, "agent", auditor(l, rec),
	    "source", audit_source(l), "entity", audit_entities(s, l));

	name_line(l, "audit", name);
	return fhir_put(f, f->acts, s, "AuditEvent", name, o);
}

enum err
fhir_act(struct fhir *f, const struct story *s, const struct trace_line *l,
    const struct record *rec)
{
	const struct deed *d = deed_of(l->action);
	enum err r = ERR_OK;

	if (rec != NULL && d->operation != NULL)
		r = put_provenance(f, s, l, rec, d->operation);
	return r == ERR_OK ? put_audit(f, s, l, rec, d) : r;
}
