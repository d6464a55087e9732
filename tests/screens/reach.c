/*
 * reach: everything that can be done is done by Tab or arrows alone, and in
 * lines heard from the beginning. What that is, the pages say.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/screens/reach.h"
#include "tests/screens/stands.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct glass faces[] = {
	{ 24, 80, false, false }, { 12, 40, false, false },
	{ 24, 80, true, false },
};
static struct world w;
static struct deed deeds[DEEDS];

typedef bool try(const struct page *p, const struct deed *d);

static bool
by_tab(const struct page *p, const struct deed *d)
{
	for (size_t i = 0; i < COUNT(faces); i++)
		if (!reach_by_keys(p, &faces[i], STROKE_TAB, STROKE_TAB, d))
			return false;
	return true;
}

static bool
by_arrows(const struct page *p, const struct deed *d)
{
	for (size_t i = 0; i < COUNT(faces); i++)
		if (!reach_by_keys(p, &faces[i], STROKE_DOWN, STROKE_UP, d))
			return false;
	return true;
}

/* In lines a page that is wrong begins at what is wrong: what comes before it
 * was asked on the page as it was. */
static bool
in_lines(const struct page *p, const struct deed *d)
{
	const struct item *it = d->id == NULL ? NULL : page_find(p, d->id);

	for (size_t i = 0; it != NULL && it->kind != ITEM_CHOICE && i < p->n;
	    i++)
		if (p->item[i].error != NULL)
			return it < &p->item[i] || reach_by_lines(p, d);
	return reach_by_lines(p, d);
}

/* Every page, in every language: each thing that it offers. */
static void
each_deed(const char *how, try *reaches)
{
	for (size_t i = 0; i < COUNT(pages); i++) {
		stand(&w, &pages[i]);
		for (size_t t = 0; t < w.tongues.n; t++) {
			size_t n;

			session_speak(&w.s, t);
			flow_show(w.flow, &w.s, w.page);
			n = reach_deeds(w.page, deeds);
			if (w.page->item[0].flags & ITEM_ALARM)
				n = 0; /* any key brings the page back */
			for (size_t k = 0; k < n; k++)
				if (!reaches(w.page, &deeds[k]))
					fail_msg("%s, %s: not %s: %d %s %s",
					    pages[i].name, w.page->lang, how,
					    deeds[k].kind, deeds[k].id,
					    deeds[k].value);
		}
		world_close(&w);
	}
}

static void
tab_reaches_everything(void **state)
{
	(void)state;
	each_deed("by Tab", by_tab);
}

static void
arrows_reach_everything(void **state)
{
	(void)state;
	each_deed("by arrows", by_arrows);
}

static void
lines_reach_everything(void **state)
{
	(void)state;
	each_deed("in lines", in_lines);
}

/* A way that is not there is missed: the proof has teeth. */
static void
what_cannot_be_reached_is_noticed(void **state)
{
	const struct deed none = { EV_PICK, "nothing", NULL };
	const struct deed back = { EV_BACK, NULL, NULL };
	const struct golden g = { "consent", SCR_CONSENT, answered };
	struct item *it;

	(void)state;
	stand(&w, &g);
	assert_true(reach_by_lines(w.page, &back));
	assert_false(by_tab(w.page, &none));
	assert_false(by_arrows(w.page, &none));
	it = &w.page->item[0];
	while (!(it->flags & ITEM_LEGAL))
		it++;
	assert_true(by_tab(w.page, &(struct deed){ EV_PICK, it->id, NULL }));
	it->kind = ITEM_PARA; /* no longer anything to press */
	assert_false(by_tab(w.page, &(struct deed){ EV_PICK, it->id, NULL }));
	assert_false(reach_by_lines(w.page, &(struct deed){ EV_PICK, it->id,
	    NULL }));
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tab_reaches_everything),
		cmocka_unit_test(arrows_reach_everything),
		cmocka_unit_test(lines_reach_everything),
		cmocka_unit_test(what_cannot_be_reached_is_noticed),
	};

	(void)setenv("TZ", "UTC", 1);
	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
