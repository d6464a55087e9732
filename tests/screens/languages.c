/*
 * languages: every sentence is there in each language, nothing of any page is
 * cut in any face, and a page stays the same page when its language changes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/screens/whole.h"
#include "tests/temp.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct world w;

static size_t
tongue_of(const char *code)
{
	for (size_t i = 0; i < w.tongues.n; i++)
		if (strcmp(w.tongues.tongue[i].code, code) == 0)
			return i;
	fail_msg("no language %s", code);
	return 0;
}

static void
these_languages_are_offered(void **state)
{
	(void)state;
	world_open(&w, &screens_flow);
	assert_int_equal(w.tongues.n, 3);
	(void)tongue_of("fr");
	(void)tongue_of("en");
	assert_string_not_equal(w.tongues.tongue[tongue_of("fr-falc")]
	    .notice[NOTICE_DMP].question, "");
	world_close(&w);
}

/* The sentences of the template, one after the other. */
static bool
next_sentence(FILE *in, char *out, size_t room)
{
	char line[1024];
	bool inside = false;
	size_t n = 0;

	while (fgets(line, sizeof(line), in) != NULL) {
		const char *s = line;

		if (strncmp(line, "msgid ", 6) == 0)
			inside = true;
		else if (strncmp(line, "msgstr", 6) == 0 && inside) {
			out[n] = '\0';
			return true;
		}
		if (!inside || (s = strchr(line, '"')) == NULL)
			continue;
		for (s++; *s != '\0' && !(*s == '"' && s[1] == '\n'); s++) {
			if (*s == '\\')
				s++;
			assert_true(n + 1 < room);
			out[n++] = *s == 'n' && s[-1] == '\\' ? '\n' : *s;
		}
	}
	return false;
}

static void
english_is_complete(void **state)
{
	static const char *const same[] = { "SAMU", "Profession" };
	FILE *in = fopen("screens/po/guichet.pot", "r");
	char text[2048];
	size_t n = 0, kept = 0;

	(void)state;
	assert_non_null(in);
	world_open(&w, &screens_flow);
	session_speak(&w.s, tongue_of("en"));
	while (next_sentence(in, text, sizeof(text))) {
		bool may = text[0] == '\0' || text[0] == '%';

		for (size_t i = 0; i < COUNT(same); i++)
			may = may || strcmp(text, same[i]) == 0;
		n++;
		if (!may && i18n_text(text) == text) {
			print_error("only in French: %s\n", text);
			kept++;
		}
	}
	assert_int_equal(fclose(in), 0);
	assert_true(n > 400);
	assert_int_equal(kept, 0);
	world_close(&w);
}

static void
nothing_is_cut_in_any_face(void **state)
{
	(void)state;
	for (size_t t = 0; t < 3; t++)
	for (size_t i = 0; i < COUNT(pages); i++) {
		stand(&w, &pages[i]);
		session_speak(&w.s, t);
		flow_show(w.flow, &w.s, w.page);
		nothing_is_cut(&w, pages[i].name);
		world_close(&w);
	}
}

/* The language changes on any screen, and comes back after the last. */
static void
the_language_changes_on_any_screen(void **state)
{
	const struct event f2 = { .kind = EV_LANGUAGE };

	(void)state;
	for (size_t i = 0; i < COUNT(pages); i++) {
		stand(&w, &pages[i]);
		session_speak(&w.s, 0);
		for (size_t t = 1; t <= 3; t++) {
			(void)flow_step(w.flow, &w.s, &f2, NULL);
			if (pages[i].set != idle)
				assert_int_equal(w.s.tongue, t % 3);
			assert_int_equal(w.s.at, pages[i].at);
			flow_show(w.flow, &w.s, w.page);
			assert_string_equal(w.page->lang, _("Français"));
		}
		world_close(&w);
	}
}

/* A yes belongs to the words that it was given to. */
static void
another_language_asks_anew(void **state)
{
	const struct event f2 = { .kind = EV_LANGUAGE };
	const struct golden g = { "consent", SCR_CONSENT, box_ticked };

	(void)state;
	stand(&w, &g);
	assert_true(w.s.person->box);
	(void)flow_step(w.flow, &w.s, &f2, NULL);
	assert_false(w.s.person->box);
	world_close(&w);
}

