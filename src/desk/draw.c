/* draw: what each kind of item looks like. */
#include <string.h>

#include "base/text.h"
#include "desk/draw.h"

enum {
	BEHIND_KEY = 5,	  /* "[o]  " */
	VALUE_CELL = 27,  /* of an option's words */
	CODE_INDENT = 8,
	ART_INDENT = 8
};

bool
draw_has_focus(const struct scene *s, size_t i)
{
	return s->view != NULL && s->view->focus == i;
}

static void
draw_para(struct pen *pen, const struct scene *s, size_t i)
{
	const struct item *it = &s->page->item[i];
	unsigned in = it->flags & ITEM_WARN ? pen_indent(pen, INDENT) : 0;

	if (in > 0)
		(void)pen_put(pen, 0, "!", LOOK_WARN | LOOK_BOLD);
	pen_text(pen, in, it->label,
	    it->flags & ITEM_WARN ? LOOK_WARN | LOOK_BOLD : 0);
}

static void
draw_heading(struct pen *pen, const struct scene *s, size_t i)
{
	pen_text(pen, 0, s->page->item[i].label, LOOK_BOLD);
}

static void
draw_notice(struct pen *pen, const struct scene *s, size_t i)
{
	pen_text(pen, 0, s->page->item[i].label, 0);
}

/* The mark and the cursor, in front of what stands at `col`. */
static void
mark_focus(struct pen *pen, unsigned col)
{
	if (col > 0)
		(void)pen_put(pen, 0, MARK, LOOK_BOLD | LOOK_ACCENT);
	pen_cursor(pen, col);
}

static void
draw_choice(struct pen *pen, const struct scene *s, size_t i)
{
	const struct item *it = &s->page->item[i];
	bool on = draw_has_focus(s, i), narrow = pen->width < WIDE;
	unsigned in = pen_indent(pen, INDENT), label = in;

	if (it->key != 0 && pen->width >= NARROW) {
		in = narrow ? 0 : INDENT;
		label = in + BEHIND_KEY - narrow;
	}
	if (on)
		mark_focus(pen, in);
	if (label > in) {
		(void)pen_put(pen, in, "[", 0);
		(void)pen_put_n(pen, in + 1, &it->key, 1,
		    LOOK_BOLD | LOOK_ACCENT);
		(void)pen_put(pen, in + 2, "]", 0);
	}
	if (on)
		pen_cursor(pen, label);
	pen_text(pen, label, it->label, on ? LOOK_REVERSE : 0);
}

static void
draw_tick(struct pen *pen, const struct scene *s, size_t i)
{
	const struct item *it = &s->page->item[i];
	bool ticked = it->flags & ITEM_CHECKED, on = draw_has_focus(s, i);
	unsigned in = pen_indent(pen, INDENT);

	if (on)
		mark_focus(pen, in);
	if (in > 0)
		(void)pen_put(pen, in, ticked ? "[x]" : "[ ]",
		    LOOK_BOLD | (on ? LOOK_REVERSE : 0));
	pen_text(pen, pen_indent(pen, INDENT + 4), it->label,
	    on ? LOOK_REVERSE : 0);
}

/* Columns for each value when all stand in one row, 0 when they cannot. */
static unsigned
value_cell(const struct pen *pen, const struct item *it)
{
	size_t widest = 0, cell;

	for (size_t i = 0; i < it->nvalues; i++) {
		size_t w = text_width(it->labels[i]);

		widest = w > widest ? w : widest;
	}
	if (pen->width < WIDE || it->nvalues == 0)
		return 0;
	widest += 4 + INDENT; /* "(•) " and a gap */
	cell = (pen->width - INDENT) / it->nvalues;
	if (cell > VALUE_CELL && widest <= VALUE_CELL)
		cell = VALUE_CELL;
	return widest <= cell + INDENT ? (unsigned)cell : 0;
}

/* Value i of an option; the mark of the focus is the caller's. */
static void
draw_value(struct pen *pen, const struct item *it, size_t i, unsigned col,
    bool on)
{
	bool chosen = strcmp(it->values[i], it->value) == 0;
	unsigned look = on ? LOOK_REVERSE : chosen ? LOOK_BOLD : 0;

	if (on)
		pen_cursor(pen, col);
	if (pen->width >= NARROW)
		col += pen_put(pen, col, chosen ? "(•) " : "( ) ", look);
	pen_text(pen, col, it->labels[i], look);
}

/* The value that holds; the first when none does yet. */
static size_t
value_index(const struct item *it)
{
	for (size_t i = 0; i < it->nvalues; i++)
		if (strcmp(it->values[i], it->value) == 0)
			return i;
	return 0;
}

void
draw_error(struct pen *pen, const struct item *it)
{
	unsigned in = pen_indent(pen, INDENT);

	if (it->error == NULL)
		return;
	if (in > 0)
		(void)pen_put(pen, 0, "!", LOOK_WARN | LOOK_BOLD);
	pen_text(pen, in, it->error, LOOK_WARN | LOOK_BOLD);
}

static void
draw_option(struct pen *pen, const struct scene *s, size_t i)
{
	const struct item *it = &s->page->item[i];
	unsigned in = pen_indent(pen, INDENT), cell;
	size_t at = value_index(it);
	bool on = draw_has_focus(s, i);

	if (item_is_tick(it)) {
		draw_tick(pen, s, i);
		draw_error(pen, it);
		return;
	}
	pen_text(pen, 0, it->label, 0);
	cell = value_cell(pen, it);
	for (size_t k = 0; k < it->nvalues; k++) {
		const struct spot spot = { .kind = SPOT_VALUE, .item = i,
			.value = k };
		size_t from = pen->row;

		if (on && in > 0 && k == at)
			(void)pen_put(pen, 0, MARK, LOOK_BOLD | LOOK_ACCENT);
		draw_value(pen, it, k, in + (unsigned)k * cell,
		    on && k == at);
		pen_spot(pen, from, in + (unsigned)k * cell,
		    cell > 0 ? cell : pen->width, &spot);
		if (cell > 0 && k + 1 < it->nvalues)
			pen->row--; /* the next stands beside it */
	}
	draw_error(pen, it);
}

