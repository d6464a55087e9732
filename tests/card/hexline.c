/* hexline: what each form means, and what is no form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "card/hexline.h"

static void
forms(void **state)
{
	static const struct {
		const char *line, *bytes;
		size_t n;
	} cases[] = {
		{ "", "", 0 },
		{ "  3B 75\t13", "\x3B\x75\x13", 3 },
		{ "3b7513", "\x3B\x75\x13", 3 },
		{ "\"AB\"", "AB", 2 },
		{ "\"\xC3\x89\xC2\xA0\"", "\xC9\xA0", 2 },
		{ "41*3", "AAA", 3 },
		{ "80\"AB\"", "\x80\x02" "AB", 4 },
		{ "7F21{ }", "\x7F\x21\x00", 3 },
		{ "65{80\"A\" 81{ 42 }}", "\x65\x06\x80\x01" "A\x81\x01" "B",
		  8 },
		{ "80:81{ 41 }", "\x80\x81\x01" "A", 4 },
		{ "80:82{ 41 }", "\x80\x82\x00\x01" "A", 5 },
		{ "D25000 \"V\"", "\xD2\x50\x00V", 4 },
		{ "65 30 80\"A\"", "\x65\x30\x80\x01" "A", 5 },
	};
	struct buf b;

	(void)state;
	buf_init(&b);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_reset(&b);
		assert_int_equal(hexline_read(cases[i].line, &b), ERR_OK);
		assert_int_equal(b.len, cases[i].n);
		if (b.len > 0)
			assert_memory_equal(b.p, cases[i].bytes, b.len);
	}
	buf_clear(&b);
}

static void
lengths_take_the_shortest_form(void **state)
{
	static const struct {
		const char *line;
		size_t n;
		const char *head;
		size_t nhead;
	} cases[] = {
		{ "80{ 41*127 }", 129, "\x80\x7F", 2 },
		{ "80{ 41*128 }", 131, "\x80\x81\x80", 3 },
		{ "80{ 41*255 }", 258, "\x80\x81\xFF", 3 },
		{ "80{ 41*256 }", 260, "\x80\x82\x01\x00", 4 },
	};
	struct buf b;

	(void)state;
	buf_init(&b);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_reset(&b);
		assert_int_equal(hexline_read(cases[i].line, &b), ERR_OK);
		assert_int_equal(b.len, cases[i].n);
		assert_memory_equal(b.p, cases[i].head, cases[i].nhead);
	}
	buf_clear(&b);
}

static void
what_is_no_form_is_refused(void **state)
{
	static const struct {
		const char *line;
		enum err r;
	} cases[] = {
		{ "3", ERR_TEXT }, { "3B 7", ERR_TEXT }, { "xy", ERR_TEXT },
		{ "\"AB", ERR_TEXT }, { "80{ 41", ERR_TEXT },
		{ "80{ 41 } }", ERR_TEXT }, { "}", ERR_TEXT },
		{ "80:83{ 41 }", ERR_TEXT }, { "80:81\"A\"", ERR_TEXT },
		{ "41*0", ERR_TEXT }, { "41*", ERR_TEXT },
		{ "41*5000", ERR_TEXT }, { "4142*2", ERR_TEXT },
		{ "\"\xE2\x82\xAC\"", ERR_TEXT }, /* no euro in Latin-1 */
		{ "\"\xC3\"", ERR_TEXT },
		{ "65{65{65{65{65{41}}}}}", ERR_TEXT },
		{ "80:81{ 41*256 }", ERR_TOO_LONG },
	};
	struct buf b;

	(void)state;
	buf_init(&b);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(hexline_read(cases[i].line, &b), cases[i].r);
	buf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms),
		cmocka_unit_test(lengths_take_the_shortest_form),
		cmocka_unit_test(what_is_no_form_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
