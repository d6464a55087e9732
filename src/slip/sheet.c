/*
 * sheet: paragraphs from pango, ink from cairo, pages from here.
 *
 * A page is filled from the top; what must not be parted (a code and the names
 * of its glyphs) goes to the next page together. All is drawn twice: at first
 * on nothing, to count the pages.
 */
#include <pango/pangocairo.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <cairo-pdf.h>

#include "slip/sheet.h"
#include "slip/sheet_ink.h"

/* Points: 72 in an inch. */
#define WIDE   595.276
#define HIGH   841.890
#define MARGIN 57.0 /* 2 cm */
#define FOOT   34.0 /* of the page, above its lower edge */
#define INDENT 24.0

#define SIGN_HIGH 80.0 /* room for a hand */

#define QR_MOST	 125 /* modules of a code on A4 */
#define QR_LEAST 130.0 /* to stand on a page that is begun */
#define QR_SMALL 230.0
#define QR_LARGE 330.0

/* How each kind looks: of large print the second number. */
static const struct look {
	const char *font;
	double size[2];
	double above, below; /* of the size of its letters */
} looks[] = {
	[SLIP_TITLE] = { "DejaVu Sans Bold", { 17, 25 }, 0, 0.6 },
	[SLIP_PARA] = { "DejaVu Sans", { 11, 18 }, 0.45, 0.45 },
	[SLIP_FACT] = { "DejaVu Sans", { 11, 18 }, 0.1, 0.1 },
	[SLIP_CODE] = { "DejaVu Sans Mono Bold", { 25, 36 }, 0.25, 0.25 },
	[SLIP_NAMES] = { "DejaVu Sans", { 10, 16 }, 0.1, 0.1 },
	[SLIP_RULE] = { NULL, { 11, 18 }, 0.5, 0.5 },
	[SLIP_QR] = { NULL, { 11, 18 }, 0.6, 0.6 },
	[SLIP_SIGN] = { NULL, { 11, 18 }, 0.6, 0.6 },
};

struct sheet {
	const struct slip *s;
	cairo_t *cr;
	double y;
	int page, pages; /* pages: 0 while they are counted */
};

static double
height_of(PangoLayout *l)
{
	int high;

	pango_layout_get_size(l, NULL, &high);
	return (double)high / PANGO_SCALE;
}

static void
show(struct sheet *sh, PangoLayout *l, double x, double y)
{
	cairo_move_to(sh->cr, x, y);
	pango_cairo_show_layout(sh->cr, l);
}

/* A line of its own in the middle, at that height. */
static void
show_middle(struct sheet *sh, const char *text, double size, double y)
{
	PangoLayout *l = ink_text(sh->cr, "DejaVu Sans", size, text,
	    WIDE - 2 * MARGIN);

	pango_layout_set_alignment(l, PANGO_ALIGN_CENTER);
	show(sh, l, MARGIN, y);
	g_object_unref(l);
}

/* Behind all else, from one corner to the other. */
static void
watermark(struct sheet *sh)
{
	PangoLayout *l = ink_text(sh->cr, "DejaVu Sans Bold", 54,
	    SLIP_WORTHLESS, 2 * HIGH);
	int wide;

	pango_layout_get_size(l, &wide, NULL);
	cairo_save(sh->cr);
	cairo_set_source_rgb(sh->cr, 0.92, 0.92, 0.92);
	cairo_translate(sh->cr, WIDE / 2, HIGH / 2);
	cairo_rotate(sh->cr, -0.95);
	/* As a shape: the words of the paper are to be read without it. */
	cairo_move_to(sh->cr, -(double)wide / PANGO_SCALE / 2, -30);
	pango_cairo_layout_path(sh->cr, l);
	cairo_fill(sh->cr);
	cairo_restore(sh->cr);
	g_object_unref(l);
}

static void
begin_page(struct sheet *sh)
{
	char foot[32];

	sh->page++;
	sh->y = MARGIN;
	if (sh->s->training) {
		watermark(sh);
		show_middle(sh, SLIP_WATERMARK, 11, MARGIN - 22);
		show_middle(sh, SLIP_WATERMARK, 11, HIGH - FOOT - 18);
	}
	cairo_set_source_rgb(sh->cr, 0, 0, 0);
	if (sh->pages > 1) {
		(void)snprintf(foot, sizeof(foot), "%d / %d", sh->page,
		    sh->pages);
		show_middle(sh, foot, 11, HIGH - FOOT);
	}
}

