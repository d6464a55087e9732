/* save: the last step of an enrolment before the commit point. */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "desk/save.h"
#include "envelope/permit.h"

#define COPY(to, from) (void)snprintf((to), sizeof(to), "%s", (from))

static uint32_t
seconds(uint64_t ms)
{
	return ms / 1000 > UINT32_MAX ? UINT32_MAX : (uint32_t)(ms / 1000);
}

static void
fill_steps(const struct person *p, struct record *rec)
{
	rec->steps.there = true;
	rec->steps.card_s = seconds(p->spent_ms[PART_CARD]);
	rec->steps.information_s = seconds(p->spent_ms[PART_INFORMATION]);
	rec->steps.consent_s = seconds(p->spent_ms[PART_CONSENT]);
	rec->steps.choices_s = seconds(p->spent_ms[PART_CHOICES]);
	rec->steps.review_s = seconds(p->spent_ms[PART_REVIEW]);
}

/* What the terminal knows of itself and of the moment. */
static void
fill_place(struct session *s, struct record *rec)
{
	const struct desk_settings *set = s->set;

	session_name_record(s);
	rec->regime = settings_regime(set->regime, set->regime_from,
	    s->now_ms);
	rec->training = set->mode == MODE_TRAINING;
	rec->made_ms = s->now_ms;
	rec->terminal = (uint32_t)set->terminal;
	COPY(rec->place.profile,
	    permit_profile_word((enum profile)set->profile));
	COPY(rec->place.site_id, set->site_id);
	COPY(rec->place.site_name, set->site_name);
	COPY(rec->place.department, set->department);
	COPY(rec->operator.id, s->operator.id);
	COPY(rec->operator.name, s->operator.name);
	COPY(rec->operator.profession, s->operator.profession);
	if (rec->kind == RECORD_CLOSE && rec->close.motive[0] == '\0')
		COPY(rec->close.motive, CLOSE_MOTIVE);
	fill_steps(s->person, rec);
}

/* A record whose kind it is wants an account when there is a channel. */
static bool
wants_account(const struct record *rec)
{
	return record_has(rec->kind, "account") &&
	    (rec->contact.mobile[0] != '\0' || rec->contact.email[0] != '\0');
}

/* A channel opens the account by itself (EX_1.X-1300); no channel, none. A
 * reissue is for nothing else: without an account there is no such act. */
static enum err
make_secrets(struct session *s, struct queue *q)
{
	struct person *p = s->person;
	bool must = p->rec.kind == RECORD_REISSUE;
	uint32_t number;
	enum err r;

	p->rec.account.wanted = wants_account(&p->rec);
	if (!p->rec.account.wanted)
		return must ? ERR_RULE_ACCOUNT : ERR_OK;
	r = queue_take_identifier(q, &number);
	if (r == ERR_NO_IDENTIFIER && !must) {
		p->rec.account.wanted = false;
		return ERR_OK;
	}
	if (r != ERR_OK)
		return r;
	identifier_text(number,
	    s->set->identifier_order == ORDER_LETTERS_DIGITS, p->identifier);
	password_draw(p->password);
	COPY(p->rec.account.identifier, p->identifier);
	return verifier_make(p->password, PASSWORD_LEN,
	    p->rec.account.verifier);
}

static enum err
seal_and_put(struct session *s, struct queue *q, const struct desk_keys *k)
{
	struct person *p = s->person;
	struct buf document, sealed;
	enum err r;

	buf_init(&sealed);
	if ((r = buf_init_secret(&document, RECORD_ROOM)) != ERR_OK)
		return r;
	if ((r = record_write(&p->rec, &document)) == ERR_OK &&
	    (r = envelope_seal(&document, &k->envelope, &sealed)) == ERR_OK)
		r = (p->rec.account.wanted ? queue_put_owing : queue_put)(q,
		    p->rec.terminal, &p->rec.rid, &sealed, &k->envelope,
		    &p->sequence);
	buf_clear(&document);
	buf_clear(&sealed);
	return r;
}

enum err
desk_save(struct session *s, struct queue *q, const struct desk_keys *k)
{
	struct person *p = s->person;
	enum err r;

	if (!shift_serves(s))
		return ERR_NO_OPERATOR;
	fill_place(s, &p->rec);
	if ((r = make_secrets(s, q)) == ERR_OK &&
	    (r = seal_and_put(s, q, k)) == ERR_OK) {
		p->saved = true;
		s->owes = p->rec.account.wanted;
		s->handed = false;
		s->receipt = ERR_PRINT_NONE; /* until one is printed */
		s->owed = p->rec.rid;
		rid_short(&p->rec.rid, s->reference);
		return ERR_OK;
	}
	secret_wipe(p->password, sizeof(p->password));
	secret_wipe(p->identifier, sizeof(p->identifier));
	secret_wipe(&p->rec.account, sizeof(p->rec.account));
	return r;
}
