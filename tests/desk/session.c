/* session: what is a person's is wiped, what is the terminal's stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "desk/session.h"

static struct desk_settings set = { .printer = "file:paper" };
static const struct notice notice;

static void
forgetting_wipes_the_person_alone(void **state)
{
	struct session s;

	(void)state;
	assert_int_equal(session_init(&s, &set, &notice), ERR_OK);
	assert_true(secret_is_zero(s.person, sizeof(*s.person)));
	s.epoch = 9;
	s.problem = ERR_CARD_DATA;
	s.identifiers = 12;
	memcpy(s.reference, "01JD-7Q4M", RID_SHORT);
	memset(s.person, 0xA5, sizeof(*s.person));
	session_forget(&s);
	assert_true(secret_is_zero(s.person, sizeof(*s.person)));
	assert_true(s.set == &set && s.notice == &notice);
	assert_int_equal(s.epoch, 9);
	assert_int_equal(s.problem, ERR_CARD_DATA);
	assert_int_equal(s.identifiers, 12);
	assert_string_equal(s.reference, "01JD-7Q4M");
	session_clear(&s);
	assert_null(s.person);
}

static void
facts_hold_only_for_their_card(void **state)
{
	struct session s;

	(void)state;
	assert_int_equal(session_init(&s, &set, &notice), ERR_OK);
	assert_false(session_card_holds(&s));
	s.person->epoch = s.epoch = 2;
	assert_true(session_card_holds(&s));
	s.epoch = 3;
	assert_false(session_card_holds(&s));
	s.epoch = 0;
	assert_false(session_card_holds(&s));
	session_clear(&s);
}

static void
the_bearer_is_the_chosen_one(void **state)
{
	struct session s;

	(void)state;
	assert_int_equal(session_init(&s, &set, &notice), ERR_OK);
	s.person->which = 2;
	assert_ptr_equal(session_bearer(&s), &s.person->bearers[2]);
	session_clear(&s);
}

static void
a_printer_is_one_that_is_set(void **state)
{
	struct desk_settings none = { .printer = "none" };
	struct session s;

	(void)state;
	assert_int_equal(session_init(&s, &set, &notice), ERR_OK);
	assert_true(s.paper);
	session_clear(&s);
	assert_int_equal(session_init(&s, &none, &notice), ERR_OK);
	assert_false(s.paper);
	session_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forgetting_wipes_the_person_alone),
		cmocka_unit_test(facts_hold_only_for_their_card),
		cmocka_unit_test(the_bearer_is_the_chosen_one),
		cmocka_unit_test(a_printer_is_one_that_is_set),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
