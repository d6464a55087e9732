/*
 * secret_pool: small pieces of secret memory, many to a page.
 *
 * Locked memory comes by pages, with guards around: for the words of a JSON
 * document that is six calls of the kernel and three pages each, and an
 * account may lock only so much. Here they share slabs of it. A piece is
 * wiped when it is given back; a slab stays until the process ends. For one
 * thread.
 *
 * wiped_pool is the same in memory that is not locked, for the programs of a
 * centre: each thread has its own.
 */
#ifndef GUICHET_BASE_SECRET_POOL_H
#define GUICHET_BASE_SECRET_POOL_H

#include <stddef.h>

/* n bytes, 16-byte aligned, not zeroed; NULL when there are none. What is
 * larger than a kilobyte is secret_alloc's. */
void *secret_pool_alloc(size_t n);
void secret_pool_free(void *p); /* NULL is accepted */

/* The same, malloc's where it is larger. */
void *wiped_pool_alloc(size_t n);
void wiped_pool_free(void *p);

#endif
