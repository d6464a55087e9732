/* backoff: the floor, the doubling, the cap, and what the centre asks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "sync/backoff.h"

static uint32_t limit;

static uint32_t
least(uint32_t n)
{
	limit = n;
	return 0;
}

static uint32_t
most(uint32_t n)
{
	limit = n;
	return n - 1;
}

static void
it_doubles_from_the_floor_to_the_cap(void **state)
{
	static const uint64_t ceilings[] = { 2000, 4000, 8000, 16000, 32000,
		64000, 128000, 256000, 300000, 300000 };

	(void)state;
	for (uint64_t i = 0; i < 10; i++) {
		assert_true(backoff_wait(i + 1, 0, most) == ceilings[i]);
		assert_true(backoff_wait(i + 1, 0, least) == 1000);
	}
	assert_true(backoff_wait(UINT64_MAX, 0, most) == BACKOFF_CAP_MS);
	assert_true(limit == BACKOFF_CAP_MS - BACKOFF_FLOOR_MS + 1);
}

static void
the_centre_may_ask_for_more_but_not_for_less(void **state)
{
	(void)state;
	assert_true(backoff_wait(1, 30000, most) == 30000);
	assert_true(backoff_wait(9, 30000, most) == 300000);
}

static void
a_clock_put_back_does_not_stop_it(void **state)
{
	(void)state;
	assert_true(backoff_left(5000, 2000) == 3000);
	assert_true(backoff_left(2000, 5000) == 0);
	assert_true(backoff_left(0, 0) == 0);
	assert_true(backoff_left(1795271600000ull, 0) == 3600000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_doubles_from_the_floor_to_the_cap),
		cmocka_unit_test(the_centre_may_ask_for_more_but_not_for_less),
		cmocka_unit_test(a_clock_put_back_does_not_stop_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
