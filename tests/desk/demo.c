/* demo: published numbers are known, others are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk/demo.h"

static bool
is_demo(const char *nir)
{
	struct bearer b = { .key_right = true };

	memcpy(b.nir, nir, strlen(nir) + 1);
	return is_demonstration(&b);
}

static void
published_numbers_are_demonstrations(void **state)
{
	(void)state;
	assert_true(is_demo("1421962965167"));
	assert_true(is_demo("253072A073004"));
	assert_true(is_demo("2790351215189"));
}

/* One digit more or less in the order number makes another. */
static void
others_are_not(void **state)
{
	(void)state;
	assert_false(is_demo("1421962965168"));
	assert_false(is_demo("253072A07300"));
	assert_false(is_demo(""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_numbers_are_demonstrations),
		cmocka_unit_test(others_are_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
