/*
 * whole: is all of a page there, in every face? Each word of each of its texts
 * must be found in what the face shows in the end.
 */
#ifndef GUICHET_TESTS_WHOLE_H
#define GUICHET_TESTS_WHOLE_H

#include <stdint.h>

#include "base/text.h"
#include "desk/say.h"
#include "desk/view.h"
#include "tests/desk/glass.h"
#include "tests/screens/stands.h"

/* All that the page ever shows on that glass, row after row. */
static inline void
scroll_through(const struct world *w, const struct glass *g,
    struct buf *out)
{
	static struct layout l;
	struct measure m;
	struct view v;

	layout_measure(w->page, g, &m);
	view_reset(&v);
	view_settle(&v, w->page, &m);
	for (v.scroll = 0;; v.scroll++) {
		for (size_t i = 0; i < w->page->n; i++) {
			v.focus = PAGE_ITEMS;
			layout_draw(w->page, &v, g, &m, &l);
		}
		glass_text(&l, g, out);
		if (v.scroll + m.body_rows >= m.rows)
			break;
	}
	(void)buf_terminate(out);
}

static inline void
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

/* The texts of the items; the words of a drawing are for who does not see. */
static inline void
items_are_whole(const struct page *p, const char *name, const char *all,
    bool seen, size_t wide)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct item *it = &p->item[i];

		if (it->kind != ITEM_DRAWING || !seen)
			has_words(name, all, it->label, wide);
		if ((it->kind == ITEM_FACT || it->kind == ITEM_FIELD) &&
		    !(it->flags & ITEM_HIDDEN))
			has_words(name, all, it->value, wide);
		has_words(name, all, it->hint, wide);
		has_words(name, all, it->error, wide);
		for (size_t k = 0; k < it->nvalues; k++)
			has_words(name, all, it->labels[k], wide);
	}
}

static inline void
nothing_is_cut_on(const struct world *w, const char *name,
    const struct glass *glass)
{
	size_t wide = glass->columns - 6;
	const struct page *p = w->page;
	const char *all;
	struct buf b;

	buf_init(&b);
	scroll_through(w, glass, &b);
	all = (const char *)b.p;
	has_words(name, all, p->title, wide);
	if (glass->columns >= 80) {
		/* A small glass keeps its rows for the page. */
		has_words(name, all, p->step, wide);
		has_words(name, all, p->status, wide);
	}
	items_are_whole(p, name, all, true, wide);
	for (size_t i = 0; i < p->nkeys; i++)
		has_words(name, all, p->keys[i].label, wide);
	buf_clear(&b);
}

/* All that the line face ever says of the page. */
static inline void
nothing_is_left_unsaid(const struct world *w, const char *name)
{
	const struct page *p = w->page;
	const char *all;
	struct buf b;

	buf_init(&b);
	assert_int_equal(say_page(p, &b), ERR_OK);
	assert_int_equal(say_remarks(p, &b), ERR_OK);
	for (size_t i = 0; i < p->n; i++)
		if (p->item[i].kind == ITEM_OPTION ||
		    p->item[i].kind == ITEM_FIELD)
			assert_int_equal(say_question(&p->item[i], &b),
			    ERR_OK);
	assert_int_equal(say_choices(p, &b), ERR_OK);
	assert_int_equal(buf_terminate(&b), ERR_OK);
	all = (const char *)b.p;
	has_words(name, all, p->title, SIZE_MAX);
	items_are_whole(p, name, all, false, SIZE_MAX);
	buf_clear(&b);
}

/* 80 by 24, 40 by 12, large and in ASCII, and in lines. */
static inline void
nothing_is_cut(const struct world *w, const char *name)
{
	static const struct glass glasses[] = {
		{ 24, 80, false, false }, { 12, 40, false, false },
		{ 24, 80, true, true },
	};

	for (size_t k = 0; k < sizeof(glasses) / sizeof(glasses[0]); k++)
		nothing_is_cut_on(w, name, &glasses[k]);
	nothing_is_left_unsaid(w, name);
}

#endif
