/* escpos: from the reset to the cut, in letters that the printer has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "slip/escpos.h"
#include "tests/slip/sample.h"

static struct slip *s;
static struct buf out;

static int
setup(void **state)
{
	(void)state;
	if ((s = slip_new()) == NULL ||
	    buf_init_secret(&out, ESCPOS_ROOM) != ERR_OK)
		return -1;
	slip_secrets(s, sample_facts());
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	slip_free(s);
	buf_clear(&out);
	return 0;
}

static bool
has(const void *what, size_t n)
{
	for (size_t i = 0; i + n <= out.len; i++)
		if (memcmp(out.p + i, what, n) == 0)
			return true;
	return false;
}

static void
it_begins_and_ends(void **state)
{
	(void)state;
	assert_int_equal(escpos_write(s, &escpos_80mm, &out), ERR_OK);
	assert_memory_equal(out.p, "\x1B@\x1Bt\x10", 5);
	assert_memory_equal(out.p + out.len - 3, "\x1DV\x01", 3);
	assert_true(has("\xC0 la premi\xE8re", 12)); /* Windows-1252 */
	assert_false(has("\xC3", 1) && has("\xC2\xA0", 2));
}

/* What is copied by hand stands large and bold, and nothing else does. */
static void
codes_are_large(void **state)
{
	(void)state;
	assert_int_equal(escpos_write(s, &escpos_58mm, &out), ERR_OK);
	assert_true(has("\x1B" "E\x01\x1D!\x11  4 8 2 1\n  K F T P", 25));
	assert_true(has("\x1B" "E\x00\x1D!\x00\n", 7));
	buf_reset(&out);
	assert_int_equal(escpos_write(s, &escpos_80mm, &out), ERR_OK);
	assert_true(has("\x1D!\x11  4 8 2 1   K F T P", 22));
}

/* In large print all is double, and a code as large as a group of it can. */
static void
large_print_is_large(void **state)
{
	(void)state;
	s->large = true;
	assert_int_equal(escpos_write(s, &escpos_80mm, &out), ERR_OK);
	assert_true(has("\x1Bt\x10\x1B" "E\x00\x1D!\x11", 9));
	assert_true(has("\x1B" "E\x01\x1D!\x33  a B 2 !", 15));
	assert_true(has("\x33  K F T P\x1B" "E\x00\x1D!\x11", 16));
	buf_reset(&out);
	assert_int_equal(escpos_write(s, &escpos_58mm, &out), ERR_OK);
	assert_true(has("\x1Bt\x10\x1B" "E\x00\x1D!\x01", 9));
	assert_true(has("\x22  4 8 2 1\n  K F T P\x1B" "E\x00\x1D!\x01", 26));
}

static void
signs_that_it_has_not_are_marked(void **state)
{
	(void)state;
	slip_wipe(s);
	memcpy(s->ref, sample_facts()->ref, RID_TEXT);
	slip_add(s, SLIP_TITLE, "Œuvre – l’été « € » 漢", NULL);
	assert_int_equal(escpos_write(s, &escpos_80mm, &out), ERR_OK);
	assert_true(has("\x8Cuvre \x96 l\x92\xE9t\xE9 \xAB \x80 \xBB ?", 21));
}

static void
a_code_is_a_square_of_dots(void **state)
{
	(void)state;
	slip_add(s, SLIP_QR, "Code", "GC1:ABC");
	assert_int_equal(escpos_write(s, &escpos_58mm, &out), ERR_OK);
	/* 48 bytes wide; 21 modules of 6 dots high. */
	assert_true(has("\x1Dv0\x00\x30\x00\x7E\x00", 8));
}

static void
a_code_too_large_is_an_error(void **state)
{
	struct escpos_paper narrow = { 32, 32, 64 };

	(void)state;
	slip_add(s, SLIP_QR, "Code", "GC1:ABC");
	assert_int_equal(escpos_write(s, &narrow, &out), ERR_TOO_LONG);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_begins_and_ends),
		TEST(codes_are_large),
		TEST(large_print_is_large),
		TEST(signs_that_it_has_not_are_marked),
		TEST(a_code_is_a_square_of_dots),
		TEST(a_code_too_large_is_an_error),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
