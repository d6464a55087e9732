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
#include "tests/screens/stands.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define NBSP	 "\xc2\xa0"

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
	ev.value = w.page->item[k].flags & ITEM_HOLD ? HOLD_DOWN : NULL;
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
		    strncmp(pages[i].name, "contact-", 8) == 0 ||
		    strcmp(pages[i].name, "pin") == 0 ||
		    strncmp(pages[i].name, "pin-waits", 9) == 0 ||
		    strcmp(pages[i].name, "pin-unread") == 0 ||
		    strstr(pages[i].name, "-wrong") != NULL ||
		    strstr(pages[i].name, "-missing") != NULL ||
		    strstr(pages[i].name, "-oppose") != NULL)
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