/* Column of the values of all facts: behind the widest label that leaves
 * them half of the line. */
static unsigned
fact_column(const struct pen *pen, const struct page *p)
{
	size_t widest = 0;

	for (size_t i = 0; i < p->n; i++) {
		size_t w = p->item[i].kind == ITEM_FACT ?
		    text_width(p->item[i].label) + 2 : 0;

		if (w <= pen->width / 2 && w > widest)
			widest = w;
	}
	return widest > 0 ? (unsigned)widest : pen_indent(pen, INDENT);
}

/* Label and value side by side; the value below when it has no room. */
static void
draw_fact(struct pen *pen, const struct scene *s, size_t i)
{
	const struct item *it = &s->page->item[i];
	unsigned col = fact_column(pen, s->page);

	if (text_width(it->label) + 2 <= col)
		(void)pen_put(pen, 0, it->label, 0);
	else
		pen_text(pen, 0, it->label, 0);
	pen_text(pen, col, it->value, LOOK_BOLD);
}

/* Letters apart, groups further apart; a group a row when too narrow. */
static void
draw_groups(struct pen *pen, const char *s, unsigned in)
{
	size_t wide = 0;
	unsigned col = in, apart = 2;

	for (const char *at = s; *at != '\0'; at += text_first(at))
		wide += 2;
	if (in + wide > pen->width)
		apart = 1;
	for (; *s != '\0'; s += text_first(s)) {
		if (*s == ' ' && apart == 1) {
			pen->row++;
			col = in;
			continue;
		}
		if (*s != ' ')
			(void)pen_put_n(pen, col, s, text_first(s), LOOK_BOLD);
		col += apart;
	}
	pen->row++;
}

static void
draw_code(struct pen *pen, const struct scene *s, size_t i)
{
	const struct item *it = &s->page->item[i];

	pen_text(pen, 0, it->label, 0);
	draw_groups(pen, it->value,
	    pen_indent(pen, pen->width < 40 ? INDENT : CODE_INDENT));
}

static void
draw_drawing(struct pen *pen, const struct scene *s, size_t i)
{
	const struct item *it = &s->page->item[i];
	const char *line = it->art;

	if (!s->art || line == NULL) {
		pen_text(pen, 0, it->label, 0);
		return;
	}
	while (*line != '\0') {
		size_t n = strcspn(line, "\n");

		(void)pen_put_n(pen, pen_indent(pen, ART_INDENT), line, n,
		    LOOK_ACCENT);
		pen->row++;
		line += n + (line[n] != '\0');
	}
}

/* Four dots, one of them full: it moves while the work goes on. */
static void
draw_wait(struct pen *pen, const struct scene *s, size_t i)
{
	unsigned beat = s->view == NULL ? 0 : s->view->beat;
	unsigned in = pen->width < 2 * WIDE ? 0 : 9;

	for (unsigned k = 0; in > 0 && k < 4; k++)
		(void)pen_put(pen, 2 * k, k == beat % 4 ? "●" : "·",
		    LOOK_BOLD | LOOK_ACCENT);
	if (in == 0 && (in = pen_indent(pen, INDENT)) > 0)
		(void)pen_put(pen, 0, beat % 2 ? "●" : "○",
		    LOOK_BOLD | LOOK_ACCENT);
	pen_text(pen, in, s->page->item[i].label, LOOK_BOLD);
}

void
draw_item(struct pen *pen, const struct scene *s, size_t i)
{
	static void (*const draw[])(struct pen *, const struct scene *,
	    size_t) = {
		[ITEM_PARA] = draw_para,	[ITEM_HEADING] = draw_heading,
		[ITEM_NOTICE] = draw_notice,	[ITEM_CHOICE] = draw_choice,
		[ITEM_OPTION] = draw_option,	[ITEM_FIELD] = draw_field,
		[ITEM_FACT] = draw_fact,	[ITEM_CODE] = draw_code,
		[ITEM_DRAWING] = draw_drawing,	[ITEM_WAIT] = draw_wait,
	};
	const struct spot spot = { .kind = SPOT_ITEM, .item = i };
	size_t from = pen->row;

	draw[s->page->item[i].kind](pen, s, i);
	if (item_acts(&s->page->item[i]))
		pen_spot(pen, from, 0, pen->width, &spot);
}

/* Do the two make one list? */
static bool
is_list(const struct item *a, const struct item *b)
{
	if (a->kind != b->kind)
		return false;
	return a->kind == ITEM_CHOICE || a->kind == ITEM_FACT ||
	    (item_is_tick(a) && item_is_tick(b));
}

unsigned
draw_gap(const struct pen *pen, const struct scene *s, size_t i)
{
	const struct item *it = &s->page->item[i];

	if (i == 0)
		return 0;
	if (pen->glass->large)
		return 1;
	if (it[-1].kind == ITEM_HEADING || is_list(&it[-1], it))
		return 0;
	if (s->roomy || it->kind == ITEM_HEADING || it->kind == ITEM_CHOICE)
		return 1;
	return it->kind != it[-1].kind &&
	    (it->kind == ITEM_FIELD || it->kind == ITEM_OPTION);
}
