/* face_line_take: what a typed line does: command, answer or choice. */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "desk/face_line.h"
#include "desk/say.h"

enum err
line_flush(struct line_face *l)
{
	enum err r = fd_write_all(l->out, l->text.p, l->text.len);

	buf_reset(&l->text);
	return r == ERR_OK ? r : err_about(ERR_TERMINAL, "--face line");
}

bool
line_asks(const struct item *it)
{
	return it->kind == ITEM_OPTION || it->kind == ITEM_FIELD;
}

size_t
line_question(const struct page *p, size_t i)
{
	while (i < p->n && !line_asks(&p->item[i]))
		i++;
	return i < p->n ? i : PAGE_ITEMS;
}

static enum err
answer(struct line_face *l, const char *text)
{
	enum err r = buf_putf(&l->text, "%s\n" PROMPT, text);

	return r == ERR_OK ? line_flush(l) : r;
}

static void
event_of(struct line_face *l, struct event *ev, enum event_kind kind,
    const char *id, const char *value)
{
	ev->kind = kind;
	if (id != NULL) {
		memcpy(l->hand.id, id, strlen(id) + 1);
		ev->id = l->hand.id;
	}
	if (value != NULL) {
		memcpy(l->hand.value, value, strlen(value) + 1);
		ev->value = l->hand.value;
	}
}

/* Is the line a command? A choice of the same letter goes before. */
static bool
is_command(struct line_face *l, const struct page *p, struct event *ev)
{
#define COMMAND_ROW(letter, word, key, event) { letter, word, event },
	static const struct {
		const char *letter, *word;
		enum event_kind kind;
	} commands[] = { SAY_COMMANDS(COMMAND_ROW) };
#undef COMMAND_ROW
	bool choosing = l->at >= p->n;

	if (p->banner != NULL && strcmp(l->in.text, SAY_CARD) == 0)
		event_of(l, ev, EV_PICK, CARD_INSERT_PULL, NULL);
	if (p->banner != NULL && strcmp(l->in.text, SAY_SWAP) == 0)
		event_of(l, ev, EV_PICK, CARD_SWAP, NULL);
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		bool taken = choosing &&
		    say_chosen(p, commands[i].letter) != NULL;

		if (strcmp(l->in.text, commands[i].word) == 0 ||
		    (!taken && strcmp(l->in.text, commands[i].letter) == 0)) {
			ev->kind = commands[i].kind;
			return true;
		}
	}
	return ev->kind != EV_NONE;
}

/* On to the next question; it is asked at the next paint. */
static void
go_on(struct line_face *l, const struct page *p, struct event *ev)
{
	l->at = line_question(p, l->at + 1);
	l->asked = false;
	if (ev->kind == EV_NONE)
		ev->kind = EV_TICK;
}

static enum err
take_option(struct line_face *l, const struct page *p, struct event *ev)
{
	const struct item *it = &p->item[l->at];
	size_t i = (size_t)(l->in.text[0] - '1');

	if (l->in.len == 0) {
		if (*it->value != '\0')
			go_on(l, p, ev);
		else
			return answer(l, _("Il faut un chiffre de la liste."));
		return ERR_OK;
	}
	if (l->in.len != 1 || i >= it->nvalues)
		return answer(l, _("Tapez un chiffre de la liste."));
	event_of(l, ev, EV_SET, it->id, it->values[i]);
	go_on(l, p, ev);
	return ERR_OK;
}

static enum err
take_field(struct line_face *l, const struct page *p, struct event *ev)
{
	const struct item *it = &p->item[l->at];

	if (l->in.len > it->max || l->in.len >= FIELD_ROOM)
		return answer(l, _("C'est trop long ; tapez la réponse en "
		    "plus court."));
	if (l->in.len > 0)
		event_of(l, ev, EV_SET, it->id,
		    strcmp(l->in.text, "-") == 0 ? "" : l->in.text);
	go_on(l, p, ev);
	return ERR_OK;
}

static enum err
take_choice(struct line_face *l, const struct page *p, struct event *ev)
{
	const struct item *it = say_chosen(p, l->in.text);
	enum err r;

	if (it != NULL) {
		/* The page may stay, ask again, and say what is wrong. */
		l->asked = false;
		memset(l->said.errors, 0, sizeof(l->said.errors));
		l->at = line_question(p, 0);
		event_of(l, ev, EV_PICK, it->id, NULL);
		return ERR_OK;
	}
	if (strcmp(l->in.text, "=") == 0) {
		r = say_status(p, &l->text);
		return r == ERR_OK ? answer(l, "") : r;
	}
	if (l->in.len > 0)
		return answer(l, _("Ce n'est pas dans la liste. Entrée "
		    "seule la répète."));
	memset(&l->said, 0, sizeof(l->said)); /* say it all again */
	ev->kind = EV_TICK;
	return ERR_OK;
}

enum err
line_take(struct line_face *l, const struct page *p, struct event *ev)
{
	if (l->in.skips || strlen(l->in.text) != l->in.len)
		return answer(l, _("Cette ligne n'est pas comprise ; "
		    "tapez-la de nouveau."));
	if (!text_is_clean(l->in.text))
		return answer(l, _("Cette ligne contient des caractères "
		    "refusés ; tapez-la de nouveau."));
	if (is_command(l, p, ev))
		return ERR_OK;
	if (l->at >= p->n)
		return take_choice(l, p, ev);
	if (p->item[l->at].kind == ITEM_FIELD)
		return take_field(l, p, ev);
	return take_option(l, p, ev);
}
