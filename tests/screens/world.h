/*
 * world: all that stands around the flow, played: a card, a clock, effects.
 *
 * Events come from a happy journey, one in sixteen replaced by any other, as
 * the bytes of a source say: a generator in tests/screens/flow.c, a file in
 * tests/fuzz/flow.c. After each step the invariants of DESIGN section 3 are
 * looked at; a broken one is named on stderr and ends the program.
 */
#ifndef GUICHET_TESTS_WORLD_H
#define GUICHET_TESTS_WORLD_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "desk/demo.h"
#include "envelope/age.h"
#include "envelope/permit.h"
#include "screens/screens.h"

#define WORLD_NOW_MS ((uint64_t)1795270800000) /* 2026-11-21 */
#define SURNAME	     "ESSAI"

struct world {
	const struct flow *flow;
	struct desk_settings set;
	struct tongues tongues;
	struct notice notice; /* the French one, borrowed */
	struct session s;
	struct page *page;
	struct card_news news; /* of the card that is in */
	bool in;
	uint32_t epoch;
	enum err done; /* of the last effect */
	size_t visits[SCREEN_COUNT], saves, prints;
	size_t kinds[RECORD_KIND_COUNT]; /* saves of each */
	struct operator staff[2]; /* with accounts here */
	bool shifts; /* and they must sign in */
	bool asks; /* the centre can be asked */
	bool alone; /* the journey takes no turn off the straight way */
	uint32_t (*next)(void *source); /* a byte, or anything above */
	void *source;
};

static inline void
world_bearer(struct bearer *b, const char *given, const char *birth,
    const char *nir, const char *key)
{
	memset(b, 0, sizeof(*b));
	(void)snprintf(b->family, sizeof(b->family), "%s", SURNAME);
	(void)snprintf(b->given, sizeof(b->given), "%s", given);
	(void)snprintf(b->birth, sizeof(b->birth), "%s", birth);
	(void)snprintf(b->nir, sizeof(b->nir), "%s", nir);
	(void)snprintf(b->key, sizeof(b->key), "%s", key);
	(void)snprintf(b->country, sizeof(b->country), "FR");
	b->key_right = true;
}

/* An adult with a lunar date, and a child. */
static inline void
world_insert(struct world *w)
{
	memset(&w->news, 0, sizeof(w->news));
	w->news.kind = NEWS_CARD;
	w->news.epoch = ++w->epoch;
	w->news.n = 2;
	(void)snprintf(w->news.reader, sizeof(w->news.reader), "slot 0");
	world_bearer(&w->news.bearers[0], "ALAINBIS", "19421901",
	    "1421962965167", "94");
	world_bearer(&w->news.bearers[1], "LAURENCE", "20150820",
	    "1421962965167", "94");
	w->in = true;
}

/* A terminal just switched on, at welcome, with nobody. */
static inline void
world_begin(struct world *w)
{
	struct session *s = &w->s;

	session_forget(s);
	*s = (struct session){ .at = w->flow->first, .set = &w->set,
		.tongues = &w->tongues, .notice = s->notice, .face = "curses",
		.holds = true, .now_ms = WORLD_NOW_MS, .elapsed_ms = 1000000,
		.identifiers = 180, .last_sent_ms = WORLD_NOW_MS - 120000,
		.reader = READER_EMPTY, .paper = true, .asks = w->asks,
		.person = s->person };
	shift_accounts(s, w->staff, w->shifts ? 2 : 0, ERR_OK);
	session_speak(s, 0);
	w->in = false;
	w->epoch = 0;
	w->done = ERR_OK;
}

/* Another place for the notices and the catalogues than the tree's. */
static const char *world_texts = "screens/text", *world_words;

/* Where make put the translations: build/locale. */
static inline const char *
world_locales(void)
{
	static char path[PATH_ROOM];
	const char *b = getenv("B");

	if (world_words != NULL)
		return world_words;
	(void)snprintf(path, sizeof(path), "%s/locale",
	    b == NULL ? "build" : b);
	return path;
}

