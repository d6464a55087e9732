/* text: whatever comes in, what goes out can stand on any screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "base/text.h"

#define BAD "\xef\xbf\xbd" /* U+FFFD */

struct row {
	const char *in, *out;
	bool altered;
};

static void
assert_cleaned(const struct row *row)
{
	char out[256];
	bool altered = !row->altered;

	assert_int_equal(text_clean(row->in, strlen(row->in), out,
	    sizeof(out), &altered), ERR_OK);
	assert_string_equal(out, row->out);
	assert_int_equal(altered, row->altered);
	assert_true(text_is_clean(out));
	assert_int_equal(text_is_clean(row->in),
	    strcmp(row->in, row->out) == 0);
}

static void
what_is_hostile_is_replaced(void **state)
{
	static const struct row rows[] = {
		{ "", "", false },
		{ "Élodie O'Brien-N'Diaye", "Élodie O'Brien-N'Diaye", false },
		{ "a\nb", "a" BAD "b", true },
		{ "a\tb", "a" BAD "b", true },
		{ "\x1b[31m", BAD "[31m", true },
		{ "a\x7f", "a" BAD, true },
		{ "a\xc2\x9b", "a" BAD, true },		/* CSI, one byte */
		{ "a\xe2\x80\xae" "b", "a" BAD "b", true }, /* bidi override */
		{ "a\xe2\x81\xa6" "b", "a" BAD "b", true }, /* bidi isolate */
		{ "a\xe2\x80\x8b" "b", "a" BAD "b", true }, /* zero width */
		{ "a\xe2\x80\x8d" "b", "a" BAD "b", true }, /* joiner */
		{ "a\xc2\xad" "b", "a" BAD "b", true },	/* soft hyphen */
		{ "a\xe2\x80\xa8" "b", "a" BAD "b", true }, /* line separator */
		{ "\xef\xbb\xbf" "a", BAD "a", true },	/* byte order mark */
		{ "\xee\x80\x80", BAD, true },		/* private use */
		{ "\xef\xbf\xbf", BAD, true },		/* no character */
		{ "\xcd\xb8", BAD, true },		/* not assigned */
		{ BAD, BAD, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_cleaned(&rows[i]);
}

static void
broken_bytes_are_one_each(void **state)
{
	static const struct row rows[] = {
		{ "a\xff" "b", "a" BAD "b", true },
		{ "\xc3", BAD, true },			/* cut short */
		{ "\xe2\x82", BAD BAD, true },
		{ "\xc3" "a", BAD "a", true },
		{ "\xc0\xaf", BAD BAD, true },		/* overlong "/" */
		{ "\xed\xa0\x80", BAD BAD BAD, true },	/* surrogate */
		{ "\xf4\x90\x80\x80", BAD BAD BAD BAD, true },
		{ "\x80\xbf", BAD BAD, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_cleaned(&rows[i]);
}

static void
one_text_has_one_form(void **state)
{
	static const struct row rows[] = {
		{ "e\xcc\x81", "é", false },
		{ "\xe2\x84\xab", "\xc3\x85", false }, /* angstrom is Å */
		/* é and a dot below, in three orders, is ẹ with an acute. */
		{ "\xc3\xa9\xcc\xa3", "\xe1\xba\xb9\xcc\x81", false },
		{ "e\xcc\x81\xcc\xa3", "\xe1\xba\xb9\xcc\x81", false },
		{ "e\xcc\xa3\xcc\x81", "\xe1\xba\xb9\xcc\x81", false },
		/* Hangul from its parts; a composition that is excluded. */
		{ "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "\xed\x95\x9c",
		    false },
		{ "\xe0\xa5\x98", "\xe0\xa4\x95\xe0\xa4\xbc", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_cleaned(&rows[i]);
}

static void
marks_do_not_pile_up(void **state)
{
	static const struct row rows[] = {
		{ "q\xcc\x81\xcc\x82", "q\xcc\x81\xcc\x82", false },
		{ "q\xcc\x81\xcc\x82\xcc\x83\xcc\x84" "b",
		    "q\xcc\x81\xcc\x82" "b", true },
		/* Nothing hangs on what stands before the text. */
		{ "\xcc\x81" "a", BAD "a", true },
		{ "\xcc\x81\xcc\x82\xcc\x83\xcc\x84", BAD "\xcc\x82\xcc\x83",
		    true },
		/* They are counted when all is composed. */
		{ "e\xcc\xa7\xcc\xa3\xcc\x82\xcc\x84",
		    "\xc8\xa9\xcc\xa3\xcc\x82", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_cleaned(&rows[i]);
}

static void
what_was_cleaned_is_clean(void **state)
{
	char in[24], out[3 * sizeof(in) + 1];
	bool altered;

	(void)state;
	srand(7);
	for (int i = 0; i < 4000; i++) {
		for (size_t k = 0; k < sizeof(in); k++)
			in[k] = (char)(rand() % 4 == 0 ? 0xCC : rand() >> 4);
		assert_int_equal(text_clean(in, sizeof(in), out, sizeof(out),
		    &altered), ERR_OK);
		assert_true(text_is_clean(out));
	}
}

static void
there_is_room_or_there_is_not(void **state)
{
	char out[8] = "before";
	bool altered;

	(void)state;
	assert_int_equal(text_clean("été", 5, out, 5, &altered),
	    ERR_TOO_LONG);
	assert_int_equal(text_clean("", 0, out, 0, &altered), ERR_TOO_LONG);
	assert_int_equal(text_clean("été", 5, out, 6, &altered), ERR_OK);
	assert_string_equal(out, "été");
	assert_int_equal(text_clean("", 0, out, 1, &altered), ERR_OK);
	assert_string_equal(out, "");
	assert_int_equal(text_clean("", SIZE_MAX, out, sizeof(out),
	    &altered), ERR_TOO_LONG);
}

static void
a_card_speaks_latin1(void **state)
{
	static const struct {
		const char *in;
		size_t n;
		const char *out;
		bool altered;
	} rows[] = {
		{ "ALAINBIS", 8, "ALAINBIS", false },
		{ "  N\xc9   ", 7, "N\xc3\x89", false },
		{ "AB\0\0", 4, "AB", false },
		{ "A\0B", 3, "A" BAD "B", true },
		{ "A\x85" "B", 3, "A" BAD "B", true },
		{ "A\xad" "B", 3, "A" BAD "B", true },
		{ "\xa0" "A", 2, "\xc2\xa0" "A", false },
		{ "   ", 3, "", false },
		{ "", 0, "", false },
	};
	char out[16];
	bool altered;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		altered = !rows[i].altered;
		assert_int_equal(text_from_latin1((const uint8_t *)rows[i].in,
		    rows[i].n, out, sizeof(out), &altered), ERR_OK);
		assert_string_equal(out, rows[i].out);
		assert_int_equal(altered, rows[i].altered);
	}
	assert_int_equal(text_from_latin1((const uint8_t *)"\xe9", 1, out, 2,
	    &altered), ERR_TOO_LONG);
	assert_int_equal(text_from_latin1((const uint8_t *)"\xe9", 1, out, 3,
	    &altered), ERR_OK);
}

static void
columns_are_those_of_a_terminal(void **state)
{
	static const struct {
		const char *s;
		size_t cols;
	} rows[] = {
		{ "", 0 }, { "abc", 3 }, { "été", 3 }, { "e\xcc\x81", 1 },
		{ "\xe4\xb8\xad\xe6\x96\x87", 4 }, { BAD, 1 }, { "─▶", 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(text_width(rows[i].s), rows[i].cols);
}

static void
only_whole_letters_fit(void **state)
{
	static const struct {
		const char *s;
		size_t width, bytes, cols;
	} rows[] = {
		{ "abc", 0, 0, 0 }, { "abc", 2, 2, 2 }, { "abc", 9, 3, 3 },
		{ "été", 2, 3, 2 }, { "", 4, 0, 0 },
		/* A mark goes with its letter, a wide letter fits or not. */
		{ "e\xcc\x81x", 1, 3, 1 },
		{ "a\xe4\xb8\xad", 2, 1, 1 },
		{ "a\xe4\xb8\xad", 3, 4, 3 },
		{ "\xe4\xb8\xad", 1, 0, 0 },
		{ "ab\xff" "cd", 9, 2, 2 },
	};
	size_t cols;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(text_fit(rows[i].s, rows[i].width, &cols),
		    rows[i].bytes);
		assert_int_equal(cols, rows[i].cols);
		assert_int_equal(text_fit(rows[i].s, rows[i].width, NULL),
		    rows[i].bytes);
	}
}

static void
the_last_letter_goes_as_one(void **state)
{
	(void)state;
	assert_int_equal(text_first(""), 0);
	assert_int_equal(text_first("abc"), 1);
	assert_int_equal(text_first("e\xcc\x81" "a"), 3);
	assert_int_equal(text_first("\xff" "a"), 1);
	assert_int_equal(text_first("a\xff"), 1);
	assert_int_equal(text_fit_in("abc", 2, 9, NULL), 2);
	assert_int_equal(text_fit_in("éa", 2, 9, NULL), 2);
	assert_int_equal(text_fit_in("abc", 3, 1, NULL), 1);
	assert_int_equal(text_last(""), 0);
	assert_int_equal(text_last("abc"), 1);
	assert_int_equal(text_last("é"), 2);
	assert_int_equal(text_last("ae\xcc\x81"), 3);
	assert_int_equal(text_last("\xe4\xb8\xad"), 3);
	assert_int_equal(text_last("a\xff"), 1);
	assert_int_equal(text_last("\xff" "é"), 2);
	assert_int_equal(text_last("a\xe4\xb8"), 1);
}

static void
spelling_folds_away(void **state)
{
	static const struct {
		const char *text, *folded;
	} rows[] = {
		{ "", "" },
		{ "ESSAI", "ESSAI" },
		{ "\xC3\x89lodie-Anne", "ELODIEANNE" },
		{ "ELODIE ANNE", "ELODIEANNE" },
		{ "e\xCC\x81lodie  anne", "ELODIEANNE" },
		{ "d'A\xC3\xA7\xC3\xA2", "DACA" },
		{ "\xC5\x92uvre", "\xC5\x92UVRE" },
		{ "\xEF\xAC\x81ls", "FILS" },
		{ "Stra\xC3\x9F\x65", "STRASSE" },
		{ "1942-19-01", "19421901" },
	};
	char out[32];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(text_fold(rows[i].text, out, sizeof(out)),
		    ERR_OK);
		assert_string_equal(out, rows[i].folded);
	}
	assert_int_equal(text_fold("\xFF", out, sizeof(out)), ERR_TEXT);
	assert_int_equal(text_fold("ABCD", out, 4), ERR_TOO_LONG);
	assert_int_equal(text_fold("ABC", out, 4), ERR_OK);
	assert_int_equal(text_fold("", out, 0), ERR_TOO_LONG);
}

/* Of Latin characters letters and digits are left, small ones become large. */
static void
one_byte_folds_as_a_letter_or_to_nothing(void **state)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	char text[3] = "", out[4];

	(void)state;
	for (int c = 1; c < 0x80; c++) {
		const char *at = strchr(letters, c >= 'a' && c <= 'z' ?
		    c - 32 : c);
		const bool digit = c >= '0' && c <= '9';

		text[0] = text[1] = (char)c;
		assert_int_equal(text_fold(text, out, sizeof(out)), ERR_OK);
		assert_int_equal(strlen(out), at != NULL || digit ? 2 : 0);
		if (at != NULL)
			assert_true(out[0] == *at && out[1] == *at);
		if (digit)
			assert_string_equal(out, text);
	}
	assert_int_equal(text_fold("a!", out, 2), ERR_OK);
	assert_int_equal(text_fold("ab", out, 2), ERR_TOO_LONG);
	assert_int_equal(text_fold("\xC3\x89", out, 2), ERR_OK);
	assert_string_equal(out, "E");
	assert_int_equal(text_fold("a\xC3\x89", out, 2), ERR_TOO_LONG);
}

/* The quick look says the same as the whole work. */
static void
a_quick_look_is_right(void **state)
{
	static const char *const unclean[] = { "a\xC2\x85", "a\xC2\xAD",
		"\xE2\x80\x8B", "\xE2\x80\xA8", "\xE2\x80\xAE", "e\xCC\x81",
		"\x7F", "\t", "\xC3", "\xE2\x84\xAB" };
	static const char *const clean[] = { "", "ESSAI", "\xC3\x89lo\xC3\xAF",
		"\xC2\xAB l\xE2\x80\x99\xC5\x93il \xC2\xBB\xE2\x80\xA6",
		"\xCE\xB1\xCE\xB2", "x\xCC\x81" };

	(void)state;
	for (size_t i = 0; i < sizeof(unclean) / sizeof(unclean[0]); i++)
		if (text_is_clean(unclean[i]))
			fail_msg("unclean %zu", i);
	for (size_t i = 0; i < sizeof(clean) / sizeof(clean[0]); i++)
		if (!text_is_clean(clean[i]))
			fail_msg("clean %zu", i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_hostile_is_replaced),
		cmocka_unit_test(broken_bytes_are_one_each),
		cmocka_unit_test(one_text_has_one_form),
		cmocka_unit_test(marks_do_not_pile_up),
		cmocka_unit_test(what_was_cleaned_is_clean),
		cmocka_unit_test(there_is_room_or_there_is_not),
		cmocka_unit_test(a_card_speaks_latin1),
		cmocka_unit_test(columns_are_those_of_a_terminal),
		cmocka_unit_test(only_whole_letters_fit),
		cmocka_unit_test(the_last_letter_goes_as_one),
		cmocka_unit_test(spelling_folds_away),
		cmocka_unit_test(one_byte_folds_as_a_letter_or_to_nothing),
		cmocka_unit_test(a_quick_look_is_right),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
