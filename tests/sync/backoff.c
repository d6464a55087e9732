/* backoff: the floor, the doubling, the cap, and what the centre asks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
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
	assert_true(backoff_wait(1, 30000, least) == 30000);
	assert_true(backoff_wait(1, 30000, most) == 45000);
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

static void
the_usual_wait_parts_those_who_began_together(void **state)
{
	(void)state;
	assert_true(backoff_usual(60000, least) == 54000);
	assert_true(backoff_usual(60000, most) == 66000);
}

static void
a_bucket_gives_one_try_for_ten_delivered(void **state)
{
	uint64_t spent = 0;

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_false(bucket_empty(spent, 3));
		spent = bucket_after(spent, 0, true, 3);
	}
	assert_true(bucket_empty(spent, 3));
	assert_true(bucket_after(spent, 0, true, 3) == spent);
	/* One success that delivers little is not nine tries more. */
	assert_true(bucket_empty(bucket_after(spent, 9, false, 3), 3));
	spent = bucket_after(spent, 10, false, 3);
	assert_false(bucket_empty(spent, 3));
	spent = bucket_after(spent, 0, true, 3);
	assert_true(bucket_empty(spent, 3));
	assert_true(bucket_after(spent, 1000, false, 3) == 0);
}

/* A centre that comes back after ten minutes, and who comes to it when. */
#define HERD	20000
#define OUTAGE	600000
#define SECONDS 400

static unsigned
busiest_second(uint64_t retry_after_ms, unsigned *arrived)
{
	static unsigned at[SECONDS];
	unsigned worst = 0;

	memset(at, 0, sizeof(at));
	*arrived = 0;
	for (unsigned i = 0; i < HERD; i++) {
		uint64_t t = 0;

		/* All failed at the same moment, and again and again. */
		for (uint64_t n = 1; t < OUTAGE; n++)
			t += backoff_wait(n, retry_after_ms, secret_below);
		t = (t - OUTAGE) / 1000;
		if (t < SECONDS) {
			++*arrived;
			worst = ++at[t] > worst ? at[t] : worst;
		}
	}
	return worst;
}

static void
a_herd_comes_back_spread(void **state)
{
	unsigned arrived, worst = busiest_second(0, &arrived);

	(void)state;
	assert_int_equal(arrived, HERD); /* all of them within the cap */
	/* Spread over five minutes evenly it would be 67 a second. */
	print_message("of %d, at most %u in one second\n", HERD, worst);
	assert_in_range(worst, 1, 4 * HERD / 300);
	/* Told the same Retry-After, they part all the same. */
	worst = busiest_second(30000, &arrived);
	print_message("asked for 30 s: at most %u\n", worst);
	assert_in_range(worst, 1, 4 * HERD / 300);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_doubles_from_the_floor_to_the_cap),
		cmocka_unit_test(the_centre_may_ask_for_more_but_not_for_less),
		cmocka_unit_test(a_clock_put_back_does_not_stop_it),
		cmocka_unit_test(the_usual_wait_parts_those_who_began_together),
		cmocka_unit_test(a_bucket_gives_one_try_for_ten_delivered),
		cmocka_unit_test(a_herd_comes_back_spread),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
