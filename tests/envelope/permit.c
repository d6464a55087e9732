/* permit: the table, said a second time as sentences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "envelope/permit.h"

#define EACH_KIND(k) \
	for (enum record_kind k = 0; k < RECORD_KIND_COUNT; k++)
#define EACH_PROFILE(p) \
	for (enum profile p = PROFILE_PHARMACIE; p <= PROFILE_ACCUEIL; p++)

static void
a_law_says_who_opens(void **state)
{
	(void)state;
	EACH_KIND(k) {
		bool opens = k == RECORD_OPEN || k == RECORD_REOPEN;

		assert_int_equal(permit_regime(k, REGIME_DMP),
		    k != RECORD_OPPOSE);
		assert_int_equal(permit_regime(k, REGIME_MES), !opens);
	}
}

static void
a_borne_closes_nothing_and_serves_adults(void **state)
{
	(void)state;
	EACH_PROFILE(p) {
		EACH_KIND(k)
			assert_int_equal(permit_place(k, p),
			    p != PROFILE_BORNE || k != RECORD_CLOSE);
		assert_true(permit_subject(SUBJECT_ADULT, p));
		assert_int_equal(permit_subject(SUBJECT_MINOR, p),
		    p != PROFILE_BORNE);
		assert_int_equal(permit_subject(SUBJECT_PROTECTED, p),
		    p != PROFILE_BORNE);
	}
}

static void
profiles_have_words(void **state)
{
	(void)state;
	EACH_PROFILE(p)
		assert_int_equal(permit_profile(permit_profile_word(p)), p);
	assert_string_equal(permit_profile_word(PROFILE_BORNE), "borne");
	assert_int_equal(permit_profile(""), -1);
	assert_int_equal(permit_profile("BORNE"), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_law_says_who_opens),
		cmocka_unit_test(a_borne_closes_nothing_and_serves_adults),
		cmocka_unit_test(profiles_have_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
