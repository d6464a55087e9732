/* journey: what single screens decide: who may go on, and what is kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "screens/parts.h"
#include "tests/screens/hostile.h"
#include "tests/screens/walk.h"

static bool
page_says(const char *text)
{
	flow_show(&screens_flow, &w.s, w.page);
	return world_shows(w.page, text);
}

static void
insert(void)
{
	w.in = false;
	walk_to(SCR_CARD);
	world_insert(&w);
}

static void
tell_card(void)
{
	world_step(&w, &(struct event){ .kind = EV_CARD, .news = &w.news });
}

static void
identity_is_kept_as_read(void **state)
{
	const struct record *rec = &w.s.person->rec;

	(void)state;
	insert();
	w.news.bearers[0].key_right = false;
	memcpy(w.news.bearers[0].key, "12", 3);
	tell_card();
	pick("a");
	pick("yes");
	assert_int_equal(w.s.at, SCR_INFORMATION);
	assert_string_equal(rec->identity.family, "ESSAI");
	assert_string_equal(rec->identity.birth, "19421901");
	assert_string_equal(rec->identity.key, "12");
	assert_false(rec->identity.key_right);
	assert_int_equal(rec->identity.epoch, w.epoch);
}

/* From the card to the record, and back out of its document. */
static void
what_cannot_be_shown_is_kept_for_the_record(void **state)
{
	struct record *back = record_new();
	struct buf doc;

	(void)state;
	assert_non_null(back);
	assert_int_equal(buf_init_secret(&doc, RECORD_ROOM), ERR_OK);
	insert();
	hostile_bearer(&w.news.bearers[0]);
	tell_card();
	pick("a");
	pick("yes");
	walk_to(SCR_SAVING);
	assert_int_equal(record_write(&w.s.person->rec, &doc), ERR_OK);
	assert_int_equal(record_read(doc.p, doc.len, back), ERR_OK);
	assert_true(back->identity.altered);
	assert_string_equal(back->identity.family,
	    "ESSAI\xEF\xBF\xBD[2J\xEF\xBF\xBD");
	assert_string_equal(back->identity.family_raw, HOSTILE_FAMILY);
	assert_string_equal(back->identity.given_raw, HOSTILE_GIVEN);
	buf_clear(&doc);
	record_free(back);
}

/* A borne sends a child to a desk; a desk asks who decides. */
static void
a_minor_comes_with_who_decides(void **state)
{
	const struct record *rec = &w.s.person->rec;

	(void)state;
	w.set.profile = PROFILE_BORNE;
	walk_to(SCR_WHO);
	pick("b");
	pick("yes");
	assert_int_equal(w.s.at, SCR_MINOR);
	pick("ok");
	w.set.profile = PROFILE_PHARMACIE;
	walk_to(SCR_WHO);
	pick("b");
	pick("protected");
	assert_int_equal(w.s.at, SCR_IDENTITY);
	pick("yes");
	assert_int_equal(w.s.at, SCR_REPRESENTATIVE);
	pick("continue");
	assert_int_equal(w.s.at, SCR_REPRESENTATIVE);
	set("family", "MARTIN");
	set("given", "Claude");
	set("role", "mandatary"); /* not of a child */
	set("phone", "06 39 98 12 41");
	set("present", "yes");
	pick("continue");
	assert_int_equal(w.s.at, SCR_REPRESENTATIVE);
	set("role", "father");
	set("present", "no");
	pick("continue");
	assert_int_equal(w.s.at, SCR_REPRESENTATIVE);
	set("present", "yes");
	set("phone", "12");
	pick("continue");
	assert_int_equal(w.s.at, SCR_REPRESENTATIVE);
	set("phone", "01 99 00 12 34");
	pick("continue");
	assert_int_equal(w.s.at, SCR_INFORMATION);
	assert_int_equal(rec->grantor, GRANTOR_REPRESENTATIVE);
	assert_int_equal(rec->representative.role, ROLE_FTH);
	assert_string_equal(rec->representative.phone, "0199001234");
	walk_to(SCR_CERTIFY);
	assert_non_null(strstr(rec->consent.wording, "que je représente"));
	world_happy(&w);
	walk_to(SCR_SAVING);
}

/* Who decides depends on the measure alone. */
static void
the_measure_says_who_decides(void **state)
{
	const struct record *rec = &w.s.person->rec;

	(void)state;
	walk_to(SCR_IDENTITY);
	pick("protected");
	assert_int_equal(w.s.at, SCR_MEASURE);
	set("assistant", "MARTIN Claude");
	pick("curatelle");
	assert_int_equal(w.s.at, SCR_INFORMATION);
	assert_int_equal(rec->grantor, GRANTOR_PATIENT);
	assert_false(rec->representative.there);
	assert_string_equal(rec->subject.assistant, "MARTIN Claude");
	key(EV_BACK);
	pick("protected");
	pick("tutelle");
	assert_int_equal(w.s.at, SCR_REPRESENTATIVE);
	assert_string_equal(rec->subject.assistant, "");
	set("family", "MARTIN");
	set("given", "Claude");
	set("role", "guardian");
	set("email", "nom@exemple.fr");
	set("present", "yes");
	pick("continue");
	assert_int_equal(w.s.at, SCR_REPRESENTATIVE); /* no assent sought */
	set("assent", "not-able");
	pick("continue");
	assert_int_equal(w.s.at, SCR_INFORMATION);
	key(EV_BACK);
	pick("yes"); /* no measure at all, after all */
	assert_int_equal(rec->subject.status, SUBJECT_ADULT);
	assert_false(rec->representative.there);
	assert_string_equal(rec->representative.family, "");
	walk_to(SCR_SAVING);
}

