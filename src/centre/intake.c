/* intake: read, recognise, verify, follow the chain, keep, sign. */
#include <string.h>

#include "centre/intake.h"
#include "envelope/epoch.h"

#define HOUR_MS ((uint64_t)3600 * 1000)
#define DAY_MS	(24 * HOUR_MS)

/* One envelope on its way through. */
struct arrival {
	struct store *s;
	const struct intake_case *by;
	struct terminal *t;
	const struct letter *l;
	const struct envelope *e; /* its */
	uint8_t next[SIGN_PUBLIC_LEN]; /* of a hand-over */
	struct verdict *v;
};

static bool
same_hash(const uint8_t a[DIGEST_LEN], const uint8_t b[DIGEST_LEN])
{
	return memcmp(a, b, DIGEST_LEN) == 0;
}

static enum err
refuse(struct arrival *a, enum err why)
{
	a->v->kind = VERDICT_REFUSED;
	a->v->why = why;
	return ERR_OK;
}

/* Refuse and keep the bytes: the other side is in the ledger already. */
static enum err
accuse(struct arrival *a, enum alarm_kind kind, enum err why)
{
	const struct alarm al = {
		.kind = kind,
		.terminal = a->t->number,
		.sequence = a->e->sequence,
		.at_ms = a->by->now_ms,
		.rid = a->e->rid,
	};
	enum err r;

	if ((r = a->s->ops->alarm_add(a->s, &al, a->l->p, a->l->n)) != ERR_OK)
		return r;
	return refuse(a, why);
}

void
intake_prepare(const struct intake_key *key, enum receipt_level level,
    uint32_t terminal, uint64_t now_ms, struct letter *l)
{
	struct receipt rc = {
		.level = level,
		.terminal = terminal,
		.centre_key = key->number,
		.sequence = l->e.sequence,
		.at_ms = now_ms,
		.rid = l->e.rid,
	};

	if (l->form != ERR_OK || l->e.terminal != terminal)
		return;
	memcpy(rc.hash, l->hash, DIGEST_LEN);
	l->level = level;
	l->receipt_ms = now_ms;
	l->prepared = receipt_write(&rc, key->secret, l->receipt) == ERR_OK;
}

/* The receipt of what is kept, at the level that this commit will have. It is
 * the first one again unless the level is another than it was then. */
static enum err
answer_receipt(struct arrival *a, const struct entry *e)
{
	struct letter l = *a->l;

	if (!l.prepared || l.receipt_ms != e->received_ms ||
	    l.level != a->s->level) {
		l.prepared = false;
		intake_prepare(a->by->key, a->s->level, e->terminal,
		    e->received_ms, &l);
	}
	if (!l.prepared)
		return ERR_MEMORY;
	a->v->kind = VERDICT_STORED;
	a->v->why = ERR_OK;
	memcpy(a->v->receipt, l.receipt, RECEIPT_LEN);
	return ERR_OK;
}

/*
 * The centre's word for the next key, so that what it signs for people can be
 * verified (envelope/proof.h). The terminal signs nothing for them before it
 * has this, so it is good from now on; the hour is for its clock.
 */
static enum err
answer_badge(struct arrival *a, const struct entry *e)
{
	uint64_t from = e->received_ms < HOUR_MS ? 0 : e->received_ms - HOUR_MS;
	struct badge b = {
		.terminal = e->terminal,
		.sign_key = a->e->sign_key + 1,
		.centre_key = a->by->key->number,
		.from_ms = from / DAY_MS * DAY_MS,
	};

	b.until_ms = b.from_ms + INTAKE_BADGE_DAYS * DAY_MS;
	memcpy(b.public, a->next, SIGN_PUBLIC_LEN);
	a->v->badged = true;
	return badge_write(&b, a->by->key->secret, a->v->badge);
}

/* Behind this number the next key signs, and no other. */
static enum err
hand_over(struct arrival *a)
{
	struct epoch_key k = { .number = a->e->sign_key + 1,
		.first = a->e->sequence + 1 };

	memcpy(k.public, a->next, SIGN_PUBLIC_LEN);
	a->t->sign_key = k.number;
	memcpy(a->t->sign_public, k.public, SIGN_PUBLIC_LEN);
	return a->s->ops->epoch_add(a->s, a->t->number, &k);
}

