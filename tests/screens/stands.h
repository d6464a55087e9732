/*
 * stands: every state of every screen that has a page of its own, for the
 * tests that look at pages: tests/screens/pages.c and languages.c.
 */
#ifndef GUICHET_TESTS_STANDS_H
#define GUICHET_TESTS_STANDS_H

#include "tests/screens/hostile.h"
#include "tests/screens/world.h"

static uint32_t
never(void *source)
{
	(void)source;
	return 1;
}

/* An adult who answered everything, standing before the save. */
static void
answered(struct world *w)
{
	struct person *p = w->s.person;

	world_insert(w);
	p->epoch = w->s.epoch = w->epoch;
	w->s.reader = READER_VITALE;
	p->nbearers = 2;
	memcpy(p->bearers, w->news.bearers, 2 * sizeof(p->bearers[0]));
	p->chosen = p->confirmed = p->informed = true;
	p->rec.consent.given = true;
	(void)snprintf(p->rec.consent.wording, sizeof(p->rec.consent.wording),
	    "Je consens à l'ouverture de mon Dossier médical partagé.");
	memcpy(p->rec.notice.id, "dmp-info", 9);
	memcpy(p->rec.notice.version, "2.1", 4);
	memcpy(p->rec.notice.lang, "fr", 3);
	memcpy(p->mobile, "06 39 98 12 41", 15);
	memcpy(p->rec.contact.mobile, "0639981241", 11);
}

static void
with_codes(struct world *w)
{
	struct person *p = w->s.person;

	p->saved = p->rec.account.wanted = true;
	memcpy(p->identifier, "4821KFTP", 9);
	memcpy(p->password, "aB3-x9!z", 9);
	memcpy(w->s.reference, "01JD-7Q4M", RID_SHORT);
}

static void
card_left(struct world *w)
{
	w->s.epoch = 7;
	w->s.reader = READER_VITALE;
}

static void no_service(struct world *w) { w->s.reader = READER_NO_SERVICE; }
static void no_reader(struct world *w) { w->s.reader = READER_NO_READER; }
static void mute(struct world *w) { w->s.reader = READER_MUTE; }
static void vitale(struct world *w) { w->s.reader = READER_VITALE; }
static void vitale1(struct world *w) { w->s.reader = READER_VITALE1; }
static void cps(struct world *w) { w->s.reader = READER_CPS; }
static void foreign(struct world *w) { w->s.reader = READER_FOREIGN; }
static void busy(struct world *w) { w->s.reader = READER_BUSY; }

static void
protected(struct world *w)
{
	w->s.reader = READER_ERROR;
	w->s.reader_err = ERR_CARD_PROTECTED;
}

static void
alone(struct world *w)
{
	answered(w);
	w->s.person->nbearers = 1;
}

static void
wrong_key(struct world *w)
{
	struct bearer *b = w->s.person->bearers;

	answered(w);
	memcpy(b->birth, "19500305", 9);
	memcpy(b->key, "12", 3);
	b->key_right = false;
	b->altered = true;
}

/* A child, whose parent answers. */
static void
child(struct world *w)
{
	struct record *rec = &w->s.person->rec;

	answered(w);
	w->s.person->which = 1;
	rec->subject.status = SUBJECT_MINOR;
}

static void
child_missing(struct world *w)
{
	child(w);
	w->s.person->tries = 1;
}

static void
represented(struct world *w)
{
	struct person *p = w->s.person;
	struct record *rec = &p->rec;

	child(w);
	p->role_said = true;
	rec->representative.there = rec->representative.present = true;
	rec->representative.role = ROLE_FTH;
	memcpy(rec->representative.family, "MARTIN", 7);
	memcpy(rec->representative.given, "Claude", 7);
	memcpy(rec->representative.phone, "0199001234", 11);
	memcpy(p->phone, "01 99 00 12 34", 15);
}

static void
protected_adult(struct world *w)
{
	answered(w);
	w->s.person->rec.subject.status = SUBJECT_PROTECTED;
}

