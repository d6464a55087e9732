/* watch: settle what the slots say, then read the one card that waits. */
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "card/readers.h"
#include "card/watch.h"

#define LIST_AGAIN_MS 5000 /* old daemons can lose a hot-plug (card.md 9.3) */
#define BACKOFF_MS    100  /* doubled up to LIST_AGAIN_MS */
#define RETRY_MS      150  /* pcscd sees a removal within 400 ms */
#define TRIES_MAX     6

enum err
watch_init(struct watch *w, const struct card_io *io, watch_tell *tell,
    void *to)
{
	memset(w, 0, sizeof(*w));
	w->io = io;
	w->tell = tell;
	w->to = to;
	if ((w->news = secret_alloc(sizeof(*w->news))) == NULL)
		return ERR_MEMORY;
	return vitale_init(&w->files);
}

void
watch_clear(struct watch *w)
{
	vitale_clear(&w->files);
	secret_free(w->news);
	w->news = NULL;
}

static enum err
tell_reader(struct watch *w, const char *reader, enum reader_state state,
    int code)
{
	struct card_news *line = &w->line;
	bool altered;
	enum err r;

	memset(line, 0, sizeof(*line));
	line->kind = NEWS_READER;
	line->state = state;
	line->code = code;
	r = text_clean(reader, strlen(reader), line->reader,
	    sizeof(line->reader), &altered);
	if (r == ERR_TOO_LONG) /* a name full of nonsense: go without it */
		line->reader[0] = '\0';
	else if (r != ERR_OK)
		return r;
	return w->tell(w->to, line);
}

static enum err
tell_gone(struct watch *w)
{
	memset(&w->line, 0, sizeof(w->line));
	w->line.kind = NEWS_GONE;
	w->line.epoch = w->live->epoch;
	w->live = NULL;
	return w->tell(w->to, &w->line);
}

/* Its flags and its ATR, or what reading it met. */
static enum reader_state
state_of(const struct watch_slot *s)
{
	enum reader_state state = slot_state(&s->is);

	if (state != READER_VITALE || s->trouble == ERR_OK)
		return state;
	if (s->trouble == ERR_CARD_FOREIGN)
		return READER_FOREIGN;
	if (s->trouble == ERR_CARD_BUSY)
		return READER_BUSY;
	return s->trouble == ERR_CARD_MUTE ? READER_MUTE : READER_ERROR;
}

static enum err
tell_slot(struct watch *w, struct watch_slot *s)
{
	enum reader_state state = state_of(s);
	int code = err_number(state == READER_ERROR ? s->trouble :
	    reader_err(state));

	if (s->told && s->said == state && s->code == code)
		return ERR_OK;
	s->told = true;
	s->said = state;
	s->code = code;
	return tell_reader(w, s->is.name, state, code);
}

/* An ATR that is not there may be a card without power, and tells nothing. */
static bool
same_insertion(const struct slot *a, const struct slot *b)
{
	return strcmp(a->name, b->name) == 0 && a->counter == b->counter &&
	    a->present == b->present && (a->atr_len == 0 || b->atr_len == 0 ||
	    (a->atr_len == b->atr_len &&
	    memcmp(a->atr, b->atr, a->atr_len) == 0));
}

static const struct slot *
find_now(const struct watch *w, const char *name)
{
	for (size_t i = 0; i < w->now.n; i++)
		if (strcmp(w->now.slot[i].name, name) == 0)
			return &w->now.slot[i];
	return NULL;
}

/* A slot that stays keeps its place, so that `live` stays too. */
static void
update(struct watch_slot *s, const struct slot *is)
{
	if (!same_insertion(&s->is, is)) {
		const struct watch_slot fresh = { .told = s->told &&
			!s->is.present && !is->present, .said = s->said,
			.code = s->code };

		*s = fresh;
	}
	s->is = *is;
}

