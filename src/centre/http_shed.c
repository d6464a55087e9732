/* http_shed: a list of connections, and the moment each began to ask. */
#include <stdlib.h>
#include <sys/socket.h>

#include "centre/http_shed.h"

struct shed_one {
	struct shed_one *next, **back; /* back: what points here */
	int fd;
	uint64_t since_ms;
};

void
shed_init(struct shed *s)
{
	(void)pthread_mutex_init(&s->lock, NULL);
	s->first = NULL;
}

struct shed_one *
shed_begin(struct shed *s, int fd, uint64_t now_ms)
{
	struct shed_one *one;

	if ((one = calloc(1, sizeof(*one))) == NULL)
		return NULL;
	one->fd = fd;
	one->since_ms = now_ms;
	one->back = &s->first;
	(void)pthread_mutex_lock(&s->lock);
	one->next = s->first;
	if (one->next != NULL)
		one->next->back = &one->next;
	s->first = one;
	(void)pthread_mutex_unlock(&s->lock);
	return one;
}

void
shed_end(struct shed *s, struct shed_one *one)
{
	if (one == NULL)
		return;
	(void)pthread_mutex_lock(&s->lock);
	*one->back = one->next;
	if (one->next != NULL)
		one->next->back = one->back;
	(void)pthread_mutex_unlock(&s->lock);
	free(one);
}

void
shed_again(struct shed *s, struct shed_one *one, uint64_t now_ms)
{
	if (one == NULL)
		return;
	(void)pthread_mutex_lock(&s->lock);
	one->since_ms = now_ms;
	(void)pthread_mutex_unlock(&s->lock);
}

unsigned
shed_sweep(struct shed *s, uint64_t now_ms)
{
	unsigned cut = 0;

	(void)pthread_mutex_lock(&s->lock);
	for (struct shed_one *one = s->first; one != NULL; one = one->next)
		if (now_ms > one->since_ms &&
		    now_ms - one->since_ms > SHED_AFTER_MS) {
			(void)shutdown(one->fd, SHUT_RDWR);
			one->since_ms = now_ms;
			cut++;
		}
	(void)pthread_mutex_unlock(&s->lock);
	return cut;
}