/* The menu is what place and law allow, and nothing else can be picked. */
static void
the_menu_is_what_may_be_done(void **state)
{
	static const struct { const char *id; enum record_kind kind; } all[] = {
		{ "open", RECORD_OPEN }, { "oppose", RECORD_OPPOSE },
		{ "reissue", RECORD_REISSUE }, { "close", RECORD_CLOSE },
		{ "preferences", RECORD_PREFERENCES },
		{ "reopen", RECORD_REOPEN },
	};

	(void)state;
	for (int place = PROFILE_PHARMACIE; place <= PROFILE_ACCUEIL; place++)
	for (int law = REGIME_DMP; law <= REGIME_MES; law++)
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		bool may = permit_regime(all[i].kind, (enum regime)law);
		bool here = permit_place(all[i].kind, (enum profile)place);

		w.set.profile = place;
		w.set.regime = law;
		flow_show(&screens_flow, &w.s, w.page);
		assert_int_equal(page_find(w.page, all[i].id) != NULL, may);
		pick(all[i].id);
		assert_int_equal(w.s.at, !may ? SCR_WELCOME : !here ?
		    SCR_DESK : place == PROFILE_ACCUEIL ? SCR_LAW : SCR_CARD);
		if (!may)
			continue;
		if (here) {
			assert_int_equal(w.s.person->service, all[i].kind);
			key(EV_BACK);
		} else {
			pick("ok");
		}
		assert_int_equal(w.s.at, SCR_WELCOME);
	}
}

/* Where the centre has closed the place what opens is not on the menu, cannot
 * be picked, and the page says so; the rights stay. */
static void
a_closed_place_opens_nothing(void **state)
{
	static const struct { const char *id; bool stays; } all[] = {
		{ "open", false }, { "reopen", false }, { "reissue", false },
		{ "preferences", true }, { "close", true },
		{ "oppose", true },
	};

	(void)state;
	flow_show(&screens_flow, &w.s, w.page);
	assert_null(w.page->fresh);
	w.s.closed = true;
	w.s.closed_ms = w.s.now_ms;
	flow_show(&screens_flow, &w.s, w.page);
	assert_non_null(w.page->fresh); /* the focus starts over */
	for (int law = REGIME_DMP; law <= REGIME_MES; law++)
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		bool may = all[i].stays &&
		    (strcmp(all[i].id, "oppose") != 0 || law == REGIME_MES);

		w.set.regime = law;
		flow_show(&screens_flow, &w.s, w.page);
		assert_int_equal(page_find(w.page, all[i].id) != NULL, may);
		pick(all[i].id);
		assert_int_equal(w.s.at, may ? SCR_CARD : SCR_WELCOME);
		if (may)
			key(EV_BACK);
	}
}

/* Who is being served when the word comes goes on to the end. */
static void
a_visit_goes_on_when_the_place_is_closed(void **state)
{
	(void)state;
	walk_to(SCR_CONSENT);
	w.s.closed = true;
	w.s.closed_ms = w.s.now_ms;
	walk_to(SCR_SAVING);
	assert_int_equal(w.s.person->service, RECORD_OPEN);
	walk_to(SCR_END);
	pick("ok");
	assert_int_equal(w.s.at, SCR_WELCOME);
	flow_show(&screens_flow, &w.s, w.page);
	assert_null(page_find(w.page, "open"));
}

static void
go_for(const char *service)
{
	pick(service);
	walk_to(SCR_IDENTITY);
	pick("yes");
}

static void
closing_warns_and_asks_no_reason(void **state)
{
	const struct record *rec = &w.s.person->rec;

	(void)state;
	go_for("close");
	assert_int_equal(w.s.at, SCR_CONSENT);
	flow_show(&screens_flow, &w.s, w.page);
	assert_true(world_shows(w.page, "directives anticipées"));
	assert_true(world_shows(w.page, "dix ans"));
	assert_false(rec->close.warned);
	walk_to(SCR_REVIEW);
	assert_true(rec->close.warned);
	assert_string_equal(rec->close.motive, "");
	key(EV_BACK);
	assert_int_equal(w.s.at, SCR_CONSENT);
	key(EV_BACK);
	assert_int_equal(w.s.at, SCR_IDENTITY);
	pick("yes");
	walk_to(SCR_SAVING);
	done(ERR_OK);
	assert_int_equal(w.s.at, SCR_PRINTING); /* the receipt */
	done(ERR_OK);
	assert_int_equal(w.s.at, SCR_DONE);
	assert_int_equal(w.s.served, RECORD_CLOSE);
}

static void
a_reissue_has_an_account_or_is_none(void **state)
{
	(void)state;
	go_for("reissue");
	walk_to(SCR_CONTACT);
	flow_show(&screens_flow, &w.s, w.page);
	assert_null(page_find(w.page, "none"));
	pick("none");
	assert_int_equal(w.s.at, SCR_CONTACT);
	key(EV_BACK);
	assert_int_equal(w.s.at, SCR_CONSENT);
	w.s.identifiers = 0;
	set("box", "yes");
	pick("agree");
	assert_int_equal(w.s.at, SCR_PROBLEM);
	assert_int_equal(w.s.problem, ERR_NO_IDENTIFIER);
}

/* Opposing is explained by the notice on Mon espace santé. */
static void
opposing_has_its_own_notice(void **state)
{
	(void)state;
	w.set.regime = REGIME_MES;
	go_for("oppose");
	assert_int_equal(w.s.at, SCR_INFORMATION);
	walk_to(SCR_SAVING);
	assert_string_equal(w.s.person->rec.notice.id, "mes-info");
	assert_int_equal(w.s.person->rec.kind, RECORD_OPPOSE);
}

