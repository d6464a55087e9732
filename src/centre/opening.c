/* opening: the ledger's rows and the vault's files, in that order. */
#include <string.h>

#include "base/log.h"
#include "centre/opener_keys.h"
#include "centre/opening.h"

struct look {
	const struct opener_keys *k;
	struct openings *all;
};

static enum err
see_row(const struct opening_row *o, void *user)
{
	const struct look *l = user;
	struct openings *all = l->all;

	/* The oldest is long retired. */
	if (all->n == OPENINGS_MAX)
		memmove(all->key, all->key + 1,
		    --all->n * sizeof(*all->key));
	all->key[all->n++] = (struct opening_state){ .number = o->number,
		.since_ms = o->since_ms, .retired_ms = o->retired_ms,
		.here = opener_keys_opening(l->k, o->number) != NULL };
	return ERR_OK;
}

/* The oldest in force; NULL when there is none. */
static struct opening_state *
oldest(struct openings *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->key[i].retired_ms == 0)
			return &all->key[i];
	return NULL;
}

static enum err
see_use(uint32_t number, uint64_t terminals, uint64_t waiting, void *user)
{
	const struct look *l = user;
	struct opening_state *first = oldest(l->all);

	for (size_t i = 0; i < l->all->n; i++) {
		struct opening_state *k = &l->all->key[i];

		if (k->number == number)
			k->waiting += waiting;
		if (k == first ? number <= k->number : k->retired_ms == 0 &&
		    number == k->number)
			k->terminals += terminals;
	}
	return ERR_OK;
}

enum err
opening_look(struct store *s, const struct opener_keys *k,
    struct openings *out)
{
	struct look l = { .k = k, .all = out };
	enum err r;

	out->n = 0;
	if ((r = s->ops->opening_each(s, see_row, &l)) != ERR_OK)
		return r;
	return s->ops->opening_uses(s, see_use, &l);
}

static uint32_t
newest(const struct openings *all)
{
	return all->n == 0 ? 0 : all->key[all->n - 1].number;
}

static enum err
announce_one(struct store *s, const struct opener_keys *k,
    const struct opening_key *key, uint64_t now_ms)
{
	struct opening o = { .number = key->number,
		.outcome_key = k->outcome_number, .from_ms = now_ms };
	struct opening_row row = { .number = key->number,
		.since_ms = now_ms };
	enum err r;

	box_public(key->secret, o.public);
	if ((r = opening_write(&o, k->outcome, row.said)) != ERR_OK)
		return r;
	if ((r = s->ops->opening_add(s, &row)) == ERR_OK)
		log_event("opening-key", "%u", key->number);
	return r;
}

/* Two keys of which one follows the other came by a rotation. */
static bool
is_turn(const struct opener_keys *k)
{
	return k->opening_before.number != 0 &&
	    k->opening_before.number + 1 == k->opening.number;
}

struct foreign {
	const struct opener_keys *k;
	bool found;
};

static enum err
see_foreign(uint32_t number, uint64_t terminals, uint64_t waiting,
    void *user)
{
	struct foreign *f = user;

	(void)terminals;
	(void)waiting;
	f->found = f->found || (number != 0 &&
	    opener_keys_opening(f->k, number) == NULL);
	return ERR_OK;
}

/* May it be told without being asked? Nobody shall seal to a key that was only
 * laid here by mistake: the first one must be what terminals seal to by now,
 * a later one must have come by a rotation. */
static enum err
speaks_for_itself(struct store *s, const struct opener_keys *k,
    uint32_t last, bool *out)
{
	struct foreign f = { .k = k };
	enum err r = ERR_OK;

	if (last == 0)
		r = s->ops->opening_uses(s, see_foreign, &f);
	*out = last == 0 ? !f.found : is_turn(k);
	return r;
}

static enum err
announce(struct store *s, const struct opener_keys *k, bool asked,
    uint64_t now_ms)
{
	struct openings all;
	uint32_t last;
	bool may = true;
	enum err r;

	if ((r = opening_look(s, k, &all)) != ERR_OK)
		return r;
	last = newest(&all);
	if (!asked && ((r = speaks_for_itself(s, k, last, &may)) != ERR_OK ||
	    !may))
		return r;
	if (k->opening_before.number > last &&
	    (r = announce_one(s, k, &k->opening_before, now_ms)) != ERR_OK)
		return r;
	return k->opening.number > last ?
	    announce_one(s, k, &k->opening, now_ms) : ERR_OK;
}

enum err
opening_announce(struct store *s, const struct opener_keys *k, bool asked,
    uint64_t now_ms)
{
	enum err r;

	if ((r = s->ops->begin(s)) == ERR_OK &&
	    (r = announce(s, k, asked, now_ms)) == ERR_OK)
		r = s->ops->commit(s);
	s->ops->rollback(s);
	/* Another opener was faster. */
	return r == ERR_CONFLICT ? ERR_OK : r;
}

/* How many are in force that open anything. */
static unsigned
count_in_force(const struct openings *all)
{
	unsigned n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += all->key[i].retired_ms == 0 && all->key[i].here;
	return n;
}

static struct opening_state *
find(struct openings *all, uint32_t number)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->key[i].number == number)
			return &all->key[i];
	return NULL;
}

/* Is the key before to go? Without a number its file is what is left of one
 * that was being destroyed. */
