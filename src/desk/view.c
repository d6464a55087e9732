/* view: moves of the focus and the scroll, and what holds after each. */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "desk/view.h"

enum { ROLL_ROWS = 3 };

void
view_reset(struct view *v)
{
	secret_wipe(v, sizeof(*v));
	v->focus = PAGE_ITEMS;
}

const struct item *
view_item(const struct view *v, const struct page *p)
{
	return v->focus < p->n ? &p->item[v->focus] : NULL;
}

static void
set_focus(struct view *v, const struct page *p, size_t i)
{
	v->focus = i < p->n ? i : PAGE_ITEMS;
	v->tail = 0;
	(void)snprintf(v->id, sizeof(v->id), "%s",
	    i < p->n ? p->item[i].id : "");
}

static size_t
last_scroll(const struct measure *m)
{
	return m->rows > m->body_rows ? m->rows - m->body_rows : 0;
}

static bool
in_sight(const struct view *v, const struct measure *m, size_t i)
{
	size_t to = m->to[i];

	/* Of an item taller than the glass, its first rows are enough. */
	if (to - m->from[i] > m->body_rows)
		to = m->from[i] + m->body_rows;
	return m->from[i] >= v->scroll && to <= v->scroll + m->body_rows;
}

/* Scroll as little as brings the item into sight. */
static void
show(struct view *v, const struct measure *m, size_t i)
{
	if (m->from[i] < v->scroll ||
	    m->to[i] - m->from[i] > m->body_rows)
		v->scroll = m->from[i];
	else if (m->to[i] > v->scroll + m->body_rows)
		v->scroll = m->to[i] - m->body_rows;
	if (v->scroll > last_scroll(m))
		v->scroll = last_scroll(m);
}

/* The first item in sight that may begin with the focus. */
static size_t
first_in_sight(const struct view *v, const struct page *p,
    const struct measure *m)
{
	for (size_t i = 0; i < p->n; i++)
		if (item_acts(&p->item[i]) && in_sight(v, m, i) &&
		    !(p->item[i].flags & ITEM_LEGAL))
			return i;
	return PAGE_ITEMS;
}

/* What a page that began anew warns of: beside what has the focus, when the
 * glass has room for both. */
static void
show_warning(struct view *v, const struct page *p, const struct measure *m)
{
	size_t i = p->fresh == NULL ? p->n : 0;

	while (i < p->n && !(p->item[i].flags & ITEM_WARN))
		i++;
	if (i == p->n || in_sight(v, m, i))
		return;
	show(v, m, i);
	if (v->focus < p->n && !in_sight(v, m, v->focus))
		show(v, m, v->focus);
}

/* Where the page wants the focus; else the first of what is in sight. To a
 * field that is to be typed in the page scrolls; a text is read first. */
static void
begin(struct view *v, const struct page *p, const struct measure *m)
{
	size_t i = PAGE_ITEMS;

	if (p->focus != NULL && *p->focus == '\0') {
		v->focus = PAGE_ITEMS;
		v->tail = 0;
		v->id[0] = '\0';
		return;
	}
	if (p->focus != NULL)
		for (i = 0; i < p->n; i++)
			if (p->item[i].id != NULL && item_acts(&p->item[i]) &&
			    !(p->item[i].flags & ITEM_LEGAL) &&
			    strcmp(p->item[i].id, p->focus) == 0)
				break;
	if (i < p->n && p->item[i].kind == ITEM_FIELD)
		show(v, m, i);
	if (i >= p->n || !in_sight(v, m, i))
		i = first_in_sight(v, p, m);
	set_focus(v, p, i);
}

static bool
is_same(const char *kept, size_t room, const char *now)
{
	return strncmp(kept, now == NULL ? "" : now, room - 1) == 0;
}

/* The item that had the focus, wherever it is now; who had none and reads on
 * is not taken back to where the page begins. */
static void
find_again(struct view *v, const struct page *p, const struct measure *m)
{
	size_t i = v->focus;

	if (v->id[0] == '\0') {
		if (p->focus == NULL || *p->focus != '\0')
			set_focus(v, p, first_in_sight(v, p, m));
		return;
	}
	if (i < p->n && item_acts(&p->item[i]) &&
	    strcmp(p->item[i].id, v->id) == 0)
		return;
	for (i = 0; i < p->n; i++)
		if (item_acts(&p->item[i]) &&
		    strcmp(p->item[i].id, v->id) == 0) {
			v->focus = i;
			return;
		}
	begin(v, p, m);
}

/* The caret never stands behind the text nor inside of a letter. */
static void
clamp_tail(struct view *v, const struct page *p)
{
	const struct item *it = view_item(v, p);
	size_t n = it == NULL || it->kind != ITEM_FIELD ? 0 :
	    strlen(it->value);

	if (v->tail > n)
		v->tail = n;
	while (it != NULL && v->tail > 0 &&
	    ((unsigned char)it->value[n - v->tail] & 0xC0) == 0x80)
		v->tail--;
}