/* Numbers with a wrong key are nobody's; nobody is allowed by itself. */
static void
professionals_are_right_or_none(void **state)
{
	const struct record *rec = &w.s.person->rec;

	(void)state;
	walk_to(SCR_EMERGENCY);
	pick("more");
	assert_int_equal(w.s.at, SCR_PEOPLE);
	pick("continue");
	assert_int_equal(w.s.at, SCR_KIN);
	assert_string_equal(rec->access.allowed[0], "");
	key(EV_BACK);
	set("allowed", "99700024451");
	pick("continue");
	assert_int_equal(w.s.at, SCR_PEOPLE);
	set("allowed", "997 000 244 50");
	set("blocked", "99700024450");
	pick("continue");
	assert_int_equal(w.s.at, SCR_PEOPLE);
	set("blocked", "");
	set("doctor", "MARTIN");
	pick("continue");
	assert_int_equal(w.s.at, SCR_PEOPLE);
	set("number", "99700024450");
	set("ours", "yes");
	pick("continue");
	assert_int_equal(w.s.at, SCR_KIN);
	assert_string_equal(rec->access.allowed[0], "99700024450");
	assert_string_equal(rec->access.allowed[1], "");
	assert_string_equal(rec->doctor.rpps, "99700024450");
}

static void
the_other_choices_are_kept(void **state)
{
	const struct record *rec = &w.s.person->rec;

	(void)state;
	walk_to(SCR_EMERGENCY);
	assert_int_equal(rec->news.alerts, ALERTS_FIRST);
	assert_false(rec->access.masked || rec->access.sensitive);
	pick("more");
	pick("continue");
	set("name", "MARTIN Claude");
	pick("continue");
	assert_int_equal(w.s.at, SCR_KIN);
	set("phone", "0199001234");
	set("relation", "ma fille");
	pick("continue");
	assert_int_equal(w.s.at, SCR_PRIVACY);
	set("masked", "yes");
	set("sensitive", "yes");
	set("alerts", "each");
	set("confirmation", "email");
	pick("continue");
	assert_int_equal(w.s.at, SCR_CONTACT);
	assert_true(rec->access.masked && rec->access.sensitive);
	assert_int_equal(rec->news.alerts, ALERTS_EACH);
	assert_string_equal(rec->emergency.phone, "0199001234");
	set("mobile", "0639981241");
	pick("continue");
	/* no address: no confirmation by e-mail */
	assert_int_equal(rec->news.confirmation, CONFIRM_NONE);
}

/* The day before the birthday, and the day itself. */
static void
majority_is_to_the_day(void **state)
{
	(void)state;
	insert();
	memcpy(w.news.bearers[0].birth, "20081122", 9);
	tell_card();
	pick("a");
	pick("yes");
	assert_int_equal(w.s.at, SCR_REPRESENTATIVE);
	key(EV_ABANDON);
	pick("ok");
	insert();
	memcpy(w.news.bearers[0].birth, "20081121", 9);
	tell_card();
	pick("a");
	pick("yes");
	assert_int_equal(w.s.at, SCR_INFORMATION);
}

static void
a_card_that_says_too_little_is_a_problem(void **state)
{
	char *const fields[] = { w.news.bearers[0].family,
		w.news.bearers[0].birth };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		insert();
		fields[i][0] = '\0';
		tell_card();
		pick("a");
		pick("yes");
		assert_int_equal(w.s.at, SCR_PROBLEM);
		assert_int_equal(w.s.problem, ERR_CARD_DATA);
		pick("ok");
	}
}

static void
a_letter_beyond_the_list_is_nobody(void **state)
{
	(void)state;
	walk_to(SCR_WHO);
	pick("c");
	pick("aa");
	pick("");
	assert_int_equal(w.s.at, SCR_WHO);
}

static void
real_and_test_cards_never_meet(void **state)
{
	(void)state;
	insert();
	memcpy(w.news.bearers[1].nir, "1421962965168", 14);
	tell_card();
	assert_int_equal(w.s.at, SCR_BAD_CARD);
	assert_int_equal(w.s.problem, ERR_REAL_CARD);
	pick("ok");
	w.set.mode = MODE_PRODUCTION;
	insert();
	tell_card();
	assert_int_equal(w.s.at, SCR_BAD_CARD);
	assert_int_equal(w.s.problem, ERR_DEMO_CARD);
}

static void
the_notice_is_read_to_its_end(void **state)
{
	const struct record *rec = &w.s.person->rec;

	(void)state;
	walk_to(SCR_INFORMATION);
	for (size_t i = 0; i < w.notice.npages; i++) {
		pick("continue");
		assert_int_equal(w.s.at, SCR_INFORMATION);
		assert_int_equal(w.s.person->notice_page, i);
		w.s.elapsed_ms += 3000;
		set(NOTICE_ID, "end");
		pick("continue");
	}
	assert_int_equal(w.s.at, SCR_CONSENT);
	assert_true(rec->notice.whole && rec->notice.shown_s >= 6);
	pick("reread");
	w.s.elapsed_ms += 60000;
	for (size_t i = 0; i < w.notice.npages; i++)
		pick("continue");
	assert_int_equal(w.s.at, SCR_CONSENT);
	assert_true(rec->notice.shown_s >= 66);
}

/* The second level is on demand: it stands for no page, its time is the
 * notice's, and one comes back to where one was. */
