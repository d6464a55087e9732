/*
 * posted: a made centre with some terminals, and a request of each with one
 * envelope.
 */
#ifndef GUICHET_TESTS_CENTRE_POSTED_H
#define GUICHET_TESTS_CENTRE_POSTED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/centre/made.h"

#define POSTED 4

static struct made m;
static struct posted {
	struct rid rid;
	struct buf body, answer;
	struct gateway_post post;
} posted[POSTED];

/* What the store is asked, and what shall fail. */
static struct {
	struct store_ops ops;
	unsigned begins, commits;
	uint32_t fails_for; /* a terminal; 0: none */
	enum err begin, commit;
} watched;

static inline enum err
watch_begin(struct store *s)
{
	watched.begins++;
	return watched.begin != ERR_OK ? watched.begin : watched.ops.begin(s);
}

static inline enum err
watch_commit(struct store *s)
{
	watched.commits++;
	return watched.commit != ERR_OK ? watched.commit :
	    watched.ops.commit(s);
}

static inline enum err
watch_entry_add(struct store *s, const struct entry *e, const void *envelope,
    size_t n)
{
	return e->terminal == watched.fails_for ? ERR_LEDGER :
	    watched.ops.entry_add(s, e, envelope, n);
}

static inline void
watch(void)
{
	static struct store_ops mine;

	memset(&watched, 0, sizeof(watched));
	watched.ops = mine = *m.store->ops;
	mine.begin = watch_begin;
	mine.commit = watch_commit;
	mine.entry_add = watch_entry_add;
	m.store->ops = &mine;
}

/* The first envelope of that terminal, which is known from then on. */
static inline enum err
posted_make(struct posted *p, uint32_t number)
{
	struct buf one;
	enum err r = ERR_OK;

	m.number = number;
	m.sequence = 0;
	memset(m.previous, 0, sizeof(m.previous));
	buf_init(&one);
	buf_init(&p->body);
	buf_init(&p->answer);
	if (number != MADE_TERMINAL)
		r = made_terminal(&m, number);
	if (r == ERR_OK && (r = made_any(&m, &p->rid, &one)) == ERR_OK)
		r = made_add(&p->body, &one);
	p->post = (struct gateway_post){ .terminal = number,
		.body = cursor_of(p->body.p, p->body.len),
		.answer = &p->answer, .came = ERR_NOT_NOW };
	buf_clear(&one);
	return r;
}

static inline int
posted_setup(void **state)
{
	enum err r = made_open(&m, ":memory:");

	(void)state;
	for (uint32_t i = 0; r == ERR_OK && i < POSTED; i++)
		r = posted_make(&posted[i], MADE_TERMINAL + i);
	if (r == ERR_OK)
		watch();
	return r == ERR_OK ? 0 : -1;
}

static inline int
posted_teardown(void **state)
{
	(void)state;
	for (int i = 0; i < POSTED; i++) {
		buf_clear(&posted[i].body);
		buf_clear(&posted[i].answer);
	}
	made_close(&m);
	return 0;
}

static inline bool
is_kept(const struct posted *p)
{
	struct entry e;

	return m.store->ops->entry_by_rid(m.store, &p->rid, &e) == ERR_OK;
}

/* It came to that; a receipt when it was kept, and nothing otherwise. */
static inline void
assert_came(struct posted *p, enum err came)
{
	assert_int_equal(p->post.came, came);
	assert_int_equal(is_kept(p), came == ERR_OK);
	if (came != ERR_OK) {
		assert_int_equal(p->answer.len, 0);
		return;
	}
	assert_int_equal(buf_terminate(&p->answer), ERR_OK);
	assert_non_null(strstr((char *)p->answer.p, "\"receipt\""));
}

#endif
