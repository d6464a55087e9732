/* say: sentences for each kind of item. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "desk/say.h"

/* A sentence: ended by a point unless it has an end of its own. */
static enum err
sentence(struct buf *out, const char *s)
{
	size_t n = strlen(s);
	const char *end = n > 0 && strchr(".!?:\n", s[n - 1]) ? "" : ".";

	return buf_putf(out, "%s%s\n", s, end);
}

/* "Étape 3 sur 6 · Votre accord" has a point where it has a sign. */
static enum err
parts(struct buf *out, const char *s)
{
	const char *dot;
	enum err r;

	while ((dot = strstr(s, " · ")) != NULL) {
		if ((r = buf_put(out, s, (size_t)(dot - s))) != ERR_OK ||
		    (r = buf_put_text(out, ". ")) != ERR_OK)
			return r;
		s = dot + strlen(" · ");
	}
	return sentence(out, s);
}

/* "4 8 2 1, K F T P": letter by letter, group by group. */
static enum err
spell(struct buf *out, const struct item *it)
{
	const char *s = it->value;
	enum err r;

	if ((r = buf_putf(out, "%s : ", it->label)) != ERR_OK)
		return r;
	if (it->flags & ITEM_HIDDEN)
		return buf_put_text(out, _("caché.\n"));
	for (; *s != '\0' && r == ERR_OK; s++) {
		bool last = s[1] == '\0' || s[1] == ' ';

		/* Bytes inside of a letter stay together. */
		if (((unsigned char)s[1] & 0xC0) == 0x80)
			r = buf_put(out, s, 1);
		else if (*s == ' ')
			r = buf_put_text(out, ", ");
		else
			r = buf_putf(out, "%c%s", *s, last ? "" : " ");
	}
	return r == ERR_OK ? buf_put_text(out, ".\n") : r;
}

static bool
is_remark(const struct item *it)
{
	return it->kind == ITEM_WAIT || it->flags & ITEM_WARN;
}

static enum err
say_item(const struct item *it, struct buf *out)
{
	enum err r;

	switch (it->kind) {
	case ITEM_PARA:
	case ITEM_HEADING:
	case ITEM_NOTICE:
	case ITEM_DRAWING:
	case ITEM_WAIT:
		if (it->flags & ITEM_WARN &&
		    (r = buf_put_text(out, _("Attention. "))) != ERR_OK)
			return r;
		return sentence(out, it->label);
	case ITEM_FACT:
		if ((r = buf_putf(out, "%s : ", it->label)) != ERR_OK)
			return r;
		return sentence(out, it->value);
	case ITEM_CODE:
		return spell(out, it);
	case ITEM_CHOICE:
	case ITEM_OPTION:
	case ITEM_FIELD:
		break;
	}
	return ERR_OK;
}

/* The first part of it; the others name keys that are not here. */
static enum err
say_banner(const struct page *p, struct buf *out)
{
	const char *end = strstr(p->banner, " · ");

	return buf_putf(out, "%.*s.\n", end == NULL ?
	    (int)strlen(p->banner) : (int)(end - p->banner), p->banner);
}

enum err
say_page(const struct page *p, struct buf *out)
{
	enum err r = ERR_OK;

	if (p->banner != NULL)
		r = say_banner(p, out);
	if (r == ERR_OK && p->step != NULL)
		r = parts(out, p->step);
	if (r == ERR_OK && p->title != NULL)
		r = sentence(out, p->title);
	for (size_t i = 0; i < p->n && r == ERR_OK; i++)
		if (!is_remark(&p->item[i]))
			r = say_item(&p->item[i], out);
	return r;
}

enum err
say_remarks(const struct page *p, struct buf *out)
{
	enum err r = ERR_OK;

	for (size_t i = 0; i < p->n && r == ERR_OK; i++)
		if (is_remark(&p->item[i]))
			r = say_item(&p->item[i], out);
	return r;
}

static enum err
say_tick(const struct item *it, struct buf *out)
{
	enum err r = sentence(out, it->label);

	return r != ERR_OK ? r : buf_putf(out,
	    _("1, puis Entrée : ne pas cocher. 2, puis Entrée : cocher.\n"
	      "Pour l'instant : %s. Entrée seule : garder.\n"),
	    it->flags & ITEM_CHECKED ? _("coché") : _("pas coché"));
}

static enum err
say_option(const struct item *it, struct buf *out)
{
	const char *now = NULL;
	enum err r;

	if ((r = sentence(out, it->label)) != ERR_OK)
		return r;
	for (size_t i = 0; i < it->nvalues && r == ERR_OK; i++) {
		r = buf_putf(out, _("%zu, puis Entrée : %s.\n"), i + 1,
		    it->labels[i]);
		if (strcmp(it->values[i], it->value) == 0)
			now = it->labels[i];
	}
	if (r != ERR_OK)
		return r;
	if (now == NULL)
		return buf_put_text(out, _("Pas encore de réponse.\n"));
	return buf_putf(out,
	    _("Pour l'instant : %s. Entrée seule : garder.\n"), now);
}