static void
more_is_there_and_not_needed(void **state)
{
	const struct record *rec = &w.s.person->rec;

	(void)state;
	walk_to(SCR_INFORMATION);
	set(NOTICE_ID, "end");
	pick("continue");
	assert_int_equal(w.s.person->notice_page, 1);
	pick("more");
	assert_int_equal(w.s.at, SCR_DETAIL);
	assert_true(page_says("directives anticipées"));
	set(NOTICE_ID, "end");
	w.s.elapsed_ms += 30000;
	pick("safe");
	assert_true(page_says("Votre carte est lue, jamais modifiée"));
	key(EV_BACK);
	assert_int_equal(w.s.at, SCR_INFORMATION);
	assert_int_equal(w.s.person->notice_page, 1);
	pick("continue"); /* not shown to its end yet */
	assert_int_equal(w.s.at, SCR_INFORMATION);
	set(NOTICE_ID, "end");
	pick("continue");
	assert_int_equal(w.s.at, SCR_CONSENT);
	assert_in_range(rec->notice.shown_s, 30, 40);
}

/* Another language while it is read: that one's first page, read anew. */
static void
more_in_another_language(void **state)
{
	(void)state;
	walk_to(SCR_INFORMATION);
	set(NOTICE_ID, "end");
	pick("continue");
	pick("more");
	key(EV_LANGUAGE);
	assert_int_equal(w.s.at, SCR_DETAIL);
	assert_true(page_says("In an emergency"));
	pick("text");
	assert_int_equal(w.s.at, SCR_INFORMATION);
	assert_int_equal(w.s.person->notice_page, 0);
	assert_int_equal(w.s.person->notice_seen, 0);
}

static void
a_text_is_printed_or_not(void **state)
{
	(void)state;
	walk_to(SCR_INFORMATION);
	pick("more");
	w.s.paper = false;
	pick("print");
	assert_int_equal(w.s.at, SCR_DETAIL);
	w.s.paper = true;
	pick("print-large");
	assert_int_equal(w.s.at, SCR_LEAFLET);
	assert_true(w.s.person->large);
	done(ERR_OK);
	assert_int_equal(w.s.at, SCR_DETAIL);
	assert_true(page_says("Le texte est imprimé"));
	pick("print");
	assert_false(w.s.person->large);
	done(ERR_PRINT_PAPER);
	assert_int_equal(w.s.at, SCR_DETAIL);
	assert_true(page_says("n'a pas pu être imprimé"));
	pick("text");
	pick("more");
	assert_false(page_says("n'a pas pu être imprimé"));
}

/* What is spent on a screen is its part's, also behind the help and across a
 * change of language; who is forgotten leaves no time behind. */
static void
each_part_is_timed(void **state)
{
	const uint64_t *spent = w.s.person->spent_ms;

	(void)state;
	walk_to(SCR_WHO);
	w.s.elapsed_ms += 5000;
	pick("a");
	w.s.elapsed_ms += 7000;
	pick("yes");
	assert_in_range(spent[PART_CARD], 12000, 13000);
	assert_int_equal(spent[PART_INFORMATION], 0);
	w.s.elapsed_ms += 2000;
	key(EV_HELP);
	w.s.elapsed_ms += 3000;
	key(EV_BACK);
	key(EV_LANGUAGE);
	assert_in_range(spent[PART_INFORMATION], 5000, 6000);
	w.s.elapsed_ms += 4000;
	walk_to(SCR_CONSENT);
	assert_in_range(spent[PART_INFORMATION], 9000, 10000);
	assert_int_equal(spent[PART_CONSENT], 0);
	key(EV_ABANDON);
	assert_int_equal(spent[PART_CARD], 0);
}

static void
yes_needs_the_box(void **state)
{
	const struct record *rec = &w.s.person->rec;

	(void)state;
	walk_to(SCR_CONSENT);
	pick("agree");
	assert_int_equal(w.s.at, SCR_CONSENT);
	set("box", "yes");
	set("box", "no");
	pick("agree");
	assert_int_equal(w.s.at, SCR_CONSENT);
	assert_false(rec->consent.given);
	set("box", "yes");
	pick("agree");
	assert_int_equal(w.s.at, SCR_CERTIFY);
	assert_int_equal(rec->consent.method, CONSENT_SCREEN);
	assert_string_equal(rec->consent.wording,
	    "Je consens à l'ouverture de mon Dossier médical partagé.");
	assert_string_equal(rec->consent.face, "curses");
	assert_int_equal(rec->consent.at_ms, w.s.now_ms);
	key(EV_BACK);
	assert_false(rec->consent.given || w.s.person->box);
}

/* Only where the setting allows it, and before somebody who attests it. */
static void
a_spoken_yes_is_attested(void **state)
{
	const struct record *rec = &w.s.person->rec;

	(void)state;
	walk_to(SCR_CONSENT);
	pick("spoken");
	assert_int_equal(w.s.at, SCR_CONSENT);
	w.set.consent_methods |= 1 << CONSENT_ORAL;
	pick("spoken");
	assert_int_equal(w.s.at, SCR_CERTIFY);
	assert_int_equal(rec->consent.method, CONSENT_ORAL);
	assert_string_equal(rec->consent.wording,
	    "Je consens à l'ouverture de mon Dossier médical partagé.");
	flow_show(&screens_flow, &w.s, w.page);
	assert_true(world_shows(w.page, rec->consent.wording));
	pick("no"); /* and on the screen after all */
	assert_false(rec->consent.given);
	set("box", "yes");
	pick("agree");
	assert_int_equal(rec->consent.method, CONSENT_SCREEN);
	key(EV_ABANDON);
	pick("ok");
	w.set.profile = PROFILE_BORNE;
	walk_to(SCR_CONSENT);
	pick("spoken");
	assert_int_equal(w.s.at, SCR_CONSENT);
}

