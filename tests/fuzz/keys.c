/* keys: any keys and fingers on any page at any size; no answer that was not
 * given. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "desk/face.h"
#include "desk/touch.h"
#include "tests/desk/glass.h"
#include "tests/desk/samples.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static char typed[FIELD_ROOM];

static void
build(struct page *p, unsigned which)
{
	switch (which % 6) {
	case 0: sample_welcome(p); break;
	case 1: sample_consent(p); break;
	case 2: sample_emergency(p, typed); break;
	case 3: sample_contact(p, typed, typed[0] == '!' ? typed : NULL);
		break;
	case 4: sample_secrets(p, (which & 64) != 0); break;
	default: sample_notice(p); break;
	}
}

/* What holds after each key, whatever came. */
static void
check(const struct page *p, const struct stroke *k, size_t was,
    const struct event *ev)
{
	const struct item *it;

	if (ev->kind != EV_PICK && ev->kind != EV_SET)
		return;
	if (strcmp(ev->id, CARD_INSERT_PULL) == 0 ||
	    strcmp(ev->id, CARD_SWAP) == 0)
		return;
	if ((it = page_find(p, ev->id)) == NULL)
		abort();
	if (it->flags & ITEM_LEGAL && k->kind != STROKE_CHAR &&
	    (k->kind != STROKE_TOUCH || it != &p->item[was]))
		abort();
	if (it->kind == ITEM_FIELD && (strlen(ev->value) > it->max ||
	    (k->kind == STROKE_CHAR && !text_is_clean(k->text))))
		abort();
}

/* The next key; a letter takes up to four bytes of its own. */
static struct stroke
next_stroke(const uint8_t **p, size_t *n)
{
	struct stroke k = { .kind = (enum stroke_kind)(**p % STROKE_COUNT) };
	size_t len = *n > 4 ? 4 : *n - 1;

	++*p;
	--*n;
	if (k.kind == STROKE_CHAR && len > 0) {
		len = 1 + **p % len;
		memcpy(k.text, *p, len);
		*p += len;
		*n -= len;
	}
	if (k.kind == STROKE_TOUCH && *n > 2) {
		k.row = *(*p)++;
		k.col = *(*p)++;
		*n -= 2;
	}
	return k;
}

static void
paint(const struct page *p, struct view *v, const struct glass *g,
    struct layout *out)
{
	struct measure m;

	layout_measure(p, g, &m);
	(void)view_settle(v, p, &m);
	layout_draw(p, v, g, &m, out);
	free(glass_cells(out, g)); /* aborts outside of the glass */
	if (out->row >= g->lines || out->col >= g->columns)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct layout layout;
	static struct page *page;
	struct glass g;
	struct hand hand;
	struct view v;
	unsigned which;

	if (secret_start() != ERR_OK || n < 3 ||
	    (page == NULL && (page = page_new()) == NULL))
		return 0;
	typed[0] = '\0';
	which = p[0];
	g = (struct glass){ 1 + p[1] % 40, 1 + p[2] % 100,
		(which & 128) != 0, (which & 32) != 0 };
	p += 3;
	n -= 3;
	view_reset(&v);
	while (n > 0) {
		const struct spot *spot;
		struct measure m;
		struct event ev;
		size_t was;
		struct stroke k = next_stroke(&p, &n);

		build(page, which);
		paint(page, &v, &g, &layout);
		layout_measure(page, &g, &m);
		was = v.focus;
		spot = layout_spot(&layout, k.row, k.col);
		if (k.kind == STROKE_TOUCH && spot != NULL)
			touch_take(&v, page, &m, spot, &hand, &ev);
		else
			keys_take(&v, page, &m, &k, &hand, &ev);
		check(page, &k, was, &ev);
		if (ev.kind == EV_SET && page_find(page, ev.id) != NULL)
			(void)snprintf(typed, sizeof(typed), "%s", ev.value);
	}
	return 0;
}
