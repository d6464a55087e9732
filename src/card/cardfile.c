/* cardfile: one keyword a line, from a table. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "card/cardfile.h"
#include "card/hexline.h"

#define CARDFILE_MAX ((size_t)256 * 1024)
#define FIRST_LINE   "guichet-card 1"

struct reader {
	struct sim_deck *deck;
	size_t slots;	       /* begun so far */
	struct sim_card *card; /* being described; NULL before `atr` */
	struct sim_card **link; /* where the next one goes */
};

static enum err
start_card(struct reader *d)
{
	if ((d->card = calloc(1, sizeof(*d->card))) == NULL)
		return ERR_MEMORY;
	*d->link = d->card;
	d->link = &d->card->next;
	return ERR_OK;
}

/* atr HEX… | atr none */
static enum err
read_atr(struct reader *d, char *rest)
{
	struct buf b;
	enum err r;

	if (d->card != NULL)
		return ERR_TEXT;
	if ((r = start_card(d)) != ERR_OK || strcmp(rest, "none") == 0)
		return r;
	buf_init(&b);
	if ((r = hexline_read(rest, &b)) == ERR_OK &&
	    (b.len < 2 || b.len > ATR_ROOM))
		r = ERR_TEXT;
	if (r == ERR_OK) {
		memcpy(d->card->atr, b.p, b.len);
		d->card->atr_len = b.len;
	}
	buf_clear(&b);
	return r;
}

static enum err
read_alone(struct reader *d, char *rest)
{
	if (d->card == NULL || *rest != '\0')
		return ERR_TEXT;
	d->card->alone = true;
	return ERR_OK;
}

/* A number of that base, whole, at most max. */
static bool
take_number(const char *word, int base, unsigned long max, unsigned *out)
{
	char *end;
	unsigned long n;

	if (word == NULL || *word == '-' || *word == '\0')
		return false;
	n = strtoul(word, &end, base);
	if (*end != '\0' || n > max)
		return false;
	*out = (unsigned)n;
	return true;
}

/* manner plain|end|length|pieces [BYTES] */
static enum err
read_manner(struct reader *d, char *rest)
{
	static const char *const names[] = { [SIM_PLAIN] = "plain",
		[SIM_END] = "end", [SIM_LENGTH] = "length",
		[SIM_PIECES] = "pieces" };
	char *more, *word = strtok_r(rest, " \t", &more);
	const char *bytes = strtok_r(NULL, " \t", &more);

	if (d->card == NULL || word == NULL ||
	    (bytes != NULL && !take_number(bytes, 10, 256, &d->card->piece)))
		return ERR_TEXT;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(word, names[i]) == 0) {
			d->card->manner = (enum sim_manner)i;
			return ERR_OK;
		}
	return ERR_TEXT;
}

/* app root | app AID */
static enum err
read_app(struct reader *d, char *rest)
{
	struct sim_app *app;
	struct buf b;
	enum err r;

	if (d->card == NULL || d->card->napps == SIM_APPS)
		return ERR_TEXT;
	app = &d->card->app[d->card->napps++];
	if (strcmp(rest, "root") == 0)
		return ERR_OK;
	buf_init(&b);
	if ((r = hexline_read(rest, &b)) == ERR_OK &&
	    (b.len == 0 || b.len > AID_MAX))
		r = ERR_TEXT;
	if (r == ERR_OK) {
		memcpy(app->aid, b.p, b.len);
		app->aid_len = b.len;
	}
	buf_clear(&b);
	return r;
}

static struct sim_file *
last_file(struct reader *d)
{
	struct sim_app *app = d->card == NULL || d->card->napps == 0 ? NULL :
	    &d->card->app[d->card->napps - 1];

	return app == NULL || app->nfiles == 0 ? NULL :
	    &app->file[app->nfiles - 1];
}

/* Short number or -, file id or -; then a status word or the content. */
static enum err
read_file(struct reader *d, char *rest)
{
	char *more, *sfi = strtok_r(rest, " \t", &more);
	char *fid = strtok_r(NULL, " \t", &more);
	char *how = strtok_r(NULL, " \t", &more);
	unsigned n = 0, id = 0, sw = 0;
	struct sim_app *app;
	struct sim_file *f;

	if (d->card == NULL || d->card->napps == 0 || how == NULL ||
	    (strcmp(sfi, "-") != 0 && !take_number(sfi, 10, 30, &n)) ||
	    (strcmp(fid, "-") != 0 && !take_number(fid, 16, 0xFFFF, &id)))
		return ERR_TEXT;
	app = &d->card->app[d->card->napps - 1];
	if (app->nfiles == SIM_FILES)
		return ERR_TEXT;
	f = &app->file[app->nfiles++];
	buf_init(&f->content);
	f->sfi = (uint8_t)n;
	f->fid = (uint16_t)id;
	if (strcmp(how, ":") == 0)
		return hexline_read(more, &f->content);
	if (strcmp(how, "refuses") != 0 ||
	    !take_number(strtok_r(NULL, " \t", &more), 16, 0xFFFF, &sw))
		return ERR_TEXT;
	f->refuses = (uint16_t)sw;
	return ERR_OK;
}

/* + CONTENT: more of the last file */
static enum err
read_more(struct reader *d, char *rest)
{
	struct sim_file *f = last_file(d);

	return f == NULL || f->refuses != 0 ? ERR_TEXT :
	    hexline_read(rest, &f->content);
}