/* The sheet comes first, then the hand, then who keeps it. */
static void
a_signed_yes_has_its_sheet(void **state)
{
	const struct record *rec = &w.s.person->rec;
	uint64_t printed;

	(void)state;
	walk_to(SCR_CONSENT);
	pick("paper");
	assert_int_equal(w.s.at, SCR_CONSENT);
	w.set.consent_methods |= 1 << CONSENT_PAPER;
	w.s.paper = false; /* no printer, no sheet */
	pick("paper");
	assert_int_equal(w.s.at, SCR_CONSENT);
	w.s.paper = true;
	pick("paper");
	assert_int_equal(w.s.at, SCR_FORM);
	assert_false(rec->consent.given);
	printed = w.s.now_ms;
	done(ERR_OK);
	assert_int_equal(w.s.at, SCR_SIGN);
	assert_false(rec->consent.given || rec->certified.given);
	pick("signed");
	assert_int_equal(w.s.at, SCR_CERTIFY);
	assert_true(rec->consent.given && rec->form.there);
	assert_true(rec->consent.at_ms > printed);
	assert_int_equal(rec->consent.method, CONSENT_PAPER);
	assert_string_equal(rec->consent.wording,
	    "Je consens à l'ouverture de mon Dossier médical partagé.");
	pick("no"); /* asked anew: that sheet is worth nothing */
	assert_int_equal(w.s.at, SCR_CONSENT);
	assert_false(rec->consent.given || rec->form.there);
}

/* A printer that fails leaves every other way, and what was wrong is said
 * until something is answered. */
static void
a_sheet_that_does_not_come_out(void **state)
{
	const struct record *rec = &w.s.person->rec;

	(void)state;
	w.set.consent_methods |= 1 << CONSENT_PAPER;
	walk_to(SCR_CONSENT);
	pick("paper");
	w.s.person->rec.form.there = false;
	done(ERR_PRINT_PAPER);
	assert_int_equal(w.s.at, SCR_CONSENT);
	flow_show(&screens_flow, &w.s, w.page);
	assert_true(world_shows(w.page, "n'est pas sortie"));
	key(EV_TICK);
	flow_show(&screens_flow, &w.s, w.page);
	assert_true(world_shows(w.page, "n'est pas sortie"));
	set("box", "yes");
	flow_show(&screens_flow, &w.s, w.page);
	assert_false(world_shows(w.page, "n'est pas sortie"));
	pick("agree");
	assert_int_equal(w.s.at, SCR_CERTIFY);
	assert_int_equal(rec->consent.method, CONSENT_SCREEN);
	assert_false(rec->form.there);
}

static void
a_sheet_may_stay_unsigned(void **state)
{
	(void)state;
	w.set.consent_methods |= 1 << CONSENT_PAPER;
	walk_to(SCR_CONSENT);
	pick("paper");
	done(ERR_OK);
	pick("other");
	assert_int_equal(w.s.at, SCR_CONSENT);
	assert_false(w.s.person->rec.form.there);
	pick("paper");
	done(ERR_OK);
	pick("refuse");
	assert_int_equal(w.s.at, SCR_REFUSED);
	assert_true(secret_is_zero(w.s.person, sizeof(*w.s.person)));
	pick("ok");
	w.set.profile = PROFILE_BORNE;
	walk_to(SCR_CONSENT);
	pick("paper");
	assert_int_equal(w.s.at, SCR_CONSENT);
}

static void
no_needs_no_box(void **state)
{
	(void)state;
	walk_to(SCR_CONSENT);
	pick("refuse");
	assert_int_equal(w.s.at, SCR_REFUSED);
}

/* What one bearer answered is void for the next. */
static void
another_bearer_begins_again(void **state)
{
	const struct person *p = w.s.person;

	(void)state;
	walk_to(SCR_CONTACT);
	world_happy(&w);
	while (w.s.at != SCR_IDENTITY)
		key(EV_BACK);
	pick("not-me");
	assert_int_equal(w.s.at, SCR_WHO);
	assert_false(p->chosen || p->informed || p->rec.consent.given);
	assert_true(p->mobile[0] == '\0' && p->notice_seen == 0);
	assert_true(p->epoch == w.epoch && p->nbearers == 2);
}

static void
the_two_oppositions_are_independent(void **state)
{
	const struct record *rec = &w.s.person->rec;

	(void)state;
	walk_to(SCR_EMERGENCY);
	assert_false(rec->access.samu_opposed);
	assert_false(rec->access.break_glass_opposed);
	set("break-glass", "no");
	assert_false(rec->access.samu_opposed);
	assert_true(rec->access.break_glass_opposed);
	set("samu", "no");
	set("break-glass", "yes");
	assert_true(rec->access.samu_opposed);
	assert_false(rec->access.break_glass_opposed);
}

/* Before it is needed; who only closes is not asked. */
static void
the_card_page_asks_what_is_at_hand(void **state)
{
	(void)state;
	pick("open");
	assert_int_equal(w.s.at, SCR_CARD);
	assert_true(page_says("Avez-vous sur vous votre téléphone mobile"));
	key(EV_BACK);
	pick("close");
	assert_int_equal(w.s.at, SCR_CARD);
	assert_false(page_says("Avez-vous sur vous votre téléphone mobile"));
}

