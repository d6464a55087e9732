/* wrap: lines break between words, never before a sign, never inside a letter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "base/wrap.h"

/* The lines of s, parted by bars. */
static void
lines_are(const char *s, size_t width, bool flows, const char *want)
{
	char got[512];
	size_t n = 0;

	while (*s != '\0') {
		struct line l = wrap_next(s, width, flows);

		assert_true(l.step > 0 && l.step >= l.len);
		n += (size_t)snprintf(got + n, sizeof(got) - n, "%.*s|",
		    (int)l.len, s);
		s += l.step;
	}
	got[n] = '\0';
	assert_string_equal(got, want);
}

static void
between_words(void **state)
{
	(void)state;
	lines_are("", 10, false, "");
	lines_are("un deux trois", 8, false, "un deux|trois|");
	lines_are("un deux trois", 7, false, "un deux|trois|");
	lines_are("un  deux", 4, false, "un |deux|");
	lines_are("éééé éé", 4, false, "éééé|éé|");
}

static void
signs_stay_with_their_word(void **state)
{
	(void)state;
	lines_are("on y va ?", 8, false, "on y|va ?|");
	lines_are("dit « oui » à", 9, false, "dit|« oui » à|");
	lines_are("dit « oui » à", 5, false, "dit|« oui|» à|");
}

static void
numbers_stay_together(void **state)
{
	(void)state;
	lines_are("au 0810 331 133, oui", 9, false, "au|0810 331|133, oui|");
	lines_are("le 0810 331 133, oui", 14, false, "le|0810 331 133,|oui|");
	lines_are("de 8 h 30 à 17 h 30.", 14, false, "de 8 h 30 à|17 h 30.|");
	lines_are("avant 30 min.", 8, false, "avant|30 min.|");
	lines_are("avant 30 secondes", 8, false, "avant 30|secondes|");
}

static void
long_words_are_cut(void **state)
{
	(void)state;
	lines_are("abcdefgh", 3, false, "abc|def|gh|");
	lines_are("\xE6\x96\x87", 1, false, "|"); /* wider than the line */
}

static void
newlines(void **state)
{
	(void)state;
	lines_are("a\nb\n\nc\n", 9, false, "a|b||c|");
	lines_are("a\nb\n\nc\n- d\n- e", 9, true, "a\nb||c|- d|- e|");
	lines_are("aaaa\nbbbb", 6, true, "aaaa|bbbb|");
}

static void
broken_bytes_end(void **state)
{
	struct line l = wrap_next("\xFF\xFEzz", 5, false);

	(void)state;
	assert_int_equal(l.step, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(between_words),
		cmocka_unit_test(signs_stay_with_their_word),
		cmocka_unit_test(numbers_stay_together),
		cmocka_unit_test(long_words_are_cut),
		cmocka_unit_test(newlines),
		cmocka_unit_test(broken_bytes_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
