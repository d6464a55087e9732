/*
 * hostile: tests/cards/hostile.card on its whole way to the terminal: read
 * from the card, written as a line of guichet-card, read back.
 */
#ifndef GUICHET_TESTS_HOSTILE_H
#define GUICHET_TESTS_HOSTILE_H

#include "card/line.h"
#include "card/played.h"
#include "card/vitale.h"
#include "tests/screens/world.h"

/* Its names in hexadecimal, as the file has them. */
#define HOSTILE_FAMILY "45535341491b5b324a07"
#define HOSTILE_GIVEN  "414c41494e9b33316dad0a424953857f"

/* The one person on it. */
static inline void
hostile_bearer(struct bearer *out)
{
	static struct card_news news;
	struct vitale files = { .names = { .p = NULL } };
	struct played *p = NULL;
	struct card_io io;
	struct buf line;

	memset(&news, 0, sizeof(news));
	news.kind = NEWS_CARD;
	news.epoch = 1;
	buf_init(&line);
	if (played_load("tests/cards/hostile.card", true, -1, &p) != ERR_OK ||
	    vitale_init(&files) != ERR_OK)
		abort();
	io = played_io(p);
	if (io.begin(io.own, "Lecteur de demonstration 00 00") != ERR_OK ||
	    vitale_read(&files, &io, news.bearers, &news.n) != ERR_OK ||
	    line_write(&news, &line) != ERR_OK)
		abort();
	line.p[line.len - 1] = '\0'; /* the newline */
	if (line_read((const char *)line.p, &news) != ERR_OK)
		abort();
	*out = news.bearers[0];
	buf_clear(&line);
	vitale_clear(&files);
	io.free(io.own);
}

#endif
