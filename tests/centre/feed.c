/* feed: left and taken up again, it skips nothing and repeats nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "centre/feed.h"
#include "tests/centre/kept.h"

static struct kept k;
static struct feed_item items[FEED_MAX];
static struct feed feed;
static unsigned n;

static int
setup(void **state)
{
	(void)state;
	if (kept_open(&k) != ERR_OK)
		return -1;
	return kept_act(&k, OUTCOME_OPENED) == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	kept_close(&k);
	return 0;
}

static void
update(int times)
{
	k.rec->kind = RECORD_PREFERENCES;
	while (times-- > 0)
		assert_int_equal(kept_act(&k, OUTCOME_UPDATED), ERR_OK);
}

static void
look(void)
{
	struct trace t = { .at_ms = k.now_ms, .action = FEED_LOOK };

	assert_int_equal(feed_since(&feed, k.vault, FEED_BEGIN), ERR_OK);
	assert_int_equal(feed_next(&feed, items, &n), ERR_OK);
	t.subject = items[0].dossier;
	assert_int_equal(vault_witness(k.vault, &t), ERR_OK);
}

static void
it_goes_on_where_it_was_left(void **state)
{
	char cursor[CURSOR_TEXT];

	(void)state;
	update(FEED_MAX + 19);
	look();
	assert_int_equal(n, FEED_MAX);
	assert_int_equal(items[0].number, 1);
	assert_int_equal(items[FEED_MAX - 1].number, FEED_MAX);
	memcpy(cursor, items[49].cursor, sizeof(cursor));
	assert_int_equal(feed_next(&feed, items, &n), ERR_OK);
	assert_int_equal(n, 20);
	assert_int_equal(items[0].number, FEED_MAX + 1);
	assert_int_equal(feed_next(&feed, items, &n), ERR_OK);
	assert_int_equal(n, 0);
	assert_int_equal(feed_since(&feed, k.vault, cursor), ERR_OK);
	assert_int_equal(feed_next(&feed, items, &n), ERR_OK);
	assert_int_equal(n, 70);
	assert_int_equal(items[0].number, 51);
}

static void
what_comes_later_is_behind_the_end(void **state)
{
	(void)state;
	look();
	assert_int_equal(n, 1);
	assert_int_equal(feed_since(&feed, k.vault, items[0].cursor), ERR_OK);
	assert_int_equal(feed_next(&feed, items, &n), ERR_OK);
	assert_int_equal(n, 0); /* the look is no item */
	update(1);
	assert_int_equal(feed_next(&feed, items, &n), ERR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(items[0].number, 3);
}

static void
a_time_has_its_own_and_no_others(void **state)
{
	(void)state;
	update(5);
	assert_int_equal(feed_between(&feed, k.vault, KEPT_NOW + 2000,
	    KEPT_NOW + 4000), ERR_OK);
	assert_int_equal(feed_next(&feed, items, &n), ERR_OK);
	assert_int_equal(n, 2);
	assert_int_equal(items[0].number, 2);
	assert_int_equal(feed_between(&feed, k.vault, 0, 5), ERR_OK);
	assert_int_equal(feed_next(&feed, items, &n), ERR_OK);
	assert_int_equal(n, 0);
}

static void
a_mark_of_elsewhere_is_refused(void **state)
{
	static const char *const bad[] = { "", "g1-", "g2-", "begin ",
		"g1-000000000000000100000000000000000000000000000000",
		"g1-ffffffffffffffff00000000000000000000000000000000",
		"g1-000000000000000000000000000000000000000000000000",
		"g1-0000000000000063000000000000000000000000000000000" };
	char cursor[CURSOR_TEXT];

	(void)state;
	look();
	memcpy(cursor, items[0].cursor, sizeof(cursor));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(feed_since(&feed, k.vault, bad[i]),
		    ERR_CURSOR);
	/* Another vault has another first line. */
	kept_close(&k);
	assert_int_equal(kept_open(&k), ERR_OK);
	assert_int_equal(kept_act(&k, OUTCOME_OPENED), ERR_OK);
	assert_int_equal(feed_since(&feed, k.vault, cursor), ERR_CURSOR);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(it_goes_on_where_it_was_left),
		TEST(what_comes_later_is_behind_the_end),
		TEST(a_time_has_its_own_and_no_others),
		TEST(a_mark_of_elsewhere_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