static void
came_for(struct world *w, enum record_kind kind)
{
	answered(w);
	w->s.person->service = w->s.person->rec.kind = kind;
	w->s.served = kind;
	session_speak(&w->s, w->s.tongue);
}

static void to_reissue(struct world *w) { came_for(w, RECORD_REISSUE); }
static void to_change(struct world *w) { came_for(w, RECORD_PREFERENCES); }
static void to_close(struct world *w) { came_for(w, RECORD_CLOSE); }
static void to_reopen(struct world *w) { came_for(w, RECORD_REOPEN); }
static void in_mes(struct world *w) { w->set.regime = REGIME_MES; }
static void
place_closed(struct world *w)
{
	w->s.closed = true;
	w->s.closed_ms = WORLD_NOW_MS - (uint64_t)3 * 24 * 3600 * 1000;
}

static void
closed_in_mes(struct world *w)
{
	place_closed(w);
	w->set.regime = REGIME_MES;
}

static void
closed_borne(struct world *w)
{
	place_closed(w);
	w->set.profile = PROFILE_BORNE;
}

static void at_borne(struct world *w) { w->set.profile = PROFILE_BORNE; }

static void
to_oppose(struct world *w)
{
	in_mes(w);
	came_for(w, RECORD_OPPOSE);
	memcpy(w->s.person->rec.notice.id, "mes-info", 9);
	memcpy(w->s.person->rec.notice.version, "1.0", 4);
}

static void
closed(struct world *w)
{
	memcpy(w->s.reference, "01JD-7Q4M", RID_SHORT);
	w->s.served = RECORD_CLOSE;
}

static void
people_wrong(struct world *w)
{
	answered(w);
	memcpy(w->s.person->doctor, "123", 4);
	w->s.person->tries = 1;
}

static void
kin_wrong(struct world *w)
{
	answered(w);
	memcpy(w->s.person->kin_phone, "123", 4);
	w->s.person->tries = 1;
}

static void
chosen(struct world *w)
{
	struct record *rec = &w->s.person->rec;

	answered(w);
	memcpy(rec->doctor.name, "MARTIN Claude", 14);
	memcpy(rec->access.allowed[0], "99700024450", RPPS_TEXT);
	memcpy(rec->emergency.name, "MARTIN Dominique", 17);
	rec->access.masked = rec->access.sensitive = true;
	rec->news.alerts = ALERTS_EACH;
}

static void
hostile(struct world *w)
{
	answered(w);
	hostile_bearer(&w->s.person->bearers[0]);
}

static void
last_page(struct world *w)
{
	answered(w);
	w->s.person->notice_page = w->notice.npages - 1;
	w->s.person->notice_seen = (1u << w->notice.npages) - 1;
}

/* In easy French: its notice asks back. */
static void
asked(struct world *w)
{
	answered(w);
	for (size_t i = 0; i < w->tongues.n; i++)
		if (strcmp(w->tongues.tongue[i].code, "fr-falc") == 0)
			session_speak(&w->s, i);
}

static void
right(struct world *w)
{
	asked(w);
	memcpy(w->s.person->understood, "no", 3);
}

static void
wrong(struct world *w)
{
	asked(w);
	memcpy(w->s.person->understood, "yes", 4);
}

static void
box_missed(struct world *w)
{
	answered(w);
	w->s.person->box_missed = 1;
}

static void
box_ticked(struct world *w)
{
	answered(w);
	w->s.person->box = true;
}

static void
opposed(struct world *w)
{
	answered(w);
	w->s.person->rec.access.samu_opposed = true;
}

static void
contact_empty(struct world *w)
{
	answered(w);
	w->s.person->mobile[0] = '\0';
	w->s.person->contact_tries = 1;
}

static void
contact_wrong(struct world *w)
{
	answered(w);
	memcpy(w->s.person->mobile, "02 39 98", 9);
	memcpy(w->s.person->email, "nom@exemple", 12);
	w->s.person->contact_tries = 1;
}