static inline void
world_open(struct world *w, const struct flow *f)
{
	memset(w, 0, sizeof(*w));
	w->flow = f;
	w->set.mode = MODE_TRAINING;
	w->set.adult_age = 18;
	w->set.consent_methods = 1 << CONSENT_SCREEN;
	w->set.idle_warn = 60;
	w->set.idle_grace = 30;
	w->set.lease_low = 20;
	w->set.shift_lock = 80;
	w->staff[0] = (struct operator){ "99700024450", "PATTROIS DOMINIQUE",
		"préparateur" };
	w->staff[1] = (struct operator){ "99900063480", "PATBQUATRE CAMILLE",
		"pharmacien" };
	(void)snprintf(w->set.printer, sizeof(w->set.printer), "file:paper");
	(void)snprintf(w->set.site_name, sizeof(w->set.site_name),
	    "Pharmacie du Marché, Nantes");
	(void)snprintf(w->set.operator_id, sizeof(w->set.operator_id),
	    "99700024450");
	(void)snprintf(w->set.operator_name, sizeof(w->set.operator_name),
	    "Camille MARTIN");
	(void)snprintf(w->set.operator_profession,
	    sizeof(w->set.operator_profession), "pharmacien");
	(void)snprintf(w->set.support, sizeof(w->set.support),
	    "01 99 00 12 34");
	if (tongues_load(world_texts, world_locales(), &w->tongues) !=
	    ERR_OK || session_init(&w->s, &w->set, NULL) != ERR_OK ||
	    (w->page = page_new()) == NULL)
		abort();
	w->notice = w->tongues.tongue[0].notice[NOTICE_DMP];
	world_begin(w);
}

static inline void
world_close(struct world *w)
{
	page_free(w->page);
	session_clear(&w->s);
	i18n_use(NULL);
	tongues_clear(&w->tongues);
}

static inline void
world_must(bool holds, const char *what, const struct world *w)
{
	if (holds)
		return;
	(void)fprintf(stderr, "broken at %s: %s\n",
	    w->flow->screens[w->s.at]->name, what);
	abort();
}

/* The goodbyes, said here once more on purpose: the screens' own flag is
 * not asked. */
static inline bool
world_is_goodbye(int at)
{
	static const bool over[SCREEN_COUNT] = {
		[SCR_END] = true, [SCR_END_PLAIN] = true,
		[SCR_END_LATER] = true, [SCR_NOT_MINE] = true,
		[SCR_MINOR] = true, [SCR_BAD_CARD] = true,
		[SCR_REFUSED] = true, [SCR_FORGOTTEN] = true,
		[SCR_GONE] = true, [SCR_PROBLEM] = true,
		[SCR_DONE] = true, [SCR_DESK] = true,
	};

	return over[at];
}

/* The operator's own: nobody is served. */
static inline bool
world_is_staff(int at)
{
	return at == SCR_SHIFT || at == SCR_PIN || at == SCR_CHECKING;
}

/* Where the end of an effect is waited for. */
static inline bool
world_waits(const struct world *w)
{
	return w->flow->screens[w->s.at]->waits;
}

/* Where a person may find the codes, and where one is being saved. */
static inline bool
world_is_after(int at)
{
	return at == SCR_SAVING || at == SCR_PRINTING || at == SCR_SECRETS ||
	    at == SCR_COPY;
}

/* Is that the notice of one of the languages? */
static inline bool
world_knows(const struct world *w, const char *sha)
{
	for (size_t i = 0; i < w->tongues.n; i++)
		for (size_t k = 0; k < NOTICE_COUNT; k++)
			if (strcmp(w->tongues.tongue[i].notice[k].sha,
			    sha) == 0)
				return true;
	return false;
}

/* Under age, or for whom another decides: that other is there. */
static inline void
world_check_subject(const struct world *w)
{
	const struct record *rec = &w->s.person->rec;
	bool minor = age_at(rec->identity.birth, w->s.now_ms) < 18;

	world_must(minor == (rec->subject.status == SUBJECT_MINOR),
	    "save of a minor as another", w);
	world_must((rec->subject.status == SUBJECT_PROTECTED) ==
	    (rec->subject.measure != MEASURE_NONE), "no measure", w);
	world_must(record_is_represented(rec) == rec->representative.there &&
	    record_is_represented(rec) ==
	    (rec->grantor == GRANTOR_REPRESENTATIVE), "nobody decides", w);
	world_must(!rec->representative.there || (rec->representative.present &&
	    rec->representative.family[0] != '\0' &&
	    (rec->representative.phone[0] != '\0' ||
	    rec->representative.email[0] != '\0')), "half a represent", w);
}

