/* keys: a row for each key, one action in a field and one elsewhere. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "desk/face.h"
#include "desk/keys.h"

/* What an action works on. */
struct desk {
	struct view *view;
	const struct page *page;
	const struct measure *measure;
	const struct stroke *stroke;
	const struct item *item; /* in focus, or NULL */
	struct hand *hand;
	struct event *ev;
};

void
keys_say(struct hand *hand, struct event *ev, enum event_kind kind,
    const char *id, const char *value)
{
	ev->kind = kind;
	if (id != NULL) {
		(void)snprintf(hand->id, sizeof(hand->id), "%s", id);
		ev->id = hand->id;
	}
	if (value == NULL)
		return;
	if (value != hand->value)
		(void)snprintf(hand->value, sizeof(hand->value), "%s", value);
	ev->value = hand->value;
}

static void
say(struct desk *d, enum event_kind kind, const char *id, const char *value)
{
	keys_say(d->hand, d->ev, kind, id, value);
}

static void
nothing(struct desk *d)
{
	(void)d;
}

static void
back(struct desk *d)
{
	say(d, EV_BACK, NULL, NULL);
}

static void
help(struct desk *d)
{
	say(d, EV_HELP, NULL, NULL);
}

static void
language(struct desk *d)
{
	say(d, EV_LANGUAGE, NULL, NULL);
}

static void
abandon(struct desk *d)
{
	say(d, EV_ABANDON, NULL, NULL);
}

static void
insert_pull(struct desk *d)
{
	say(d, EV_PICK, CARD_INSERT_PULL, NULL);
}

static void
swap(struct desk *d)
{
	say(d, EV_PICK, CARD_SWAP, NULL);
}

static void
up(struct desk *d)
{
	view_step(d->view, d->page, d->measure, -1);
}

static void
down(struct desk *d)
{
	view_step(d->view, d->page, d->measure, 1);
}

static void
page_up(struct desk *d)
{
	view_leaf(d->view, d->page, d->measure, -1);
}

static void
page_down(struct desk *d)
{
	view_leaf(d->view, d->page, d->measure, 1);
}

static void
roll_up(struct desk *d)
{
	view_roll(d->view, d->page, d->measure, -1);
}

static void
roll_down(struct desk *d)
{
	view_roll(d->view, d->page, d->measure, 1);
}

static void
first_row(struct desk *d)
{
	view_end(d->view, d->page, d->measure, -1);
}

static void
last_row(struct desk *d)
{
	view_end(d->view, d->page, d->measure, 1);
}

/* Round and round through the items, in sight or not. */
static void
go_round(struct desk *d, int way)
{
	if (view_move(d->view, d->page, d->measure, way))
		return;
	d->view->focus = PAGE_ITEMS;
	if (!view_move(d->view, d->page, d->measure, way))
		view_leaf(d->view, d->page, d->measure, way);
}

static void
tab(struct desk *d)
{
	go_round(d, 1);
}

static void
backtab(struct desk *d)
{
	go_round(d, -1);
}

static void
onward(struct desk *d)
{
	(void)view_move(d->view, d->page, d->measure, 1);
}

/* Enter: never a legal answer, never a tick (DESIGN section 4). */
static void
act(struct desk *d)
{
	if (d->item == NULL)
		page_down(d);
	else if (d->item->kind != ITEM_CHOICE)
		onward(d);
	else if (!(d->item->flags & ITEM_LEGAL))
		say(d, EV_PICK, d->item->id, NULL);
}

/* The value that is `way` from the one that holds, or the first. */
static void
turn(struct desk *d, int way, bool round)
{
	const struct item *it = d->item;
	size_t n = it->nvalues, i = 0;

	while (i < n && strcmp(it->values[i], it->value) != 0)
		i++;
	if (n == 0)
		return;
	if (i == n)
		i = 0;
	else if (round)
		i = (i + 1) % n;
	else if (way > 0 ? i + 1 < n : i > 0)
		i += (size_t)way;
	else
		return;
	say(d, EV_SET, it->id, it->values[i]);
}

