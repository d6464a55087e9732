/* password: 8 glyphs, none taken for another, each as likely. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "envelope/password.h"

static void
the_alphabet_is_wide_enough(void **state)
{
	const char *a = password_alphabet();
	size_t n = strlen(a);

	(void)state;
	assert_in_range(n, 77, 94);
	for (size_t i = 0; i < n; i++) {
		assert_in_range(a[i], '!', '~');
		assert_null(strchr(a + i + 1, a[i]));
		assert_null(strchr("0Oo1lI|'\"`,.;:_^~", a[i]));
	}
}

/* Chi-squared over 77 glyphs: 76 degrees, past 170 once in 10^8 runs. */
static void
each_glyph_is_as_likely(void **state)
{
	enum { DRAWS = 20000 };
	const char *a = password_alphabet();
	unsigned seen[128] = { 0 };
	double want = (double)DRAWS * PASSWORD_LEN / (double)strlen(a);
	double chi = 0;

	(void)state;
	for (int i = 0; i < DRAWS; i++) {
		char p[PASSWORD_LEN + 1];

		password_draw(p);
		assert_int_equal(strlen(p), PASSWORD_LEN);
		for (int k = 0; k < PASSWORD_LEN; k++) {
			assert_non_null(strchr(a, p[k]));
			seen[(unsigned char)p[k]]++;
		}
	}
	for (size_t i = 0; a[i] != '\0'; i++) {
		double off = (double)seen[(unsigned char)a[i]] - want;

		chi += off * off / want;
	}
	assert_true(chi < 170);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_alphabet_is_wide_enough),
		cmocka_unit_test(each_glyph_is_as_likely),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
