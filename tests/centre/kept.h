/*
 * kept: a vault in memory, and acts of one person kept in it one by one.
 */
#ifndef GUICHET_TESTS_CENTRE_KEPT_H
#define GUICHET_TESTS_CENTRE_KEPT_H

#include "centre/vault.h"
#include "tests/envelope/made.h"

#define KEPT_NOW 1795271600000ull

struct kept {
	uint8_t master[SYM_KEY_LEN], index[SYM_KEY_LEN];
	struct vault_keys keys;
	struct vault *vault;
	struct record *rec;
	uint64_t now_ms; /* of the last act; each is a second later */
};

static inline enum err
kept_open(struct kept *k)
{
	memset(k, 0, sizeof(*k));
	secret_random(k->master, sizeof(k->master));
	secret_random(k->index, sizeof(k->index));
	k->keys = (struct vault_keys){ .master_number = 1,
		.master = k->master, .index = k->index };
	k->now_ms = KEPT_NOW;
	if ((k->rec = record_new()) == NULL)
		return ERR_MEMORY;
	make_record(k->rec);
	return vault_open(":memory:", true, &k->keys, &k->vault);
}

static inline void
kept_close(struct kept *k)
{
	vault_close(k->vault);
	record_free(k->rec);
	memset(k, 0, sizeof(*k));
}

/* Keep what k->rec says, with an id of its own and no account, as that
 * outcome. */
static inline enum err
kept_act(struct kept *k, enum outcome_kind kind)
{
	struct act act = { .terminal = 7, .kind = kind };
	struct buf document;
	enum err r;

	act.at_ms = k->now_ms += 1000;
	memset(&k->rec->account, 0, sizeof(k->rec->account));
	rid_make(act.at_ms, &k->rec->rid);
	act.rid = k->rec->rid;
	buf_init(&document);
	if ((r = record_write(k->rec, &document)) == ERR_OK)
		r = vault_keep(k->vault, &act, k->rec, &document,
		    IDENTIFIER_COUNT);
	buf_clear(&document);
	return r;
}

#endif