/* fault N DEED [WITH] */
static enum err
read_fault(struct reader *d, char *rest)
{
#define SIM_WORD(name, word) [SIM_##name] = word,
	static const char *const deeds[] = { SIM_DEEDS(SIM_WORD) };
#undef SIM_WORD
	char *more, *at = strtok_r(rest, " \t", &more);
	const char *deed = strtok_r(NULL, " \t", &more);
	const char *with = strtok_r(NULL, " \t", &more);
	struct sim_fault *f;

	if (d->card == NULL || d->card->nfaults == SIM_FAULTS || deed == NULL)
		return ERR_TEXT;
	f = &d->card->fault[d->card->nfaults++];
	if (!take_number(at, 10, 1000, &f->at))
		return ERR_TEXT;
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		const bool plain = i != SIM_STATUS && i != SIM_CUT &&
		    i != SIM_WAIT;

		if (strcmp(deed, deeds[i]) != 0)
			continue;
		f->deed = (enum sim_deed)i;
		return plain ? (with == NULL ? ERR_OK : ERR_TEXT) :
		    take_number(with, i == SIM_STATUS ? 16 : 10, 0xFFFF,
		    &f->with) ? ERR_OK : ERR_TEXT;
	}
	return ERR_TEXT;
}

/* The card that replaces this one when it is swapped. */
static enum err
read_next(struct reader *d, char *rest)
{
	if (d->card == NULL || *rest != '\0')
		return ERR_TEXT;
	d->card = NULL;
	return ERR_OK;
}

/* The card of the next slot. */
static enum err
read_slot(struct reader *d, char *rest)
{
	if (d->card == NULL || *rest != '\0' || d->slots == SIM_SLOTS)
		return ERR_TEXT;
	d->card = NULL;
	d->link = &d->deck->slot[d->slots++];
	return ERR_OK;
}

static const struct {
	const char *word;
	enum err (*read)(struct reader *d, char *rest);
} keywords[] = {
	{ "atr", read_atr },	 { "alone", read_alone },
	{ "manner", read_manner }, { "app", read_app },
	{ "file", read_file },	 { "+", read_more },
	{ "fault", read_fault }, { "next", read_next },
	{ "slot", read_slot },
};

static enum err
read_line(struct reader *d, char *line)
{
	size_t n;
	char *rest;

	line += strspn(line, " \t");
	if (*line == '\0' || *line == '#')
		return ERR_OK;
	for (n = strlen(line); strchr(" \t\r", line[n - 1]) != NULL; n--)
		line[n - 1] = '\0';
	n = strcspn(line, " \t");
	rest = line + n + strspn(line + n, " \t");
	for (size_t k = 0; k < sizeof(keywords) / sizeof(keywords[0]); k++)
		if (strncmp(line, keywords[k].word, n) == 0 &&
		    keywords[k].word[n] == '\0')
			return keywords[k].read(d, rest);
	return ERR_TEXT;
}

/* All lines of a text that may be written on. */
static enum err
read_lines(const char *name, char *text, struct sim_deck *out)
{
	struct reader d = { .deck = out, .slots = 1, .link = &out->slot[0] };
	unsigned number = 1;
	char *line, *more = text;
	enum err r = ERR_OK;

	for (; r == ERR_OK && (line = strsep(&more, "\n")) != NULL; number++)
		if (number == 1)
			r = strcmp(line, FIRST_LINE) == 0 ? ERR_OK : ERR_TEXT;
		else
			r = read_line(&d, line);
	if (r == ERR_MEMORY)
		return r;
	if (r != ERR_OK)
		return err_about(ERR_CARD_FILE, "%s:%u", name, number - 1);
	/* `next` and `slot` announce a card, and there must be one. */
	return d.card != NULL ? ERR_OK :
	    err_about(ERR_CARD_FILE, "%s:%u", name, number - 1);
}

enum err
cardfile_read(const char *name, const char *text, struct sim_deck *out)
{
	struct sim_deck deck = { { NULL } };
	char *copy = strdup(text);
	enum err r;

	if (copy == NULL)
		return ERR_MEMORY;
	r = read_lines(name, copy, &deck);
	if (r == ERR_OK)
		*out = deck;
	else
		cardfile_clear(&deck);
	free(copy);
	return r;
}

enum err
cardfile_load(const char *path, struct sim_deck *out)
{
	struct buf b;
	enum err r;

	buf_init(&b);
	if ((r = file_read(path, CARDFILE_MAX, &b)) == ERR_OK &&
	    (r = buf_terminate(&b)) == ERR_OK)
		r = cardfile_read(path, (const char *)b.p, out);
	buf_clear(&b);
	return r == ERR_TOO_LONG ? err_about(ERR_CARD_FILE, "%s", path) : r;
}

static void
card_free(struct sim_card *c)
{
	while (c != NULL) {
		struct sim_card *next = c->next;

		for (size_t a = 0; a < c->napps; a++)
			for (size_t f = 0; f < c->app[a].nfiles; f++)
				buf_clear(&c->app[a].file[f].content);
		free(c);
		c = next;
	}
}

void
cardfile_clear(struct sim_deck *d)
{
	for (size_t i = 0; i < SIM_SLOTS; i++) {
		card_free(d->slot[i]);
		d->slot[i] = NULL;
	}
}
