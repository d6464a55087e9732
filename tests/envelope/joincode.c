/* joincode: what is printed is read again, and a proof is of all its parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "envelope/joincode.h"

static void
a_code_comes_back(void **state)
{
	struct join_code c, again;
	char text[JOIN_TEXT];

	(void)state;
	for (unsigned i = 0; i < JOIN_SECRET; i++) {
		c.secret[i] = (uint8_t)i;
		c.pin[i] = (uint8_t)(255 - i);
	}
	join_code_text(&c, text);
	assert_string_equal(text, "00041061050R3GG28A1C60T3GF-"
	    "7ZZVYZSYZTZ7WFFXQNYKSZ5WFG");
	assert_int_equal(join_code_read(text, &again), ERR_OK);
	assert_memory_equal(&c, &again, sizeof(c));
}

static void
what_is_no_code_is_said(void **state)
{
	static const char *const bad[] = { "", "-",
		"00041061050R3GG28A1C60T3GF",
		"00041061050R3GG28A1C60T3GF-00041061050R3GG28A1C60T3G",
		"00041061050R3GG28A1C60T3GF-00041061050R3GG28A1C60T3GFF",
		"00041061050R3GG28A1C60T3GF 00041061050R3GG28A1C60T3GF",
		"U0041061050R3GG28A1C60T3GF-00041061050R3GG28A1C60T3GF",
		"00041061050R3GG28A1C60T3GF-00041061050r3GG28A1C60T3GF" };
	struct join_code c;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_not_equal(join_code_read(bad[i], &c), ERR_OK);
}

static void
a_proof_is_of_all_its_parts(void **state)
{
	uint8_t key[SIGN_SECRET_LEN], public[SIGN_PUBLIC_LEN],
	    other[SIGN_PUBLIC_LEN], secret[JOIN_SECRET] = { 1 },
	    proof[SIGNATURE_LEN];

	(void)state;
	assert_int_equal(secret_start(), ERR_OK);
	sign_keypair(key, other);
	sign_keypair(key, public);
	assert_int_equal(join_prove(secret, "abc", 3, key, proof), ERR_OK);
	assert_int_equal(join_check(secret, "abc", 3, public, proof),
	    ERR_OK);
	assert_int_not_equal(join_check(secret, "abd", 3, public, proof),
	    ERR_OK);
	assert_int_not_equal(join_check(secret, "abc", 3, other, proof),
	    ERR_OK);
	secret[0] = 2;
	assert_int_not_equal(join_check(secret, "abc", 3, public, proof),
	    ERR_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_comes_back),
		cmocka_unit_test(what_is_no_code_is_said),
		cmocka_unit_test(a_proof_is_of_all_its_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
