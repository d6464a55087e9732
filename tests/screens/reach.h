/*
 * reach: what a page lets a person do, taken from its own items and keys, and
 * two ways to do it: with Tab or arrows, Enter and Space, on a glass; and in
 * lines, hearing the page from its beginning. A legal answer is the exception:
 * its own key makes it, which the glass tells while it has the focus.
 */
#ifndef GUICHET_TESTS_REACH_H
#define GUICHET_TESTS_REACH_H

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/i18n.h"
#include "desk/face_line.h"
#include "desk/keys.h"
#include "desk/say.h"
#include "tests/desk/glass.h"

/* One thing to do: an event that a face must be able to say. */
struct deed {
	enum event_kind kind;
	const char *id, *value;
};
#define DEEDS (PAGE_ITEMS * ITEM_VALUES + PAGE_KEYS)

/* The keys that a page may name, with what they do and how a line says it. */
static const struct {
	const char *name, *word;
	enum stroke_kind stroke;
	enum event_kind kind;
} reach_keys[] = {
	{ N_("Échap"), "revenir", STROKE_ESCAPE, EV_BACK },
	{ "F1", "aide", STROKE_F1, EV_HELP },
	{ "F2", "langue", STROKE_F2, EV_LANGUAGE },
	{ "F10", "abandonner", STROKE_F10, EV_ABANDON },
};
#define REACH_KEYS (sizeof(reach_keys) / sizeof(*reach_keys))

static inline size_t
reach_item(const struct item *it, struct deed *out)
{
	size_t n = 0;

	if (it->kind == ITEM_CHOICE)
		out[n++] = (struct deed){ EV_PICK, it->id, NULL };
	if (it->kind == ITEM_FIELD)
		out[n++] = (struct deed){ EV_SET, it->id, "x" };
	if (it->kind == ITEM_NOTICE)
		out[n++] = (struct deed){ EV_SET, it->id, "end" };
	for (size_t k = 0; k < it->nvalues; k++)
		if (strcmp(it->values[k], it->value) != 0)
			out[n++] = (struct deed){ EV_SET, it->id,
				it->values[k] };
	return n;
}

/* All that the page offers. */
static inline size_t
reach_deeds(const struct page *p, struct deed out[DEEDS])
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += reach_item(&p->item[i], out + n);
	for (size_t i = 0; i < p->nkeys; i++)
		for (size_t k = 0; k < REACH_KEYS; k++)
			if (strcmp(_(reach_keys[k].name), p->keys[i].key) == 0)
				out[n++] = (struct deed){ reach_keys[k].kind,
					NULL, NULL };
	return n;
}

static inline bool
reach_is(const struct deed *d, const struct event *ev)
{
	return ev->kind == d->kind && (d->id == NULL ||
	    (ev->id != NULL && strcmp(ev->id, d->id) == 0));
}

/* On a glass. */
struct fingers {
	const struct page *page;
	struct glass glass;
	struct view view;
	struct measure measure;
	struct hand hand;
	struct event ev;
};

static inline void
reach_press(struct fingers *r, enum stroke_kind kind, char letter)
{
	struct stroke k = { .kind = kind, .text = { letter, '\0' } };

	keys_take(&r->view, r->page, &r->measure, &k, &r->hand, &r->ev);
}

/* Is the key of the legal answer in focus told on the glass? */
static inline bool
reach_is_told(struct fingers *r, char key)
{
	static struct layout layout;
	char told[64];
	struct buf b;
	bool is;

	layout_draw(r->page, &r->view, &r->glass, &r->measure, &layout);
	buf_init(&b);
	glass_text(&layout, &r->glass, &b);
	(void)snprintf(told, sizeof(told), "%s%c",
	    _("Pour cette réponse, tapez "), key);
	is = strstr((const char *)b.p, told) != NULL;
	buf_clear(&b);
	return is;
}

/* Does it, once it has the focus; a value that is further away is turned to
 * over its neighbours. */
static inline bool
reach_act(struct fingers *r, const struct item *it, const struct deed *d)
{
	if (it->flags & ITEM_LEGAL && !reach_is_told(r, it->key))
		return false;
	if (it->kind == ITEM_CHOICE)
		reach_press(r, it->flags & ITEM_LEGAL ? STROKE_CHAR :
		    STROKE_ENTER, it->key);
	else if (it->kind == ITEM_FIELD)
		reach_press(r, STROKE_CHAR, 'x');
	else if (item_is_tick(it))
		reach_press(r, STROKE_CHAR, ' ');
	else {
		reach_press(r, STROKE_RIGHT, 0);
		if (r->ev.kind == EV_NONE)
			reach_press(r, STROKE_LEFT, 0);
	}
	return reach_is(d, &r->ev);
}

/* By `on` (Tab, or down) and then by `back`, until the item has the focus or
 * the notice was read to its end. */
