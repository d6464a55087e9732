/* touch: spots become focus, strokes and values. */
#include <string.h>

#include "desk/touch.h"

bool
touch_same(const struct spot *a, const struct spot *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == SPOT_KEY)
		return a->key.kind == b->key.kind &&
		    strcmp(a->key.text, b->key.text) == 0;
	return a->item == b->item &&
	    (a->kind != SPOT_VALUE || a->value == b->value);
}

/* The stroke that acts on an item in focus; NONE: it is only gone to. */
static struct stroke
stroke_on(const struct item *it, bool again)
{
	struct stroke k = { .kind = STROKE_NONE };

	if (it->kind == ITEM_CHOICE && it->flags & ITEM_LEGAL && again) {
		k.kind = STROKE_CHAR;
		k.text[0] = it->key;
	} else if (it->kind == ITEM_CHOICE && !(it->flags & ITEM_LEGAL)) {
		k.kind = STROKE_ENTER;
	} else if (item_is_tick(it)) {
		k.kind = STROKE_CHAR;
		k.text[0] = ' ';
	}
	return k;
}

static void
on_item(struct view *v, const struct page *p, const struct measure *m,
    const struct spot *spot, struct hand *hand, struct event *ev)
{
	const struct item *it = &p->item[spot->item];
	struct stroke k = stroke_on(it, v->focus == spot->item);

	view_focus(v, p, m, spot->item);
	if (spot->kind == SPOT_VALUE && spot->value < it->nvalues)
		keys_say(hand, ev, EV_SET, it->id, it->values[spot->value]);
	else
		keys_take(v, p, m, &k, hand, ev);
}

void
touch_take(struct view *v, const struct page *p, const struct measure *m,
    const struct spot *spot, struct hand *hand, struct event *ev)
{
	*ev = (struct event){ .kind = EV_NONE };
	(void)view_settle(v, p, m);
	if (spot->kind == SPOT_KEY)
		keys_take(v, p, m, &spot->key, hand, ev);
	else if (spot->item < p->n && item_acts(&p->item[spot->item]))
		on_item(v, p, m, spot, hand, ev);
	v->touched = true;
}

bool
touch_hold(const struct page *p, const struct spot *spot, struct hand *hand,
    struct event *ev)
{
	const struct item *it = spot->kind == SPOT_KEY || spot->item >= p->n
	    ? NULL : &p->item[spot->item];

	if (it == NULL || it->kind != ITEM_CHOICE ||
	    (it->flags & ITEM_HOLD) == 0)
		return false;
	keys_say(hand, ev, EV_PICK, it->id, HOLD_DOWN);
	return true;
}

void
touch_let_go(const struct page *p, struct hand *hand, struct event *ev)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->item[i].flags & ITEM_HOLD)
			keys_say(hand, ev, EV_PICK, p->item[i].id, HOLD_UP);
}