static void
an_opening_says_that_it_may_be_empty(void **state)
{
	(void)state;
	walk_to(SCR_END);
	assert_true(page_says("Au début, votre dossier peut être vide"));
	w.s.served = RECORD_REISSUE;
	assert_false(page_says("Au début, votre dossier peut être vide"));
}

/* Behind its setting; what is shown of it veils as much. */
static void
a_mobile_of_another_country(void **state)
{
	const struct record *rec = &w.s.person->rec;
	char words[MOBILE_ROOM];

	(void)state;
	w.set.mobiles_abroad = SET_YES;
	walk_to(SCR_CONTACT);
	set("mobile", "+49 151");
	pick("continue");
	assert_int_equal(w.s.at, SCR_CONTACT);
	flow_show(&screens_flow, &w.s, w.page);
	assert_non_null(strstr(page_find(w.page, "mobile")->error,
	    "autre pays"));
	set("mobile", "0049 151 123 456 78");
	pick("continue");
	assert_int_equal(w.s.at, SCR_REVIEW);
	assert_string_equal(rec->contact.mobile, "+4915112345678");
	mobile_words(rec->contact.mobile, false, words);
	assert_string_equal(words, "+49 15 11 23 45 67 8");
	mobile_words(rec->contact.mobile, true, words);
	assert_string_equal(words, "+49 .. .. .. .. .7 8");
	mobile_words("0639981241", true, words);
	assert_string_equal(words, "06 .. .. .. 41");
}

static void
contacts_follow_the_rules(void **state)
{
	static const struct { const char *mobile, *email; bool ok; } said[] = {
		{ "0639981241", "", true },
		{ "06 39.98-12 41", "", true },
		{ "0739981241", "nom@exemple.fr", true },
		{ "", "nom@exemple.fr", true },
		{ "", "", false },
		{ "   ", "", false },
		{ "0239981241", "", false },
		{ "063998124", "", false },
		{ "06399812411", "", false },
		{ "+33639981241", "", false },
		{ "06399812x1", "nom@exemple.fr", false },
		{ "", "nom@exemple", false },
		{ "", "@exemple.fr", false },
		{ "", "nom@.fr", false },
		{ "", "nom@exemple.", false },
		{ "", "a@b@exemple.fr", false },
		{ "", "nom @exemple.fr", false },
	};

	(void)state;
	walk_to(SCR_CONTACT);
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		set("mobile", said[i].mobile);
		set("email", said[i].email);
		pick("continue");
		if ((w.s.at == SCR_REVIEW) != said[i].ok)
			fail_msg("%s, %s", said[i].mobile, said[i].email);
		if (said[i].ok)
			key(EV_BACK);
	}
	set("mobile", "06 39 98 12 41");
	set("email", "");
	pick("continue");
	assert_string_equal(w.s.person->rec.contact.mobile, "0639981241");
	assert_string_equal(w.s.person->rec.contact.email, "");
}

static void
what_cannot_be_kept_is_not_typed(void **state)
{
	(void)state;
	walk_to(SCR_CONTACT);
	set("mobile", "06");
	set("mobile", "0\033[2J");
	set("mobile", "111111111111111111111111111111");
	assert_string_equal(w.s.person->mobile, "06");
}

static void
neither_is_as_near(void **state)
{
	(void)state;
	walk_to(SCR_CONTACT);
	set("mobile", "0639981241");
	pick("none");
	assert_int_equal(w.s.at, SCR_REVIEW);
	assert_true(w.s.person->contact_no);
	assert_string_equal(w.s.person->rec.contact.mobile, "");
	pick("save");
	key(EV_DONE);
	assert_int_equal(w.s.at, SCR_PRINTING); /* the receipt alone */
	key(EV_DONE);
	assert_int_equal(w.s.at, SCR_END_PLAIN);
}

static void
the_save_says_what_became_of_it(void **state)
{
	(void)state;
	walk_to(SCR_SAVING);
	done(ERR_QUEUE_WRITE);
	assert_int_equal(w.s.at, SCR_PROBLEM);
	assert_int_equal(w.s.problem, ERR_QUEUE_WRITE);
	pick("ok");
	w.s.identifiers = 0;
	walk_to(SCR_SAVING);
	done(ERR_OK);
	assert_int_equal(w.s.at, SCR_PRINTING);
	done(ERR_PRINT_NONE); /* the end is the same */
	assert_int_equal(w.s.at, SCR_END_LATER);
	pick("ok");
	w.s.identifiers = 180;
	w.s.paper = false;
	walk_to(SCR_SAVING);
	done(ERR_OK);
	assert_int_equal(w.s.at, SCR_COPY);
	pick("print");
	assert_int_equal(w.s.at, SCR_COPY);
	pick("copied");
	assert_int_equal(w.s.at, SCR_END);
	assert_string_equal(w.s.reference, "01JD-7Q4M");
}

static bool
is_uncovered(void)
{
	flow_show(&screens_flow, &w.s, w.page);
	return world_shows(w.page, "aB3- x9!z");
}

/* The key is down for so long, as a keyboard tells it; then it goes up. */
static void
hold(unsigned ms)
{
	pick("show");
	for (unsigned at = 500; at < ms; at += 40) {
		w.s.elapsed_ms += at == 500 ? 500 : 40;
		pick("show");
	}
}

static void
let_go(void)
{
	w.s.elapsed_ms += 500;
	key(EV_TICK);
	assert_false(is_uncovered());
	w.s.elapsed_ms += 1000;
	key(EV_TICK);
}

/* Of a finger or a pointer, both are told. */
static void
finger(const char *what)
{
	world_step(&w, &(struct event){ .kind = EV_PICK, .id = "show",
	    .value = what });
}