/* Slots that are no more go; the others move up. */
static void
drop(struct watch *w, size_t i)
{
	memmove(&w->slot[i], &w->slot[i + 1],
	    (w->n - i - 1) * sizeof(w->slot[0]));
	if (w->live != NULL && w->live > &w->slot[i])
		w->live--;
	w->n--;
}

static void
add_new(struct watch *w)
{
	for (size_t i = 0; i < w->now.n; i++) {
		size_t k = 0;

		while (k < w->n &&
		    strcmp(w->slot[k].is.name, w->now.slot[i].name) != 0)
			k++;
		if (k < w->n || w->n == SLOTS_MAX)
			continue;
		memset(&w->slot[w->n], 0, sizeof(w->slot[0]));
		w->slot[w->n++].is = w->now.slot[i];
	}
}

/* The lines of all slots that changed, those that tell most last. */
static enum err
tell_all(struct watch *w)
{
	enum err r;

	for (int weight = 0; weight <= READER_WEIGHT_MAX; weight++)
		for (size_t i = 0; i < w->n; i++)
			if (reader_weight(state_of(&w->slot[i])) == weight &&
			    (r = tell_slot(w, &w->slot[i])) != ERR_OK)
				return r;
	return ERR_OK;
}

/* What is, against what was: who left, who came, and the lines for it. */
static enum err
settle(struct watch *w)
{
	const struct slot *is;
	enum err r;

	if (w->live != NULL && ((is = find_now(w, w->live->is.name)) == NULL ||
	    !same_insertion(&w->live->is, is)) &&
	    (r = tell_gone(w)) != ERR_OK)
		return r;
	for (size_t i = 0; i < w->n;)
		if ((is = find_now(w, w->slot[i].is.name)) == NULL)
			drop(w, i);
		else
			update(&w->slot[i++], is);
	add_new(w);
	return tell_all(w);
}

/* No service, or no reader: nothing that was known holds any longer. */
static enum err
lose(struct watch *w, enum err why)
{
	enum err r;

	if (w->live != NULL && (r = tell_gone(w)) != ERR_OK)
		return r;
	w->n = 0;
	w->backoff_ms = why != ERR_CARD_SERVICE ? 0 :
	    w->backoff_ms == 0 ? BACKOFF_MS : 2 * w->backoff_ms;
	if (w->backoff_ms > LIST_AGAIN_MS)
		w->backoff_ms = LIST_AGAIN_MS;
	w->wait_ms = why == ERR_CARD_SERVICE ? w->backoff_ms : LIST_AGAIN_MS;
	if (w->service == why)
		return ERR_OK;
	w->service = why;
	return tell_reader(w, "", why == ERR_CARD_SERVICE ?
	    READER_NO_SERVICE : READER_NO_READER, err_number(why));
}

/* The slot to read, or w->n. One card at a time: while one is in, a second
 * one waits. */
static size_t
to_read(const struct watch *w)
{
	for (size_t i = 0; w->live == NULL && i < w->n; i++)
		if (slot_state(&w->slot[i].is) == READER_VITALE &&
		    !w->slot[i].done)
			return i;
	return w->n;
}

bool
watch_reading(const struct watch *w)
{
	const size_t i = to_read(w);

	return i < w->n && w->slot[i].trouble != ERR_CARD_BUSY;
}

enum err
watch_trouble(const struct watch *w)
{
	const struct watch_slot *most = NULL;

	if (w->service != ERR_OK)
		return w->service;
	for (size_t i = 0; i < w->n; i++)
		if (most == NULL || reader_weight(state_of(&w->slot[i])) >
		    reader_weight(state_of(most)))
			most = &w->slot[i];
	return most == NULL ? ERR_CARD_EMPTY : err_of_number(most->code);
}

