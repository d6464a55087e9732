/* letter: what a batch says of each envelope in it. */
#include <string.h>

#include "centre/letter.h"

void
letter_look(const void *p, size_t n, struct letter *out)
{
	memset(out, 0, sizeof(*out));
	out->p = p;
	out->n = n;
	out->form = n > ENVELOPE_MAX ? ERR_TOO_LARGE :
	    envelope_read(p, n, &out->e);
	if (out->form == ERR_OK)
		envelope_hash(p, n, out->hash);
}

/* A new record by the key that *t has. */
static bool
is_its(const struct terminal *t, const struct letter *l)
{
	return l->form == ERR_OK && l->e.suite == ENVELOPE_SUITE &&
	    l->e.terminal == t->number && l->e.sign_key == t->sign_key &&
	    l->e.sequence > t->sequence;
}

/* Does the second one name the first? */
static bool
names(const struct letter *first, const struct letter *second)
{
	return second->e.sequence == first->e.sequence + 1 &&
	    memcmp(second->e.previous, first->hash, DIGEST_LEN) == 0;
}

void
letter_vouch(const struct terminal *t, struct letter *l, size_t n)
{
	struct letter *next;

	while (n-- > 1) {
		next = &l[n];
		if (!is_its(t, next) || !is_its(t, next - 1) ||
		    !names(next - 1, next))
			continue;
		if (!next->authentic)
			next->authentic = envelope_check(next->p, next->n,
			    t->sign_public) == ERR_OK;
		next[-1].authentic = next->authentic;
	}
}

/* One id twice: the second one must find the first. */
static bool
comes_again(const struct letter *l, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (l[k].form == ERR_OK && memcmp(l[k].e.rid.b,
		    l[i].e.rid.b, RID_LEN) == 0)
			return true;
	return false;
}

/* Of at most LETTERS_MAX: whose ids the ledger does not have. */
static enum err
ask_ledger(struct store *s, struct letter *l, size_t n)
{
	struct rid rid[LETTERS_MAX] = { { { 0 } } };
	bool fresh[LETTERS_MAX];
	unsigned many = 0;
	enum err r;

	for (size_t i = 0; i < n; i++)
		if (l[i].form == ERR_OK)
			rid[many++] = l[i].e.rid;
	if ((r = s->ops->entries_new(s, rid, many, fresh)) != ERR_OK)
		return r;
	many = 0;
	for (size_t i = 0; i < n; i++)
		if (l[i].form == ERR_OK)
			l[i].fresh = fresh[many++];
	return ERR_OK;
}

enum err
letter_compare(struct store *s, struct letter *l, size_t n)
{
	size_t some;
	enum err r;

	for (size_t i = 0; i < n; i += some) {
		some = n - i < LETTERS_MAX ? n - i : LETTERS_MAX;
		if ((r = ask_ledger(s, l + i, some)) != ERR_OK)
			return r;
	}
	for (size_t i = 0; i < n; i++)
		l[i].fresh = l[i].fresh && !comes_again(l, i);
	return ERR_OK;
}
