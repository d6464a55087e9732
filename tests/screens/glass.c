/*
 * glass: every screen, in every language, on every glass: where the cursor
 * stands, what is never out of sight, and that nothing leaves the glass.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/touch.h"
#include "tests/desk/glass.h"
#include "tests/screens/stands.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct world w;
static struct layout layout;

typedef void look(const char *name);

/* Each page in each language. */
static void
each_page(look *at)
{
	for (size_t i = 0; i < COUNT(pages); i++) {
		stand(&w, &pages[i]);
		for (size_t t = 0; t < w.tongues.n; t++) {
			session_speak(&w.s, t);
			flow_show(w.flow, &w.s, w.page);
			at(pages[i].name);
		}
		world_close(&w);
	}
}

static void
lay_out(struct view *v, const struct glass *g, struct measure *m)
{
	layout_measure(w.page, g, m);
	(void)view_settle(v, w.page, m);
	layout_draw(w.page, v, g, m, &layout);
}

/* The cursor is in a cell of the item in focus; it is where a finger would
 * touch that item. With none, it is where reading begins. */
static void
cursor_is_on_focus(const char *name, const struct view *v,
    const struct measure *m, const struct glass *g)
{
	const struct spot *s = layout_spot(&layout, layout.row, layout.col);

	assert_true(layout.row < g->lines && layout.col < g->columns);
	if (v->focus >= w.page->n)
		assert_true(layout.row >= m->head ||
		    layout.row + 1 == g->lines);
	else if (s == NULL || s->kind == SPOT_KEY || s->item != v->focus)
		fail_msg("%s, %ux%u: the cursor at %u,%u is not on %s", name,
		    g->columns, g->lines, layout.row, layout.col, v->id);
}

/* Round all items with Tab, and back up with the arrows. */
static void
walk_round(const char *name, const struct glass *g)
{
	struct stroke tab = { .kind = STROKE_TAB }, up = { .kind = STROKE_UP };
	struct hand hand;
	struct measure m;
	struct event ev;
	struct view v;

	view_reset(&v);
	lay_out(&v, g, &m);
	cursor_is_on_focus(name, &v, &m, g);
	for (size_t i = 0; i < 2 * w.page->n; i++) {
		keys_take(&v, w.page, &m, i < w.page->n ? &tab : &up, &hand,
		    &ev);
		lay_out(&v, g, &m);
		cursor_is_on_focus(name, &v, &m, g);
	}
}

static void
walk_every_face(const char *name)
{
	static const struct glass faces[] = {
		{ 24, 80, false, false }, { 12, 40, false, false },
		{ 24, 80, true, false }, { 24, 80, false, true },
		{ 12, 40, true, true },
	};
	static const unsigned more[] = { 5, 17, 61, 133 };

	for (size_t i = 0; i < COUNT(faces); i++)
		walk_round(name, &faces[i]);
	for (size_t r = 0; r < COUNT(more); r++)
		for (size_t c = 0; c < COUNT(more); c++)
			walk_round(name, &(struct glass){ more[r], more[c],
			    (r + c) % 2, r % 2 });
}

static void
the_cursor_is_always_on_the_focus(void **state)
{
	(void)state;
	each_page(walk_every_face);
}

/* One page on every size there is, by steps that meet all the small ones. */
static void
fit_every_size(const char *name)
{
	for (unsigned r = 1; r <= GLASS_MAX; r += 1 + r / 3)
		for (unsigned c = 1; c <= GLASS_MAX; c += 1 + c / 3) {
			struct glass g = { r, c, (r + c) % 2, r % 3 == 0 };
			struct measure m;
			struct view v;

			if (r * c > 20000)
				break; /* the largest ones are below */
			view_reset(&v);
			lay_out(&v, &g, &m);
			free(glass_cells(&layout, &g)); /* aborts outside */
			cursor_is_on_focus(name, &v, &m, &g);
			v.scroll = m.rows;
			lay_out(&v, &g, &m);
			free(glass_cells(&layout, &g));
		}
}

