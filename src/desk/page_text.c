/* page_text: a page as plain text, an item after the other: golden files. */
#include <string.h>

#include "desk/page.h"

/* The word before each kind of item. */
static const char *const words[] = {
	[ITEM_PARA] = "para",	  [ITEM_HEADING] = "heading",
	[ITEM_NOTICE] = "notice", [ITEM_CHOICE] = "choice",
	[ITEM_OPTION] = "option", [ITEM_FIELD] = "field",
	[ITEM_FACT] = "fact",	  [ITEM_CODE] = "code",
	[ITEM_DRAWING] = "drawing", [ITEM_WAIT] = "wait",
};

/* "name  text"; the further lines of a text stand under its first. */
static enum err
put_line(struct buf *out, const char *name, const char *text)
{
	enum err r;

	if (text == NULL)
		return ERR_OK;
	if ((r = buf_putf(out, "%-8s", name)) != ERR_OK)
		return r;
	for (; *text != '\0' && r == ERR_OK; text++) {
		r = buf_put_u8(out, (uint8_t)*text);
		if (r == ERR_OK && *text == '\n' && text[1] != '\n')
			r = buf_put_text(out, "        ");
	}
	return r == ERR_OK ? buf_put_u8(out, '\n') : r;
}

static const char *
word_of(const struct item *it)
{
	if (it->flags & ITEM_WARN)
		return "warning";
	if (it->flags & ITEM_LEGAL)
		return "legal";
	return item_is_tick(it) ? "tick" : words[it->kind];
}

/* "[o] yes: Oui, je consens", and the same way for the others. */
static enum err
put_head(const struct item *it, struct buf *out)
{
	enum err r;

	if (it->kind == ITEM_NOTICE || it->id == NULL)
		return put_line(out, word_of(it), it->label);
	if ((r = buf_putf(out, "%-8s", word_of(it))) != ERR_OK)
		return r;
	if (it->key != 0)
		r = buf_putf(out, "[%c] ", it->key);
	else if (item_is_tick(it))
		r = buf_putf(out, "[%c] ",
		    it->flags & ITEM_CHECKED ? 'x' : ' ');
	return r != ERR_OK ? r : buf_putf(out, "%s: %s\n", it->id, it->label);
}

static enum err
put_values(const struct item *it, struct buf *out)
{
	enum err r = ERR_OK;

	if (it->kind != ITEM_OPTION || item_is_tick(it))
		return ERR_OK;
	for (size_t i = 0; i < it->nvalues && r == ERR_OK; i++)
		r = buf_putf(out, "        (%c) %s: %s\n",
		    strcmp(it->values[i], it->value) == 0 ? '*' : ' ',
		    it->values[i], it->labels[i]);
	return r;
}

/* What is typed there is in no golden file either. */
static bool
is_covered(const struct item *it)
{
	return it->kind == ITEM_FIELD && it->flags & ITEM_HIDDEN &&
	    it->value[0] != '\0';
}

static enum err
put_item(const struct item *it, struct buf *out)
{
	enum err r;

	if ((r = put_head(it, out)) != ERR_OK ||
	    (r = put_values(it, out)) != ERR_OK)
		return r;
	if (it->kind != ITEM_OPTION &&
	    (r = put_line(out, "      =", is_covered(it) ? "(caché)" :
	    it->value)) != ERR_OK)
		return r;
	if ((r = put_line(out, "   hint", it->hint)) != ERR_OK ||
	    (r = put_line(out, "  error", it->error)) != ERR_OK)
		return r;
	return put_line(out, "    art", it->art);
}

static enum err
put_top(const struct page *p, struct buf *out)
{
	enum err r;

	if ((r = put_line(out, "page", p->name)) != ERR_OK)
		return r;
	if (p->site != NULL &&
	    (r = buf_putf(out, "site    %s | %s | %s\n", p->site,
		 p->lang == NULL ? "" : p->lang,
		 p->hour == NULL ? "" : p->hour)) != ERR_OK)
		return r;
	if ((r = put_line(out, "banner", p->banner)) != ERR_OK ||
	    (r = put_line(out, "step", p->step)) != ERR_OK ||
	    (r = put_line(out, "title", p->title)) != ERR_OK)
		return r;
	return put_line(out, "focus", p->focus);
}

static enum err
put_bottom(const struct page *p, struct buf *out)
{
	enum err r = ERR_OK;

	for (size_t i = 0; i < p->nkeys && r == ERR_OK; i++)
		r = buf_putf(out, "key     %s: %s\n", p->keys[i].key,
		    p->keys[i].label);
	return r == ERR_OK ? put_line(out, "status", p->status) : r;
}

enum err
page_text(const struct page *p, struct buf *out)
{
	enum err r;

	r = put_top(p, out);
	for (size_t i = 0; i < p->n && r == ERR_OK; i++)
		r = put_item(&p->item[i], out);
	return r == ERR_OK ? put_bottom(p, out) : r;
}
