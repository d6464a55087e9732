/* made: a state folder of its own, keys, and a queue to put into. */
#ifndef GUICHET_TESTS_QUEUE_MADE_H
#define GUICHET_TESTS_QUEUE_MADE_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "queue/queue.h"

#define MADE_TERMINAL 7

struct made {
	char state[64]; /* the folder of this run */
	uint8_t sign_secret[SIGN_SECRET_LEN], sign_public[SIGN_PUBLIC_LEN];
	uint8_t box_secret[BOX_SECRET_LEN];
	struct envelope_keys keys;
	struct buf sealed;
};

/* In a new folder under `where`; 0, or -1. */
static inline int
made_init_in(struct made *m, const char *where)
{
	struct buf document;

	memset(m, 0, sizeof(*m));
	(void)snprintf(m->state, sizeof(m->state), "%s/guichet-XXXXXX", where);
	if (secret_start() != ERR_OK || mkdtemp(m->state) == NULL)
		return -1;
	sign_keypair(m->sign_secret, m->sign_public);
	box_keypair(m->box_secret, m->keys.opening_public);
	m->keys.sign_secret = m->sign_secret;
	m->keys.sign_number = 1;
	m->keys.opening_number = 2;
	buf_init(&m->sealed);
	buf_init(&document);
	if (buf_put_text(&document, "{\"essai\":true}") != ERR_OK ||
	    envelope_seal(&document, &m->keys, &m->sealed) != ERR_OK)
		return -1;
	buf_clear(&document);
	return 0;
}

static inline int
made_init(struct made *m)
{
	return made_init_in(m, "/tmp");
}

/* Empty the folder; it stays. */
static inline void
made_empty(const struct made *m)
{
	DIR *d = opendir(m->state);
	char path[PATH_ROOM];

	for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;)
		if (e->d_name[0] != '.' &&
		    path_join(m->state, e->d_name, path) == ERR_OK)
			(void)unlink(path);
	if (d != NULL)
		closedir(d);
}

static inline void
made_clear(struct made *m)
{
	made_empty(m);
	(void)rmdir(m->state);
	buf_clear(&m->sealed);
}

static inline enum err
made_put(struct made *m, struct queue *q, struct rid *rid,
    uint64_t *sequence)
{
	static uint64_t ms = 1795271525000;

	rid_make(ms++, rid);
	return queue_put(q, MADE_TERMINAL, rid, &m->sealed, &m->keys,
	    sequence);
}

/* One machine of the centre has it; its bytes go when that is `until`. */
static inline enum err
made_sent(struct queue *q, const struct rid *rid, enum receipt_level until)
{
	struct receipt rc = { .level = LEVEL_STORED,
		.terminal = MADE_TERMINAL, .centre_key = 1, .rid = *rid };
	uint8_t bytes[RECEIPT_LEN] = { 0 };
	struct queue_row row;
	enum err r;

	if ((r = queue_find(q, rid, &row)) != ERR_OK)
		return r;
	rc.sequence = row.sequence;
	memcpy(rc.hash, row.hash, DIGEST_LEN);
	return queue_receipt(q, &rc, bytes, until);
}

#endif
