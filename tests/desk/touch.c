/* touch: what stands under a finger, and that it does no more than a key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "desk/face.h"
#include "desk/touch.h"
#include "at_hand.h"
#include "glass.h"

static struct layout *layout;

static void
lay_out(void)
{
	layout_measure(page, &glass, &measure);
	(void)view_settle(&view, page, &measure);
	layout_draw(page, &view, &glass, &measure, layout);
}

/* A finger down and up on a cell of the page as it stands there. */
static bool
touch(unsigned row, unsigned col)
{
	const struct spot *s = layout_spot(layout, row, col);

	ev = (struct event){ .kind = EV_NONE };
	if (s == NULL)
		return false;
	touch_take(&view, page, &measure, s, &hand, &ev);
	return true;
}

/* Row and column of a text on the glass; it is there. */
static void
find(const char *text, unsigned *row, unsigned *col)
{
	const char *at, *line;
	struct buf b;
	size_t wide;

	buf_init(&b);
	glass_text(layout, &glass, &b);
	line = (const char *)b.p;
	at = strstr(line, text);
	assert_non_null(at);
	for (*row = 0; strchr(line, '\n') < at; ++*row)
		line = strchr(line, '\n') + 1;
	(void)text_fit_in(line, (size_t)(at - line), GLASS_MAX, &wide);
	*col = (unsigned)wide;
	buf_clear(&b);
}

static void
touch_on(const char *text)
{
	unsigned row, col;

	lay_out();
	find(text, &row, &col);
	assert_true(touch(row, col));
}

static void
items_do_what_their_keys_do(void **state)
{
	(void)state;
	sample_welcome(page);
	touch_on("J'ai perdu");
	said(EV_PICK, "lost", NULL);
	assert_string_equal(view.id, "lost");
	sample_emergency(page, "yes");
	touch_on("Non, je m'y oppose");
	said(EV_SET, "samu", "no");
	touch_on("( ) Non");
	said(EV_SET, "samu", "no");
	touch_on("Un soignant"); /* the question: only gone to */
	said(EV_NONE, NULL, NULL);
	assert_string_equal(view.id, "glass");
	sample_contact(page, "", NULL);
	touch_on("Adresse électronique");
	said(EV_NONE, NULL, NULL);
	assert_string_equal(view.id, "email");
	assert_true(view.touched);
}

static void
named_keys_are_pressed(void **state)
{
	static const struct {
		void (*build)(struct page *p);
		const char *text;
		enum event_kind kind;
		const char *id;
	} keys[] = {
		{ sample_consent, "Échap", EV_BACK, NULL },
		{ sample_consent, "Revenir", EV_BACK, NULL },
		{ sample_consent, "F1", EV_HELP, NULL },
		{ sample_consent, "Abandonner", EV_ABANDON, NULL },
		{ sample_welcome, "F5", EV_PICK, CARD_INSERT_PULL },
		{ sample_welcome, "F6 changer", EV_PICK, CARD_SWAP },
		{ sample_welcome, "F2", EV_LANGUAGE, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		keys[i].build(page);
		touch_on(keys[i].text);
		said(keys[i].kind, keys[i].id, NULL);
	}
}

/* An arrow goes to what is there; what names two keys is two. */
static void
named_keys_move(void **state)
{
	(void)state;
	sample_welcome(page);
	touch_on("↓");
	said(EV_NONE, NULL, NULL);
	assert_string_equal(view.id, "lost");
	touch_on("↑");
	assert_string_equal(view.id, "open");
	touch_on("Entrée Choisir");
	said(EV_PICK, "open", NULL);
	glass.ascii = true; /* other signs, the same keys */
	touch_on("Se d");
	assert_string_equal(view.id, "lost");
	sample_emergency(page, "yes");
	glass.ascii = false;
	touch_on("→ Changer");
	said(EV_SET, "samu", "no");
}

/* A tick is a tick; the yes is another touch, and not the first on it. */
static void
one_touch_is_never_consent(void **state)
{
	(void)state;
	sample_consent(page);
	touch_on("médical partagé."); /* its second row too */
	said(EV_SET, "consent", "yes");
	touch_on("Oui, je consens");
	said(EV_NONE, NULL, NULL);
	assert_string_equal(view.id, "agree");
	lay_out();
	find("Touchez encore, ou tapez o", &(unsigned){ 0 },
	    &(unsigned){ 0 });
}

static void
the_second_touch_takes_it(void **state)
{
	(void)state;
	sample_consent(page);
	touch_on("Non, je ne souhaite pas");
	said(EV_NONE, NULL, NULL);
	touch_on("Oui, je consens");
	said(EV_NONE, NULL, NULL);
	touch_on("[o]");
	said(EV_PICK, "agree", NULL);
	lay_out();
	assert_true(view.touched);
	keys_take(&view, page, &measure, &(struct stroke){ .kind =
	    STROKE_UP }, &hand, &ev);
	assert_false(view.touched);
}

/* Every item in sight can be touched, in each of its rows and nowhere else;
 * no spot leaves the glass. */
static void
spots_are_where_the_items_are(const struct glass *g)
{
	for (size_t i = 0; i < layout->nspots; i++) {
		const struct spot *s = &layout->spot[i];

		assert_true(s->rows > 0 && s->cols > 0);
		assert_true(s->row + s->rows <= g->lines);
		assert_true(s->col + s->cols <= g->columns);
	}
	for (size_t i = 0; i < page->n; i++)
		for (size_t k = measure.from[i]; k < measure.to[i]; k++) {
			const struct spot *s;
			size_t row = measure.body + k - view.scroll;

			if (k < view.scroll || row >= g->lines ||
			    k - view.scroll >= measure.body_rows)
				continue;
			s = layout_spot(layout, (unsigned)row, measure.left);
			assert_int_equal(s != NULL && s->kind != SPOT_KEY,
			    item_acts(&page->item[i]));
			assert_true(s == NULL || s->kind == SPOT_KEY ||
			    s->item == i);
		}
}

static void
every_item_can_be_touched_at_any_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < SAMPLES; i++)
		for (glass.lines = 1; glass.lines <= 50; glass.lines += 3)
			for (glass.columns = 1; glass.columns <= 120;
			    glass.columns += 7) {
				glass.large = glass.lines % 2 == 0;
				samples[i].build(page);
				view_reset(&view);
				do {
					lay_out();
					spots_are_where_the_items_are(&glass);
				} while (view_move(&view, page, &measure, 1));
			}
}