static inline void
world_check_save(const struct world *w)
{
	const struct person *p = w->s.person;
	const struct record *rec = &p->rec;

	world_must(w->in && p->epoch == w->epoch, "save of another card", w);
	world_must(p->chosen && p->confirmed, "save without identity", w);
	world_must(rec->kind == p->service, "save of another act", w);
	world_must(permit_regime(rec->kind, (enum regime)w->set.regime) &&
	    permit_place(rec->kind, (enum profile)w->set.profile) &&
	    permit_subject(rec->subject.status, (enum profile)w->set.profile),
	    "save of what is not done here", w);
	world_check_subject(w);
	world_must(strcmp(rec->identity.birth,
	    p->bearers[p->which].birth) == 0, "save of someone else", w);
	world_must(!record_has(rec->kind, "notice") || (p->informed &&
	    rec->notice.whole && world_knows(w, rec->notice.sha)),
	    "save without information", w);
	world_must(rec->close.warned == (rec->kind == RECORD_CLOSE),
	    "closed without a warning", w);
	world_must(permit_method(rec->consent.method,
	    (enum profile)w->set.profile, w->set.consent_methods),
	    "a yes that is not heard here", w);
	world_must(rec->consent.method == CONSENT_SCREEN ? p->box :
	    rec->certified.given, "save without a yes", w);
	world_must(rec->form.there == (rec->consent.method == CONSENT_PAPER),
	    "a sheet and no signature", w);
	world_must(rec->consent.given &&
	    rec->consent.wording[0] != '\0', "save without consent", w);
	if (w->set.profile == PROFILE_BORNE)
		world_must(!rec->certified.given, "certified by nobody", w);
	else
		world_must(rec->certified.given &&
		    strcmp(rec->certified.operator_id, w->s.operator.id) ==
		    0, "save without certification", w);
	world_must(!w->shifts || w->set.profile == PROFILE_BORNE ?
	    strcmp(w->s.operator.id, w->set.operator_id) == 0 :
	    w->s.shift.open &&
	    strcmp(w->s.operator.id, w->s.shift.asked.id) == 0,
	    "save by nobody", w);
	world_must(p->reviewed, "save without review", w);
	world_must(!record_has(rec->kind, "contact") ||
	    p->contact_no == (rec->contact.mobile[0] == '\0' &&
	    rec->contact.email[0] == '\0'), "save without contact", w);
	world_must(p->password[0] == '\0', "secret before the save", w);
	world_must((rec->verified.mobile[0] == '\0' ||
	    rec->contact.mobile[0] != '\0') &&
	    (rec->verified.email[0] == '\0' ||
	    rec->contact.email[0] != '\0'), "verified, and not there", w);
}

/* What desk/save.c does, without a queue. */
static inline void
world_save(struct world *w)
{
	struct person *p = w->s.person;

	w->done = w->next(w->source) % 8 == 0 ? ERR_QUEUE_WRITE : ERR_OK;
	if (w->done != ERR_OK)
		return;
	w->saves++;
	w->kinds[p->rec.kind]++;
	p->saved = true;
	p->rec.account.wanted = record_has(p->rec.kind, "account") &&
	    !p->contact_no && w->s.identifiers > 0;
	if (p->rec.account.wanted) {
		memcpy(p->identifier, "4821KFTP", 9);
		memcpy(p->password, "aB3-x9!z", 9);
	}
	memcpy(w->s.reference, "01JD-7Q4M", RID_SHORT);
}

/* What the centre may answer to a question of that kind, or that it does not
 * (desk/asking.c). */
