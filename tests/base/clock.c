/* clock: known moments have known texts, and elapsed time only grows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "base/clock.h"

static void
a_moment_is_written_in_utc(void **state)
{
	static const struct {
		uint64_t ms;
		const char *text;
	} rows[] = {
		{ 0, "1970-01-01T00:00:00Z" },
		{ 951782400999u, "2000-02-29T00:00:00Z" },
		{ 1795271525000u, "2026-11-21T14:32:05Z" },
		{ 253402300799999u, "9999-12-31T23:59:59Z" },
		{ 253402300800000u, "" }, /* no room for the year 10000 */
		{ UINT64_MAX, "" },
	};
	char out[CLOCK_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		clock_text(rows[i].ms, out);
		assert_string_equal(out, rows[i].text);
	}
}

static void
hour_and_day_are_local(void **state)
{
	char hour[6], day[9];

	(void)state;
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	clock_hour(1795271525000u, hour);
	clock_day(1795271525000u, day);
	assert_string_equal(hour, "15:32");
	assert_string_equal(day, "20261121");
	/* An hour before midnight in UTC it is already tomorrow. */
	clock_hour(1795302000000u, hour);
	clock_day(1795302000000u, day);
	assert_string_equal(hour, "00:00");
	assert_string_equal(day, "20261122");
	clock_day(UINT64_MAX, day);
	assert_string_equal(day, "");
}

static void
elapsed_time_grows(void **state)
{
	const struct timespec nap = { 0, 20000000 };
	uint64_t wall = clock_wall_ms(), then = clock_elapsed_ms(), now;

	(void)state;
	assert_int_equal(nanosleep(&nap, NULL), 0);
	now = clock_elapsed_ms();
	assert_true(now >= then + 20 && now < then + 20000);
	assert_true(wall / 1000 - (uint64_t)time(NULL) + 5 < 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_moment_is_written_in_utc),
		cmocka_unit_test(hour_and_day_are_local),
		cmocka_unit_test(elapsed_time_grows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
