/*
 * table: every card file × torn at every command × each way to tear it.
 *
 * In each cell a card is put in, torn, and then the witness's card is put in.
 * Whatever is told must be one of two whole truths, the card's own or the
 * witness's; epochs only grow; each card is gone before the next one comes.
 * Cells of files without faults of their own must also end as their tear
 * says. Prints what was seen, a line a file, and the sum.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <dirent.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/secret.h"
#include "told.h"

#define CARDS	    "tests/cards"
#define FILES_MAX   96
#define CELLS_LEAST 1500
#define WITNESS	    "TEMOIN"

static const char witness[] =
    "guichet-card 1\n"
    "atr 3B 75 13 00 00 47 09 EA 90 00\n"
    "app root\nfile 2 - : 65{ 80\"" WITNESS "\" 81\"" WITNESS "\" }\n"
    "app D250000002 \"VITALE\"\n"
    "file 2 - : 65{ 93\"253072A07300443\" }\n";

static const struct {
	enum sim_deed deed;
	const char *word;
} deeds[] = { { SIM_PULL, "pull" }, { SIM_RESET, "reset" },
	{ SIM_SWAP, "swap" }, { SIM_MUTE, "mute" } };
#define NDEEDS (sizeof(deeds) / sizeof(deeds[0]))

/* All that a file says untorn: its card, the one in its second slot, the one
 * that its own swap brings. */
struct truths {
	struct card_news is[4];
	size_t n;
	bool readable; /* the card of the first slot was read at once */
	unsigned commands;
};

/* A watch whose every word is judged as it is said. */
struct cell {
	struct told t; /* first: told_take is handed this */
	const struct truths *truths;
	uint32_t epoch, live;
	unsigned told_truth, told_witness, bad;
};

static unsigned cells, lines_told;

static bool
same_people(const struct card_news *a, const struct card_news *b)
{
	return a->n == b->n && memcmp(a->bearers, b->bearers,
	    a->n * sizeof(a->bearers[0])) == 0;
}

static bool
is_witness(const struct card_news *news)
{
	return news->n == 1 && strcmp(news->bearers[0].family, WITNESS) == 0 &&
	    strcmp(news->bearers[0].given, WITNESS) == 0 &&
	    strcmp(news->bearers[0].nir, "253072A073004") == 0;
}

static bool
is_true(const struct truths *t, const struct card_news *news)
{
	for (size_t i = 0; i < t->n; i++)
		if (same_people(&t->is[i], news))
			return true;
	return false;
}

static void
judge_card(struct cell *c, const struct card_news *news)
{
	lines_told++;
	if (c->live != 0 || news->epoch <= c->epoch)
		c->bad++;
	c->live = c->epoch = news->epoch;
	if (is_witness(news))
		c->told_witness++;
	else if (is_true(c->truths, news))
		c->told_truth++;
	else
		c->bad++;
}

static enum err
judge(void *to, const struct card_news *news)
{
	struct cell *c = to;

	if (news->kind == NEWS_CARD) {
		judge_card(c, news);
	} else if (news->kind == NEWS_GONE) {
		if (c->live == 0 || news->epoch != c->live)
			c->bad++;
		c->live = 0;
	}
	return told_take(&c->t, news);
}

/* A file and the witness in one reader. */
static void
cell_start(struct cell *c, const char *text)
{
	const char *const texts[] = { text, witness };

	assert_int_equal(told_start(&c->t, texts, 2), ERR_OK);
	c->t.w.tell = judge;
	c->t.w.to = c;
}

static void
learn(struct truths *t, struct told *told)
{
	if (told->card.n > 0 && !is_witness(&told->card))
		t->is[t->n++] = told->card;
	told->card.n = 0;
}

static void
play_whole(const char *text, struct truths *t)
{
	struct cell c = { .truths = t };

	memset(t, 0, sizeof(*t));
	cell_start(&c, text);
	c.t.w.tell = told_take;
	c.t.w.to = &c.t;
	(void)told_after(&c.t, "insert");
	learn(t, &c.t);
	t->readable = t->n > 0;
	t->commands = played_count(c.t.played, 0);
	(void)told_after(&c.t, "pull 1");
	learn(t, &c.t);
	(void)told_after(&c.t, "pull");
	(void)told_after(&c.t, "insert 1");
	learn(t, &c.t);
	(void)told_after(&c.t, "swap 1");
	learn(t, &c.t);
	told_end(&c.t);
}

