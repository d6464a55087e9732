/* shift: where one is needed, what ends it, and that it names who serves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "desk/session.h"

static struct desk_settings set;
static struct session s;
static const struct operator two[] = {
	{ "99700024450", "PATBQUATRE CAMILLE", "pharmacien" },
	{ "99900063480", "PATTROIS DOMINIQUE", "préparateur" },
};

static int
begin(void **state)
{
	(void)state;
	memset(&set, 0, sizeof(set));
	set.mode = MODE_TRAINING;
	strcpy(set.operator_id, "1");
	strcpy(set.operator_name, "Camille Officine");
	return session_init(&s, &set, NULL) != ERR_OK;
}

static int
end(void **state)
{
	(void)state;
	session_clear(&s);
	return 0;
}

/* Production needs a shift even before anybody can open one; training, once
 * somebody can; a borne never. A list that cannot be read serves nobody. */
static void
where_a_shift_is_needed(void **state)
{
	static const struct {
		int mode, profile;
		size_t n;
		enum err r;
		bool needed;
	} cases[] = {
		{ MODE_TRAINING, PROFILE_PHARMACIE, 0, ERR_OK, false },
		{ MODE_TRAINING, PROFILE_PHARMACIE, 2, ERR_OK, true },
		{ MODE_TRAINING, PROFILE_ACCUEIL, 2, ERR_OK, true },
		{ MODE_TRAINING, PROFILE_ACCUEIL, 0, ERR_OPERATORS, true },
		{ MODE_TRAINING, PROFILE_BORNE, 2, ERR_OK, false },
		{ MODE_PRODUCTION, PROFILE_PHARMACIE, 0, ERR_OK, true },
		{ MODE_PRODUCTION, PROFILE_ACCUEIL, 2, ERR_OK, true },
		{ MODE_PRODUCTION, PROFILE_BORNE, 2, ERR_OK, false },
		{ MODE_PRODUCTION, PROFILE_BORNE, 0, ERR_OPERATORS, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		set.mode = cases[i].mode;
		set.profile = cases[i].profile;
		shift_accounts(&s, two, cases[i].n, cases[i].r);
		assert_int_equal(s.shift.needed, cases[i].needed);
		assert_int_equal(shift_serves(&s), !cases[i].needed);
		if (!cases[i].needed)
			assert_string_equal(s.operator.id, "1");
	}
}

static void
a_file_of_answers_needs_none(void **state)
{
	(void)state;
	s.shift.waived = true;
	shift_accounts(&s, two, 2, ERR_OK);
	assert_true(shift_serves(&s));
	assert_string_equal(s.operator.name, "Camille Officine");
}

static void
who_opens_it_serves(void **state)
{
	(void)state;
	shift_accounts(&s, two, 2, ERR_OK);
	s.shift.asked = two[1];
	shift_open(&s);
	assert_true(shift_serves(&s));
	assert_string_equal(s.operator.id, "99900063480");
	assert_string_equal(s.operator.profession, "préparateur");
	shift_accounts(&s, two, 2, ERR_OK);
	assert_true(shift_serves(&s));
	shift_close(&s);
	assert_false(shift_serves(&s));
}

static void
without_an_account_it_ends(void **state)
{
	(void)state;
	shift_accounts(&s, two, 2, ERR_OK);
	s.shift.asked = two[1];
	shift_open(&s);
	shift_accounts(&s, two, 1, ERR_OK);
	assert_false(shift_serves(&s));
	s.shift.asked = two[0];
	shift_open(&s);
	shift_accounts(&s, NULL, 0, ERR_OPERATORS);
	assert_false(shift_serves(&s));
	/* The last account is gone: training has the settings' again. */
	shift_accounts(&s, NULL, 0, ERR_OK);
	assert_true(shift_serves(&s));
	assert_string_equal(s.operator.id, "1");
}

static void
a_wait_is_told_in_whole_seconds(void **state)
{
	(void)state;
	s.elapsed_ms = 5000;
	assert_int_equal(shift_wait(&s), 0);
	s.shift.until_ms = 5001;
	assert_int_equal(shift_wait(&s), 1);
	s.shift.until_ms = 8000;
	assert_int_equal(shift_wait(&s), 3);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(where_a_shift_is_needed),
		TEST(a_file_of_answers_needs_none),
		TEST(who_opens_it_serves),
		TEST(without_an_account_it_ends),
		TEST(a_wait_is_told_in_whole_seconds),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