/* Room for that much, on this page or the next. */
static void
need(struct sheet *sh, double high)
{
	if (sh->y + high <= HIGH - MARGIN || sh->y <= MARGIN)
		return;
	cairo_show_page(sh->cr);
	begin_page(sh);
}

static double
size_of(const struct sheet *sh, enum slip_kind kind)
{
	return looks[kind].size[sh->s->large];
}

static PangoLayout *
lay_line(const struct sheet *sh, const struct slip_line *l)
{
	char text[INK_TEXT];
	double in = l->kind == SLIP_CODE || l->kind == SLIP_NAMES ? INDENT : 0;
	PangoLayout *p;

	(void)snprintf(text, sizeof(text), "%s%s%s", l->label,
	    l->kind == SLIP_FACT ? " " : "",
	    l->kind == SLIP_FACT ? l->value : "");
	p = ink_text(sh->cr, looks[l->kind].font, size_of(sh, l->kind), text,
	    WIDE - 2 * MARGIN - in);
	if (l->kind == SLIP_FACT)
		ink_bold(p, l->label);
	return p;
}

/* "aB2! k-Q#" → "a B 2 !   k - Q #" */
static void
space_out(const char *code, char *out, size_t room)
{
	size_t n = 0;

	for (; *code != '\0' && n + 3 < room; code++) {
		out[n++] = *code;
		out[n++] = ' ';
	}
	out[n > 0 ? n - 1 : 0] = '\0';
}

static double
spaced(double size, const struct look *look)
{
	return size * (look->above + look->below);
}

/* The text of one line, where it belongs. */
static void
put_layout(struct sheet *sh, enum slip_kind kind, PangoLayout *l, double x)
{
	const struct look *look = &looks[kind];
	double size = size_of(sh, kind), high = height_of(l);

	need(sh, high + spaced(size, look));
	sh->y += size * look->above;
	show(sh, l, x, sh->y);
	sh->y += high + size * look->below;
	g_object_unref(l);
}

static void
put_text(struct sheet *sh, const struct slip_line *l)
{
	double x = MARGIN + (l->kind == SLIP_NAMES ? INDENT : 0);

	put_layout(sh, l->kind, lay_line(sh, l), x);
}

/* What a code needs, with the names that follow it. */
static double
code_height(const struct sheet *sh, const struct slip_line *l)
{
	double high = 2 * size_of(sh, SLIP_PARA) +
	    2 * size_of(sh, SLIP_CODE);

	for (const struct slip_line *n = l + 1;
	    n < sh->s->line + sh->s->n && n->kind == SLIP_NAMES; n++) {
		PangoLayout *p = lay_line(sh, n);

		high += height_of(p) + spaced(size_of(sh, SLIP_NAMES),
		    &looks[SLIP_NAMES]);
		g_object_unref(p);
	}
	return high;
}

static void
put_code(struct sheet *sh, const struct slip_line *l)
{
	struct slip_line label = { .kind = SLIP_PARA };
	char text[2 * SLIP_TEXT];

	need(sh, code_height(sh, l));
	sh->y += 0.5 * size_of(sh, SLIP_PARA);
	(void)strcpy(label.label, l->label); /* as long as that one */
	put_text(sh, &label);
	space_out(l->value, text, sizeof(text));
	put_layout(sh, SLIP_CODE, ink_text(sh->cr,
	    looks[SLIP_CODE].font, size_of(sh, SLIP_CODE), text,
	    WIDE - 2 * MARGIN - INDENT), MARGIN + INDENT);
}

static void
put_rule(struct sheet *sh)
{
	double size = size_of(sh, SLIP_RULE);

	sh->y += size * looks[SLIP_RULE].above;
	cairo_set_line_width(sh->cr, 0.8);
	cairo_move_to(sh->cr, MARGIN, sh->y);
	cairo_line_to(sh->cr, WIDE - MARGIN, sh->y);
	cairo_stroke(sh->cr);
	sh->y += size * looks[SLIP_RULE].below;
}

