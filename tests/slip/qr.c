/* qr: a square that grows with the text, robust while there is room. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "slip/qr.h"

static struct qr q;

static void
it_is_a_code(void **state)
{
	(void)state;
	assert_int_equal(qr_make("GC1:ABC", QR_SIDE, &q), ERR_OK);
	assert_int_equal(q.side, 21);
	/* The three corners that a camera looks for, and not the fourth. */
	for (size_t i = 0; i < 7; i++) {
		assert_true(qr_dark(&q, i, 0) && qr_dark(&q, 0, i));
		assert_true(qr_dark(&q, q.side - 1 - i, 0));
		assert_true(qr_dark(&q, 0, q.side - 1 - i));
	}
	assert_false(qr_dark(&q, 7, 7) || qr_dark(&q, q.side, 0) ||
	    qr_dark(&q, 0, q.side));
}

/* The same text, less and less robust, then not at all. */
static void
it_keeps_within_its_room(void **state)
{
	char text[400];
	size_t side;

	(void)state;
	memset(text, 'A', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	assert_int_equal(qr_make(text, QR_SIDE, &q), ERR_OK);
	side = q.side;
	assert_int_equal(qr_make(text, side - 4, &q), ERR_OK);
	assert_true(q.side <= side - 4);
	assert_int_equal(qr_make(text, 40, &q), ERR_TOO_LONG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_a_code),
		cmocka_unit_test(it_keeps_within_its_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
