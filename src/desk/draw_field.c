/* draw_field: the line to type in, its text or dots, and its caret. */
#include <string.h>

#include "base/text.h"
#include "desk/draw.h"

enum { FIELD_COLS = 48 }; /* at most */

/* Where the text of a field begins to be shown in `cols` columns, so that the
 * caret, `tail` bytes before the end, is in sight; the caret's column. */
static size_t
field_window(const char *value, size_t tail, unsigned cols, unsigned *caret)
{
	size_t n = strlen(value), at = n - (tail < n ? tail : n), from = 0;
	size_t wide;

	for (;;) {
		(void)text_fit_in(value + from, at - from, GLASS_MAX * 4,
		    &wide);
		if (wide < cols || from == at)
			break;
		from += text_first(value + from);
		from = from < at ? from : at;
	}
	*caret = (unsigned)(wide < cols ? wide : cols > 0 ? cols - 1 : 0);
	return from;
}

/* The text as it is typed, then a line of its room; where the caret is. */
static unsigned
draw_typed(struct pen *pen, const struct item *it, size_t tail,
    unsigned cols, unsigned look)
{
	unsigned in = pen_indent(pen, INDENT), caret;
	size_t from = field_window(it->value, tail, cols, &caret), used;
	size_t shown = text_fit(it->value + from, cols, &used);

	(void)pen_put_n(pen, in, it->value + from, shown, look | LOOK_BOLD);
	pen_repeat(pen, in + (unsigned)used, "_", cols - (unsigned)used,
	    look);
	return caret;
}

/* The same of what is covered: a dot for each letter, and no letter of it. */
static unsigned
draw_covered(struct pen *pen, const struct item *it, size_t tail,
    unsigned cols, unsigned look)
{
	unsigned in = pen_indent(pen, INDENT), n, caret;
	size_t all = text_width(it->value);
	size_t behind = text_width(it->value + strlen(it->value) - tail);

	n = all < cols ? (unsigned)all : cols;
	pen_repeat(pen, in, "•", n, look | LOOK_BOLD);
	pen_repeat(pen, in + n, "_", cols - n, look);
	caret = (unsigned)(all - behind);
	return caret < cols ? caret : cols > 0 ? cols - 1 : 0;
}

/* The line to type in. */
static void
draw_box(struct pen *pen, const struct scene *s, size_t i)
{
	const struct item *it = &s->page->item[i];
	unsigned in = pen_indent(pen, INDENT), cols = pen->width - in, caret;
	bool on = draw_has_focus(s, i);
	unsigned look = on ? LOOK_REVERSE : LOOK_UNDER;
	size_t tail = on ? s->view->tail : 0;

	cols = cols > FIELD_COLS ? FIELD_COLS : cols;
	cols = cols > it->max + 1 ? (unsigned)it->max + 1 : cols;
	if (on && in > 0)
		(void)pen_put(pen, 0, MARK, LOOK_BOLD | LOOK_ACCENT);
	caret = (it->flags & ITEM_HIDDEN ? draw_covered : draw_typed)(pen, it,
	    tail, cols, look);
	if (on)
		pen_cursor(pen, in + caret);
	pen->row++;
}

void
draw_field(struct pen *pen, const struct scene *s, size_t i)
{
	const struct item *it = &s->page->item[i];

	pen_text(pen, 0, it->label, LOOK_BOLD);
	if (it->hint != NULL)
		pen_text(pen, pen_indent(pen, INDENT), it->hint, 0);
	draw_box(pen, s, i);
	draw_error(pen, it);
}
