/* layout: golden layouts, and what holds on every page at every size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "desk/view.h"
#include "glass.h"
#include "samples.h"
#include "tests/golden.h"

static struct page *page;
static struct layout *layout;

static const struct {
	const char *name;
	struct glass glass;
} sizes[] = {
	{ "80x24", { 24, 80, false, false } },
	{ "40x12", { 12, 40, false, false } },
	{ "large", { 24, 80, true, false } },
	{ "ascii", { 24, 80, false, true } },
};

static void
lay_out(const struct glass *g, struct view *v, struct measure *m)
{
	layout_measure(page, g, m);
	view_settle(v, page, m);
	layout_draw(page, v, g, m, layout);
}

/* The picture, the cursor, and the same after each page down. */
static void
picture(const struct glass *g, struct buf *out)
{
	struct view v;
	struct measure m;
	size_t before;

	view_reset(&v);
	do {
		lay_out(g, &v, &m);
		glass_text(layout, g, out);
		assert_int_equal(buf_putf(out, "curseur %u,%u\n", layout->row,
		    layout->col), ERR_OK);
		before = v.scroll;
		view_leaf(&v, page, &m, 1);
	} while (v.scroll != before);
	assert_int_equal(buf_terminate(out), ERR_OK);
}

static void
layouts_are_golden(void **state)
{
	char name[64];
	struct buf b;

	(void)state;
	for (size_t i = 0; i < SAMPLES; i++)
		for (size_t k = 0; k < sizeof(sizes) / sizeof(*sizes); k++) {
			buf_init(&b);
			samples[i].build(page);
			picture(&sizes[k].glass, &b);
			(void)snprintf(name, sizeof(name),
			    "layout/%s-%s.txt", samples[i].name,
			    sizes[k].name);
			golden_equal(name, b.p, b.len);
			buf_clear(&b);
		}
}

/* The focus is on the glass, and the cursor on the focus. */
static void
focus_is_seen(const struct view *v, const struct measure *m,
    const struct glass *g)
{
	assert_true(layout->row < g->lines && layout->col < g->columns);
	if (v->focus >= page->n)
		return;
	assert_true(m->from[v->focus] < v->scroll + m->body_rows);
	assert_true(m->to[v->focus] > v->scroll);
	assert_true(layout->row >= m->body || m->body >= g->lines);
	if (m->to[v->focus] - m->from[v->focus] <= m->body_rows) {
		assert_true(layout->row >= m->body + m->from[v->focus] -
		    v->scroll);
		assert_true(layout->row < m->body + m->to[v->focus] -
		    v->scroll);
	}
}

/* Nothing leaves the glass (glass_cells aborts), wherever the focus is. */
static void
check_size(const struct glass *g)
{
	struct view v;
	struct measure m;

	view_reset(&v);
	for (size_t step = 0; step < 6; step++) {
		lay_out(g, &v, &m);
		free(glass_cells(layout, g));
		focus_is_seen(&v, &m, g);
		if (step < 4)
			(void)view_move(&v, page, &m, step == 3 ? -1 : 1);
		else
			view_leaf(&v, page, &m, 1);
	}
}

static void
nothing_leaves_the_glass(void **state)
{
	struct glass g = { .lines = 1 };

	(void)state;
	for (size_t i = 0; i < SAMPLES; i++) {
		samples[i].build(page);
		for (g.lines = 1; g.lines <= 60; g.lines += 1 + g.lines / 8)
			for (g.columns = 1; g.columns <= 200;
			    g.columns += 1 + g.columns / 8) {
				g.large = (g.columns & 1) != 0;
				g.ascii = (g.lines & 1) != 0;
				check_size(&g);
			}
	}
	g = (struct glass){ GLASS_MAX, GLASS_MAX, false, false };
	check_size(&g);
}

/* Every word of the page is somewhere, on a glass too small for it at once. */
static void
no_word_is_lost(void **state)
{
	static const char *const words[] = { "Voulez-vous", "consens",
		"souhaite", "Relire", "remboursements", "DMP-INFO", "14:34",
		"Abandonner", "carte présente", "Étape 3" };
	const struct glass sizes_of[] = {
		{ 12, 40, false, false }, { 24, 80, true, false },
		{ 8, 30, false, false }, { 12, 40, true, true },
	};
	struct buf b;

	(void)state;
	sample_consent(page);
	for (size_t i = 0; i < sizeof(sizes_of) / sizeof(*sizes_of); i++) {
		buf_init(&b);
		picture(&sizes_of[i], &b);
		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			if (strstr((const char *)b.p, words[k]) == NULL &&
			    (sizes_of[i].lines > 8 || k < 7)) {
				print_error("%s\n%s\n", words[k], b.p);
				fail();
			}
		buf_clear(&b);
	}
}