static void
the_screen_is_read_twice_and_no_more(void **state)
{
	(void)state;
	walk_to(SCR_PRINTING);
	done(ERR_PRINT_OPEN);
	assert_int_equal(w.s.at, SCR_COPY);
	for (int i = 0; i < 3; i++) {
		hold(3000);
		assert_int_equal(is_uncovered(), i < 2);
		let_go();
	}
	finger(HOLD_DOWN);
	assert_false(is_uncovered());
	pick("cannot"); /* and then these codes are void */
	assert_int_equal(w.s.at, SCR_END);
	assert_false(w.s.handed);
}

static void
a_press_alone_shows_nothing(void **state)
{
	(void)state;
	walk_to(SCR_PRINTING);
	done(ERR_PRINT_OPEN);
	for (int i = 0; i < 5; i++) {
		pick("show");
		assert_false(is_uncovered());
		w.s.elapsed_ms += 1000;
	}
	hold(1000); /* and took no look away */
	assert_true(is_uncovered());
	w.s.elapsed_ms += 900; /* the hand slipped: the same look */
	pick("show");
	assert_true(is_uncovered());
	assert_int_equal(w.s.person->copy_reveals, 1);
	let_go();
}

static void
who_never_lets_go_sees_it_half_a_minute(void **state)
{
	(void)state;
	walk_to(SCR_PRINTING);
	done(ERR_PRINT_OPEN);
	hold(12000);
	assert_true(is_uncovered());
	hold(6000);
	assert_false(is_uncovered());
	assert_int_equal(w.s.person->copy_reveals, 1);
	let_go();
	finger(HOLD_DOWN);
	assert_true(is_uncovered());
	finger(HOLD_UP);
	assert_false(is_uncovered());
	assert_int_equal(w.s.person->copy_reveals, 2);
}

/* Plain lines have no key to hold. */
static void
where_no_key_is_held_it_is_a_step(void **state)
{
	(void)state;
	w.s.holds = false;
	walk_to(SCR_PRINTING);
	done(ERR_PRINT_OPEN);
	for (int i = 0; i < 3; i++) {
		pick("show");
		assert_int_equal(is_uncovered(), i < 2);
		w.s.elapsed_ms += 30000;
		key(EV_TICK);
		assert_false(is_uncovered());
	}
}

static void
a_failed_print_can_be_copied_or_tried_again(void **state)
{
	(void)state;
	walk_to(SCR_PRINTING);
	done(ERR_PRINT_OPEN);
	assert_int_equal(w.s.at, SCR_COPY);
	assert_int_equal(w.s.person->paper, ERR_PRINT_OPEN);
	pick("print");
	assert_int_equal(w.s.at, SCR_PRINTING);
	done(ERR_OK);
	assert_int_equal(w.s.at, SCR_SECRETS);
	pick("no-paper");
	assert_int_equal(w.s.at, SCR_COPY);
}

static void
the_password_is_uncovered_twice_for_a_while(void **state)
{
	(void)state;
	walk_to(SCR_SECRETS);
	for (int i = 0; i < 3; i++) {
		assert_false(is_uncovered());
		hold(2000);
		assert_int_equal(is_uncovered(), i < 2);
		let_go();
	}
	pick("no-paper");
	hold(2000);
	assert_true(is_uncovered());
}

static void
after_the_save_the_card_may_leave(void **state)
{
	const struct card_news gone = { .kind = NEWS_GONE, .epoch = 1 };

	(void)state;
	walk_to(SCR_SECRETS);
	world_step(&w, &(struct event){ .kind = EV_CARD, .news = &gone });
	assert_int_equal(w.s.at, SCR_SECRETS);
	assert_true(w.s.person->password[0] != '\0');
}

static void
pulled_on_any_screen_before_it_all_is_forgotten(void **state)
{
	static const int way[] = { SCR_WHO, SCR_IDENTITY, SCR_INFORMATION,
		SCR_CONSENT, SCR_CERTIFY, SCR_EMERGENCY, SCR_CONTACT,
		SCR_REVIEW };

	(void)state;
	for (size_t i = 0; i < sizeof(way) / sizeof(way[0]); i++) {
		struct card_news gone = { .kind = NEWS_GONE };
		int at = way[i];

		walk_to(at);
		gone.epoch = w.epoch;
		world_step(&w, &(struct event){ .kind = EV_CARD,
		    .news = &gone });
		assert_int_equal(w.s.at, SCR_GONE);
		assert_true(secret_is_zero(w.s.person, sizeof(*w.s.person)));
		pick("ok");
	}
}

/* Each with a PIN of their own; nobody is served before, and whoever hands
 * over or is away for long is asked again. */
static void
a_desk_is_opened_by_its_operator(void **state)
{
	const struct record *rec = &w.s.person->rec;

	(void)state;
	w.shifts = true;
	world_begin(&w);
	pick("open");
	assert_int_equal(w.s.at, SCR_SHIFT);
	pick("c");
	pick("open");
	assert_int_equal(w.s.at, SCR_SHIFT);
	pick("b");
	assert_int_equal(w.s.at, SCR_PIN);
	pick("continue"); /* nothing was typed */
	assert_int_equal(w.s.at, SCR_PIN);
	set("pin", "314159");
	pick("continue");
	assert_int_equal(w.s.at, SCR_CHECKING);
	done(w.done);
	assert_int_equal(w.s.at, SCR_PIN);
	assert_int_equal(w.s.shift.why, ERR_PIN_WRONG);
	assert_string_equal(w.s.person->pin, "");
	set("pin", "271828");
	pick("continue"); /* it has to wait */
	assert_int_equal(w.s.at, SCR_PIN);
	w.s.elapsed_ms += 1000;
	pick("continue");
	done(w.done);
	assert_int_equal(w.s.at, SCR_WELCOME);
	flow_show(&screens_flow, &w.s, w.page);
	assert_true(world_shows(w.page, "PATBQUATRE CAMILLE"));
	walk_to(SCR_CERTIFY);
	flow_show(&screens_flow, &w.s, w.page);
	assert_true(world_shows(w.page, "99900063480"));
	walk_to(SCR_SAVING);
	assert_string_equal(rec->certified.operator_id, "99900063480");
	walk_to(SCR_WELCOME);
	pick("hand-over");
	assert_int_equal(w.s.at, SCR_SHIFT);
	assert_false(w.s.shift.rested);
}

