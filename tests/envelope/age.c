/* age: birthdays, lunar dates and what is no date. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "envelope/age.h"

#define DAY_MS 86400000ull
#define NOON_2024_11_21 1732190400000ull

static void
the_birthday_counts_from_its_morning(void **state)
{
	(void)state;
	assert_int_equal(age_at("20061121", NOON_2024_11_21), 18);
	assert_int_equal(age_at("20061122", NOON_2024_11_21), 17);
	assert_int_equal(age_at("20061122", NOON_2024_11_21 + DAY_MS), 18);
	assert_int_equal(age_at("19420101", NOON_2024_11_21), 82);
	assert_int_equal(age_at("20241121", NOON_2024_11_21), 0);
}

static void
a_lunar_date_is_the_first_of_january(void **state)
{
	(void)state;
	assert_int_equal(age_at("19421901", NOON_2024_11_21), 82);
	assert_int_equal(age_at("19420000", NOON_2024_11_21), 82);
	assert_int_equal(age_at("20060231", NOON_2024_11_21), 18);
	assert_int_equal(age_at("20070229", NOON_2024_11_21), 17);
	assert_int_equal(age_at("2006", NOON_2024_11_21), 18);
	assert_int_equal(age_at("2006122", NOON_2024_11_21), 18);
	assert_int_equal(age_at("2006 1 2", NOON_2024_11_21), 18);
}

static void
without_a_year_there_is_no_age(void **state)
{
	(void)state;
	assert_int_equal(age_at("", NOON_2024_11_21), -1);
	assert_int_equal(age_at("194", NOON_2024_11_21), -1);
	assert_int_equal(age_at("19x20101", NOON_2024_11_21), -1);
	assert_int_equal(age_at("00000101", NOON_2024_11_21), -1);
	assert_int_equal(age_at("20250101", NOON_2024_11_21), -1);
	assert_int_equal(age_at("20241122", NOON_2024_11_21), -1);
	assert_int_equal(age_at("20041122", UINT64_MAX), -1);
}

/* 29 February: of age on 1 March of a year that has none. */
static void
leap_days_wait_for_march(void **state)
{
	uint64_t noon_2022_02_28 = 1646049600000ull;

	(void)state;
	assert_int_equal(age_at("20040229", noon_2022_02_28), 17);
	assert_int_equal(age_at("20040229", noon_2022_02_28 + DAY_MS), 18);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_birthday_counts_from_its_morning),
		cmocka_unit_test(a_lunar_date_is_the_first_of_january),
		cmocka_unit_test(without_a_year_there_is_no_age),
		cmocka_unit_test(leap_days_wait_for_march),
	};

	(void)setenv("TZ", "UTC", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
