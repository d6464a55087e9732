/* identifier: none twice, no order to see, one text each way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "envelope/identifier.h"

static uint8_t key[SYM_KEY_LEN];

/* Small domains, walked whole: every number once. */
static void
a_small_domain_is_permuted(void **state)
{
	static const struct {
		unsigned half;
		uint32_t count;
	} domain[] = { { 1, 1 }, { 1, 3 }, { 4, 256 }, { 5, 1000 },
		{ 6, 1600 }, { 7, 16000 } };

	(void)state;
	for (size_t d = 0; d < sizeof(domain) / sizeof(domain[0]); d++) {
		bool *seen = calloc(domain[d].count, sizeof(*seen));
		uint32_t moved = 0;

		assert_non_null(seen);
		for (uint32_t i = 0; i < domain[d].count; i++) {
			uint32_t v = identifier_permute_in(key,
			    domain[d].half, domain[d].count, i);

			assert_true(v < domain[d].count && !seen[v]);
			seen[v] = true;
			moved += v != i;
		}
		assert_true(domain[d].count < 200 ||
		    moved > domain[d].count / 2);
		free(seen);
	}
}

static int
by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The whole domain, sampled at its ends, in order and at random. */
static void
none_comes_twice(void **state)
{
	enum { N = 20000 };
	uint32_t *v = calloc(N, sizeof(*v)), ascents = 0;

	(void)state;
	assert_non_null(v);
	for (uint32_t i = 0; i < N; i++) {
		uint32_t at = i < N / 2 ? i : IDENTIFIER_COUNT - 1 - (i - N / 2);

		v[i] = identifier_permute(key, at);
		assert_true(v[i] < IDENTIFIER_COUNT);
		ascents += i > 0 && v[i] > v[i - 1];
	}
	/* 20 000 fair coins: outside these bounds once in 10^40 runs. */
	assert_in_range(ascents, N / 2 - 1000, N / 2 + 1000);
	qsort(v, N, sizeof(*v), by_number);
	for (uint32_t i = 1; i < N; i++)
		assert_true(v[i] != v[i - 1]);
	free(v);
}

static void
another_key_is_another_order(void **state)
{
	uint8_t other[SYM_KEY_LEN];
	uint32_t same = 0;

	(void)state;
	memcpy(other, key, sizeof(other));
	other[31] ^= 1;
	for (uint32_t i = 0; i < 1000; i++)
		same += identifier_permute(key, i) ==
		    identifier_permute(other, i);
	assert_in_range(same, 0, 2);
}

static void
texts_come_back(void **state)
{
	char text[IDENTIFIER_TEXT];
	uint32_t n;

	(void)state;
	identifier_text(0, false, text);
	assert_string_equal(text, "0000BBBB");
	identifier_text(IDENTIFIER_COUNT - 1, false, text);
	assert_string_equal(text, "9999ZZZZ");
	identifier_text(160001, true, text);
	assert_string_equal(text, "BBBC0001");
	for (int i = 0; i < 2000; i++) {
		uint32_t v = secret_below(IDENTIFIER_COUNT);

		identifier_text(v, i % 2 == 0, text);
		assert_int_equal(identifier_read(text, &n), ERR_OK);
		assert_int_equal(n, v);
	}
}

static void
people_write_as_they_like(void **state)
{
	uint32_t a, b;

	(void)state;
	assert_int_equal(identifier_read("4821KFTP", &a), ERR_OK);
	assert_int_equal(identifier_read("kftp 4821", &b), ERR_OK);
	assert_int_equal(a, b);
	assert_int_equal(identifier_read(" 4 8 2 1  k f T p ", &b), ERR_OK);
	assert_int_equal(a, b);
}

static void
other_texts_are_refused(void **state)
{
	static const char *const bad[] = { "", "4821", "4821KFT", "4821KFTPP",
		"4821AFTP", "4821KFTY", "48K1FTP2", "KFTPKFTP", "48214821",
		"4821-KFTP", "4821KF\tTP", "KFTP482/", "482:KFTP", "\xC3\xA9" };
	uint32_t n = 5;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(identifier_read(bad[i], &n), ERR_TEXT);
	assert_int_equal(n, 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_small_domain_is_permuted),
		cmocka_unit_test(none_comes_twice),
		cmocka_unit_test(another_key_is_another_order),
		cmocka_unit_test(texts_come_back),
		cmocka_unit_test(people_write_as_they_like),
		cmocka_unit_test(other_texts_are_refused),
	};

	if (secret_start() != ERR_OK)
		return 1;
	secret_random(key, sizeof(key));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
