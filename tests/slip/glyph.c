/* glyph: every glyph of a password has a name of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "envelope/password.h"
#include "slip/glyph.h"
#include "tests/deadly.h"

static void
the_whole_alphabet_is_named(void **state)
{
	const char *alphabet = password_alphabet();
	char name[GLYPH_NAME];

	(void)state;
	assert_true(strlen(alphabet) >= 77);
	for (; *alphabet != '\0'; alphabet++) {
		glyph_name(*alphabet, name);
		assert_true(strlen(name) >= 2 && text_is_clean(name));
	}
}

static void
no_two_names_are_alike(void **state)
{
	char one[GLYPH_NAME], other[GLYPH_NAME];

	(void)state;
	for (char a = '!'; a <= '~'; a++)
		for (char b = '!'; b < a; b++) {
			glyph_name(a, one);
			glyph_name(b, other);
			assert_string_not_equal(one, other);
		}
}

static void
look_alikes_are_told_apart(void **state)
{
	static const struct {
		char c;
		const char *name;
	} rows[] = {
		{ '0', "zéro" }, { 'O', "lettre o majuscule" },
		{ 'o', "lettre o minuscule" }, { '1', "un" },
		{ 'l', "lettre l minuscule" }, { 'I', "lettre i majuscule" },
		{ '|', "barre verticale" }, { '_', "tiret bas" },
		{ '-', "tiret" },
	};
	char name[GLYPH_NAME];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		glyph_name(rows[i].c, name);
		assert_string_equal(name, rows[i].name);
	}
}

static void
name_blank(void)
{
	char name[GLYPH_NAME];

	glyph_name(' ', name);
}

static void
name_control(void)
{
	char name[GLYPH_NAME];

	glyph_name('\x7f', name);
}

static void
what_is_no_glyph_aborts(void **state)
{
	(void)state;
	assert_true(aborts(name_blank));
	assert_true(aborts(name_control));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_whole_alphabet_is_named),
		cmocka_unit_test(no_two_names_are_alike),
		cmocka_unit_test(look_alikes_are_told_apart),
		cmocka_unit_test(what_is_no_glyph_aborts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