static bool
on_option(const struct desk *d)
{
	return d->item != NULL && d->item->kind == ITEM_OPTION;
}

static void
value_left(struct desk *d)
{
	if (on_option(d) && !item_is_tick(d->item))
		turn(d, -1, false);
}

static void
value_right(struct desk *d)
{
	if (on_option(d) && !item_is_tick(d->item))
		turn(d, 1, false);
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* A letter makes its choice, from anywhere but a field; space turns. */
static void
letter(struct desk *d)
{
	const char *s = d->stroke->text;

	if (strcmp(s, " ") == 0) {
		if (on_option(d))
			turn(d, 1, true);
		else if (d->item == NULL)
			page_down(d);
		return;
	}
	for (size_t i = 0; i < d->page->n; i++) {
		const struct item *it = &d->page->item[i];

		if (it->kind == ITEM_CHOICE && it->key != 0 &&
		    lower(s[0]) == lower(it->key) && s[1] == '\0') {
			say(d, EV_PICK, it->id, NULL);
			return;
		}
	}
}

/* Bytes of the field before the caret. */
static size_t
before(const struct desk *d)
{
	return strlen(d->item->value) - d->view->tail;
}

/* The text before the caret, in the hand. */
static size_t
front(struct desk *d)
{
	size_t n = before(d);

	if (n >= FIELD_ROOM)
		n = 0;
	memcpy(d->hand->value, d->item->value, n);
	d->hand->value[n] = '\0';
	return n;
}

static void
caret_left(struct desk *d)
{
	size_t n = front(d);

	d->view->tail += text_last(d->hand->value);
	memset(d->hand->value, 0, n);
}

static void
caret_right(struct desk *d)
{
	d->view->tail -= text_first(d->item->value + before(d));
}

static void
caret_home(struct desk *d)
{
	d->view->tail = strlen(d->item->value);
}

static void
caret_end(struct desk *d)
{
	d->view->tail = 0;
}

/* The field becomes: `n` bytes in the hand, then `rest`. */
static void
become(struct desk *d, size_t n, const char *rest)
{
	(void)snprintf(d->hand->value + n, sizeof(d->hand->value) - n, "%s",
	    rest);
	say(d, EV_SET, d->item->id, d->hand->value);
}

static void
rub_left(struct desk *d)
{
	const char *rest = d->item->value + before(d);
	size_t n = front(d);

	if (n > 0)
		become(d, n - text_last(d->hand->value), rest);
}

static void
rub_right(struct desk *d)
{
	const char *rest = d->item->value + before(d);
	size_t one = text_first(rest), n = front(d);

	if (one == 0)
		return;
	d->view->tail -= one;
	become(d, n, rest + one);
}

/* A letter into the field, when there is room for it and it is one. */
static void
insert(struct desk *d)
{
	const char *s = d->stroke->text, *rest = d->item->value + before(d);
	size_t add = strlen(s), n = strlen(d->item->value) + add;

	if (n > d->item->max || n >= FIELD_ROOM || !text_is_clean(s))
		return;
	n = front(d);
	memcpy(d->hand->value + n, s, add);
	become(d, n + add, rest);
}

typedef void action(struct desk *d);

#define STROKE_ROW(name, in_field, elsewhere)                                \
	[STROKE_##name] = { in_field, elsewhere },
static const struct {
	action *in_field, *elsewhere;
} actions[STROKE_COUNT] = { STROKES(STROKE_ROW) };
#undef STROKE_ROW

void
keys_take(struct view *v, const struct page *p, const struct measure *m,
    const struct stroke *k, struct hand *hand, struct event *ev)
{
	struct desk d = {
		.view = v, .page = p, .measure = m, .stroke = k,
		.hand = hand, .ev = ev
	};

	*ev = (struct event){ .kind = EV_NONE };
	(void)view_settle(v, p, m);
	v->touched = false;
	d.item = view_item(v, p);
	if (d.item != NULL && d.item->kind == ITEM_FIELD)
		actions[k->kind].in_field(&d);
	else
		actions[k->kind].elsewhere(&d);
}
