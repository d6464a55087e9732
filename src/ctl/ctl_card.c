/* ctl_card: each reader, what is in it, and what to do about it. */
#include <string.h>

#include "base/text.h"
#include "card/pcsc.h"
#include "card/readers.h"
#include "ctl/ctl.h"
#include "ctl/list.h"

static const char *const none[] = { NULL };

static enum err
print_json(struct ctl *c, const char *reader, enum reader_state state)
{
	const struct list list = { .c = c };
	json_t *o = json_object();

	list_text(o, "reader", reader);
	list_text(o, "state", reader_word(state));
	list_number(o, "code", (uint64_t)err_number(reader_err(state)));
	list_text(o, "todo", err_todo(reader_err(state)));
	return list_object(&list, o);
}

/* One line a reader, and what to do where something is to be done. */
static enum err
print_reader(struct ctl *c, const char *reader, enum reader_state state)
{
	char name[READER_NAME_ROOM];
	enum err e = reader_err(state), r;
	bool altered;

	if ((r = text_clean(reader, strlen(reader), name, sizeof(name),
	    &altered)) != ERR_OK)
		return r;
	if (c->json)
		return print_json(c, name, state);
	if (e == ERR_OK)
		fprintf(c->out, "%s : une carte Vitale, prête.\n", name);
	else
		fprintf(c->out, "%s : %s %s (G-%03d)\n", name, err_what(e),
		    err_todo(e), err_number(e));
	return ERR_OK;
}

static enum err
card_list(struct ctl *c)
{
	struct card_io io = { .free = NULL };
	struct slots now;
	enum err r;

	if ((r = ctl_words(c, none, 0)) != ERR_OK ||
	    (r = pcsc_open(-1, &io)) != ERR_OK)
		return r;
	memset(&now, 0, sizeof(now));
	r = io.wait(io.own, 0, &now);
	for (size_t i = 0; r == ERR_OK && i < now.n; i++)
		r = print_reader(c, now.slot[i].name,
		    slot_state(&now.slot[i]));
	io.free(io.own);
	return r;
}

const struct ctl_verb ctl_card_verbs[] = {
	{ "card list", "", "montre les lecteurs, ce qu'ils tiennent et quoi "
	    "faire", card_list },
	{ .words = NULL },
};
