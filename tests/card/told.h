/*
 * told: a watch over played cards, and its news as one short text.
 *
 *	"vitale card1:ESSAI gone1 empty "
 */
#ifndef GUICHET_TESTS_CARD_TOLD_H
#define GUICHET_TESTS_CARD_TOLD_H

#include <stdio.h>
#include <string.h>

#include "card/played.h"
#include "card/watch.h"

struct told {
	struct played *played;
	struct card_io io;
	struct watch w;
	char text[2048];
	struct card_news card; /* the last */
};

__attribute__((unused)) static enum err
told_take(void *to, const struct card_news *news)
{
	struct told *t = to;
	const size_t n = strlen(t->text), room = sizeof(t->text) - n;

	switch (news->kind) {
	case NEWS_READER:
		(void)snprintf(t->text + n, room, "%s ",
		    reader_word(news->state));
		break;
	case NEWS_CARD:
		t->card = *news;
		(void)snprintf(t->text + n, room, "card%u:%s ", news->epoch,
		    news->bearers[0].given);
		break;
	case NEWS_GONE:
		(void)snprintf(t->text + n, room, "gone%u ", news->epoch);
		break;
	}
	return ERR_OK;
}

/* Nothing is in yet. */
__attribute__((unused)) static enum err
told_start(struct told *t, const char *const texts[], size_t n)
{
	enum err r;

	memset(t, 0, sizeof(*t));
	if ((r = played_text(texts, n, &t->played)) != ERR_OK)
		return r;
	t->io = played_io(t->played);
	return watch_init(&t->w, &t->io, told_take, t);
}

__attribute__((unused)) static void
told_end(struct told *t)
{
	watch_clear(&t->w);
	t->io.free(t->io.own);
}

/* Steps until nothing more comes by itself; what was said since. */
__attribute__((unused)) static const char *
told_settle(struct told *t)
{
	bool ended;

	t->text[0] = '\0';
	for (int i = 0; i < 40; i++)
		if (watch_step(&t->w, &ended) != ERR_OK)
			return "error";
	return t->text;
}

__attribute__((unused)) static const char *
told_after(struct told *t, const char *command)
{
	if (played_command(t->played, command) != ERR_OK)
		return "not a command";
	return told_settle(t);
}

#endif
