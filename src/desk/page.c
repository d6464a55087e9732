/* page: the builders of a page; every text is copied into its locked room. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/secret.h"
#include "desk/page.h"

#define DOT "•"

struct page *
page_new(void)
{
	struct page *p = secret_alloc(sizeof(*p));

	if (p == NULL)
		return NULL;
	if ((p->room = secret_alloc(PAGE_ROOM)) == NULL) {
		secret_free(p);
		return NULL;
	}
	return p;
}

void
page_free(struct page *p)
{
	if (p == NULL)
		return;
	secret_free(p->room);
	secret_free(p);
}

/* n bytes of the room, or the end of the program: the page is too full. */
static char *
take(struct page *p, size_t n)
{
	char *at = p->room + p->used;

	if (n > PAGE_ROOM - p->used)
		abort();
	p->used += n;
	return at;
}

static const char *
keep(struct page *p, const char *text)
{
	size_t n;

	if (text == NULL)
		return NULL;
	n = strlen(text) + 1;
	return memcpy(take(p, n), text, n);
}

static const char *
keep_id(struct page *p, const char *id)
{
	if (strlen(id) >= PAGE_ID)
		abort();
	return keep(p, id);
}

static const char *vkeepf(struct page *p, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

static const char *
vkeepf(struct page *p, const char *fmt, va_list ap)
{
	size_t left = PAGE_ROOM - p->used;
	char *at = p->room + p->used;
	int n = vsnprintf(at, left, fmt, ap);

	if (n < 0 || (size_t)n >= left)
		abort();
	return take(p, (size_t)n + 1);
}

static const char *keepf(struct page *p, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static const char *
keepf(struct page *p, const char *fmt, ...)
{
	va_list ap;
	const char *at;

	va_start(ap, fmt);
	at = vkeepf(p, fmt, ap);
	va_end(ap);
	return at;
}

static struct item *
add(struct page *p, enum item_kind kind, const char *label)
{
	struct item *it;

	if (p->n == PAGE_ITEMS)
		abort();
	it = &p->item[p->n++];
	*it = (struct item){ .kind = kind };
	it->label = keep(p, label);
	return it;
}

void
page_begin(struct page *p, const char *name)
{
	char *room = p->room;

	secret_wipe(room, p->used);
	secret_wipe(p, sizeof(*p));
	p->room = room;
	p->name = keep_id(p, name);
}

void
page_step(struct page *p, unsigned n, unsigned of, const char *part)
{
	p->step = keepf(p, _("Étape %u sur %u · %s"), n, of, part);
}

void
page_title(struct page *p, const char *text)
{
	p->title = keep(p, text);
}

void
page_site(struct page *p, const char *site, const char *lang,
    const char *hour, const char *banner)
{
	p->site = keep(p, site);
	p->lang = keep(p, lang);
	p->hour = keep(p, hour);
	p->banner = keep(p, banner);
}

void
page_status(struct page *p, const char *text)
{
	p->status = keep(p, text);
}

void
page_key(struct page *p, const char *key, const char *label)
{
	if (p->nkeys == PAGE_KEYS)
		abort();
	p->keys[p->nkeys++] = (struct page_key){
		.key = keep(p, key), .label = keep(p, label)
	};
}

void
page_focus(struct page *p, const char *id)
{
	p->focus = keep(p, id);
}

void
page_fresh(struct page *p, const char *mark)
{
	p->fresh = keep(p, mark);
}

void
page_para(struct page *p, const char *text)
{
	(void)add(p, ITEM_PARA, text);
}

void
page_parf(struct page *p, const char *fmt, ...)
{
	struct item *it = add(p, ITEM_PARA, NULL);
	va_list ap;

	va_start(ap, fmt);
	it->label = vkeepf(p, fmt, ap);
	va_end(ap);
}

void
page_warn(struct page *p, const char *text)
{
	add(p, ITEM_PARA, text)->flags = ITEM_WARN;
}

void
page_alarm(struct page *p, const char *text)
{
	add(p, ITEM_PARA, text)->flags = ITEM_WARN | ITEM_ALARM;
}

void
page_heading(struct page *p, const char *text)
{
	(void)add(p, ITEM_HEADING, text);
}

void
page_notice(struct page *p, const char *text)
{
	add(p, ITEM_NOTICE, text)->id = NOTICE_ID;
}

void
page_fact(struct page *p, const char *label, const char *value)
{
	struct item *it = add(p, ITEM_FACT, label);

	it->value = keep(p, value);
}

static struct item *
add_choice(struct page *p, const char *id, char key, const char *label)
{
	struct item *it = add(p, ITEM_CHOICE, label);

	it->id = keep_id(p, id);
	it->key = key;
	return it;
}

void
page_choice(struct page *p, const char *id, char key, const char *label)
{
	(void)add_choice(p, id, key, label);
}

void
page_hold(struct page *p, const char *id, char key, const char *label)
{
	add_choice(p, id, key, label)->flags = ITEM_HOLD;
}

void
page_legal(struct page *p, const char *id, char key, const char *label)
{
	if (key == 0) /* nothing could ever make it */
		abort();
	add_choice(p, id, key, label)->flags = ITEM_LEGAL;
}

void
page_option(struct page *p, const char *id, const char *label,
    const struct page_value *values, const char *value)
{
	struct item *it = add(p, ITEM_OPTION, label);

	it->id = keep_id(p, id);
	it->value = keep(p, value == NULL ? "" : value);
	for (size_t i = 0; values[i].id != NULL; i++) {
		if (i == ITEM_VALUES)
			abort();
		it->values[i] = keep(p, values[i].id);
		it->labels[i] = keep(p, values[i].label);
		it->nvalues = i + 1;
	}
}

void
page_tick(struct page *p, const char *id, const char *label, bool on)
{
	struct item *it = add(p, ITEM_OPTION, label);

	it->id = keep_id(p, id);
	it->flags = on ? ITEM_CHECKED : 0;
	it->value = on ? "yes" : "no";
	it->values[0] = "no";
	it->values[1] = "yes";
	it->nvalues = 2;
}

bool
item_is_tick(const struct item *it)
{
	return it->kind == ITEM_OPTION && it->labels[0] == NULL;
}

bool
item_acts(const struct item *it)
{
	return it->kind == ITEM_CHOICE || it->kind == ITEM_OPTION ||
	    it->kind == ITEM_FIELD;
}

void
page_field(struct page *p, const char *id, const char *label,
    const char *value, size_t max, const char *hint, const char *error)
{
	struct item *it = add(p, ITEM_FIELD, label);

	it->id = keep_id(p, id);
	it->value = keep(p, value == NULL ? "" : value);
	it->max = max;
	it->hint = keep(p, hint);
	it->error = keep(p, error);
}

void
page_secret(struct page *p, const char *id, const char *label,
    const char *value, size_t max, const char *hint)
{
	page_field(p, id, label, value, max, hint, NULL);
	p->item[p->n - 1].flags = ITEM_HIDDEN;
}

/* A dot for each letter, so that no face ever holds what is covered. */
static const char *
cover(struct page *p, const char *groups)
{
	size_t n = strlen(groups);
	char *out = take(p, n * (sizeof(DOT) - 1) + 1), *at = out;

	for (; *groups != '\0'; groups++) {
		if (*groups == ' ')
			*at++ = ' ';
		else if (((unsigned char)*groups & 0xC0) != 0x80) {
			memcpy(at, DOT, sizeof(DOT) - 1);
			at += sizeof(DOT) - 1;
		}
	}
	*at = '\0';
	return out;
}

void
page_code(struct page *p, const char *label, const char *groups, bool hidden)
{
	struct item *it = add(p, ITEM_CODE, label);

	it->flags = hidden ? ITEM_HIDDEN : 0;
	it->value = hidden ? cover(p, groups) : keep(p, groups);
}

void
page_drawing(struct page *p, const char *art, const char *words)
{
	struct item *it = add(p, ITEM_DRAWING, words);

	it->art = keep(p, art);
}

void
page_wait(struct page *p, const char *text)
{
	(void)add(p, ITEM_WAIT, text);
}

const struct item *
page_find(const struct page *p, const char *id)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->item[i].id != NULL && strcmp(p->item[i].id, id) == 0)
			return &p->item[i];
	return NULL;
}
