/* overview: the ledger asked once, and what it says put in order. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "centre/overview_own.h"
#include "centre/tally.h"

static const char *const channels[CHANNEL_COUNT] = {
	[CHANNEL_PHARMACIE] = "pharmacie",
	[CHANNEL_BORNE] = "borne",
	[CHANNEL_ACCUEIL] = "accueil",
	[CHANNEL_OTHER] = "autre",
};

#define AGE_LIMIT(name, seconds, words) seconds,
static const uint64_t limits[] = { AGES(AGE_LIMIT) };
#define AGE_WORDS(name, seconds, words) words,
static const char *const ages[] = { AGES(AGE_WORDS) "jamais" };

const char *
channel_words(enum channel c)
{
	return channels[c];
}

const char *
age_words(enum age a)
{
	return ages[a];
}

enum age
age_of(const struct terminal *t, uint64_t now_ms)
{
	uint64_t s;
	int a = 0;

	if (t->seen_ms == 0)
		return AGE_NEVER;
	s = now_ms > t->seen_ms ? (now_ms - t->seen_ms) / 1000 : 0;
	while (a < AGE_LONG && s >= limits[a])
		a++;
	return (enum age)a;
}

/* Those of the page asked for are kept, all that may speak are counted. */
static enum err
see_terminal(const struct terminal *t, void *user)
{
	struct overview *o = user;
	unsigned first = (o->ask.page - 1) * OVERVIEW_PAGE;

	if (o->seen >= first && o->seen - first < OVERVIEW_PAGE)
		o->terminal[o->terminals++] = *t;
	o->seen++;
	if (t->state == TERMINAL_ACTIVE)
		o->ages[age_of(t, o->ask.now_ms)]++;
	return ERR_OK;
}

static enum channel
channel_of(const char *word)
{
	int c = 0;

	while (c < CHANNEL_OTHER && strcmp(channels[c], word) != 0)
		c++;
	return (enum channel)c;
}

static void
add_place(struct overview *o, const struct tally *t)
{
	unsigned i = 0;

	while (i < o->places &&
	    strcmp(o->place[i].department, t->department) != 0)
		i++;
	if (i == PLACES_ROOM)
		return;
	if (i == o->places) {
		memcpy(o->place[i].department, t->department,
		    sizeof(o->place[i].department));
		o->places++;
	}
	o->place[i].n += t->n;
}

static enum err
see_tally(const struct tally *t, void *user)
{
	struct overview *o = user;

	if (t->kind <= OUTCOME_VOIDED)
		o->kinds[t->kind] += t->n;
	if (t->kind != OUTCOME_OPENED)
		return ERR_OK;
	for (int d = 0; d < OVERVIEW_DAYS; d++)
		if (o->day[d] == t->day)
			o->opened[channel_of(t->channel)][d] += t->n;
	add_place(o, t);
	return ERR_OK;
}

static int
by_most(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return strcmp(x->department, y->department);
}

static enum err
see_refusal(int number, uint64_t n, void *user)
{
	struct overview *o = user;

	if (o->reasons < REASONS_ROOM) {
		o->reason[o->reasons].number = number;
		o->reason[o->reasons++].n = n;
	}
	return ERR_OK;
}

static enum err
see_gap(uint32_t terminal, uint64_t sequence, uint64_t since_ms, void *user)
{
	struct overview *o = user;

	if (o->gaps++ < OVERVIEW_TROUBLES)
		o->trouble[o->troubles++] = (struct trouble){
			.kind = "numéro manquant", .terminal = terminal,
			.sequence = sequence, .at_ms = since_ms, .times = 1 };
	return ERR_OK;
}

static const char *
alarm_kind(enum alarm_kind k)
{
	switch (k) {
	case ALARM_CONFLICT:
		return "même référence, autre contenu";
	case ALARM_FORK:
		return "même numéro, autre contenu";
	case ALARM_CHAIN:
		return "ne suit pas le précédent";
	default:
		return "signature ou poste faux";
	}
}

static enum err
see_alarm(const struct alarm *a, void *user)
{
	struct overview *o = user;

	if (o->alarms++ < OVERVIEW_TROUBLES)
		o->trouble[o->troubles++] = (struct trouble){
			.kind = alarm_kind(a->kind), .terminal = a->terminal,
			.sequence = a->sequence, .at_ms = a->at_ms,
			.times = a->times };
	return ERR_OK;
}

/* The day that many days ago: counted at noon, which every day has. */
static uint32_t
day_before(uint64_t now_ms, int days)
{
	time_t now = (time_t)(now_ms / 1000);
	struct tm tm;

	(void)localtime_r(&now, &tm);
	tm.tm_mday -= days;
	tm.tm_hour = 12;
	tm.tm_isdst = -1;
	return tally_day((uint64_t)mktime(&tm) * 1000);
}

enum err
overview_gather(struct store *s, struct overview *o)
{
	const struct store_ops *ops = s->ops;
	enum err r;

	for (int d = 0; d < OVERVIEW_DAYS; d++)
		o->day[d] = day_before(o->ask.now_ms, OVERVIEW_DAYS - 1 - d);
	if ((r = ops->count(s, &o->counts)) != ERR_OK ||
	    (r = ops->terminal_each(s, see_terminal, o)) != ERR_OK ||
	    (r = ops->tally_each(s, o->day[0], see_tally, o)) != ERR_OK ||
	    (r = ops->refusal_each(s, see_refusal, o)) != ERR_OK ||
	    (r = ops->gap_each(s, see_gap, o)) != ERR_OK ||
	    (r = ops->alarm_each(s, see_alarm, o)) != ERR_OK)
		return r;
	qsort(o->place, o->places, sizeof(o->place[0]), by_most);
	if (o->ask.page > 1 && o->terminals == 0)
		return err_about(ERR_NOT_FOUND, "page %u", o->ask.page);
	return ERR_OK;
}