/* Who signs, and a frame to do it in, on one page. */
static void
put_sign(struct sheet *sh, const struct slip_line *l)
{
	struct slip_line label = { .kind = SLIP_PARA };

	need(sh, SIGN_HIGH + 4 * size_of(sh, SLIP_PARA));
	(void)strcpy(label.label, l->label); /* as long as that one */
	put_text(sh, &label);
	cairo_set_line_width(sh->cr, 0.8);
	cairo_rectangle(sh->cr, MARGIN, sh->y, WIDE - 2 * MARGIN, SIGN_HIGH);
	cairo_stroke(sh->cr);
	sh->y += SIGN_HIGH + size_of(sh, SLIP_SIGN) * looks[SLIP_SIGN].below;
}

/* As large as may be, and somewhat less to save a page. */
static double
qr_side(const struct sheet *sh)
{
	double left = HIGH - MARGIN - sh->y - 4 * size_of(sh, SLIP_PARA);
	double most = sh->s->large ? QR_LARGE : QR_SMALL;

	return left >= most || left < QR_LEAST ? most : left;
}

/* The code on white, with what it is above it. */
static enum err
put_qr(struct sheet *sh, const struct slip_line *l)
{
	struct slip_line label = { .kind = SLIP_PARA };
	double side = qr_side(sh), module;
	struct qr q;
	enum err r;

	if ((r = qr_make(l->value, QR_MOST, &q)) != ERR_OK)
		return r;
	module = side / (double)(q.side + 8); /* four light ones around */
	(void)strcpy(label.label, l->label);  /* as long as that one */
	need(sh, side + 4 * size_of(sh, SLIP_PARA));
	put_text(sh, &label);
	cairo_set_source_rgb(sh->cr, 1, 1, 1);
	cairo_rectangle(sh->cr, (WIDE - side) / 2, sh->y, side, side);
	cairo_fill(sh->cr);
	cairo_set_source_rgb(sh->cr, 0, 0, 0);
	sh->y += 4 * module;
	r = ink_qr(sh->cr, &q, (WIDE - side) / 2 + 4 * module, sh->y, module);
	sh->y += side - 4 * module;
	return r;
}

static enum err
put_lines(struct sheet *sh)
{
	enum err r = ERR_OK;

	begin_page(sh);
	for (size_t i = 0; i < sh->s->n && r == ERR_OK; i++) {
		const struct slip_line *l = &sh->s->line[i];

		if (l->kind == SLIP_QR)
			r = put_qr(sh, l);
		else if (l->kind == SLIP_CODE)
			put_code(sh, l);
		else if (l->kind == SLIP_RULE)
			put_rule(sh);
		else if (l->kind == SLIP_SIGN)
			put_sign(sh, l);
		else
			put_text(sh, l);
	}
	cairo_show_page(sh->cr);
	return r;
}

static cairo_status_t
keep(void *user, const unsigned char *p, unsigned n)
{
	struct buf *out = user;

	if (buf_put(out, p, n) == ERR_OK)
		return CAIRO_STATUS_SUCCESS;
	return CAIRO_STATUS_WRITE_ERROR;
}

/* All of it once, and the surface is gone; how many pages it has. */
static enum err
draw(const struct slip *s, cairo_surface_t *to, int pages, int *count)
{
	struct sheet sh = { .s = s, .cr = cairo_create(to), .pages = pages };
	enum err r = put_lines(&sh);

	cairo_destroy(sh.cr);
	cairo_surface_finish(to);
	if (r == ERR_OK && cairo_surface_status(to) != CAIRO_STATUS_SUCCESS)
		r = ERR_MEMORY;
	cairo_surface_destroy(to);
	*count = sh.page;
	return r;
}

enum err
sheet_pdf(const struct slip *s, struct buf *out)
{
	int pages, again;
	enum err r;

	if ((r = draw(s, cairo_recording_surface_create(
	    CAIRO_CONTENT_COLOR_ALPHA, NULL), 0, &pages)) != ERR_OK)
		return r;
	return draw(s, cairo_pdf_surface_create_for_stream(keep, out, WIDE,
	    HIGH), pages, &again);
}