/* A console without signs gets none: only letters beyond ASCII. */
static void
ascii_has_no_signs(void **state)
{
	const struct glass g = { 24, 80, false, true };
	struct buf b;

	(void)state;
	for (size_t i = 0; i < SAMPLES; i++) {
		buf_init(&b);
		samples[i].build(page);
		picture(&g, &b);
		for (size_t k = 0; k < b.len; k++)
			assert_true(b.p[k] < 0xE2);
		buf_clear(&b);
	}
}

/* What a legal answer needs is said while it has the focus. */
static void
a_legal_answer_names_its_key(void **state)
{
	const struct glass g = { 24, 80, false, false };
	struct measure m;
	struct view v;
	struct buf b;

	(void)state;
	sample_consent(page);
	view_reset(&v);
	lay_out(&g, &v, &m);
	assert_string_equal(v.id, "reread");
	assert_true(view_move(&v, page, &m, -1));
	assert_string_equal(v.id, "refuse");
	lay_out(&g, &v, &m);
	buf_init(&b);
	glass_text(layout, &g, &b);
	assert_non_null(strstr((const char *)b.p,
	    "Pour cette réponse, tapez n"));
	buf_clear(&b);
}

/* A dot for each letter and the cursor among them; no letter, on any glass. */
static void
what_is_covered_is_on_no_glass(void **state)
{
	struct glass g = { 24, 80, false, false };
	struct measure m;
	struct view v;
	struct buf b;

	(void)state;
	for (g.columns = 1; g.columns <= 80; g.columns++) {
		sample_pin(page, "271828");
		view_reset(&v);
		lay_out(&g, &v, &m);
		assert_true(g.columns < 20 || strcmp(v.id, "pin") == 0);
		buf_init(&b);
		glass_text(layout, &g, &b);
		(void)buf_terminate(&b);
		assert_null(strstr((const char *)b.p, "27"));
		assert_true(g.columns < 80 ||
		    strstr((const char *)b.p, "••••••_") != NULL);
		buf_clear(&b);
	}
	v.tail = 2;
	g.columns = 80;
	lay_out(&g, &v, &m);
	assert_int_equal(layout->col, 6 + 2 + 4);
}

/* Of people to choose from nobody is chosen beforehand: Enter does nothing
 * yet, and the arrows are named before it. */
static void
arrows_come_first_where_nothing_has_the_focus(void **state)
{
	const struct glass g = { 24, 80, false, false };
	const char *arrows, *enter;
	struct measure m;
	struct view v;
	struct buf b;

	(void)state;
	for (int lost = 0; lost <= 1; lost++) {
		sample_top(page, "who");
		page_choice(page, "a", 'a', "ESSAI ALAINBIS");
		page_choice(page, "z", 'z', "Je ne suis pas sur la liste");
		if (lost)
			page_focus(page, "");
		view_reset(&v);
		lay_out(&g, &v, &m);
		buf_init(&b);
		glass_text(layout, &g, &b);
		(void)buf_terminate(&b);
		arrows = strstr((const char *)b.p, "↑↓ Se");
		enter = strstr((const char *)b.p, "Entrée Choisir");
		assert_true(arrows != NULL && enter != NULL);
		assert_int_equal(arrows < enter, lost);
		buf_clear(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layouts_are_golden),
		cmocka_unit_test(nothing_leaves_the_glass),
		cmocka_unit_test(no_word_is_lost),
		cmocka_unit_test(ascii_has_no_signs),
		cmocka_unit_test(a_legal_answer_names_its_key),
		cmocka_unit_test(what_is_covered_is_on_no_glass),
		cmocka_unit_test(arrows_come_first_where_nothing_has_the_focus),
	};

	if (secret_start() != ERR_OK || (page = page_new()) == NULL ||
	    (layout = calloc(1, sizeof(*layout))) == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
