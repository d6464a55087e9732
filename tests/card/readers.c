/* readers: flags before the ATR, and words for every state. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "card/readers.h"

static const struct slot vitale = { .present = true, .atr_len = 10,
	.atr = { 0x3B, 0x75, 0x13, 0, 0, 0x45, 0x09, 0xEA, 0x90, 0 } };

static void
flags_come_first(void **state)
{
	struct slot s = vitale;

	(void)state;
	assert_int_equal(slot_state(&s), READER_VITALE);
	s.taken = true;
	assert_int_equal(slot_state(&s), READER_BUSY);
	s.mute = true;
	assert_int_equal(slot_state(&s), READER_MUTE);
	s.present = false;
	assert_int_equal(slot_state(&s), READER_EMPTY);
	s = vitale;
	s.atr_len = 0;
	assert_int_equal(slot_state(&s), READER_MUTE);
	s = vitale;
	s.atr[0] = 0x3F;
	s.taken = true; /* whoever has a foreign card may keep it */
	assert_int_equal(slot_state(&s), READER_FOREIGN);
}

static void
each_state_has_a_word_and_a_weight_of_its_own(void **state)
{
	bool seen[READER_WEIGHT_MAX + 1] = { false };

	(void)state;
	for (int i = READER_EMPTY; i <= (int)READER_ERROR; i++) {
		const enum reader_state s = (enum reader_state)i;
		const int w = reader_weight(s);

		assert_in_range(w, 1, READER_WEIGHT_MAX);
		assert_false(seen[w]);
		seen[w] = true;
		for (int k = 0; k < i; k++)
			assert_string_not_equal(reader_word(s),
			    reader_word((enum reader_state)k));
	}
	assert_string_equal(reader_word(READER_NO_SERVICE), "no-service");
	assert_string_equal(reader_word(READER_VITALE1), "vitale1");
}

static void
each_state_says_what_to_do(void **state)
{
	(void)state;
	for (int i = 0; i <= (int)READER_ERROR; i++) {
		const enum err r = reader_err((enum reader_state)i);

		if (i == READER_VITALE)
			assert_int_equal(r, ERR_OK);
		else
			assert_in_range(err_number(r), 301, 399);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flags_come_first),
		cmocka_unit_test(each_state_has_a_word_and_a_weight_of_its_own),
		cmocka_unit_test(each_state_says_what_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