/* Is it still the insertion that we began with? */
static enum err
prove_same(struct watch *w, const struct watch_slot *s)
{
	const struct slot *is;
	enum err r;

	if ((r = w->io->wait(w->io->own, 0, &w->now)) != ERR_OK)
		return r;
	is = find_now(w, s->is.name);
	return is != NULL && same_insertion(is, &s->is) ? ERR_OK :
	    ERR_CARD_GONE;
}

/* Everything on the card, and the proof that it was one and the same. */
static enum err
read_once(struct watch *w, const struct watch_slot *s)
{
	enum err r;

	w->news->kind = NEWS_CARD;
	w->news->epoch = s->epoch;
	if ((r = w->io->begin(w->io->own, s->is.name)) != ERR_OK)
		return r;
	r = vitale_read(&w->files, w->io, w->news->bearers, &w->news->n);
	if (r == ERR_OK)
		r = prove_same(w, s);
	w->io->end(w->io->own);
	return r;
}

/* What passes by itself is tried again; the rest is said. */
static void
take_trouble(struct watch *w, struct watch_slot *s, enum err r)
{
	const bool passing = r == ERR_CARD_GONE || r == ERR_CARD_RESET ||
	    r == ERR_CARD_TALK || r == ERR_CARD_MUTE;

	if (r == ERR_CARD_BUSY) {
		s->trouble = r;
	} else if (!passing || ++s->tries == TRIES_MAX) {
		s->trouble = r == ERR_CARD_GONE ? ERR_CARD_TALK : r;
		s->done = true;
		return;
	}
	w->wait_ms = r == ERR_CARD_RESET ? 0 : RETRY_MS;
}

static enum err
read_slot(struct watch *w, struct watch_slot *s)
{
	enum err r;

	if (s->epoch == 0)
		s->epoch = ++w->epoch;
	r = read_once(w, s);
	if (r == ERR_MEMORY)
		return r;
	if (r == ERR_CARD_SERVICE || r == ERR_CARD_NO_READER)
		return lose(w, r);
	if (r == ERR_OK) {
		s->done = true;
		s->trouble = ERR_OK;
		w->live = s;
		if ((r = tell_slot(w, s)) == ERR_OK) /* after a `busy` */
			r = w->tell(w->to, w->news);
	} else {
		take_trouble(w, s, r);
		r = ERR_OK;
	}
	return r == ERR_OK ? settle(w) : r;
}

/* The card that is in, once more: it may be another session's turn. */
static enum err
say_again(struct watch *w)
{
	struct watch_slot *s = w->live;
	enum err r = read_once(w, s);

	if (r == ERR_OK) {
		r = w->tell(w->to, w->news);
	} else if (r == ERR_CARD_SERVICE || r == ERR_CARD_NO_READER) {
		r = lose(w, r);
	} else if (r != ERR_MEMORY) {
		/* What was told no longer holds: begin with it anew. */
		s->done = false;
		take_trouble(w, s, r);
		r = tell_gone(w);
		s->epoch = 0;
	}
	return r;
}

/* What was read is told, or never will be. Behind the n bearers nothing was
 * ever written. */
static void
forget_read(struct watch *w)
{
	secret_wipe(w->news->bearers, w->news->n * sizeof(struct bearer));
	w->news->n = 0;
}

enum err
watch_step(struct watch *w, bool *ended)
{
	size_t i;
	enum err r;

	r = w->io->wait(w->io->own, w->wait_ms, &w->now);
	*ended = w->now.ended;
	if (r == ERR_CARD_SERVICE || r == ERR_CARD_NO_READER)
		return lose(w, r);
	if (r != ERR_OK)
		return r;
	w->service = ERR_OK;
	w->backoff_ms = 0;
	w->wait_ms = LIST_AGAIN_MS;
	if ((r = settle(w)) != ERR_OK)
		return r;
	if (w->now.again && w->live != NULL)
		r = say_again(w);
	else if ((i = to_read(w)) < w->n)
		r = read_slot(w, &w->slot[i]);
	forget_read(w);
	return r;
}