bool
view_settle(struct view *v, const struct page *p, const struct measure *m)
{
	bool same = is_same(v->name, sizeof(v->name), p->name) &&
	    is_same(v->fresh, sizeof(v->fresh), p->fresh);

	if (v->scroll > last_scroll(m))
		v->scroll = last_scroll(m);
	if (!same) {
		view_reset(v);
		(void)snprintf(v->name, sizeof(v->name), "%s", p->name);
		(void)snprintf(v->fresh, sizeof(v->fresh), "%s",
		    p->fresh == NULL ? "" : p->fresh);
		begin(v, p, m);
		show_warning(v, p, m);
	} else
		find_again(v, p, m);
	/* What grew out of sight was pushed there by the page or the glass. */
	if (v->focus < p->n && !in_sight(v, m, v->focus))
		show(v, m, v->focus);
	clamp_tail(v, p);
	return !same;
}

/* The next item that can have the focus, that way from here. */
static size_t
neighbour(const struct view *v, const struct page *p, int way)
{
	size_t i = v->focus;

	if (i >= p->n)
		i = way > 0 ? (size_t)-1 : p->n;
	for (i += (size_t)way; i < p->n; i += (size_t)way)
		if (item_acts(&p->item[i]))
			return i;
	return PAGE_ITEMS;
}

void
view_focus(struct view *v, const struct page *p, const struct measure *m,
    size_t i)
{
	set_focus(v, p, i);
	show(v, m, i);
}

bool
view_move(struct view *v, const struct page *p, const struct measure *m,
    int way)
{
	size_t i = neighbour(v, p, way);

	if (i == PAGE_ITEMS)
		return false;
	view_focus(v, p, m, i);
	return true;
}

static void
scroll_by(struct view *v, const struct measure *m, int way, size_t rows)
{
	size_t last = last_scroll(m);

	if (way > 0)
		v->scroll = last - v->scroll < rows ? last : v->scroll + rows;
	else
		v->scroll = v->scroll < rows ? 0 : v->scroll - rows;
}

/* After a scroll: the focus stays while it is seen, or goes to what is. */
static void
refocus(struct view *v, const struct page *p, const struct measure *m)
{
	if (v->focus >= p->n || !in_sight(v, m, v->focus))
		set_focus(v, p, first_in_sight(v, p, m));
}

/* The neighbour nearest to the glass when nothing is in focus. */
static size_t
nearest(const struct view *v, const struct page *p, const struct measure *m,
    int way)
{
	if (v->focus < p->n)
		return neighbour(v, p, way);
	for (size_t k = 0; k < p->n; k++) {
		size_t i = way > 0 ? k : p->n - 1 - k;

		if (item_acts(&p->item[i]) && in_sight(v, m, i))
			return i;
	}
	return PAGE_ITEMS;
}

void
view_step(struct view *v, const struct page *p, const struct measure *m,
    int way)
{
	size_t i = nearest(v, p, m, way), before = v->scroll;

	if (i < p->n && in_sight(v, m, i)) {
		set_focus(v, p, i);
		return;
	}
	scroll_by(v, m, way, 1);
	if (i < p->n && in_sight(v, m, i))
		set_focus(v, p, i);
	else if (v->scroll != before)
		refocus(v, p, m);
}

/* Rows to leaf down by: what the edge cuts in two comes whole. */
static size_t
leaf_rows(const struct view *v, const struct page *p,
    const struct measure *m)
{
	size_t edge = v->scroll + m->body_rows;

	for (size_t i = 0; i < p->n; i++)
		if (item_acts(&p->item[i]) && m->from[i] > v->scroll &&
		    m->from[i] < edge && m->to[i] > edge)
			return m->from[i] - v->scroll;
	return m->body_rows > 1 ? m->body_rows - 1 : 1;
}

void
view_leaf(struct view *v, const struct page *p, const struct measure *m,
    int way)
{
	size_t before = v->scroll;

	scroll_by(v, m, way, way > 0 ? leaf_rows(v, p, m) :
	    m->body_rows > 1 ? m->body_rows - 1 : 1);
	if (v->scroll != before)
		refocus(v, p, m);
}

void
view_roll(struct view *v, const struct page *p, const struct measure *m,
    int way)
{
	size_t before = v->scroll;

	scroll_by(v, m, way, ROLL_ROWS);
	if (v->scroll != before)
		refocus(v, p, m);
}

void
view_end(struct view *v, const struct page *p, const struct measure *m,
    int way)
{
	scroll_by(v, m, way, m->rows);
	refocus(v, p, m);
}

bool
view_notice_end(struct view *v, const struct page *p,
    const struct measure *m)
{
	if (v->told)
		return false;
	for (size_t i = 0; i < p->n; i++)
		if (p->item[i].kind == ITEM_NOTICE &&
		    m->to[i] <= v->scroll + m->body_rows) {
			v->told = true;
			return true;
		}
	return false;
}