static void
rest_ends_a_shift_but_no_session(void **state)
{
	struct event tick = { .kind = EV_TICK, .idle_s = 59 };

	(void)state;
	w.shifts = true;
	w.set.shift_lock = 60;
	world_begin(&w);
	walk_to(SCR_CONSENT);
	tick.idle_s = 89; /* warned, and not yet forgotten */
	world_step(&w, &tick);
	assert_int_equal(w.s.at, SCR_CONSENT);
	assert_true(shift_serves(&w.s));
	tick.idle_s = 90;
	world_step(&w, &tick); /* the person first … */
	assert_int_equal(w.s.at, SCR_WELCOME);
	assert_true(shift_serves(&w.s));
	world_step(&w, &tick); /* … then the desk */
	assert_int_equal(w.s.at, SCR_SHIFT);
	assert_true(w.s.shift.rested);
	assert_false(shift_serves(&w.s));
}

/* Another account does not wait for the first one's mistakes. */
static void
a_wait_is_of_one_account(void **state)
{
	(void)state;
	w.shifts = true;
	world_begin(&w);
	pick("open");
	pick("b");
	set("pin", "1");
	pick("continue");
	done(w.done);
	assert_true(shift_wait(&w.s) > 0);
	set("pin", "27");
	key(EV_BACK);
	assert_int_equal(w.s.at, SCR_SHIFT);
	assert_string_equal(w.s.person->pin, "");
	pick("b");
	assert_true(shift_wait(&w.s) > 0);
	key(EV_BACK);
	pick("a");
	assert_int_equal(shift_wait(&w.s), 0);
	assert_int_equal(w.s.shift.why, ERR_OK);
}

static void
certification_names_the_operator(void **state)
{
	const struct record *rec = &w.s.person->rec;

	(void)state;
	walk_to(SCR_CERTIFY);
	pick("no");
	assert_int_equal(w.s.at, SCR_CONSENT);
	walk_to(SCR_EMERGENCY);
	assert_true(rec->certified.given);
	assert_string_equal(rec->certified.operator_id, "99700024450");
	assert_int_equal(rec->certified.at_ms, w.s.now_ms);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(identity_is_kept_as_read),
		TEST(what_cannot_be_shown_is_kept_for_the_record),
		TEST(a_minor_comes_with_who_decides),
		TEST(the_measure_says_who_decides),
		TEST(the_menu_is_what_may_be_done),
		TEST(a_closed_place_opens_nothing),
		TEST(a_visit_goes_on_when_the_place_is_closed),
		TEST(closing_warns_and_asks_no_reason),
		TEST(a_reissue_has_an_account_or_is_none),
		TEST(opposing_has_its_own_notice),
		TEST(professionals_are_right_or_none),
		TEST(the_other_choices_are_kept),
		TEST(majority_is_to_the_day),
		TEST(a_card_that_says_too_little_is_a_problem),
		TEST(a_letter_beyond_the_list_is_nobody),
		TEST(real_and_test_cards_never_meet),
		TEST(the_notice_is_read_to_its_end),
		TEST(yes_needs_the_box),
		TEST(more_is_there_and_not_needed),
		TEST(more_in_another_language),
		TEST(a_text_is_printed_or_not),
		TEST(each_part_is_timed),
		TEST(the_card_page_asks_what_is_at_hand),
		TEST(an_opening_says_that_it_may_be_empty),
		TEST(a_mobile_of_another_country),
		TEST(a_spoken_yes_is_attested),
		TEST(a_signed_yes_has_its_sheet),
		TEST(a_sheet_that_does_not_come_out),
		TEST(a_sheet_may_stay_unsigned),
		TEST(no_needs_no_box),
		TEST(another_bearer_begins_again),
		TEST(the_two_oppositions_are_independent),
		TEST(contacts_follow_the_rules),
		TEST(what_cannot_be_kept_is_not_typed),
		TEST(neither_is_as_near),
		TEST(the_save_says_what_became_of_it),
		TEST(a_failed_print_can_be_copied_or_tried_again),
		TEST(the_screen_is_read_twice_and_no_more),
		TEST(a_press_alone_shows_nothing),
		TEST(who_never_lets_go_sees_it_half_a_minute),
		TEST(where_no_key_is_held_it_is_a_step),
		TEST(the_password_is_uncovered_twice_for_a_while),
		TEST(after_the_save_the_card_may_leave),
		TEST(pulled_on_any_screen_before_it_all_is_forgotten),
		TEST(certification_names_the_operator),
		TEST(a_desk_is_opened_by_its_operator),
		TEST(rest_ends_a_shift_but_no_session),
		TEST(a_wait_is_of_one_account),
	};

	(void)setenv("TZ", "UTC", 1);
	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