static enum err
say_field(const struct item *it, struct buf *out)
{
	enum err r;

	if ((r = sentence(out, it->label)) != ERR_OK ||
	    (it->hint != NULL && (r = sentence(out, it->hint)) != ERR_OK))
		return r;
	if (it->flags & ITEM_HIDDEN)
		return buf_put_text(out, _("Tapez la réponse, puis "
		    "Entrée. Elle ne se montre pas.\n"));
	if (*it->value == '\0')
		return buf_put_text(out, _("Tapez la réponse, puis "
		    "Entrée. Entrée seule : laisser vide.\n"));
	return buf_putf(out, _("Pour l'instant : %s\nTapez la réponse, "
	    "puis Entrée. Entrée seule : garder. Un tiret seul : effacer.\n"),
	    it->value);
}

enum err
say_question(const struct item *it, struct buf *out)
{
	enum err r;

	if (it->error != NULL &&
	    ((r = buf_put_text(out, _("À corriger. "))) != ERR_OK ||
	    (r = sentence(out, it->error)) != ERR_OK))
		return r;
	if (it->kind == ITEM_FIELD)
		return say_field(it, out);
	return item_is_tick(it) ? say_tick(it, out) : say_option(it, out);
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The letter or the number that makes choice i. */
static void
handle_of(const struct page *p, size_t i, char out[8])
{
	unsigned n = 1;

	if (p->item[i].key != 0) {
		out[0] = lower(p->item[i].key);
		out[1] = '\0';
		return;
	}
	for (size_t k = 0; k < i; k++)
		n += p->item[k].kind == ITEM_CHOICE && p->item[k].key == 0;
	(void)snprintf(out, 8, "%u", n);
}

const struct item *
say_chosen(const struct page *p, const char *line)
{
	char handle[8], typed[8];
	size_t n = strlen(line);

	if (n == 0 || n >= sizeof(typed))
		return NULL;
	for (size_t i = 0; i <= n; i++)
		typed[i] = lower(line[i]);
	for (size_t i = 0; i < p->n; i++) {
		if (p->item[i].kind != ITEM_CHOICE)
			continue;
		handle_of(p, i, handle);
		if (strcmp(handle, typed) == 0)
			return &p->item[i];
	}
	return NULL;
}

/* What the page says that the key does, or NULL. */
static const char *
label_of(const struct page *p, const char *key)
{
	for (size_t i = 0; i < p->nkeys; i++)
		if (strcmp(p->keys[i].key, key) == 0)
			return p->keys[i].label;
	return NULL;
}

static enum err
say_commands(const struct page *p, struct buf *out)
{
#define COMMAND_ROW(letter, word, key, event) { letter, word, N_(key) },
	static const struct {
		const char *letter, *word, *key;
	} commands[] = { SAY_COMMANDS(COMMAND_ROW) };
#undef COMMAND_ROW
	enum err r = ERR_OK;

	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands) &&
	    r == ERR_OK; i++) {
		const char *label = label_of(p, _(commands[i].key));
		bool taken = say_chosen(p, commands[i].letter) != NULL;

		if (label != NULL)
			r = buf_putf(out, _("%s, puis Entrée : %s. "),
			    taken ? commands[i].word : commands[i].letter,
			    label);
	}
	if (r == ERR_OK)
		r = buf_put_text(out, _("=, puis Entrée : État.\n"));
	if (r == ERR_OK && p->banner != NULL)
		r = buf_putf(out, _("%s, puis Entrée : Mettre ou retirer "
		    "la carte. %s, puis Entrée : La changer.\n"),
		    SAY_CARD, SAY_SWAP);
	return r;
}

enum err
say_choices(const struct page *p, struct buf *out)
{
	char handle[8];
	enum err r = ERR_OK;

	for (size_t i = 0; i < p->n && r == ERR_OK; i++) {
		if (p->item[i].kind != ITEM_CHOICE)
			continue;
		handle_of(p, i, handle);
		if ((r = buf_putf(out, _("%s, puis Entrée : "), handle)) ==
		    ERR_OK)
			r = sentence(out, p->item[i].label);
	}
	return r == ERR_OK ? say_commands(p, out) : r;
}

enum err
say_status(const struct page *p, struct buf *out)
{
	enum err r = ERR_OK;

	if (p->site != NULL)
		r = sentence(out, p->site);
	if (r == ERR_OK && p->hour != NULL)
		r = buf_putf(out, _("Il est %s.\n"), p->hour);
	if (r == ERR_OK && p->status != NULL)
		r = parts(out, p->status);
	return r;
}
