/* sheet_ink: letters without copies of their face, codes as stencils. */
#include <stdbool.h>
#include <string.h>

#include "slip/sheet_ink.h"

#define NBSP	 "\xc2\xa0"
#define NBSP_LEN (sizeof(NBSP) - 1)

/*
 * A blank that joins two words is drawn as a common one where no line may
 * break: fonts have it as a letter of its own, for which a PDF would carry the
 * face a second time, as for "fi" drawn as one. The length of `plain`;
 * `joined` may be NULL.
 */
static size_t
join_blanks(const char *text, char plain[INK_TEXT], PangoAttrList *joined)
{
	size_t n = 0;

	while (*text != '\0' && n < INK_TEXT - 1) {
		bool blank = strncmp(text, NBSP, NBSP_LEN) == 0;

		if (blank && joined != NULL) {
			PangoAttribute *a = pango_attr_allow_breaks_new(FALSE);

			a->start_index = (guint)n;
			a->end_index = (guint)n + 1;
			pango_attr_list_insert(joined, a);
		}
		plain[n++] = blank ? ' ' : *text;
		text += blank ? NBSP_LEN : 1;
	}
	plain[n] = '\0';
	return n;
}

static void
set_text(PangoLayout *l, const char *text)
{
	PangoAttrList *joined = pango_attr_list_new();
	char plain[INK_TEXT];
	size_t n = join_blanks(text, plain, joined);

	pango_attr_list_insert(joined, pango_attr_font_features_new("liga=0"));
	pango_layout_set_text(l, plain, (int)n);
	pango_layout_set_attributes(l, joined);
	pango_attr_list_unref(joined);
}

PangoLayout *
ink_text(cairo_t *cr, const char *font, double size, const char *text,
    double width)
{
	PangoLayout *l = pango_cairo_create_layout(cr);
	PangoFontDescription *d = pango_font_description_from_string(font);

	pango_font_description_set_absolute_size(d, size * PANGO_SCALE);
	pango_layout_set_font_description(l, d);
	pango_font_description_free(d);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_spacing(l, (int)(0.18 * size * PANGO_SCALE));
	set_text(l, text);
	return l;
}

void
ink_bold(PangoLayout *l, const char *label)
{
	PangoAttrList *all = pango_attr_list_copy(
	    pango_layout_get_attributes(l));
	PangoAttribute *bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
	char plain[INK_TEXT];

	bold->start_index = (guint)join_blanks(label, plain, NULL);
	pango_attr_list_insert(all, bold);
	pango_layout_set_attributes(l, all);
	pango_attr_list_unref(all);
}

/* One bit a module, as a stencil: rectangles make twenty times the bytes. */
enum err
ink_qr(cairo_t *cr, const struct qr *q, double x, double y, double module)
{
	cairo_surface_t *bits = cairo_image_surface_create(CAIRO_FORMAT_A8,
	    (int)q->side, (int)q->side);
	cairo_pattern_t *stencil = cairo_pattern_create_for_surface(bits);
	uint8_t *row = cairo_image_surface_get_data(bits);
	enum err r = row == NULL ? ERR_MEMORY : ERR_OK;

	for (size_t j = 0; row != NULL && j < q->side; j++) {
		for (size_t i = 0; i < q->side; i++)
			row[i] = qr_dark(q, i, j) ? 0xFF : 0;
		row += cairo_image_surface_get_stride(bits);
	}
	cairo_surface_mark_dirty(bits);
	cairo_pattern_set_filter(stencil, CAIRO_FILTER_NEAREST);
	cairo_save(cr);
	cairo_translate(cr, x, y);
	cairo_scale(cr, module, module);
	cairo_mask(cr, stencil);
	cairo_restore(cr);
	cairo_pattern_destroy(stencil);
	cairo_surface_destroy(bits);
	return r;
}