static enum err
is_due(const struct opener_keys *k, struct openings *all,
    const struct opening_terms *by)
{
	const uint32_t number = k->opening_before.number;
	const struct opening_state *o = find(all, number);

	if (number == 0)
		return oldest(all) == find(all, newest(all)) ? ERR_OK :
		    ERR_OPENING_TWO;
	if (o == NULL || o->retired_ms == 0)
		return ERR_OPENING_TWO;
	return by->force || by->keep_ms == 0 ||
	    (by->now_ms >= o->retired_ms &&
	    by->now_ms - o->retired_ms >= by->keep_ms) ? ERR_OK :
	    ERR_OPENING_KEPT;
}

/* The key before, once its time has come; *out is it when it had a number. */
static enum err
destroy(struct store *s, struct opener_keys *k,
    const struct opening_terms *by, struct opening_state *out)
{
	struct openings all;
	const struct opening_state *o;
	enum err r;

	if ((r = opening_look(s, k, &all)) != ERR_OK ||
	    is_due(k, &all, by) != ERR_OK)
		return r;
	if ((o = find(&all, k->opening_before.number)) != NULL)
		*out = *o;
	if ((r = keyturn_end(&opening_turn, by->folder)) != ERR_OK)
		return r;
	return opener_keys_openings(k, by->folder);
}

/* May another one be made beside those? */
static enum err
check_room(const struct opener_keys *k, struct openings *all,
    const struct opening_terms *by)
{
	enum err r = ERR_OK;

	if (count_in_force(all) > 1)
		r = ERR_OPENING_TWO;
	else if (k->opening_before.number != 0)
		r = is_due(k, all, by);
	return r == ERR_OK ? r : err_about(r, "%u, %u",
	    k->opening_before.number, k->opening.number);
}

enum err
opening_rotate(struct store *s, struct opener_keys *k,
    const struct opening_terms *by, uint32_t *number)
{
	struct openings all;
	enum err r;

	if ((r = opening_look(s, k, &all)) != ERR_OK)
		return r;
	if (all.n != 0 && k->opening.number > newest(&all)) {
		*number = k->opening.number;
		return opening_announce(s, k, true, by->now_ms);
	}
	if ((r = opening_announce(s, k, true, by->now_ms)) != ERR_OK ||
	    (r = opening_look(s, k, &all)) != ERR_OK ||
	    (r = check_room(k, &all, by)) != ERR_OK)
		return r;
	/* What is left of one that was retired. */
	if ((r = keyturn_end(&opening_turn, by->folder)) != ERR_OK ||
	    (r = keyturn_bring(&opening_turn, by->folder, newest(&all) + 1)) !=
	    ERR_OK || (r = opener_keys_openings(k, by->folder)) != ERR_OK)
		return r;
	*number = k->opening.number;
	return opening_announce(s, k, true, by->now_ms);
}

static bool
is_kept(const struct openings *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->key[i].retired_ms != 0 && all->key[i].here)
			return true;
	return false;
}

/* Nobody who matters may need it; *out is the key. */
static enum err
check_needless(struct openings *all, bool force, struct opening_state *out)
{
	const struct opening_state *o = oldest(all),
	    *last = all->n == 0 ? NULL : &all->key[all->n - 1];

	if (o == NULL || o == last)
		return err_about(is_kept(all) ? ERR_OPENING_KEPT :
		    ERR_OPENING_NEEDED, "%u", o == NULL ? 0 : o->number);
	*out = *o;
	if (!last->here)
		return err_about(ERR_OPENING_KEY, "%u", last->number);
	/* Entries under a key that is lost are lost already. */
	if ((o->waiting != 0 && (o->here || !force)) ||
	    (o->terminals != 0 && !force))
		return err_about(ERR_OPENING_NEEDED, "%u : %llu poste(s), "
		    "%llu enveloppe(s)", o->number,
		    (unsigned long long)o->terminals,
		    (unsigned long long)o->waiting);
	return ERR_OK;
}

/* No terminal is heard between what is counted and what is said. */
static enum err
retire(struct store *s, const struct opener_keys *k,
    const struct opening_terms *by, struct opening_state *out)
{
	struct openings all;
	enum err r;

	if ((r = s->ops->terminal_hush(s)) != ERR_OK ||
	    (r = opening_look(s, k, &all)) != ERR_OK ||
	    (r = check_needless(&all, by->force, out)) != ERR_OK)
		return r;
	return s->ops->opening_end(s, out->number, by->now_ms);
}

enum err
opening_retire(struct store *s, struct opener_keys *k,
    const struct opening_terms *by, struct opening_state *out)
{
	enum err r;

	memset(out, 0, sizeof(*out));
	/* One whose time has come, or that a crash left behind, goes first. */
	if ((r = destroy(s, k, by, out)) != ERR_OK || out->number != 0)
		return r;
	if ((r = s->ops->begin(s)) == ERR_OK &&
	    (r = retire(s, k, by, out)) == ERR_OK)
		r = s->ops->commit(s);
	s->ops->rollback(s);
	return r == ERR_OK ? destroy(s, k, by, out) : r;
}

enum err
opening_missing(struct store *s, uint32_t number)
{
	struct opening_span open;
	enum err r;

	if ((r = s->ops->opening_span(s, &open)) != ERR_OK)
		return r;
	return err_about(number <= open.retired ? ERR_OPENING_RETIRED :
	    ERR_OPENING_KEY, "%u", number);
}
