/* secret: memory that is wiped, and texts with one reading. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"

static void
memory_is_zeroed_and_aligned(void **state)
{
	static const size_t sizes[] = { 0, 1, 15, 16, 17, 4096, 100001 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		void *p = secret_alloc(sizes[i]);

		assert_non_null(p);
		assert_int_equal((uintptr_t)p % 16, 0);
		assert_true(secret_is_zero(p, sizes[i]));
		memset(p, 0xA5, sizes[i]);
		secret_free(p);
	}
	secret_free(NULL);
	assert_null(secret_alloc(SIZE_MAX));
	assert_null(secret_alloc(SIZE_MAX - 64));
	assert_int_equal(secret_start(), ERR_OK);
}

static void
equal_and_zero_see_each_byte(void **state)
{
	char a[8] = "abcdefg", b[8] = "abcdefg", z[8] = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(a); i++) {
		assert_true(secret_equal(a, b, sizeof(a)));
		b[i] ^= 1;
		assert_false(secret_equal(a, b, sizeof(a)));
		b[i] ^= 1;
		assert_true(secret_is_zero(z, sizeof(z)));
		z[i] = 1;
		assert_false(secret_is_zero(z, sizeof(z)));
		z[i] = 0;
	}
	secret_wipe(a, sizeof(a));
	assert_true(secret_is_zero(a, sizeof(a)));
	secret_wipe(NULL, 0);
}

static void
chance_stays_below_and_reaches_all(void **state)
{
	unsigned seen = 0;
	uint8_t a[32] = { 0 }, b[32] = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++) {
		uint32_t v = secret_below(6);

		assert_true(v < 6);
		seen |= 1u << v;
	}
	assert_int_equal(seen, 0x3F);
	secret_random(a, sizeof(a));
	secret_random(b, sizeof(b));
	assert_memory_not_equal(a, b, sizeof(a));
}

/* BLAKE2b-256 of "abc", as RFC 7693's reference code gives it. */
static void
a_digest_is_blake2b(void **state)
{
	uint8_t d[DIGEST_LEN];
	char hex[2 * DIGEST_LEN + 1];

	(void)state;
	digest("abc", 3, d);
	hex_of(d, sizeof(d), hex);
	assert_string_equal(hex, "bddd813c634239723171ef3fee98579b"
	    "94964e3bb1cb3e427262c8c068d52319");
}

static void
hexadecimal_is_exact(void **state)
{
	static const char *const bad[] = { "", "0", "00f", "00ff0", "00FF",
		"00fg", "0x00", " 00f", "00f ", "00:f" };
	uint8_t out[2] = { 7, 7 };
	char text[5];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(hex_read(bad[i], out, 2), ERR_TEXT);
	assert_memory_equal(out, "\7\7", 2);
	assert_int_equal(hex_read("00ff", out, 2), ERR_OK);
	hex_of(out, 2, text);
	assert_string_equal(text, "00ff");
	assert_int_equal(hex_read("", out, 0), ERR_OK);
}

/* RFC 4648, section 10. */
static void
base64_is_the_standards(void **state)
{
	static const char *const pairs[][2] = { { "", "" }, { "f", "Zg==" },
		{ "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" } };

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		size_t len = strlen(pairs[i][0]), n = 99;
		char text[BASE64_ROOM(6)];
		uint8_t out[6];

		base64_of(pairs[i][0], len, text);
		assert_string_equal(text, pairs[i][1]);
		assert_int_equal(base64_read(text, out, len, &n), ERR_OK);
		assert_int_equal(n, len);
		assert_memory_equal(out, pairs[i][0], len);
		if (len == 0)
			continue;
		n = 99;
		assert_int_equal(base64_read(text, out, len - 1, &n),
		    ERR_TOO_LONG);
		assert_int_equal(n, 99);
	}
}

static void
base64_has_one_way(void **state)
{
	static const char *const bad[] = { "Z", "Zg", "Zg=", "Zg===", "Zh==",
		"Zm9=", "====", "Z===", "=g==", "Zg==Zg==", "Zm 9", "Zm9v\n",
		"Zm-_", "Zm9*", "\303\2519v" };
	uint8_t out[16];
	size_t n = 99;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(base64_read(bad[i], out, sizeof(out), &n),
		    ERR_TEXT);
	assert_int_equal(n, 99);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_and_aligned),
		cmocka_unit_test(equal_and_zero_see_each_byte),
		cmocka_unit_test(chance_stays_below_and_reaches_all),
		cmocka_unit_test(a_digest_is_blake2b),
		cmocka_unit_test(hexadecimal_is_exact),
		cmocka_unit_test(base64_is_the_standards),
		cmocka_unit_test(base64_has_one_way),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