/* What an item asks, which no language changes. */
struct asked {
	char id[PAGE_ID], value[256];
	enum item_kind kind;
	char key;
};

static size_t
what_is_asked(struct asked out[PAGE_ITEMS])
{
	size_t n = 0;

	for (size_t i = 0; i < w.page->n; i++) {
		const struct item *it = &w.page->item[i];

		if (it->id == NULL)
			continue;
		out[n] = (struct asked){ .kind = it->kind, .key = it->key };
		(void)snprintf(out[n].id, sizeof(out[n].id), "%s", it->id);
		if (it->kind == ITEM_OPTION || it->kind == ITEM_FIELD)
			(void)snprintf(out[n].value, sizeof(out[n].value),
			    "%s", it->value);
		n++;
	}
	return n;
}

/* Asked anew: a yes, what only tells whether the words were clear, and a PIN
 * that nobody sees. */
static bool
is_asked_anew(const char *id)
{
	return strcmp(id, "box") == 0 || strcmp(id, "answer") == 0 ||
	    strcmp(id, "pin") == 0;
}

/* F2 is no way on or back: the same questions, the same keys, and what was
 * answered stays. */
static void
the_page_stays_the_same_page(void **state)
{
	const struct event f2 = { .kind = EV_LANGUAGE };
	static struct asked before[PAGE_ITEMS], after[PAGE_ITEMS];

	(void)state;
	for (size_t i = 0; i < COUNT(pages); i++) {
		size_t n;

		/* Any key only ends the warning; a notice begins anew. */
		if (pages[i].set == idle || pages[i].at == SCR_INFORMATION)
			continue;
		stand(&w, &pages[i]);
		session_speak(&w.s, 0);
		flow_show(w.flow, &w.s, w.page);
		n = what_is_asked(before);
		(void)flow_step(w.flow, &w.s, &f2, NULL);
		flow_show(w.flow, &w.s, w.page);
		assert_int_equal(what_is_asked(after), n);
		for (size_t k = 0; k < n; k++) {
			assert_string_equal(before[k].id, after[k].id);
			assert_int_equal(before[k].kind, after[k].kind);
			assert_int_equal(before[k].key, after[k].key);
			if (strcmp(before[k].value, after[k].value) != 0 &&
			    !is_asked_anew(before[k].id))
				fail_msg("%s: %s was %s, is %s",
				    pages[i].name, before[k].id,
				    before[k].value, after[k].value);
		}
		world_close(&w);
	}
}

/* What was read stays read, in the language it was read in, and the page of
 * the consent says which; it may be read anew in this one. */
static void
what_was_read_keeps_its_language(void **state)
{
	const struct golden g = { "consent", SCR_CONSENT, answered };
	const struct event again = { .kind = EV_PICK, .id = "reread" };

	(void)state;
	stand(&w, &g);
	assert_false(world_shows(w.page, "dans cette langue"));
	session_speak(&w.s, tongue_of("en"));
	flow_show(w.flow, &w.s, w.page);
	assert_true(world_shows(w.page, "in this language: Français"));
	assert_string_equal(w.s.person->rec.notice.lang, "fr");
	assert_true(w.s.person->informed);
	(void)flow_step(w.flow, &w.s, &again, NULL);
	assert_int_equal(w.s.at, SCR_INFORMATION);
	assert_false(w.s.person->informed);
	while (w.s.at == SCR_INFORMATION) {
		(void)flow_step(w.flow, &w.s, &(struct event){
		    .kind = EV_SET, .id = NOTICE_ID, .value = "end" }, NULL);
		(void)flow_step(w.flow, &w.s, &(struct event){
		    .kind = EV_PICK, .id = "continue" }, NULL);
	}
	assert_int_equal(w.s.at, SCR_CONSENT);
	assert_string_equal(w.s.person->rec.notice.lang, "en");
	flow_show(w.flow, &w.s, w.page);
	assert_false(world_shows(w.page, "in this language"));
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(these_languages_are_offered),
		cmocka_unit_test(english_is_complete),
		cmocka_unit_test(nothing_is_cut_in_any_face),
		cmocka_unit_test(the_language_changes_on_any_screen),
		cmocka_unit_test(another_language_asks_anew),
		cmocka_unit_test(the_page_stays_the_same_page),
		cmocka_unit_test(what_was_read_keeps_its_language),
	};

	(void)setenv("TZ", "UTC", 1);
	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
