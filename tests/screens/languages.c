/*
 * languages: every sentence is there in each language, and nothing of any
 * page is cut on a glass of 80 by 24 or of 40 by 12, also in a language made
 * of longer words than any.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "desk/view.h"
#include "tests/desk/glass.h"
#include "tests/screens/stands.h"
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

/* All that the page ever shows on that glass, row after row. */
static void
scroll_through(const struct glass *g, struct buf *out)
{
	static struct layout l;
	struct measure m;
	struct view v;

	layout_measure(w.page, g, &m);
	view_reset(&v);
	view_settle(&v, w.page, &m);
	for (v.scroll = 0;; v.scroll++) {
		for (size_t i = 0; i < w.page->n; i++) {
			v.focus = PAGE_ITEMS;
			layout_draw(w.page, &v, g, &m, &l);
		}
		glass_text(&l, g, out);
		if (v.scroll + m.body_rows >= m.rows)
			break;
	}
	(void)buf_terminate(out);
}

static void
has_words(const char *page, const char *all, const char *text, size_t wide)
{
	char word[256];
	size_t n;

	for (; text != NULL && *text != '\0'; text += n) {
		text += strspn(text, " \n");
		n = strcspn(text, " \n");
		if (n == 0 || n >= sizeof(word))
			continue;
		memcpy(word, text, n);
		word[n] = '\0';
		if (text_width(word) <= wide && strstr(all, word) == NULL)
			fail_msg("%s: « %s » is cut in:\n%s", page, word, all);
	}
}

static void
nothing_is_cut_on(const struct golden *g, const struct glass *glass)
{
	size_t wide = glass->columns - 6;
	const struct page *p = w.page;
	const char *all;
	struct buf b;

	buf_init(&b);
	scroll_through(glass, &b);
	all = (const char *)b.p;
	has_words(g->name, all, p->title, wide);
	if (glass->columns >= 80) {
		/* A small glass keeps its rows for the page. */
		has_words(g->name, all, p->step, wide);
		has_words(g->name, all, p->status, wide);
	}
	for (size_t i = 0; i < p->n; i++) {
		const struct item *it = &p->item[i];

		/* The words of a drawing are for who does not see it. */
		if (it->kind != ITEM_DRAWING)
			has_words(g->name, all, it->label, wide);
		if (it->kind == ITEM_FACT || it->kind == ITEM_FIELD)
			has_words(g->name, all, it->value, wide);
		has_words(g->name, all, it->hint, wide);
		has_words(g->name, all, it->error, wide);
		for (size_t k = 0; k < it->nvalues; k++)
			has_words(g->name, all, it->labels[k], wide);
	}
	for (size_t i = 0; i < p->nkeys; i++)
		has_words(g->name, all, p->keys[i].label, wide);
	buf_clear(&b);
}

static const struct glass glasses[] = {
	{ 24, 80, false, false }, { 12, 40, false, false },
	{ 24, 80, true, true },
};

static void
nothing_is_cut(void **state)
{
	(void)state;
	for (size_t t = 0; t < 3; t++)
	for (size_t i = 0; i < COUNT(pages); i++) {
		stand(&w, &pages[i]);
		session_speak(&w.s, t);
		flow_show(w.flow, &w.s, w.page);
		for (size_t k = 0; k < COUNT(glasses); k++)
			nothing_is_cut_on(&pages[i], &glasses[k]);
		world_close(&w);
	}
}

/* Each vowel twice, but none of a value such as %zu. */
static void
stretch(const char *from, struct buf *out)
{
	for (; *from != '\0'; from++) {
		if (*from == '%' && from[1] != '\0') {
			size_t n = strcspn(from + 1, "cdisuxX%") + 2;

			(void)buf_put(out, from, n);
			from += n - 1;
			continue;
		}
		(void)buf_put(out, from, 1);
		if (strchr("aeiou", *from) != NULL)
			(void)buf_put(out, from, 1);
	}
}

static uint32_t
number(const struct buf *b, size_t at)
{
	struct cursor c = cursor_of(b->p, b->len), skipped;
	uint32_t v;

	assert_int_equal(cursor_sub(&c, at, &skipped), ERR_OK);
	assert_int_equal(cursor_u32(&c, &v), ERR_OK);
	return v;
}

/* A catalogue of the same sentences as the English one, stretched. */
static void
write_long_language(void)
{
	char path[PATH_ROOM];
	struct buf en, texts, head;
	uint32_t n, from;

	buf_init(&en);
	buf_init(&texts);
	buf_init(&head);
	assert_int_equal(path_join(world_locales(), "en.mo", path), ERR_OK);
	assert_int_equal(file_read(path, BUF_MAX, &en), ERR_OK);
	n = number(&en, 8);
	from = number(&en, 12);
	(void)buf_put_u32(&head, 0x950412DE);
	(void)buf_put_u32(&head, 0);
	(void)buf_put_u32(&head, n);
	(void)buf_put_u32(&head, 28);
	(void)buf_put_u32(&head, 28 + 8 * n);
	(void)buf_put_u64(&head, 0);
	for (uint32_t to = 0; to < 2; to++)
		for (uint32_t i = 0; i < n; i++) {
			const char *s = (const char *)en.p +
			    number(&en, from + 8 * i + 4);
			size_t at = texts.len;

			if (to == 0 || i == 0)
				(void)buf_put_text(&texts, to == 0 ? s : "x");
			else
				stretch(s, &texts);
			(void)buf_put_u32(&head, (uint32_t)(texts.len - at));
			(void)buf_put_u32(&head, 28 + 16 * n + (uint32_t)at);
			(void)buf_put_u8(&texts, 0);
		}
	(void)buf_put(&head, texts.p, texts.len);
	assert_int_equal(path_join(temp_dir, "long.mo", path), ERR_OK);
	assert_int_equal(file_replace(path, head.p, head.len, 0600), ERR_OK);
	buf_clear(&en);
	buf_clear(&texts);
	buf_clear(&head);
}

static void
nothing_is_cut_in_a_language_of_long_words(void **state)
{
	char path[PATH_ROOM];
	struct catalogue *words = NULL;

	(void)state;
	write_long_language();
	assert_int_equal(path_join(temp_dir, "long.mo", path), ERR_OK);
	assert_int_equal(catalogue_load(path, &words), ERR_OK);
	for (size_t i = 0; i < COUNT(pages); i++) {
		stand(&w, &pages[i]);
		i18n_use(words);
		flow_show(w.flow, &w.s, w.page);
		for (size_t k = 0; k < COUNT(glasses); k++)
			nothing_is_cut_on(&pages[i], &glasses[k]);
		world_close(&w);
	}
	catalogue_free(words);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(these_languages_are_offered),
		cmocka_unit_test(english_is_complete),
		cmocka_unit_test(nothing_is_cut),
		cmocka_unit_test(nothing_is_cut_in_a_language_of_long_words),
		cmocka_unit_test(the_language_changes_on_any_screen),
		cmocka_unit_test(another_language_asks_anew),
	};

	(void)setenv("TZ", "UTC", 1);
	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