static inline void
world_ask(struct world *w, enum question_kind kind)
{
	static const enum response_word words[][9] = {
		[QUESTION_DOSSIER] = { RESPONSE_NONE, RESPONSE_OPENED,
		    RESPONSE_CLOSED, RESPONSE_OPPOSED, RESPONSE_DECEASED,
		    RESPONSE_NONE, RESPONSE_OPENED, RESPONSE_CLOSED },
		[QUESTION_SEND] = { RESPONSE_GONE, RESPONSE_GONE,
		    RESPONSE_GONE, RESPONSE_NO_WAY, RESPONSE_WAIT,
		    RESPONSE_GOING, RESPONSE_UNSENT, RESPONSE_REFUSED },
		[QUESTION_CHECK] = { RESPONSE_RIGHT, RESPONSE_RIGHT,
		    RESPONSE_RIGHT, RESPONSE_RIGHT, RESPONSE_WRONG,
		    RESPONSE_EXPIRED, RESPONSE_WAIT },
	};
	struct person *p = w->s.person;
	char *vouch = p->reach == REACH_EMAIL ? p->rec.verified.email :
	    p->rec.verified.mobile;

	world_must(w->asks && p->confirmed, "a question about nobody", w);
	world_must(kind == QUESTION_DOSSIER || (p->rec.consent.given &&
	    (p->reach == REACH_EMAIL ? p->rec.contact.email :
	    p->rec.contact.mobile)[0] != '\0'), "a code for nobody", w);
	world_must(kind != QUESTION_CHECK || strlen(p->code) == CODE_LEN,
	    "no code to check", w);
	p->told = (struct response){ .kind = kind,
		.word = words[kind][w->next(w->source) % 9], .wait_s = 900,
		.tries = 2 };
	w->done = p->told.word == 0 ? ERR_NOT_NOW : ERR_OK;
	if (p->told.word == RESPONSE_RIGHT) {
		memcpy(vouch, "00", 3);
		p->rec.verified.there = true;
	}
}

static inline void world_step(struct world *w, const struct event *ev);

static inline void
world_effect(struct world *w, enum effect fx)
{
	struct person *p = w->s.person;

	switch (fx) {
	case FX_NONE:
		break;
	case FX_WATCH:
		if (w->in)
			world_step(w, &(struct event){ .kind = EV_CARD,
			    .news = &w->news });
		break;
	case FX_SAVE:
		world_check_save(w);
		world_save(w);
		break;
	case FX_FORM:
		world_must(!p->saved && p->confirmed &&
		    (!record_has(p->service, "notice") || p->informed) &&
		    p->rec.consent.wording[0] != '\0' && w->s.paper &&
		    w->set.profile != PROFILE_BORNE,
		    "a sheet to sign, too early", w);
		w->done = w->next(w->source) % 4 == 0 ? ERR_PRINT_WRITE :
		    ERR_OK;
		p->rec.form.there = w->done == ERR_OK;
		break;
	case FX_LEAFLET:
		world_must(!p->saved && w->s.paper && p->aside != ASIDE_NONE,
		    "a text printed that nobody reads", w);
		w->done = w->next(w->source) % 4 == 0 ? ERR_PRINT_WRITE :
		    ERR_OK;
		break;
	case FX_PRINT:
		world_must(p->saved, "print of what is not saved", w);
		w->prints++;
		w->done = w->next(w->source) % 4 == 0 ? ERR_PRINT_WRITE :
		    ERR_OK;
		break;
	case FX_SIGN_IN:
		w->done = strcmp(p->pin, "271828") == 0 ? ERR_OK :
		    ERR_PIN_WRONG;
		w->s.shift.until_ms = w->done == ERR_OK ? 0 :
		    w->s.elapsed_ms + 1000;
		break;
	case FX_ASK:
		world_ask(w, QUESTION_DOSSIER);
		break;
	case FX_SEND:
		world_ask(w, QUESTION_SEND);
		break;
	case FX_CHECK:
		world_ask(w, QUESTION_CHECK);
		break;
	case FX_FORGET:
		world_must(secret_is_zero(p, sizeof(*p)), "not forgotten", w);
		break;
	}
}

static inline bool
world_shows(const struct page *p, const char *text)
{
	for (size_t i = 0; i < p->n; i++)
		if ((p->item[i].label != NULL &&
		    strstr(p->item[i].label, text) != NULL) ||
		    (p->item[i].value != NULL &&
		    strstr(p->item[i].value, text) != NULL))
			return true;
	return false;
}

static inline void
world_check(struct world *w)
{
	const struct session *s = &w->s;
	const struct person *p = s->person;
	const struct page *page = w->page;
	bool covered = s->elapsed_ms >= p->reveal_until_ms;

	w->visits[s->at]++;
	flow_show(w->flow, s, w->page);
	world_must(page->title != NULL && page->n > 0, "empty page", w);
	if (s->at == SCR_WELCOME || world_is_goodbye(s->at) ||
	    world_is_staff(s->at))
		world_must(p->epoch == 0 && !p->chosen && p->nbearers == 0 &&
		    p->password[0] == '\0', "a person at rest", w);
	world_must(p->pin[0] == '\0' || s->at == SCR_PIN ||
	    s->at == SCR_CHECKING, "a PIN left behind", w);
	if (s->at != SCR_WELCOME && !world_is_staff(s->at) &&
	    !world_is_goodbye(s->at))
		world_must(shift_serves(s), "somebody served by nobody", w);
	if (world_is_staff(s->at))
		world_must(w->shifts && w->set.profile != PROFILE_BORNE,
		    "a sign-in that nobody needs", w);
	if (!world_is_after(s->at))
		world_must(!p->saved && p->password[0] == '\0',
		    "a secret too early", w);
	if (!w->flow->screens[s->at]->private)
		world_must(!world_shows(page, SURNAME), "a name shown", w);
	if (p->password[0] != '\0' && covered)
		world_must(!world_shows(page, "aB3-") &&
		    !world_shows(page, "x9!z"), "a password uncovered", w);
	if (p->epoch != 0 && s->at != SCR_SAVING && !p->saved)
		world_must(session_card_holds(s), "facts of another card", w);
}