static bool
is_hand_over(const struct arrival *a)
{
	return a->e->suite == ENVELOPE_EPOCH;
}

static enum err
keep(struct arrival *a)
{
	struct entry entry = {
		.rid = a->e->rid,
		.terminal = a->t->number,
		.sequence = a->e->sequence,
		.received_ms = a->by->now_ms,
		.outcome = is_hand_over(a) ? OUTCOME_EPOCH : 0,
	};
	enum err r;

	memcpy(entry.hash, a->l->hash, DIGEST_LEN);
	memcpy(entry.previous, a->e->previous, DIGEST_LEN);
	if ((r = answer_receipt(a, &entry)) != ERR_OK)
		return r;
	memcpy(entry.receipt, a->v->receipt, RECEIPT_LEN);
	if ((r = a->s->ops->entry_add(a->s, &entry, a->l->p, a->l->n)) !=
	    ERR_OK)
		return r;
	if (is_hand_over(a) && ((r = hand_over(a)) != ERR_OK ||
	    (r = answer_badge(a, &entry)) != ERR_OK))
		return r;
	if (a->e->sequence > a->t->sequence) {
		a->t->sequence = a->e->sequence;
		memcpy(a->t->hash, a->l->hash, DIGEST_LEN);
	}
	return ERR_OK;
}

/* True unless a neighbour that is here contradicts it. */
static enum err
fits(struct arrival *a, bool *out)
{
	struct entry near;
	bool fit = true;
	enum err r;

	r = a->s->ops->entry_by_sequence(a->s, a->t->number,
	    a->e->sequence - 1, &near);
	if (r == ERR_OK)
		fit = same_hash(near.hash, a->e->previous);
	else if (r != ERR_NOT_FOUND)
		return r;
	r = a->s->ops->entry_by_sequence(a->s, a->t->number,
	    a->e->sequence + 1, &near);
	if (r == ERR_OK)
		fit = fit && same_hash(near.previous, a->l->hash);
	else if (r != ERR_NOT_FOUND)
		return r;
	*out = fit;
	return ERR_OK;
}

/* A number that is behind: the missing one at last, or a fork. */
static enum err
late(struct arrival *a)
{
	bool fit;
	enum err r;

	if ((r = fits(a, &fit)) != ERR_OK)
		return r;
	/* What followed was signed by the old key, which its own terminal no
	 * longer had. */
	if (!fit || is_hand_over(a))
		return accuse(a, ALARM_FORK, ERR_CHAIN);
	r = a->s->ops->gap_fill(a->s, a->t->number, a->e->sequence);
	if (r == ERR_NOT_FOUND)
		return accuse(a, ALARM_FORK, ERR_CHAIN);
	return r == ERR_OK ? keep(a) : r;
}

/* Say which number the chain waits for. */
static enum err
await(struct arrival *a)
{
	a->v->kind = VERDICT_GAP;
	a->v->why = ERR_GAP;
	a->v->next = a->t->sequence + 1;
	return ERR_OK;
}

/* A number too far ahead: name what is expected, or take it as declared. */
static enum err
early(struct arrival *a)
{
	uint64_t first = a->t->sequence + 1, last = a->e->sequence - 1;
	enum err r;

	if (a->by->missing < last || last - first >= INTAKE_GAP_MAX)
		return await(a);
	for (uint64_t q = first; q <= last; q++)
		if ((r = a->s->ops->gap_add(a->s, a->t->number, q,
		    a->by->now_ms)) != ERR_OK)
			return r;
	return keep(a);
}

static enum err
follow(struct arrival *a)
{
	if (a->e->sequence <= a->t->sequence)
		return late(a);
	if (a->e->sequence > a->t->sequence + 1)
		return early(a);
	if (!same_hash(a->e->previous, a->t->hash))
		return accuse(a, ALARM_CHAIN, ERR_CHAIN);
	return keep(a);
}

/* The same bytes get the first answer again; they were verified then. */
static bool
is_repeated(const struct arrival *a, const struct entry *old)
{
	return old->terminal == a->t->number &&
	    same_hash(old->hash, a->l->hash);
}

