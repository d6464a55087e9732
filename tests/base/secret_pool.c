/* secret_pool: pieces that do not overlap, wiped when they come back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "base/secret_pool.h"

#define MANY 3000

static void
pieces_are_apart(void **state)
{
	static uint8_t *p[MANY];

	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		p[i] = secret_pool_alloc(i);
		assert_non_null(p[i]);
		assert_int_equal((uintptr_t)p[i] % 16, 0);
		memset(p[i], (int)(i % 251), i);
	}
	for (size_t i = 0; i < MANY; i++) {
		for (size_t k = 0; k < i; k++)
			assert_int_equal(p[i][k], i % 251);
		secret_pool_free(p[i]);
	}
}

static void
what_comes_back_is_wiped_and_used_again(void **state)
{
	char *p = secret_pool_alloc(9), *again;

	(void)state;
	strcpy(p, "aB2!k-Q#");
	secret_pool_free(p);
	again = secret_pool_alloc(16);
	assert_ptr_equal(again, p);
	assert_true(secret_is_zero(again, 16));
	secret_pool_free(again);
	secret_pool_free(NULL);
}

static void
more_than_there_is_is_none(void **state)
{
	(void)state;
	assert_null(secret_pool_alloc(SIZE_MAX));
	assert_null(secret_pool_alloc(SIZE_MAX - 8));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_apart),
		cmocka_unit_test(what_comes_back_is_wiped_and_used_again),
		cmocka_unit_test(more_than_there_is_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
