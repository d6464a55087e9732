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
		assert_int_equal(permit_closed(k), !opens &&
		    k != RECORD_REISSUE);
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
somebody_attests_what_no_screen_heard(void **state)
{
	(void)state;
	EACH_PROFILE(p)
		for (int allowed = 0; allowed < 8; allowed++) {
			assert_int_equal(permit_method(CONSENT_SCREEN, p,
			    allowed), (allowed & 1) != 0);
			assert_int_equal(permit_method(CONSENT_ORAL, p,
			    allowed), (allowed & 2) != 0 && p != PROFILE_BORNE);
			assert_int_equal(permit_method(CONSENT_PAPER, p,
			    allowed), (allowed & 4) != 0 && p != PROFILE_BORNE);
		}
}

static void
a_desk_where_nobody_can_say_yes(void **state)
{
	static const struct {
		const char *printer;
		int profile, methods;
		bool can;
	} desks[] = {
		{ "none", PROFILE_PHARMACIE, 1, true },
		{ "none", PROFILE_BORNE, 7, true },
		{ "file:paper", PROFILE_BORNE, 6, false },
		{ "none", PROFILE_ACCUEIL, 4, false },
		{ "file:paper", PROFILE_ACCUEIL, 4, true },
		{ "none", PROFILE_PHARMACIE, 2, true },
	};
	struct desk_settings set = { .mode = MODE_TRAINING };

	(void)state;
	for (size_t i = 0; i < sizeof(desks) / sizeof(desks[0]); i++) {
		memcpy(set.printer, desks[i].printer,
		    strlen(desks[i].printer) + 1);
		set.profile = desks[i].profile;
		set.consent_methods = desks[i].methods;
		assert_int_equal(permit_desk(&set), desks[i].can);
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
		cmocka_unit_test(somebody_attests_what_no_screen_heard),
		cmocka_unit_test(a_desk_where_nobody_can_say_yes),
		cmocka_unit_test(profiles_have_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