static inline enum outcome
world_after_consent(enum record_kind kind)
{
	return record_has(kind, "access") ? OUT_CHOICES :
	    record_has(kind, "contact") ? OUT_REACH : OUT_SETTLED;
}

/*
 * May that screen say that word in a journey of that kind, in that place? The
 * table joins all journeys; this keeps them apart, for the proofs, and the
 * walks hold the screens to it.
 */
static inline bool
world_may_say(enum record_kind kind, enum profile profile, int at,
    enum outcome on)
{
	bool helped = profile != PROFILE_BORNE;
	bool notice = record_has(kind, "notice");
	bool contact = record_has(kind, "contact");
	bool access = record_has(kind, "access");

	switch (at) {
	case SCR_WELCOME:
		if (on == OUT_SIGN_IN)
			return helped;
		if (on == OUT_DESK)
			return !permit_place(kind, profile);
		return permit_place(kind, profile) &&
		    (on == OUT_LAW) == (profile == PROFILE_ACCUEIL);
	case SCR_IDENTITY:
		if (on == OUT_MINOR || on == OUT_PROTECTED)
			return helped;
		if (on == OUT_DESK)
			return !helped;
		return on == OUT_OK ? notice : on != OUT_REQUEST || !notice;
	case SCR_MEASURE:
	case SCR_REPRESENTATIVE:
	case SCR_LOOKING:
	case SCR_ALREADY:
		return on == OUT_OK ? notice : on != OUT_REQUEST || !notice;
	case SCR_CONSENT:
		if (on == OUT_BACK || on == OUT_REREAD)
			return notice;
		if (on == OUT_RETURN)
			return !notice;
		if (on == OUT_AGREE || on == OUT_SIGN)
			return helped;
		break;
	case SCR_FORM:
	case SCR_SIGN:
		return helped;
	case SCR_DETAIL:
	case SCR_LEAFLET:
		return notice;
	case SCR_EMERGENCY:
		if (on == OUT_BACK || on == OUT_RETURN)
			return helped == (on == OUT_BACK);
		return on == OUT_OK ? contact : on != OUT_SETTLED || !contact;
	case SCR_PRIVACY:
		return on == OUT_OK ? contact : on != OUT_SETTLED || !contact;
	case SCR_SENDING:
	case SCR_CODE:
	case SCR_PROVING:
		return contact;
	case SCR_CONTACT:
		return on == OUT_BACK ? access : on != OUT_RETURN || !access;
	case SCR_REVIEW:
		return on == OUT_BACK ? contact : on == OUT_CHOICES ?
		    access && !contact : on != OUT_RETURN ||
		    (!access && !contact);
	case SCR_SAVING:
	case SCR_PRINTING:
		if (on == OUT_FAILED)
			return true;
		return (on == OUT_SETTLED) == !record_has(kind, "account");
	default:
		break;
	}
	if (on == OUT_CHOICES || on == OUT_REACH || on == OUT_SETTLED)
		return on == world_after_consent(kind) &&
		    (at == SCR_CERTIFY) == helped;
	return true;
}

static inline void
world_step(struct world *w, const struct event *from)
{
	struct event ev = *from;
	const struct step *taken;
	enum record_kind kind = w->s.person->service;
	enum effect fx;
	int at = w->s.at;

	ev.now_ms = w->s.now_ms + 40;
	ev.elapsed_ms = w->s.elapsed_ms + 40;
	fx = flow_step(w->flow, &w->s, &ev, &taken);
	world_must(taken == NULL ? fx == FX_NONE : taken->to == w->s.at,
	    "a step that is not the table's", w);
	if (at == SCR_WELCOME || at == SCR_ALREADY)
		kind = w->s.person->service;
	if (taken != NULL && fx != FX_FORGET)
		world_must(world_may_say(kind, (enum profile)w->set.profile,
		    at, taken->on), "a word of another journey", w);
	world_check(w);
	world_effect(w, fx);
}

