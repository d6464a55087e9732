/*
 * http_shed: who never comes to an end. microhttpd closes who is silent; who
 * sends or takes a byte each second it keeps for ever. So each connection has
 * a time within which a whole request is to be asked and answered.
 */
#ifndef GUICHET_CENTRE_HTTP_SHED_H
#define GUICHET_CENTRE_HTTP_SHED_H

#include <pthread.h>
#include <stdint.h>

#define SHED_AFTER_MS 30000u /* 260 KiB in that time are 9 KiB each second */

struct shed {
	pthread_mutex_t lock;
	struct shed_one *first;
};

/* Nothing is to be cleared when every connection has ended. */
void shed_init(struct shed *s);

/* A connection and its socket; NULL without memory, when it has no limit. It
 * ends before its socket is closed; NULL is accepted. */
struct shed_one *shed_begin(struct shed *s, int fd, uint64_t now_ms);
void shed_end(struct shed *s, struct shed_one *one);

/* A request was answered: it has its time anew. NULL is accepted. */
void shed_again(struct shed *s, struct shed_one *one, uint64_t now_ms);

/* Cut whose time has passed at that moment; how many. From any thread. */
unsigned shed_sweep(struct shed *s, uint64_t now_ms);

#endif