/* The centre said that of them. */
static void
told(struct world *w, enum question_kind kind, enum response_word word)
{
	answered(w);
	w->s.asks = true;
	w->s.person->reach = REACH_MOBILE;
	w->s.person->told = (struct response){ .kind = kind, .word = word,
		.wait_s = word == RESPONSE_WAIT ? 900 : 0, .tries = 2 };
}

#define TOLD(name, kind, word)						\
	static void name(struct world *w)				\
	{								\
		told(w, QUESTION_##kind, RESPONSE_##word);		\
	}
TOLD(is_open, DOSSIER, OPENED)
TOLD(is_closed, DOSSIER, CLOSED)
TOLD(is_opposed, DOSSIER, OPPOSED)
TOLD(has_died, DOSSIER, DECEASED)
TOLD(code_sent, SENT, GONE)
TOLD(code_going, SENT, GOING)
TOLD(code_unsent, SENT, UNSENT)
TOLD(code_refused, SENT, REFUSED)
TOLD(code_wrong, CHECK, WRONG)
TOLD(code_old, CHECK, EXPIRED)
TOLD(code_waits, CHECK, WAIT)
TOLD(code_often, SEND, WAIT)

/* Back from that answer, to mend the address. */
static void
contact_refused(struct world *w)
{
	struct person *p = w->s.person;

	code_refused(w);
	p->reach = REACH_EMAIL;
	memcpy(p->mobile, "06 39 98 12 41", 15);
	memcpy(p->email, "nom@exemple.fr", 15);
	memcpy(p->rec.contact.email, p->email, sizeof(p->email));
}

static void
has_none(struct world *w)
{
	told(w, QUESTION_DOSSIER, RESPONSE_NONE);
	w->s.person->service = RECORD_CLOSE;
}

static void
code_mailed(struct world *w)
{
	code_sent(w);
	w->s.person->reach = REACH_EMAIL;
	memcpy(w->s.person->rec.contact.email, "nom@exemple.fr", 15);
	memcpy(w->s.person->typed_code, "12345", 6);
}

static void
code_unanswered(struct world *w)
{
	code_sent(w);
	w->s.person->told.word = 0;
}

static void
nothing_to_reach(struct world *w)
{
	answered(w);
	opposed(w);
	w->s.person->contact_no = true;
	w->s.person->rec.contact.mobile[0] = '\0';
}

static void
no_identifiers(struct world *w)
{
	answered(w);
	w->s.identifiers = 0;
	w->s.waiting = 3;
	w->s.refused = 1;
	w->s.last_sent_ms = 0;
}

static void
paper_out(struct world *w)
{
	answered(w);
	with_codes(w);
}

static void
uncovered(struct world *w)
{
	paper_out(w);
	w->s.person->reveals = 2;
	w->s.person->reveal_until_ms = w->s.elapsed_ms + 1;
}

static void
few_left(struct world *w)
{
	paper_out(w);
	w->s.identifiers = 7;
	w->s.last_sent_ms = w->s.now_ms - (uint64_t)50 * 3600 * 1000;
}

static void
by_email(struct world *w)
{
	struct record *rec = &w->s.person->rec;

	paper_out(w);
	rec->contact.mobile[0] = '\0';
	(void)snprintf(rec->contact.email, sizeof(rec->contact.email),
	    "nom@exemple.fr");
}

static void
jammed(struct world *w)
{
	paper_out(w);
	w->s.person->paper = ERR_PRINT_WRITE;
}

static void
no_printer(struct world *w)
{
	paper_out(w);
	w->s.paper = false;
}

static void
kept(struct world *w)
{
	memcpy(w->s.reference, "01JD-7Q4M", RID_SHORT);
}

static void
in_hand(struct world *w)
{
	kept(w);
	w->s.handed = true;
}

static void
not_in_hand(struct world *w)
{
	w->s.voided = 1;
	memcpy(w->s.voided_last, "01JD-7Q4M", RID_SHORT);
}

static void
demo_card(struct world *w)
{
	w->set.mode = MODE_PRODUCTION;
	w->s.problem = ERR_DEMO_CARD;
}

static void real_card(struct world *w) { w->s.problem = ERR_REAL_CARD; }
static void unwritten(struct world *w) { w->s.problem = ERR_QUEUE_WRITE; }

static void
idle(struct world *w)
{
	answered(w);
	w->s.idle_left = 25;
}

static void
helping(struct world *w)
{
	answered(w);
	w->s.helping = true;
}

/* Two accounts, and nobody has signed in. */
static void
shut(struct world *w)
{
	w->shifts = true;
	world_begin(w);
	w->s.shift.asked = w->staff[1];
}

static void
served(struct world *w)
{
	shut(w);
	shift_open(&w->s);
}

static void
rested(struct world *w)
{
	served(w);
	shift_close(&w->s);
	w->s.shift.rested = true;
}

static void
no_accounts(struct world *w)
{
	w->set.mode = MODE_PRODUCTION;
	shift_accounts(&w->s, NULL, 0, ERR_OK);
}

static void
bad_accounts(struct world *w)
{
	shift_accounts(&w->s, NULL, 0, ERR_OPERATORS);
}

static void
pin_typed(struct world *w)
{
	shut(w);
	memcpy(w->s.person->pin, "271828", 7);
}

static void
pin_wrong(struct world *w)
{
	shut(w);
	w->s.shift.why = ERR_PIN_WRONG;
}

static void
pin_waits(struct world *w)
{
	pin_wrong(w);
	w->s.shift.why = ERR_PIN_LOCKED;
	w->s.shift.until_ms = w->s.elapsed_ms + 3999;
}

static void
pin_waits_long(struct world *w)
{
	pin_waits(w);
	w->s.shift.until_ms = w->s.elapsed_ms + 512000;
}

static void
pin_unread(struct world *w)
{
	shut(w);
	w->s.shift.why = ERR_FILE_WRITE;
}

/* Where the yes may be said aloud. */
static void
may_speak(struct world *w)
{
	w->set.consent_methods |= 1 << CONSENT_ORAL;
	answered(w);
}

static void
spoken(struct world *w)
{
	may_speak(w);
	w->s.person->rec.consent.method = CONSENT_ORAL;
}

static void
more(struct world *w)
{
	answered(w);
	w->s.person->reading = w->s.notice;
	w->s.person->aside = ASIDE_MORE;
}

static void
safety(struct world *w)
{
	more(w);
	w->s.person->aside = ASIDE_SAFETY;
	w->s.person->leaflet_tried = true;
}

static void
leaflet_jammed(struct world *w)
{
	more(w);
	w->s.person->leaflet_tried = true;
	w->s.person->leaflet = ERR_PRINT_PAPER;
}

/* Where the yes may be signed. */
static void
may_sign(struct world *w)
{
	may_speak(w);
	w->set.consent_methods |= 1 << CONSENT_PAPER;
}

static void
form_jammed(struct world *w)
{
	may_sign(w);
	w->s.person->form = ERR_PRINT_PAPER;
}

static void
only_signed(struct world *w)
{
	answered(w);
	w->set.consent_methods = 1 << CONSENT_PAPER;
}

static void
form_out(struct world *w)
{
	struct record *rec = &w->s.person->rec;

	may_sign(w);
	rec->consent.method = CONSENT_PAPER;
	rec->form.there = true;
	(void)rid_read("01JD7Q4M5N6P7Q8R9S0T1V2W3X", &rec->form.number);
}

static const struct golden {
	const char *name; /* the screen's, and what is special */
	int at;
	void (*set)(struct world *w);
} pages[] = {
	{ "welcome", SCR_WELCOME, NULL },
	{ "welcome-void", SCR_WELCOME, not_in_hand },
	{ "welcome-mes", SCR_WELCOME, in_mes },
	{ "welcome-borne", SCR_WELCOME, at_borne },
	{ "welcome-served", SCR_WELCOME, served },
	{ "welcome-closed", SCR_WELCOME, place_closed },
	{ "welcome-closed-mes", SCR_WELCOME, closed_in_mes },
	{ "welcome-closed-borne", SCR_WELCOME, closed_borne },
	{ "shift", SCR_SHIFT, shut },
	{ "shift-rested", SCR_SHIFT, rested },
	{ "shift-nobody", SCR_SHIFT, no_accounts },
	{ "shift-unread", SCR_SHIFT, bad_accounts },
	{ "pin", SCR_PIN, shut },
	{ "pin-typed", SCR_PIN, pin_typed },
	{ "pin-wrong", SCR_PIN, pin_wrong },
	{ "pin-waits", SCR_PIN, pin_waits },
	{ "pin-waits-long", SCR_PIN, pin_waits_long },
	{ "pin-unread", SCR_PIN, pin_unread },
	{ "checking", SCR_CHECKING, shut },
	{ "law", SCR_LAW, NULL },
	{ "welcome-card-left", SCR_WELCOME, card_left },
	{ "card-empty", SCR_CARD, NULL },
	{ "card-no-service", SCR_CARD, no_service },
	{ "card-no-reader", SCR_CARD, no_reader },
	{ "card-mute", SCR_CARD, mute },
	{ "card-vitale", SCR_CARD, vitale },
	{ "card-vitale1", SCR_CARD, vitale1 },
	{ "card-cps", SCR_CARD, cps },
	{ "card-foreign", SCR_CARD, foreign },
	{ "card-busy", SCR_CARD, busy },
	{ "card-protected", SCR_CARD, protected },
	{ "who", SCR_WHO, answered },
	{ "who-alone", SCR_WHO, alone },
	{ "identity", SCR_IDENTITY, answered },
	{ "identity-wrong-key", SCR_IDENTITY, wrong_key },
	{ "measure", SCR_MEASURE, protected_adult },
	{ "representative", SCR_REPRESENTATIVE, child },
	{ "representative-missing", SCR_REPRESENTATIVE, child_missing },
	{ "representative-adult", SCR_REPRESENTATIVE, protected_adult },
	{ "identity-hostile", SCR_IDENTITY, hostile },
	{ "information", SCR_INFORMATION, answered },
	{ "information-oppose", SCR_INFORMATION, to_oppose },
	{ "information-last", SCR_INFORMATION, last_page },
	{ "detail", SCR_DETAIL, more },
	{ "detail-safety", SCR_DETAIL, safety },
	{ "detail-jammed", SCR_DETAIL, leaflet_jammed },
	{ "leaflet", SCR_LEAFLET, more },
	{ "readback", SCR_READBACK, asked },
	{ "readback-right", SCR_READBACK, right },
	{ "readback-wrong", SCR_READBACK, wrong },
	{ "consent", SCR_CONSENT, answered },
	{ "consent-box-missed", SCR_CONSENT, box_missed },
	{ "consent-box-ticked", SCR_CONSENT, box_ticked },
	{ "consent-idle", SCR_CONSENT, idle },
	{ "consent-help", SCR_CONSENT, helping },
	{ "consent-represented", SCR_CONSENT, represented },
	{ "consent-reissue", SCR_CONSENT, to_reissue },
	{ "consent-preferences", SCR_CONSENT, to_change },
	{ "consent-close", SCR_CONSENT, to_close },
	{ "consent-reopen", SCR_CONSENT, to_reopen },
	{ "consent-oppose", SCR_CONSENT, to_oppose },
	{ "consent-spoken", SCR_CONSENT, may_speak },
	{ "consent-signed", SCR_CONSENT, may_sign },
	{ "consent-form-jammed", SCR_CONSENT, form_jammed },
	{ "consent-only-signed", SCR_CONSENT, only_signed },
	{ "form", SCR_FORM, may_sign },
	{ "sign", SCR_SIGN, form_out },
	{ "certify-signed", SCR_CERTIFY, form_out },
	{ "certify", SCR_CERTIFY, answered },
	{ "certify-spoken", SCR_CERTIFY, spoken },
	{ "certify-represented", SCR_CERTIFY, represented },
	{ "emergency", SCR_EMERGENCY, answered },
	{ "emergency-opposed", SCR_EMERGENCY, opposed },
	{ "people", SCR_PEOPLE, answered },
	{ "people-wrong", SCR_PEOPLE, people_wrong },
	{ "kin", SCR_KIN, answered },
	{ "kin-wrong", SCR_KIN, kin_wrong },
	{ "privacy", SCR_PRIVACY, chosen },
	{ "contact", SCR_CONTACT, answered },
	{ "contact-reissue", SCR_CONTACT, to_reissue },
	{ "contact-empty", SCR_CONTACT, contact_empty },
	{ "contact-wrong", SCR_CONTACT, contact_wrong },
	{ "contact-refused", SCR_CONTACT, contact_refused },
	{ "looking", SCR_LOOKING, answered },
	{ "already", SCR_ALREADY, is_open },
	{ "already-closed", SCR_ALREADY, is_closed },
	{ "already-opposed", SCR_ALREADY, is_opposed },
	{ "already-deceased", SCR_ALREADY, has_died },
	{ "already-none", SCR_ALREADY, has_none },
	{ "sending", SCR_SENDING, code_sent },
	{ "code", SCR_CODE, code_sent },
	{ "code-email", SCR_CODE, code_mailed },
	{ "code-wrong", SCR_CODE, code_wrong },
	{ "code-expired", SCR_CODE, code_old },
	{ "code-unanswered", SCR_CODE, code_unanswered },
	{ "code-waits", SCR_CODE, code_waits },
	{ "code-often", SCR_CODE, code_often },
	{ "code-going", SCR_CODE, code_going },
	{ "code-unsent", SCR_CODE, code_unsent },
	{ "code-refused", SCR_CODE, code_refused },
	{ "proving", SCR_PROVING, code_sent },
	{ "review", SCR_REVIEW, answered },
	{ "review-represented", SCR_REVIEW, represented },
	{ "review-chosen", SCR_REVIEW, chosen },
	{ "review-close", SCR_REVIEW, to_close },
	{ "review-no-contact", SCR_REVIEW, nothing_to_reach },
	{ "review-no-identifiers", SCR_REVIEW, no_identifiers },
	{ "saving", SCR_SAVING, answered },
	{ "printing", SCR_PRINTING, few_left },
	{ "secrets", SCR_SECRETS, paper_out },
	{ "secrets-uncovered", SCR_SECRETS, uncovered },
	{ "secrets-email", SCR_SECRETS, by_email },
	{ "copy-jammed", SCR_COPY, jammed },
	{ "copy-no-printer", SCR_COPY, no_printer },
	{ "end", SCR_END, in_hand },
	{ "end-void", SCR_END, kept },
	{ "end-plain", SCR_END_PLAIN, kept },
	{ "end-later", SCR_END_LATER, kept },
	{ "done", SCR_DONE, closed },
	{ "desk", SCR_DESK, NULL },
	{ "not-mine", SCR_NOT_MINE, NULL },
	{ "minor", SCR_MINOR, NULL },
	{ "bad-card-production", SCR_BAD_CARD, demo_card },
	{ "bad-card-training", SCR_BAD_CARD, real_card },
	{ "refused", SCR_REFUSED, NULL },
	{ "forgotten", SCR_FORGOTTEN, NULL },
	{ "gone", SCR_GONE, NULL },
	{ "problem", SCR_PROBLEM, unwritten },
};

static void
stand(struct world *w, const struct golden *g)
{
	world_open(w, &screens_flow);
	w->next = never;
	if (g->set != NULL)
		g->set(w);
	w->s.at = g->at;
	flow_show(w->flow, &w->s, w->page);
}

#endif