static void
nothing_leaves_any_glass(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pages); i++) {
		stand(&w, &pages[i]);
		fit_every_size(pages[i].name);
		world_close(&w);
	}
}

/* Its edges, where the steps above do not end. */
static void
the_largest_glass_is_no_exception(void **state)
{
	static const struct glass edges[] = {
		{ GLASS_MAX, GLASS_MAX, false, false },
		{ GLASS_MAX, 1, false, false }, { 1, GLASS_MAX, true, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pages); i++) {
		stand(&w, &pages[i]);
		for (size_t k = 0; k < COUNT(edges); k++)
			walk_round(pages[i].name, &edges[k]);
		world_close(&w);
	}
}

/* Over the keys, where there is no room for it above them. */
static bool
stands_below(const struct glass *g, const char *label)
{
	char word[64] = "! ";
	struct buf b;
	bool is;

	(void)strncat(word, label, strcspn(label, " "));
	buf_init(&b);
	glass_text(&layout, g, &b);
	is = strstr((const char *)b.p, word) != NULL;
	buf_clear(&b);
	return is;
}

/* Is it in sight: all of it, or a part where what has the focus leaves no
 * room for more? */
static bool
is_in_sight(const struct glass *g, const struct measure *m,
    const struct view *v, size_t i)
{
	size_t f = v->focus < w.page->n ? v->focus : i;
	size_t from = m->from[f] < m->from[i] ? m->from[f] : m->from[i];
	size_t to = m->to[f] > m->to[i] ? m->to[f] : m->to[i];
	size_t below = v->scroll + m->body_rows;

	if (to - from <= m->body_rows)
		return m->from[i] >= v->scroll && m->to[i] <= below;
	return (m->to[i] > v->scroll && m->from[i] < below) ||
	    stands_below(g, w.page->item[i].label);
}

/* What was answered wrongly is said where the person looks. */
static void
warning_is_seen(const char *name)
{
	static const struct glass faces[] = {
		{ 24, 80, false, false }, { 12, 40, false, false },
		{ 24, 80, true, false },
	};
	const struct item *it = w.page->item;
	struct measure m;
	struct view v;
	size_t i = 0;

	while (i < w.page->n && !(it[i].flags & ITEM_WARN))
		i++;
	if (i == w.page->n || w.page->fresh == NULL)
		return;
	for (size_t k = 0; k < COUNT(faces); k++) {
		view_reset(&v);
		lay_out(&v, &faces[k], &m);
		if (!is_in_sight(&faces[k], &m, &v, i))
			fail_msg("%s, %ux%u: « %s » is out of sight", name,
			    faces[k].columns, faces[k].lines, it[i].label);
	}
}

static void
a_warning_is_never_below_the_glass(void **state)
{
	(void)state;
	each_page(warning_is_seen);
}

/* Wherever one reads, the end of one's time is announced. */
static void
alarm_is_seen(const char *name)
{
	const struct glass small = { 12, 40, false, false };
	struct measure m;
	struct view v;
	struct buf b;

	w.s.idle_left = 25;
	flow_show(w.flow, &w.s, w.page);
	if (!(w.page->item[0].flags & ITEM_ALARM)) {
		assert_true(w.s.helping);
		return;
	}
	view_reset(&v);
	do {
		lay_out(&v, &small, &m);
		buf_init(&b);
		glass_text(&layout, &small, &b);
		if (strstr((const char *)b.p, "25") == NULL)
			fail_msg("%s: no alarm on\n%s", name, b.p);
		buf_clear(&b);
	} while (view_move(&v, w.page, &m, 1));
}

static void
an_alarm_is_seen_wherever_one_reads(void **state)
{
	(void)state;
	each_page(alarm_is_seen);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cursor_is_always_on_the_focus),
		cmocka_unit_test(nothing_leaves_any_glass),
		cmocka_unit_test(the_largest_glass_is_no_exception),
		cmocka_unit_test(a_warning_is_never_below_the_glass),
		cmocka_unit_test(an_alarm_is_seen_wherever_one_reads),
	};

	(void)setenv("TZ", "UTC", 1);
	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