/* The ids and values of all screens, and some of none. */
static const char *const world_ids[] = { "open", "a", "b", "t", "none", "yes",
	"no", "not-me", "continue", "again", "box", "agree",
	"refuse", "reread", "answer", "samu", "break-glass", "mobile",
	"email", "back", "oppose", "reissue", "preferences", "close", "reopen", "protected",
	"tutelle", "curatelle", "representation", "family", "given", "role",
	"assent", "present", "phone", "assistant", "more", "doctor", "number",
	"allowed", "blocked", "ours", "name", "relation", "masked",
	"sensitive", "alerts", "confirmation",
	"save", "show", "copied", "no-paper", "print", "ok", "close",
	"skip", "code", "hand-over", "pin", "spoken", "paper", "signed",
	"other", "text", "print-large", "safe",
	NOTICE_ID, "", "nothing" };
static const char *const world_values[] = { "yes", "no", "end", "",
	"06 39 98 12 41", "0639981241", "0239981241", "nom@exemple.fr",
	"mother", "guardian", "not-able", "ESSAI", "99700024450", "sms",
	"271828", "first", "123 456", "12345a", "nom@exemple", "\xff\xfe",
	"e\xcc\x81\xe2\x80\xae",
	"111111111111111111111111111111111111111111111111111111111111" };
#define WORLD_PICK(list, r) ((list)[(r) % (sizeof(list) / sizeof((list)[0]))])

static inline void
world_card(struct world *w, uint32_t r)
{
	struct event ev = { .kind = EV_CARD, .news = &w->news };
	struct card_news other = { .kind = NEWS_READER,
		.state = (enum reader_state)(r / 8 % 10), .reader = "slot 1" };

	switch (r % 4) {
	case 0: /* in, or out */
		if (!w->in) {
			world_insert(w);
			world_step(w, &ev);
			break;
		}
		w->in = false;
		other = (struct card_news){ .kind = NEWS_GONE,
			.epoch = w->epoch };
		ev.news = &other;
		world_step(w, &ev);
		break;
	case 1: /* another card, within one look */
		world_insert(w);
		world_step(w, &ev);
		break;
	case 2: /* one that is not of this mode, or empty */
		world_insert(w);
		w->news.n = r / 4 % 2;
		memcpy(w->news.bearers[0].nir, "1690172181372", 14);
		world_step(w, &ev);
		break;
	case 3:
		ev.news = &other;
		world_step(w, &ev);
		break;
	}
}

/* Anything that can happen to a terminal. */
static inline void
world_odd(struct world *w)
{
	uint32_t r = w->next(w->source), q = w->next(w->source);
	struct event ev = { .kind = EV_NONE };

	switch (r % 10) {
	case 0: case 1:
		ev.kind = EV_PICK;
		ev.id = WORLD_PICK(world_ids, q);
		break;
	case 2: case 3:
		ev.kind = EV_SET;
		ev.id = WORLD_PICK(world_ids, q);
		ev.value = WORLD_PICK(world_values, w->next(w->source));
		break;
	case 4:
		ev.kind = EV_BACK;
		break;
	case 5:
		ev.kind = EV_HELP;
		break;
	case 6:
		ev.kind = q % 4 == 0 ? EV_ABANDON : q % 4 == 1 ?
		    EV_LANGUAGE : EV_NONE;
		break;
	case 7:
		if (q % 4 == 0)
			world_card(w, q / 4);
		return;
	case 8:
		ev.kind = EV_TICK;
		ev.idle_s = q % 16 == 0 ? 95 : q % 16 == 1 ? 70 : 0;
		break;
	case 9:
		ev.kind = EV_DONE;
		ev.result = world_waits(w) ? w->done :
		    (enum err)(q % ERR_COUNT);
		w->s.identifiers = q / 8 % 4 == 0 ? 0 : 180;
		w->s.paper = q / 32 % 4 != 0;
		break;
	}
	world_step(w, &ev);
}

