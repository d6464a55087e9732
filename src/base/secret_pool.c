/* secret_pool: slabs cut into pieces of a few sizes, kept in lists. */
#include <stdalign.h>
#include <stdint.h>

#include "base/secret.h"
#include "base/secret_pool.h"

#define SLAB	((size_t)32 * 1024)
#define LEAST	((size_t)16)
#define SIZES	7 /* 16, 32 … 1024 */
#define ITS_OWN SIZES /* alone in pages of its own */

/* Before the bytes of each piece. */
struct piece {
	alignas(16) size_t size; /* a power of two of LEAST */
	struct piece *next;	 /* while it is free */
};

static struct piece *free_list[SIZES];
static uint8_t *slab;
static size_t left; /* of the slab */

static size_t
size_for(size_t n)
{
	size_t size = 0;

	while (size < SIZES && LEAST << size < n)
		size++;
	return size;
}

static struct piece *
cut(size_t size)
{
	size_t whole = sizeof(struct piece) + (LEAST << size);
	struct piece *p;

	if (left < whole) {
		if ((slab = secret_alloc(SLAB)) == NULL) {
			left = 0;
			return NULL;
		}
		left = SLAB;
	}
	p = (struct piece *)(void *)slab;
	slab += whole;
	left -= whole;
	return p;
}

void *
secret_pool_alloc(size_t n)
{
	size_t size = size_for(n);
	struct piece *p;

	if (size == ITS_OWN) {
		if (n > SIZE_MAX - sizeof(*p) ||
		    (p = secret_alloc(sizeof(*p) + n)) == NULL)
			return NULL;
	} else if ((p = free_list[size]) != NULL)
		free_list[size] = p->next;
	else if ((p = cut(size)) == NULL)
		return NULL;
	p->size = size;
	return p + 1;
}

void
secret_pool_free(void *at)
{
	struct piece *p = at;

	if (p-- == NULL)
		return;
	if (p->size == ITS_OWN) {
		secret_free(p);
		return;
	}
	secret_wipe(at, LEAST << p->size);
	p->next = free_list[p->size];
	free_list[p->size] = p;
}
