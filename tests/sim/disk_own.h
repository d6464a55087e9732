/*
 * disk_own: what disk.c and disk_file.c share. Only they include this.
 */
#ifndef GUICHET_TESTS_SIM_DISK_OWN_H
#define GUICHET_TESTS_SIM_DISK_OWN_H

#include <sqlite3.h>
#include <stddef.h>

#include "tests/sim/disk.h"

#define SECTOR 512
#define PAGES  64 /* of shared memory */

struct image {
	unsigned char *p;
	size_t n, room;
};

struct node {
	char name[96];
	struct host *host;
	struct image now, kept, backup;
	size_t from, to; /* now and kept differ between these at most */
	bool there, in_backup;
	void *shm[PAGES];
};

struct file {
	sqlite3_file base;
	struct node *node;
};

/* What SQLite does with an open file. */
extern const sqlite3_io_methods disk_methods;

/* Bytes: at least so many, at most so many, those of another. */
void image_grow(struct image *i, size_t n);
void image_shrink(struct image *i, size_t n);
void image_copy(struct image *to, const struct image *from);

/* These bytes of what is seen may be others than what is kept; and one of the
 * two becomes as the other is. */
void node_differs(struct node *d, size_t from, size_t to);
void node_settle(struct node *d, struct image *to, const struct image *from);

/* Does this call of the host's go wrong? It may die of it. */
bool disk_fails(struct host *h);

#endif
