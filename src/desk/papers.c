/* papers: facts of the session → slips → the printer. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "desk/birth.h"
#include "desk/papers.h"
#include "desk/papers_own.h"
#include "slip/slip_receipt.h"
#include "slip/slip_secrets.h"

#define COPY(to, from) (void)snprintf((to), sizeof(to), "%s", (from))

void
papers_date(uint64_t wall_ms, char *out, size_t room)
{
	char digits[9], day[48], hour[6];

	clock_day(wall_ms, digits);
	clock_hour(wall_ms, hour);
	birth_words(digits, day, sizeof(day));
	(void)snprintf(out, room, "%s, %s", day, hour);
}

/* What stands on the paper. */
static void
fill_secrets(const struct session *s, struct slip_facts *f)
{
	const struct record *rec = &s->person->rec;

	rid_text(&rec->rid, f->ref);
	COPY(f->reference, s->reference);
	COPY(f->family, rec->identity.family);
	COPY(f->given, rec->identity.given);
	birth_words(rec->identity.birth, f->birth, sizeof(f->birth));
	COPY(f->nir, rec->identity.nir);
	COPY(f->key, rec->identity.key);
	COPY(f->identifier, s->person->identifier);
	COPY(f->password, s->person->password);
	f->by_sms = rec->contact.mobile[0] != '\0';
	f->by_email = rec->contact.email[0] != '\0';
	COPY(f->site, s->set->site_name);
	papers_date(rec->made_ms, f->date, sizeof(f->date));
	COPY(f->support, s->set->support);
	f->training = s->set->mode == MODE_TRAINING;
}

static enum err
print_secrets(struct session *s, struct printlink *l, struct slip *slip)
{
	struct slip_facts *facts = secret_alloc(sizeof(*facts));

	if (facts == NULL)
		return ERR_MEMORY;
	fill_secrets(s, facts);
	slip_secrets(slip, facts);
	slip->large = s->person->large;
	secret_free(facts);
	return printlink_print(l, slip);
}

void
papers_name(char *name)
{
	for (; *name != '\0' && *name != ' '; name++)
		*name = (char)toupper((unsigned char)*name);
}

void
papers_notice(const struct session *s, char *out, size_t room)
{
	const struct record *rec = &s->person->rec;

	out[0] = '\0';
	if (rec->notice.id[0] == '\0')
		return;
	(void)snprintf(out, room, "%.31s %.15s (%.24s)", rec->notice.id,
	    rec->notice.version, tongues_name(s->tongues, rec->notice.lang));
	papers_name(out);
}

/* The receipt's signed form; none without a badge that holds now. */
static enum err
sign_receipt(const struct session *s, const struct desk_keys *k, char *out,
    size_t room)
{
	const struct record *rec = &s->person->rec;
	struct proof p;
	struct buf text;
	enum err r;

	out[0] = '\0';
	if (!k->has_badge || !record_has(rec->kind, "notice"))
		return ERR_OK;
	buf_init(&text);
	if ((r = proof_of(rec, &p)) == ERR_OK &&
	    (r = proof_write(&p, k->badge, k->sign_secret, &text)) == ERR_OK &&
	    text.len < room) {
		memcpy(out, text.p, text.len);
		out[text.len] = '\0';
	}
	buf_clear(&text);
	return r;
}

static void
fill_receipt(const struct session *s, struct receipt_facts *f)
{
	const struct record *rec = &s->person->rec;

	rid_text(&rec->rid, f->ref);
	COPY(f->reference, s->reference);
	f->kind = rec->kind;
	COPY(f->family, rec->identity.family);
	COPY(f->given, rec->identity.given);
	birth_words(rec->identity.birth, f->birth, sizeof(f->birth));
	COPY(f->site, rec->place.site_name);
	COPY(f->operator, rec->operator.name);
	papers_date(rec->made_ms, f->date, sizeof(f->date));
	f->samu_opposed = rec->access.samu_opposed;
	f->break_glass_opposed = rec->access.break_glass_opposed;
	f->account = rec->account.wanted;
	f->account_later = !rec->account.wanted &&
	    (rec->contact.mobile[0] != '\0' || rec->contact.email[0] != '\0');
	COPY(f->wording, rec->consent.wording);
	papers_date(rec->consent.at_ms, f->consent_date,
	    sizeof(f->consent_date));
	f->method = rec->consent.method;
	f->grantor = rec->grantor;
	papers_notice(s, f->notice, sizeof(f->notice));
	if (rec->form.there)
		rid_short(&rec->form.number, f->form);
	COPY(f->sha, rec->notice.sha);
	COPY(f->support, s->set->support);
	f->training = s->set->mode == MODE_TRAINING;
}

static enum err
print_receipt(struct session *s, struct printlink *l,
    const struct desk_keys *k, struct slip *slip)
{
	struct receipt_facts *facts = secret_alloc(sizeof(*facts));
	enum err r;

	if (facts == NULL)
		return ERR_MEMORY;
	fill_receipt(s, facts);
	if ((r = sign_receipt(s, k, facts->proof, sizeof(facts->proof))) ==
	    ERR_OK) {
		slip_receipt(slip, facts);
		slip->large = s->person->large;
		r = printlink_print(l, slip);
	}
	secret_free(facts);
	return r;
}

enum err
papers_print(struct session *s, struct printlink *l, struct queue *q,
    const struct desk_keys *k)
{
	struct slip *slip;
	enum err r = ERR_OK;

	s->receipt = ERR_PRINT_NONE;
	if (l == NULL)
		return ERR_PRINT_NONE;
	if ((slip = slip_new()) == NULL)
		return ERR_MEMORY;
	/* Known on the disk before the printer has a byte of it. */
	if (s->owes && (r = queue_print_intent(q, &s->owed)) == ERR_OK)
		r = print_secrets(s, l, slip);
	if (r == ERR_OK)
		s->receipt = print_receipt(s, l, k, slip);
	if (s->receipt != ERR_OK)
		log_error(s->receipt, "receipt");
	slip_free(slip);
	return r;
}
