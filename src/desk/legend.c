/* legend: the keys that are named, fitted into rows, and their spots. */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "desk/legend.h"

/*
 * The keys that move and act here, before those that the page names: other
 * faces have other ways. The last is left out first when there is no room.
 */
enum { HAND_KEYS = 4 };

static bool
has_kind(const struct page *p, enum item_kind kind, bool tick)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->item[i].kind == kind &&
		    item_is_tick(&p->item[i]) == tick)
			return true;
	return false;
}

/* Is there one that Enter makes? */
static bool
has_choice(const struct page *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->item[i].kind == ITEM_CHOICE &&
		    !(p->item[i].flags & ITEM_LEGAL))
			return true;
	return false;
}

/*
 * Where nothing has the focus, as on a list of people of whom none is chosen
 * beforehand, Enter does nothing yet: the arrows come first.
 */
static size_t
hand_keys(const struct page *p, struct page_key out[HAND_KEYS])
{
	bool options = has_kind(p, ITEM_OPTION, false);
	bool fields = has_kind(p, ITEM_FIELD, false);
	bool choices = has_choice(p);
	bool moves = has_kind(p, ITEM_CHOICE, false) || fields || options;
	bool lost = p->focus != NULL && *p->focus == '\0';
	size_t n = 0;

	if (has_kind(p, ITEM_OPTION, true))
		out[n++] = (struct page_key){ _("Espace"), _("Cocher") };
	if (options)
		out[n++] = (struct page_key){ "←→", _("Changer") };
	if (moves && lost)
		out[n++] = (struct page_key){ "↑↓", _("Se déplacer") };
	if (choices || fields)
		out[n++] = (struct page_key){ _("Entrée"),
			choices ? _("Choisir") : _("Suivant") };
	if (moves && !lost)
		out[n++] = (struct page_key){ "↑↓", _("Se déplacer") };
	return n;
}

/* The face's own keys, behind all others. */
static const struct page_key looks[] = {
	{ "F3", N_("Plus gros") }, { "F4", N_("Contraste") },
};
#define LOOKS (sizeof(looks) / sizeof(*looks))

/* How the row of keys is written: so many of the hand's and of the face's, so
 * far apart. */
struct bar {
	struct page_key key[HAND_KEYS];
	size_t n, looks;
	unsigned gap;
};

/* What a key that is named does; false: it is two, or unknown. */
static bool
stroke_of(const char *key, struct stroke *out)
{
	static const struct {
		const char *key;
		struct stroke stroke;
	} named[] = {
		{ N_("Entrée"), { .kind = STROKE_ENTER } },
		{ N_("Échap"), { .kind = STROKE_ESCAPE } },
		{ N_("Espace"), { .kind = STROKE_CHAR, .text = " " } },
		{ "F1", { .kind = STROKE_F1 } },
		{ "F2", { .kind = STROKE_F2 } },
		{ "F3", { .kind = STROKE_F3 } },
		{ "F4", { .kind = STROKE_F4 } },
		{ "F5", { .kind = STROKE_F5 } },
		{ "F6", { .kind = STROKE_F6 } },
		{ "F10", { .kind = STROKE_F10 } },
		{ "▲", { .kind = STROKE_PAGE_UP } },
		{ "▼", { .kind = STROKE_PAGE_DOWN } },
		{ "↑", { .kind = STROKE_UP } },
		{ "↓", { .kind = STROKE_DOWN } },
		{ "←", { .kind = STROKE_LEFT } },
		{ "→", { .kind = STROKE_RIGHT } },
	};

	for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++)
		if (strcmp(_(named[i].key), key) == 0) {
			*out = named[i].stroke;
			return true;
		}
	return false;
}

void
legend_spot(struct pen *pen, const char *key, unsigned col, unsigned cols)
{
	struct spot spot = { .kind = SPOT_KEY };

	if (!stroke_of(key, &spot.key))
		return;
	pen->row++;
	pen_spot(pen, pen->row - 1, col, cols, &spot);
	pen->row--;
}

/* One key, or an arrow and the one behind it. */
static void
spot_keys(struct pen *pen, const char *key, unsigned col, unsigned cols)
{
	size_t first = text_first(key);
	char one[8] = "";

	legend_spot(pen, key, col, cols);
	if (first > 1 && first < sizeof(one) && key[first] != '\0') {
		memcpy(one, key, first);
		legend_spot(pen, one, col, 1);
		legend_spot(pen, key + first, col + 1, cols - 1);
	}
}

static void
draw_key(struct pen *pen, const struct page_key *k, unsigned gap,
    unsigned *col)
{
	unsigned wide = (unsigned)(text_width(k->key) + 1 +
	    text_width(k->label));

	if (*col > 0 && *col + wide > pen->width) {
		pen->row++;
		*col = 0;
	}
	spot_keys(pen, k->key, *col, wide);
	*col += pen_put(pen, *col, k->key, LOOK_BOLD | LOOK_ACCENT) + 1;
	*col += pen_put(pen, *col, k->label, 0) + gap;
}

static bool
is_named(const struct page *p, const char *key)
{
	for (size_t i = 0; i < p->nkeys; i++)
		if (strcmp(p->keys[i].key, key) == 0)
			return true;
	return false;
}

/* Keys and what they do, in as many rows as they need. */
static void
draw_keys(struct pen *pen, const struct page *p, const struct bar *b)
{
	unsigned col = 0;

	for (size_t i = 0; i < b->n; i++)
		if (!is_named(p, b->key[i].key))
			draw_key(pen, &b->key[i], b->gap, &col);
	for (size_t i = 0; i < p->nkeys; i++)
		draw_key(pen, &p->keys[i], b->gap, &col);
	for (size_t i = 0; i < b->looks; i++)
		draw_key(pen, &(struct page_key){ looks[i].key,
		    _(looks[i].label) }, b->gap, &col);
	pen->row += col > 0;
}

static unsigned
rows_of(const struct page *p, const struct glass *g, const struct bar *b)
{
	struct pen pen = pen_bar(g, NULL, 0, 0);

	draw_keys(&pen, p, b);
	return (unsigned)pen.row;
}

/* As many keys, then as wide a gap, as cost no row more than the page's own
 * and what turns its options. */
static unsigned
fit_keys(const struct page *p, const struct glass *g, struct bar *b)
{
	unsigned least;
	size_t all = hand_keys(p, b->key);

	b->gap = 2;
	b->looks = 0;
	b->n = has_kind(p, ITEM_OPTION, true) +
	    (size_t)has_kind(p, ITEM_OPTION, false);
	least = rows_of(p, g, b);
	least = least == 0 ? 1 : least;
	b->n = all;
	for (b->looks = LOOKS; b->looks > 0 && rows_of(p, g, b) > least;)
		b->looks--;
	for (; b->n > 0 && rows_of(p, g, b) > least; b->n--)
		;
	for (b->gap = 4; b->gap > 2 && rows_of(p, g, b) > least; b->gap--)
		;
	return rows_of(p, g, b);
}

unsigned
legend_rows(const struct page *p, const struct glass *g)
{
	struct bar bar;

	return fit_keys(p, g, &bar);
}

void
legend_draw(struct pen *pen, const struct page *p)
{
	struct bar bar;

	(void)fit_keys(p, pen->glass, &bar);
	draw_keys(pen, p, &bar);
}