/* The key that this number is to be signed by. */
static enum err
key_of(const struct arrival *a, struct epoch_key *out)
{
	if (a->e->sequence <= a->t->sequence)
		return a->s->ops->epoch_of(a->s, a->t->number,
		    a->e->sequence, out);
	out->number = a->t->sign_key;
	memcpy(out->public, a->t->sign_public, SIGN_PUBLIC_LEN);
	return ERR_OK;
}

/* Not by the key of its number: by another one of its terminal's, perhaps one
 * that should be no more, or by nobody that is known. */
static enum err
wrong_key(struct arrival *a)
{
	struct epoch_key k;
	enum err r;

	r = a->s->ops->epoch_find(a->s, a->t->number, a->e->sign_key, &k);
	if (r == ERR_OK && envelope_check(a->l->p, a->l->n, k.public) == ERR_OK)
		return accuse(a, ALARM_EPOCH, ERR_EPOCH);
	return r == ERR_OK || r == ERR_NOT_FOUND ?
	    accuse(a, ALARM_FORGED, ERR_ENV_SIGNATURE) : r;
}

/* Signed as it must be; else *done, and the verdict says why not. */
static enum err
authenticate(struct arrival *a, bool *done)
{
	struct epoch_key k;
	enum err r;

	*done = true;
	if (a->e->terminal != a->t->number)
		return accuse(a, ALARM_FORGED, ERR_ENV_SIGNATURE);
	if ((r = key_of(a, &k)) != ERR_OK)
		return r;
	/* A later key, and numbers between: the hand-over is among them. */
	if (a->e->sign_key > k.number && a->e->sequence > a->t->sequence + 1)
		return await(a);
	if (a->e->sign_key != k.number)
		return wrong_key(a);
	if ((!a->l->authentic &&
	    envelope_check(a->l->p, a->l->n, k.public) != ERR_OK) ||
	    (is_hand_over(a) && epoch_next(a->e, a->next) != ERR_OK))
		return accuse(a, ALARM_FORGED, ERR_ENV_SIGNATURE);
	*done = false;
	return ERR_OK;
}

/* The first answer again, and the badge with it. */
static enum err
repeat(struct arrival *a, const struct entry *old)
{
	enum err r = answer_receipt(a, old);

	if (r == ERR_OK && is_hand_over(a) &&
	    (r = epoch_next(a->e, a->next)) == ERR_OK)
		r = answer_badge(a, old);
	return r;
}

/* Can it be opened, once it is here? */
static enum err
check_opening(const struct arrival *a)
{
	const struct opening_span *open = &a->by->open;
	uint32_t number = a->e->opening_key;

	if (is_hand_over(a) || open->newest == 0)
		return ERR_OK;
	if (number > open->newest)
		return err_about(ERR_OPENING_KEY, "%u", number);
	return number <= open->retired ? ERR_OPENING_RETIRED : ERR_OK;
}

enum err
intake(struct store *s, const struct intake_case *by, struct terminal *t,
    const struct letter *l, struct verdict *out)
{
	struct arrival a = { .s = s, .by = by, .t = t, .l = l, .e = &l->e,
		.v = out };
	struct entry old;
	bool done;
	enum err r, found;

	memset(out, 0, sizeof(*out));
	if (l->form != ERR_OK)
		return refuse(&a, l->form);
	out->known = true;
	out->rid = l->e.rid;
	found = l->fresh ? ERR_NOT_FOUND :
	    s->ops->entry_by_rid(s, &l->e.rid, &old);
	if (found != ERR_OK && found != ERR_NOT_FOUND)
		return found;
	if (found == ERR_OK && is_repeated(&a, &old))
		return repeat(&a, &old);
	if ((r = authenticate(&a, &done)) != ERR_OK || done)
		return r;
	if (found == ERR_OK)
		return accuse(&a, ALARM_CONFLICT, ERR_CONFLICT);
	if ((r = check_opening(&a)) == ERR_OPENING_RETIRED)
		return refuse(&a, r);
	return r == ERR_OK ? follow(&a) : r;
}
