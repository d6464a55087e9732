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

/* Does this call of the host's go wrong? It may die of it. */
bool disk_fails(struct host *h);

#endif
