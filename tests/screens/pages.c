/*
 * pages: what each screen says, against tests/golden/pages, and what must be
 * true of every page: French spaces, nothing cut, no choice without an effect.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "tests/golden.h"
#include "tests/screens/world.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define NBSP	 "\xc2\xa0"

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

static void
last_page(struct world *w)
{
	answered(w);
	w->s.person->notice_page = w->notice.npages - 1;
	w->s.person->notice_seen = (1u << w->notice.npages) - 1;
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

static const struct golden {
	const char *name; /* the screen's, and what is special */
	int at;
	void (*set)(struct world *w);
} pages[] = {
	{ "welcome", SCR_WELCOME, NULL },
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
	{ "information", SCR_INFORMATION, answered },
	{ "information-last", SCR_INFORMATION, last_page },
	{ "consent", SCR_CONSENT, answered },
	{ "consent-box-missed", SCR_CONSENT, box_missed },
	{ "consent-box-ticked", SCR_CONSENT, box_ticked },
	{ "consent-idle", SCR_CONSENT, idle },
	{ "consent-help", SCR_CONSENT, helping },
	{ "certify", SCR_CERTIFY, answered },
	{ "emergency", SCR_EMERGENCY, answered },
	{ "emergency-opposed", SCR_EMERGENCY, opposed },
	{ "contact", SCR_CONTACT, answered },
	{ "contact-empty", SCR_CONTACT, contact_empty },
	{ "contact-wrong", SCR_CONTACT, contact_wrong },
	{ "review", SCR_REVIEW, answered },
	{ "review-no-contact", SCR_REVIEW, nothing_to_reach },
	{ "review-no-identifiers", SCR_REVIEW, no_identifiers },
	{ "saving", SCR_SAVING, answered },
	{ "printing", SCR_PRINTING, few_left },
	{ "secrets", SCR_SECRETS, paper_out },
	{ "secrets-uncovered", SCR_SECRETS, uncovered },
	{ "secrets-email", SCR_SECRETS, by_email },
	{ "copy-jammed", SCR_COPY, jammed },
	{ "copy-no-printer", SCR_COPY, no_printer },
	{ "end", SCR_END, kept },
	{ "end-plain", SCR_END_PLAIN, kept },
	{ "end-later", SCR_END_LATER, kept },
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

static void
pages_are_the_committed_ones(void **state)
{
	char name[PATH_ROOM];
	struct world w;
	struct buf text;

	(void)state;
	for (size_t i = 0; i < COUNT(pages); i++) {
		stand(&w, &pages[i]);
		buf_init(&text);
		assert_int_equal(page_text(w.page, &text), ERR_OK);
		(void)snprintf(name, sizeof(name), "pages/%s.txt",
		    pages[i].name);
		golden_equal(name, text.p, text.len);
		buf_clear(&text);
		world_close(&w);
	}
}

static void
every_screen_has_a_golden_page(void **state)
{
	bool has[SCREEN_COUNT] = { false };

	(void)state;
	for (size_t i = 0; i < COUNT(pages); i++)
		has[pages[i].at] = true;
	for (int s = 0; s < SCREEN_COUNT; s++)
		assert_true(has[s]);
}

/* No plain blank before these signs, nor after an opening quote. */
static bool
spaces_are_french(const char *text)
{
	static const char *const wrong[] = { " :", " ;", " ?", " !", " »",
		"« " };

	for (size_t i = 0; i < COUNT(wrong); i++)
		if (strstr(text, wrong[i]) != NULL)
			return false;
	return true;
}

/* The list of errors is written with plain blanks. */
static bool
is_of_errors(const char *text)
{
	for (int r = 0; r < ERR_COUNT; r++)
		if (strcmp(text, err_what((enum err)r)) == 0 ||
		    strcmp(text, err_todo((enum err)r)) == 0)
			return true;
	return false;
}

static void
check_text(const char *text)
{
	char line[2048];
	size_t n;

	if (text == NULL || is_of_errors(text))
		return;
	if (!spaces_are_french(text))
		fail_msg("a plain blank in « %s »", text);
	for (; *text != '\0'; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		assert_true(n < sizeof(line));
		memcpy(line, text, n);
		line[n] = '\0';
		assert_true(text_is_clean(line));
	}
}

static void
texts_are_clean_french(void **state)
{
	struct world w;

	(void)state;
	for (size_t i = 0; i < COUNT(pages); i++) {
		stand(&w, &pages[i]);
		check_text(w.page->title);
		check_text(w.page->step);
		check_text(w.page->banner);
		check_text(w.page->status);
		assert_true(text_width(w.page->title) <= PAGE_WIDTH);
		assert_true(text_width(w.page->status) <= 78);
		if (w.page->banner != NULL)
			assert_true(text_width(w.page->banner) <= 78);
		for (size_t k = 0; k < w.page->n; k++) {
			check_text(w.page->item[k].label);
			check_text(w.page->item[k].hint);
			check_text(w.page->item[k].error);
		}
		world_close(&w);
	}
}

static bool
is_key_free(const struct page *p, size_t upto)
{
	for (size_t i = 0; i < upto; i++)
		if (p->item[i].key == p->item[upto].key)
			return false;
	return true;
}

/* A choice leads somewhere or changes the page; no two have one key. */
static void
check_choice(const struct golden *g, size_t k)
{
	struct event ev = { .kind = EV_PICK };
	struct world w;
	struct buf before, after;
	const struct step *taken;
	char id[32];

	stand(&w, g);
	(void)snprintf(id, sizeof(id), "%s", w.page->item[k].id);
	assert_true(w.page->item[k].key == 0 || is_key_free(w.page, k));
	buf_init(&before);
	buf_init(&after);
	assert_int_equal(page_text(w.page, &before), ERR_OK);
	ev.id = id;
	ev.now_ms = w.s.now_ms;
	ev.elapsed_ms = w.s.elapsed_ms;
	(void)flow_step(w.flow, &w.s, &ev, &taken);
	flow_show(w.flow, &w.s, w.page);
	assert_int_equal(page_text(w.page, &after), ERR_OK);
	if (taken == NULL && before.len == after.len &&
	    memcmp(before.p, after.p, after.len) == 0)
		fail_msg("%s: the choice %s does nothing", g->name, id);
	buf_clear(&before);
	buf_clear(&after);
	world_close(&w);
}

static void
every_choice_does_something(void **state)
{
	struct world w;
	size_t n;

	(void)state;
	for (size_t i = 0; i < COUNT(pages); i++) {
		/* Its end was not shown, or it says so already. */
		if (strcmp(pages[i].name, "information") == 0 ||
		    strcmp(pages[i].name, "consent-box-missed") == 0 ||
		    strncmp(pages[i].name, "contact-", 8) == 0)
			continue;
		stand(&w, &pages[i]);
		n = w.page->n;
		for (size_t k = 0; k < n; k++)
			if (w.page->item[k].kind == ITEM_CHOICE)
				check_choice(&pages[i], k);
		world_close(&w);
	}
}

/* The answers of legal weight are never on Enter. */
static void
legal_answers_are_legal_items(void **state)
{
	static const struct { int at; const char *id; } legal[] = {
		{ SCR_WHO, "a" }, { SCR_WHO, "b" },
		{ SCR_CONSENT, "agree" }, { SCR_CONSENT, "refuse" },
		{ SCR_CERTIFY, "yes" }, { SCR_REVIEW, "save" },
	};
	const struct golden g = { "legal", 0, answered };
	struct world w;

	(void)state;
	for (size_t i = 0; i < COUNT(legal); i++) {
		stand(&w, &g);
		w.s.at = legal[i].at;
		flow_show(w.flow, &w.s, w.page);
		assert_non_null(page_find(w.page, legal[i].id));
		assert_true(page_find(w.page, legal[i].id)->flags &
		    ITEM_LEGAL);
		world_close(&w);
	}
	stand(&w, &g);
	w.s.at = SCR_CONSENT;
	flow_show(w.flow, &w.s, w.page);
	assert_false(page_find(w.page, "box")->flags & ITEM_CHECKED);
	world_close(&w);
}

/* Every screen has an answer to every event. */
static void
every_event_has_an_answer(void **state)
{
	static const enum event_kind kinds[] = { EV_NONE, EV_ENTER, EV_PICK,
		EV_SET, EV_BACK, EV_HELP, EV_ABANDON, EV_TICK, EV_DONE };
	const struct golden g = { "any", 0, uncovered };
	enum outcome out;
	struct world w;

	(void)state;
	stand(&w, &g);
	for (int at = 0; at < SCREEN_COUNT; at++)
	for (size_t k = 0; k < COUNT(kinds); k++)
	for (size_t i = 0; i < COUNT(world_ids); i++) {
		struct event ev = { .kind = kinds[k], .id = world_ids[i],
			.value = WORLD_PICK(world_values, i),
			.result = (enum err)(i % 2) };

		session_forget(&w.s);
		uncovered(&w);
		out = screens_flow.screens[at]->handle(&w.s, &ev);
		assert_true(out == OUT_STAY ||
		    (screens_flow.screens[at]->outcomes >> out) & 1);
		assert_true(ev.kind != EV_ENTER || out == OUT_STAY);
	}
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_are_the_committed_ones),
		cmocka_unit_test(every_screen_has_a_golden_page),
		cmocka_unit_test(texts_are_clean_french),
		cmocka_unit_test(every_choice_does_something),
		cmocka_unit_test(legal_answers_are_legal_items),
		cmocka_unit_test(every_event_has_an_answer),
	};

	(void)setenv("TZ", "UTC", 1);
	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
