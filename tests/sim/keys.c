/* keys: opening keys that follow one another, who opens with them, and what a
 * backup has of that. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/keyfile.h"
#include "centre/opening.h"
#include "tests/sim/world.h"

#define FOR_EVER ((uint64_t)INT64_MAX)

/* The public half of a key, where a program looks for it. */
static enum err
lay(const char *folder, const char *name, const char *kind,
    const uint8_t *key, uint32_t number)
{
	char keys[PATH_ROOM], path[PATH_ROOM];
	enum err r;

	if ((r = path_join(folder, "keys", keys)) != ERR_OK ||
	    (r = path_join(keys, name, path)) != ERR_OK ||
	    (r = folder_make(keys)) != ERR_OK)
		return r;
	return keyfile_replace(path, kind, key, 32, number);
}

enum err
keys_begin(struct world *w, const char *top)
{
	/* Those of the world before; the last is the one that is made. */
	static const char *const names[] = { "opening-before.key",
		"opening-next.key", "opening.key" };
	uint8_t first[BOX_SECRET_LEN];
	char path[PATH_ROOM];
	enum err r;

	(void)snprintf(w->vault, sizeof(w->vault), "%s/v", top);
	(void)snprintf(path, sizeof(path), "%s/v/keys", top);
	if ((r = folder_make(w->vault)) != ERR_OK ||
	    (r = folder_make(path)) != ERR_OK)
		return r;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if ((r = keyturn_path(w->vault, names[i], path)) != ERR_OK)
			return r;
		(void)unlink(path);
	}
	box_keypair(first, w->opening);
	sign_keypair(w->keys.outcome, w->outcome);
	w->keys.outcome_number = 1;
	if ((r = keyfile_write(path, opening_turn.kind, first, sizeof(first),
	    1)) != ERR_OK)
		return r;
	return opener_keys_openings(&w->keys, w->vault);
}

enum err
keys_of_desk(const struct world *w, struct desk_sim *d)
{
	const char *state = d->host->folder;
	enum err r;

	memcpy(d->courier.opener, w->outcome, sizeof(w->outcome));
	memcpy(d->ring.envelope.opening_public, w->opening,
	    sizeof(w->opening));
	d->ring.envelope.opening_number = 1;
	(void)snprintf(d->courier.state, sizeof(d->courier.state), "%s",
	    state);
	if ((r = lay(state, "opener.pub", "outcome-public", w->outcome, 1)) !=
	    ERR_OK)
		return r;
	return lay(state, "opening.pub", "opening-public", w->opening, 1);
}

/* One document for all: what is in it is nothing to those who carry it. */
const struct buf *
keys_sealed(struct world *w, const struct desk_sim *d)
{
	struct buf *sealed = &w->sealed[d->ring.envelope.opening_number];
	struct buf document;

	buf_init(&document);
	if (sealed->len == 0 && (buf_put_text(&document, "{}") != ERR_OK ||
	    envelope_seal(&document, &d->ring.envelope, sealed) != ERR_OK))
		buf_reset(sealed);
	buf_clear(&document);
	return sealed;
}

/* An operator who makes no backup that comes back keeps no key for one; the
 * others keep it until there is a backup of since. */
static struct opening_terms
terms(const struct world *w)
{
	return (struct opening_terms){ .folder = w->vault,
		.now_ms = w->now_ms, .keep_ms = w->keep &&
		w->keys.opening_before.number > w->backup_retired ?
		FOR_EVER : 0 };
}

enum err
keys_rotate(struct world *w)
{
	const struct opening_terms by = terms(w);
	uint32_t number;

	if (w->keys.opening.number + 1 >= KEYS_MAX)
		return ERR_OPENING_TWO;
	return opening_rotate(w->store, &w->keys, &by, &number);
}

enum err
keys_retire(struct world *w)
{
	const struct opening_terms by = terms(w);
	struct opening_state o;

	return opening_retire(w->store, &w->keys, &by, &o);
}

void
keys_backup(struct world *w)
{
	struct opening_span span = { .retired = 0 };

	if (w->store != NULL)
		(void)w->store->ops->opening_span(w->store, &span);
	w->backup_retired = span.retired;
	memcpy(w->opened_before, w->opened, sizeof(w->opened));
}

void
keys_restore(struct world *w)
{
	memcpy(w->opened, w->opened_before, sizeof(w->opened));
}

/* Those that wait, and what to tell the ledger of them. */
struct desk_work {
	struct world *w;
	struct settlement done[OPENED_AT_ONCE];
	unsigned n;
	enum err said;
};

static struct put *
find(struct world *w, const struct rid *rid)
{
	for (unsigned i = 0; i < w->nputs; i++)
		if (memcmp(rid->b, w->puts[i].rid.b, RID_LEN) == 0)
			return &w->puts[i];
	return NULL;
}

/* What the opener does with an entry: ERR_OK, or why it cannot be opened. */
static enum err
open_one(const struct opener_keys *k, const void *p, size_t n)
{
	static struct buf document; /* in locked memory, which is dear */
	const uint8_t *secret;
	struct envelope e;
	enum err r = ERR_OK;

	if ((r = envelope_read(p, n, &e)) != ERR_OK)
		return r;
	if ((secret = opener_keys_opening(k, e.opening_key)) == NULL)
		return ERR_OPENING_KEY;
	if (document.p == NULL)
		r = buf_init_secret(&document, ENVELOPE_MAX);
	buf_reset(&document);
	return r == ERR_OK ? envelope_open(&e, secret, &document) : r;
}

static enum err
see_waiting(const struct entry *e, const void *envelope, size_t n, void *user)
{
	struct desk_work *dw = user;
	const struct put *p = find(dw->w, &e->rid);
	struct settlement *s = &dw->done[dw->n];

	if (p == NULL)
		return ERR_OK; /* sim.c sees that */
	/* The vault has what was opened before the ledger was lost. */
	if (!dw->w->opened[p - dw->w->puts] &&
	    open_one(&dw->w->keys, envelope, n) != ERR_OK) {
		dw->said = ERR_OPENING_KEY;
		return ERR_OK;
	}
	dw->w->opened[p - dw->w->puts] = true;
	*s = (struct settlement){ .entry = e->id, .drop = true,
		.note = { .rid = e->rid, .terminal = e->terminal,
		.opener_key = 1, .kind = OUTCOME_OPENED,
		.at_ms = dw->w->now_ms } };
	dw->n++;
	return outcome_write(&s->note, dw->w->keys.outcome, s->signed_note);
}

enum err
keys_open(struct world *w)
{
	struct desk_work dw = { .w = w, .said = ERR_OK };
	const struct store_ops *ops = w->store->ops;
	bool fresh[OPENED_AT_ONCE];
	enum err r;

	/* As it does at its start, and once a day. */
	if ((world_chance(256) && (r = opening_announce(w->store, &w->keys,
	    false, w->now_ms)) != ERR_OK) ||
	    (r = ops->waiting_each(w->store, 0, OPENED_AT_ONCE,
	    see_waiting, &dw)) != ERR_OK || dw.n == 0)
		return r == ERR_OK ? dw.said : r;
	if ((r = ops->begin(w->store)) == ERR_OK &&
	    (r = ops->settle(w->store, dw.done, dw.n, fresh)) == ERR_OK)
		r = ops->commit(w->store);
	ops->rollback(w->store);
	return r == ERR_OK ? dw.said : r;
}
