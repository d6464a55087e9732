/* letter: of envelopes that come together, the last one vouches for those
 * that it follows, and for no others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/centre/made.h"

#define MANY 4

static struct made m;
static struct terminal terminal;
static struct buf made[MANY];
static struct letter letters[MANY];

static int
setup(void **state)
{
	struct rid rid;
	enum err r = made_open(&m, ":memory:");

	(void)state;
	for (int i = 0; i < MANY; i++) {
		buf_init(&made[i]);
		if (r == ERR_OK)
			r = made_any(&m, &rid, &made[i]);
	}
	if (r == ERR_OK)
		r = m.store->ops->terminal_find(m.store, MADE_TERMINAL,
		    &terminal);
	return r == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	for (int i = 0; i < MANY; i++)
		buf_clear(&made[i]);
	made_close(&m);
	return 0;
}

/* Which of them are authentic, as a text of y and n. */
static const char *
vouched(void)
{
	static char said[MANY + 1];

	for (int i = 0; i < MANY; i++)
		letter_look(made[i].p, made[i].len, &letters[i]);
	letter_vouch(&terminal, letters, MANY);
	for (int i = 0; i < MANY; i++)
		said[i] = letters[i].authentic ? 'y' : 'n';
	return said;
}

/* What the gateway says of each, by its code. */
static void
assert_codes(int a, int b, int c, int d)
{
	const int wanted[MANY] = { a, b, c, d };
	struct buf body;
	json_t *doc, *list;
	json_int_t code;

	buf_init(&body);
	for (int i = 0; i < MANY; i++)
		assert_int_equal(made_add(&body, &made[i]), ERR_OK);
	assert_int_equal(made_send(&m, &body, 0, &doc, &list), ERR_OK);
	for (int i = 0; i < MANY; i++) {
		code = 0;
		(void)json_get_int(json_array_get(list, (size_t)i), "code", 0,
		    999, &code);
		assert_int_equal(code, wanted[i]);
	}
	json_decref(doc);
	buf_clear(&body);
}

static void
the_last_one_vouches_for_the_chain(void **state)
{
	(void)state;
	assert_string_equal(vouched(), "yyyy");
	assert_codes(0, 0, 0, 0);
}

static void
an_altered_one_breaks_the_chain(void **state)
{
	(void)state;
	made[1].p[made[1].len - 1] ^= 1; /* its signature */
	assert_string_equal(vouched(), "nnyy");
	assert_codes(0, err_number(ERR_ENV_SIGNATURE), err_number(ERR_GAP),
	    err_number(ERR_GAP));
}

static void
a_forged_last_one_vouches_for_nobody(void **state)
{
	(void)state;
	made[3].p[made[3].len - 1] ^= 1;
	assert_string_equal(vouched(), "yyyn");
	assert_codes(0, 0, 0, err_number(ERR_ENV_SIGNATURE));
}

/* The whole chain by a key that is not the terminal's. */
static void
a_chain_of_another_is_nobodys(void **state)
{
	const int forged = err_number(ERR_ENV_SIGNATURE);
	struct rid rid;

	(void)state;
	sign_keypair(m.sign, m.sign_public);
	m.sequence = 0;
	memset(m.previous, 0, sizeof(m.previous));
	for (int i = 0; i < MANY; i++) {
		buf_reset(&made[i]);
		assert_int_equal(made_any(&m, &rid, &made[i]), ERR_OK);
	}
	assert_string_equal(vouched(), "nnnn");
	assert_codes(forged, forged, forged, forged);
}

/* In another order each is looked at for itself. */
static void
what_does_not_follow_is_vouched_for_by_none(void **state)
{
	const struct buf first = made[0];

	(void)state;
	made[0] = made[1];
	made[1] = first;
	assert_string_equal(vouched(), "nnyy");
	assert_codes(err_number(ERR_GAP), 0, err_number(ERR_GAP),
	    err_number(ERR_GAP));
}

/* What is here already is not asked for its signature again. */
static void
what_is_behind_is_not_looked_at(void **state)
{
	(void)state;
	terminal.sequence = 2;
	assert_string_equal(vouched(), "nnyy");
	terminal.sequence = 4;
	assert_string_equal(vouched(), "nnnn");
}

/* Neither for what it says of another terminal, nor of another key. */
static void
only_its_own_by_its_key(void **state)
{
	(void)state;
	terminal.number++;
	assert_string_equal(vouched(), "nnnn");
	terminal.number--;
	terminal.sign_key++;
	assert_string_equal(vouched(), "nnnn");
}

static void
what_cannot_be_read_is_in_no_chain(void **state)
{
	(void)state;
	made[2].len--;
	assert_string_equal(vouched(), "yynn");
	assert_int_equal(letters[2].form, ERR_ENV_FORM);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_last_one_vouches_for_the_chain),
		TEST(an_altered_one_breaks_the_chain),
		TEST(a_forged_last_one_vouches_for_nobody),
		TEST(a_chain_of_another_is_nobodys),
		TEST(what_does_not_follow_is_vouched_for_by_none),
		TEST(what_is_behind_is_not_looked_at),
		TEST(only_its_own_by_its_key),
		TEST(what_cannot_be_read_is_in_no_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