/* Cells without faults of their own must end as their tear says. */
static bool
ends_right(const struct cell *c, enum sim_deed deed, bool readable)
{
	switch (deed) {
	case SIM_RESET:
		return c->told_truth == (readable ? 1u : 0u);
	case SIM_SWAP:
		return c->told_truth == 0 && c->told_witness == 1;
	default: /* pulled or mute: nothing was read of it */
		return c->told_truth == 0;
	}
}

/* Words seen in one cell, and how often a file had just these. */
struct seen {
	char words[128];
	unsigned times;
};

static void
count_seen(struct seen *seen, size_t room, const char *words)
{
	for (size_t i = 0; i < room; i++) {
		if (seen[i].times == 0)
			(void)snprintf(seen[i].words, sizeof(seen[i].words),
			    "%s", words);
		if (strcmp(seen[i].words, words) == 0) {
			seen[i].times++;
			return;
		}
	}
}

static void
play_cell(const char *name, const char *text, const struct truths *truths,
    unsigned at, size_t d, struct seen *seen)
{
	const bool plain = strstr(text, "\nfault ") == NULL &&
	    strstr(text, "\nslot") == NULL;
	struct cell c = { .truths = truths };
	bool right;

	cell_start(&c, text);
	(void)told_settle(&c.t);
	assert_int_equal(played_command(c.t.played, "insert"), ERR_OK);
	played_tear(c.t.played, 0, at, deeds[d].deed);
	count_seen(seen, 4, told_settle(&c.t));
	right = !plain || ends_right(&c, deeds[d].deed, truths->readable);
	/* And then somebody else. */
	(void)told_after(&c.t, "pull");
	right = right && c.live == 0;
	c.told_witness = 0;
	(void)told_after(&c.t, "swap");
	right = right && c.told_witness == 1;
	cells++;
	if (c.bad > 0 || !right)
		fail_msg("%s, %s at command %u: %u mixed, %s", name,
		    deeds[d].word, at, c.bad, right ? "right" : "not right");
	told_end(&c.t);
}

static void
play_file(const char *name, const char *text)
{
	static struct truths truths;

	play_whole(text, &truths);
	printf("# %-22s %3u", name, truths.commands);
	for (size_t d = 0; d < NDEEDS; d++) {
		struct seen seen[4] = { { "", 0 } };

		for (unsigned at = 1; at <= truths.commands; at++)
			play_cell(name, text, &truths, at, d, seen);
		printf(" | %s:", deeds[d].word);
		for (size_t i = 0; i < 4 && seen[i].times > 0; i++)
			printf(" %u× %s", seen[i].times, seen[i].words);
	}
	printf("\n");
}

static int
is_card(const struct dirent *e)
{
	return strstr(e->d_name, ".card") != NULL;
}

static void
the_whole_table(void **state)
{
	struct dirent **names;
	const int n = scandir(CARDS, &names, is_card, alphasort);

	(void)state;
	assert_in_range(n, 25, FILES_MAX);
	printf("# %-22s commands, and the states seen for each tear\n",
	    "card file");
	for (int i = 0; i < n; i++) {
		char path[PATH_ROOM];
		struct buf text;

		buf_init(&text);
		assert_int_equal(path_join(CARDS, names[i]->d_name, path),
		    ERR_OK);
		assert_int_equal(file_read(path, 1 << 18, &text), ERR_OK);
		assert_int_equal(buf_terminate(&text), ERR_OK);
		play_file(names[i]->d_name, (const char *)text.p);
		buf_clear(&text);
		free(names[i]);
	}
	free(names);
	printf("# %d files, %u cells, %u card lines told, none mixed\n", n,
	    cells, lines_told);
	assert_in_range(cells, CELLS_LEAST, UINT32_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_whole_table),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
