/* gather: a queue, a thread, and a group at a time. */
#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"
#include "centre/gather.h"

struct gather {
	struct gateway *g;
	pthread_t thread;
	pthread_mutex_t lock; /* over all below */
	pthread_cond_t bell;
	bool ending;
	struct gather_one *first, **end; /* end: where the next one goes */
};

/* Those that go together. */
struct picked {
	struct gather_one *one[GATEWAY_GROUP];
	struct gateway_post *post[GATEWAY_GROUP];
	unsigned n;
	size_t bytes;
};

static bool
fits(const struct picked *p, const struct gather_one *one)
{
	if (p->n > 0 && p->bytes + one->post.body.n > GATHER_BYTES)
		return false;
	for (unsigned i = 0; i < p->n; i++)
		if (p->post[i]->terminal == one->post.terminal)
			return false;
	return true;
}

/* Out of the queue; who does not fit keeps the place. */
static void
pick(struct gather *a, struct picked *p)
{
	struct gather_one **at = &a->first, *one;

	p->n = 0;
	p->bytes = 0;
	while ((one = *at) != NULL && p->n < GATEWAY_GROUP) {
		if (!fits(p, one)) {
			at = &one->next;
			continue;
		}
		*at = one->next;
		p->bytes += one->post.body.n;
		p->one[p->n] = one;
		p->post[p->n++] = &one->post;
	}
	for (at = &a->first; *at != NULL; at = &(*at)->next)
		;
	a->end = at;
}

static void *
run(void *user)
{
	struct gather *a = user;
	struct picked p;

	pthread_mutex_lock(&a->lock);
	while (a->first != NULL || !a->ending) {
		if (a->first == NULL) {
			pthread_cond_wait(&a->bell, &a->lock);
			continue;
		}
		pick(a, &p);
		pthread_mutex_unlock(&a->lock);
		gateway_group(a->g, p.post, p.n, clock_wall_ms());
		for (unsigned i = 0; i < p.n; i++)
			p.one[i]->told(p.one[i]->user);
		pthread_mutex_lock(&a->lock);
	}
	pthread_mutex_unlock(&a->lock);
	return NULL;
}

enum err
gather_start(struct gateway *g, struct gather **out)
{
	struct gather *a;

	if ((a = calloc(1, sizeof(*a))) == NULL)
		return ERR_MEMORY;
	a->g = g;
	a->end = &a->first;
	(void)pthread_mutex_init(&a->lock, NULL);
	(void)pthread_cond_init(&a->bell, NULL);
	if (pthread_create(&a->thread, NULL, run, a) != 0) {
		gather_free(a);
		return ERR_MEMORY;
	}
	*out = a;
	return ERR_OK;
}

enum err
gather_put(struct gather *a, struct gather_one *one)
{
	enum err r = ERR_NOT_NOW;

	pthread_mutex_lock(&a->lock);
	if (!a->ending) {
		one->next = NULL;
		*a->end = one;
		a->end = &one->next;
		pthread_cond_signal(&a->bell);
		r = ERR_OK;
	}
	pthread_mutex_unlock(&a->lock);
	return r;
}

void
gather_stop(struct gather *a)
{
	if (a == NULL)
		return;
	pthread_mutex_lock(&a->lock);
	a->ending = true;
	pthread_cond_signal(&a->bell);
	pthread_mutex_unlock(&a->lock);
	(void)pthread_join(a->thread, NULL);
}

void
gather_free(struct gather *a)
{
	if (a == NULL)
		return;
	(void)pthread_cond_destroy(&a->bell);
	(void)pthread_mutex_destroy(&a->lock);
	free(a);
}