/* What is answered on the way, screen by screen. */
static const struct {
	int at;
	const char *id, *value;
} world_answers[] = {
	{ SCR_PIN, "pin", "271828" },
	{ SCR_REPRESENTATIVE, "family", "MARTIN" },
	{ SCR_REPRESENTATIVE, "given", "Claude" },
	{ SCR_REPRESENTATIVE, "role", "guardian" },
	{ SCR_REPRESENTATIVE, "phone", "01 99 00 12 34" },
	{ SCR_REPRESENTATIVE, "assent", "yes" },
	{ SCR_REPRESENTATIVE, "present", "yes" },
	{ SCR_INFORMATION, NOTICE_ID, "end" },
	{ SCR_CONSENT, "box", "yes" },
	{ SCR_EMERGENCY, "samu", "no" },
	{ SCR_CONTACT, "mobile", "06 39 98 12 41" },
	{ SCR_CODE, "code", "123 456" },
};

static inline const char *
world_service(struct world *w)
{
	static const char *const all[] = { "open", "oppose", "reissue",
		"preferences", "close", "reopen" };

	return w->alone ? "open" : WORLD_PICK(all, w->next(w->source) / 16);
}

/* The choice that leads on, now and then by a turn of the way. */
static inline const char *
world_choice(struct world *w)
{
	static const char *const go[SCREEN_COUNT] = {
		[SCR_SHIFT] = "b", [SCR_PIN] = "continue",
		[SCR_LAW] = "continue", [SCR_WHO] = "a",
		[SCR_IDENTITY] = "yes", [SCR_MEASURE] = "curatelle",
		[SCR_REPRESENTATIVE] = "continue",
		[SCR_INFORMATION] = "continue",
		[SCR_DETAIL] = "text",
		[SCR_READBACK] = "continue", [SCR_CONSENT] = "agree",
		[SCR_SIGN] = "signed",
		[SCR_CERTIFY] = "yes", [SCR_EMERGENCY] = "continue",
		[SCR_PEOPLE] = "continue", [SCR_KIN] = "continue",
		[SCR_PRIVACY] = "continue", [SCR_CONTACT] = "continue",
		[SCR_ALREADY] = "continue", [SCR_CODE] = "continue",
		[SCR_REVIEW] = "save", [SCR_SECRETS] = "yes",
		[SCR_COPY] = "copied",
	};
	static const struct { int at; const char *id; } turns[] = {
		{ SCR_ALREADY, "reissue" }, { SCR_ALREADY, "reopen" },
		{ SCR_CODE, "skip" }, { SCR_CODE, "again" },
		{ SCR_CODE, "mend" },
		{ SCR_WHO, "b" }, { SCR_IDENTITY, "protected" },
		{ SCR_MEASURE, "tutelle" }, { SCR_EMERGENCY, "more" },
		{ SCR_CONSENT, "paper" }, { SCR_INFORMATION, "more" },
		{ SCR_DETAIL, "safe" }, { SCR_DETAIL, "print" },
	};

	if (w->s.at == SCR_WELCOME)
		return world_service(w);
	for (size_t i = 0; i < sizeof(turns) / sizeof(turns[0]); i++)
		if (!w->alone && turns[i].at == w->s.at &&
		    w->next(w->source) / 16 % 4 == 0)
			return turns[i].id;
	return go[w->s.at];
}

/* The event that leads on from here. */
static inline void
world_happy(struct world *w)
{
	struct event ev = { .kind = EV_PICK };
	int at = w->s.at;

	for (size_t i = 0; i < sizeof(world_answers) /
	    sizeof(world_answers[0]); i++)
		if (world_answers[i].at == at && w->s.at == at)
			world_step(w, &(struct event){ .kind = EV_SET,
			    .id = world_answers[i].id,
			    .value = world_answers[i].value });
	ev.id = world_choice(w);
	if (w->s.at == SCR_CARD) {
		world_insert(w);
		ev = (struct event){ .kind = EV_CARD, .news = &w->news };
	} else if (world_waits(w)) {
		ev = (struct event){ .kind = EV_DONE, .result = w->done };
	} else if (world_is_goodbye(w->s.at)) {
		ev.id = "ok";
	}
	world_step(w, &ev);
}

/* n events, one in sixteen of them odd. */
static inline void
world_walk(struct world *w, size_t n)
{
	while (n-- > 0) {
		if (w->next(w->source) % 16 == 0)
			world_odd(w);
		else
			world_happy(w);
	}
}

#endif
