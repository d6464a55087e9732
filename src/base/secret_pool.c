/* secret_pool: slabs cut into pieces of a few sizes, kept in lists. */
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/secret.h"
#include "base/secret_pool.h"

#define SLAB	((size_t)32 * 1024)
#define LEAST	((size_t)16)
#define SIZES	7 /* 16, 32 … 1024 */
#define ITS_OWN SIZES /* alone */

/* Before the bytes of each piece. */
struct piece {
	alignas(16) size_t n; /* that were asked for, and are wiped */
	struct piece *next;   /* while it is free */
};

/* At the front of each slab: all there are, also those of threads that are
 * over. */
struct slab {
	alignas(16) struct slab *next;
};
static _Atomic(struct slab *) slabs;

struct pool {
	struct piece *free_list[SIZES];
	uint8_t *at;
	size_t left; /* of its slab */
	void *(*get)(size_t n);
	void (*give)(void *p);
};

static struct pool locked = { .get = secret_alloc, .give = secret_free };
static _Thread_local struct pool plain = { .get = malloc, .give = free };

static size_t
size_for(size_t n)
{
	size_t size = 0;

	while (size < SIZES && LEAST << size < n)
		size++;
	return size;
}

static bool
add_slab(struct pool *o)
{
	struct slab *s = o->get(SLAB);

	if (s == NULL)
		return false;
	s->next = atomic_load(&slabs);
	while (!atomic_compare_exchange_weak(&slabs, &s->next, s))
		;
	o->at = (uint8_t *)(s + 1);
	o->left = SLAB - sizeof(*s);
	return true;
}

static struct piece *
cut(struct pool *o, size_t size)
{
	size_t whole = sizeof(struct piece) + (LEAST << size);
	struct piece *p;

	if (o->left < whole && !add_slab(o))
		return NULL;
	p = (struct piece *)(void *)o->at;
	o->at += whole;
	o->left -= whole;
	return p;
}

static void *
take(struct pool *o, size_t n)
{
	const size_t size = size_for(n);
	struct piece *p;

	if (size == ITS_OWN) {
		if (n > SIZE_MAX - sizeof(*p) ||
		    (p = o->get(sizeof(*p) + n)) == NULL)
			return NULL;
	} else if ((p = o->free_list[size]) != NULL)
		o->free_list[size] = p->next;
	else if ((p = cut(o, size)) == NULL)
		return NULL;
	p->n = n;
	return p + 1;
}

static void
give_back(struct pool *o, void *at)
{
	struct piece *p = at;
	size_t size;

	if (p-- == NULL)
		return;
	secret_wipe(at, p->n);
	if ((size = size_for(p->n)) == ITS_OWN) {
		o->give(p);
		return;
	}
	p->next = o->free_list[size];
	o->free_list[size] = p;
}

void *
secret_pool_alloc(size_t n)
{
	return take(&locked, n);
}

void
secret_pool_free(void *p)
{
	give_back(&locked, p);
}

void *
wiped_pool_alloc(size_t n)
{
	return take(&plain, n);
}

void
wiped_pool_free(void *p)
{
	give_back(&plain, p);
}