static inline bool
reach_by_keys(const struct page *p, const struct glass *g,
    enum stroke_kind on, enum stroke_kind back, const struct deed *d)
{
	struct fingers r = { .page = p, .glass = *g };
	size_t most;

	layout_measure(p, g, &r.measure);
	view_reset(&r.view);
	(void)view_settle(&r.view, p, &r.measure);
	most = r.measure.rows + p->n + 1;
	for (size_t k = 0; k < REACH_KEYS && d->id == NULL; k++)
		if (reach_keys[k].kind == d->kind) {
			reach_press(&r, reach_keys[k].stroke, 0);
			return reach_is(d, &r.ev);
		}
	for (size_t i = 0; i < 2 * most; i++) {
		const struct item *it = view_item(&r.view, p);

		if (strcmp(d->id, NOTICE_ID) == 0 &&
		    view_notice_end(&r.view, p, &r.measure))
			return true;
		if (it != NULL && strcmp(it->id, d->id) == 0)
			return reach_act(&r, it, d);
		reach_press(&r, i < most ? on : back, 0);
	}
	return false;
}

/* In lines. */
struct hearing {
	struct face *face;
	const struct page *page;
	int to, from; /* what is typed, what is said */
	char said[1 << 16];
	size_t n;
	struct event ev;
};

static inline void
hear_more(struct hearing *h)
{
	ssize_t got;

	(void)h->face->kind->paint(h->face, h->page);
	while ((got = read(h->from, h->said + h->n,
	    sizeof(h->said) - 1 - h->n)) > 0)
		h->n += (size_t)got;
	h->said[h->n] = '\0';
}

/* One line, and what comes of it. */
static inline void
hear_type(struct hearing *h, const char *line)
{
	(void)dprintf(h->to, "%s\n", line);
	do
		(void)h->face->kind->next(h->face, h->page, &h->ev);
	while (h->ev.kind == EV_SET && strcmp(h->ev.id, NOTICE_ID) == 0 &&
	    line[0] != '\0');
	hear_more(h);
}

/* The letter or the number that makes that choice. */
static inline bool
hear_handle(const struct page *p, const struct item *it, char out[4])
{
	(void)snprintf(out, 4, "%c", it->key);
	for (unsigned k = 1; say_chosen(p, out) != it && k < 100; k++)
		(void)snprintf(out, 4, "%u", k);
	return say_chosen(p, out) == it;
}

/* What is typed for that deed, at its question or behind all of them. */
static inline bool
hear_answer(const struct page *p, const struct item *it,
    const struct deed *d, char out[16])
{
	if (d->id == NULL) {
		for (size_t k = 0; k < REACH_KEYS; k++)
			if (reach_keys[k].kind == d->kind)
				(void)snprintf(out, 16, "%s",
				    reach_keys[k].word);
		return true;
	}
	if (it->kind == ITEM_CHOICE)
		return hear_handle(p, it, out);
	(void)snprintf(out, 16, "x");
	for (size_t k = 0; k < it->nvalues; k++)
		if (strcmp(it->values[k], d->value) == 0)
			(void)snprintf(out, 16, "%zu", k + 1);
	return true;
}

/* The questions before it are answered one by one, in the page's order; what
 * it is called was said by then. */
static inline bool
hear_through(struct hearing *h, const struct item *it, const struct deed *d)
{
	const struct page *p = h->page;
	char answer[16] = "";
	size_t i, from = 0;

	hear_more(h);
	if (d->id != NULL && strcmp(d->id, NOTICE_ID) == 0) {
		(void)h->face->kind->next(h->face, p, &h->ev);
		return reach_is(d, &h->ev);
	}
	while (from < p->n && p->item[from].error == NULL)
		from++; /* what is wrong is asked first */
	for (i = line_question(p, from % p->n); i < p->n && &p->item[i] != it;
	    i = line_question(p, i + 1))
		hear_type(h, p->item[i].nvalues > 0 &&
		    *p->item[i].value == '\0' ? "1" : "");
	if (it != NULL && strstr(h->said, it->label) == NULL)
		return false;
	if (!hear_answer(p, it, d, answer))
		return false;
	hear_type(h, answer);
	return reach_is(d, &h->ev);
}

static inline bool
reach_by_lines(const struct page *p, const struct deed *d)
{
	static struct hearing h;
	int in[2], out[2];
	bool done = false;

	if (pipe(in) != 0 || pipe(out) != 0 ||
	    fcntl(in[0], F_SETFL, O_NONBLOCK) != 0 ||
	    fcntl(out[0], F_SETFL, O_NONBLOCK) != 0)
		abort();
	h = (struct hearing){ .page = p, .to = in[1], .from = out[0] };
	if (face_line_open(in[0], out[1], &h.face) == ERR_OK) {
		done = hear_through(&h, d->id == NULL ? NULL :
		    page_find(p, d->id), d);
		h.face->kind->close(h.face);
	}
	for (int i = 0; i < 2; i++) {
		(void)close(in[i]);
		(void)close(out[i]);
	}
	return done;
}

#endif