/* Fingers all over: a legal answer comes only where the focus already was,
 * and nothing else than what stands there. */
static void
chance_answers_nothing_legal(void **state)
{
	(void)state;
	srand(11);
	for (int i = 0; i < 4000; i++) {
		struct spot s;
		const struct spot *at;
		size_t was;

		glass = (struct glass){ 1 + (unsigned)rand() % 30,
			1 + (unsigned)rand() % 90, rand() % 2, rand() % 2 };
		samples[(size_t)rand() % SAMPLES].build(page);
		lay_out();
		was = view.focus;
		at = layout_spot(layout, (unsigned)rand() % glass.lines,
		    (unsigned)rand() % glass.columns);
		if (at == NULL)
			continue;
		s = *at;
		touch_take(&view, page, &measure, &s, &hand, &ev);
		if (s.kind == SPOT_KEY)
			assert_false(ev.kind == EV_PICK &&
			    page_find(page, ev.id) != NULL &&
			    page_find(page, ev.id)->flags & ITEM_LEGAL);
		else if (ev.kind == EV_PICK &&
		    page->item[s.item].flags & ITEM_LEGAL)
			assert_int_equal(was, s.item);
	}
}

/* A finger of a page that is gone touches nothing of this one. */
static void
a_spot_of_another_page_is_nothing(void **state)
{
	const struct spot far = { .kind = SPOT_ITEM, .item = PAGE_ITEMS - 1 };
	const struct spot text = { .kind = SPOT_ITEM, .item = 0 };

	(void)state;
	sample_card(page);
	lay_out();
	touch_take(&view, page, &measure, &far, &hand, &ev);
	said(EV_NONE, NULL, NULL);
	touch_take(&view, page, &measure, &text, &hand, &ev);
	said(EV_NONE, NULL, NULL);
	assert_int_equal(view.focus, PAGE_ITEMS);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup(f, begin)
	const struct CMUnitTest tests[] = {
		T(items_do_what_their_keys_do), T(named_keys_are_pressed),
		T(named_keys_move),
		T(one_touch_is_never_consent), T(the_second_touch_takes_it),
		T(every_item_can_be_touched_at_any_size),
		T(chance_answers_nothing_legal),
		T(a_spot_of_another_page_is_nothing),
	};

	if (secret_start() != ERR_OK || (page = page_new()) == NULL ||
	    (layout = calloc(1, sizeof(*layout))) == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
