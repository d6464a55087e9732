/* pointers: the directory as it is meant to be, and bounded when it is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "card/pointers.h"
#include "hex.h"

static enum err
read_line(const char *line, struct pointers *p)
{
	struct buf b = hex(line);
	const enum err r = pointers_read(cursor_of(b.p, b.len), p);

	buf_clear(&b);
	return r;
}

static void
applications_and_files(void **state)
{
	struct pointers p;

	(void)state;
	assert_int_equal(read_line("E0{ A0{ 82{ 0001 AAAA D250 \"V\" } "
	    "82{ 0002 0000 D2 } 83{ 00 } } 80{ \"NOMS    \" 0002 2F10 FFFF } "
	    "80{ \"NUMEROS \" 0001 2010 } 5F37{ 00 } } 00*9", &p), ERR_OK);
	assert_int_equal(p.napps, 2);
	assert_int_equal(p.app[0].index, 1);
	assert_int_equal(p.app[0].n, 3);
	assert_memory_equal(p.app[0].aid, "\xD2\x50V", 3);
	assert_int_equal(p.nfiles, 2);
	assert_int_equal(p.file[0].app, 2);
	assert_int_equal(p.file[0].fid, 0x2F10);
	assert_int_equal(p.file[1].fid, 0x2010);
}

static void
other_forms_are_refused(void **state)
{
	static const char *const lines[] = {
		"", "00*8", "A0{ }", "E0 7F A0{ }",
		"E0{ A0{ 82{ 0001 } } }",
		"E0{ A0{ 82{ 0001 0000 } } }",	   /* no AID */
		"E0{ A0{ 82{ 0001 0000 41*17 } } }", /* a long one */
		"E0{ A0 7F 82 00 }",
		"E0{ 80{ \"SHORT\" } }",
		"E0{ 80{ \"NOMS    \" 0001 2F } }",
	};
	struct pointers p;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_int_equal(read_line(lines[i], &p), ERR_CARD_DATA);
}

/* One more than there is room for, of each list. */
static void
too_many_are_refused(void **state)
{
	static const struct {
		const char *open, *one, *close;
		int max;
	} cases[] = {
		{ "E0{ A0{", "82{ 0001 0000 41 }", "} }", POINTERS_APPS },
		{ "E0{", "80{ \"A       \" 0001 2010 }", "}", POINTERS_FILES },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (int extra = 0; extra < 2; extra++) {
			char line[2048];
			size_t at;
			struct pointers p;

			at = (size_t)snprintf(line, sizeof(line), "%s",
			    cases[i].open);
			for (int k = 0; k < cases[i].max + extra; k++)
				at += (size_t)snprintf(line + at,
				    sizeof(line) - at, " %s", cases[i].one);
			(void)snprintf(line + at, sizeof(line) - at, " %s",
			    cases[i].close);
			assert_int_equal(read_line(line, &p), extra == 0 ?
			    ERR_OK : ERR_CARD_DATA);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(applications_and_files),
		cmocka_unit_test(other_forms_are_refused),
		cmocka_unit_test(too_many_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
