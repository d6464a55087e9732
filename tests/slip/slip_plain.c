/* slip_plain: the paper at three widths, and never a line too wide. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "base/text.h"
#include "tests/deadly.h"
#include "tests/golden.h"
#include "tests/slip/sample.h"

static struct slip *s;
static struct buf text;

static int
setup(void **state)
{
	(void)state;
	if ((s = slip_new()) == NULL)
		return -1;
	slip_secrets(s, sample_facts());
	return buf_init_secret(&text, SLIP_PLAIN_ROOM) == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	buf_clear(&text);
	slip_free(s);
	return 0;
}

static void
golden_at(size_t width, const char *name)
{
	buf_reset(&text);
	assert_int_equal(slip_plain(s, width, &text), ERR_OK);
	golden_equal(name, text.p, text.len);
}

static void
the_paper_at_three_widths(void **state)
{
	(void)state;
	golden_at(SLIP_WIDTH, "slip/secrets-66.txt");
	golden_at(40, "slip/secrets-40.txt");
	golden_at(24, "slip/secrets-24.txt");
	s->training = false;
	golden_at(SLIP_WIDTH, "slip/secrets-real.txt");
}

static void
assert_lines_fit(size_t width)
{
	char *p, *end;

	buf_reset(&text);
	assert_int_equal(slip_plain(s, width, &text), ERR_OK);
	assert_int_equal(buf_terminate(&text), ERR_OK);
	for (p = (char *)text.p; *p != '\0'; p = end + 1) {
		if ((end = strchr(p, '\n')) == NULL) {
			fail_msg("a line without an end: %s", p);
			return;
		}
		*end = '\0';
		if (text_width(p) > width)
			fail_msg("%zu columns: %s", width, p);
		assert_true(end == p || end[-1] != ' ');
	}
}

static void
no_line_is_too_wide(void **state)
{
	(void)state;
	slip_add(s, SLIP_FACT, "A label that is itself wider than paper",
	    "Saint-Pierre-et-Miquelon, « où rien ne se coupe » : jamais !");
	slip_add(s, SLIP_PARA, "anticonstitutionnellementanticonstitution"
	    "nellementanticonstitutionnellementanticonstitutionnellement",
	    NULL);
	slip_add(s, SLIP_CODE, "Code", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	    "abcdefghijklmnopqrstuvwxyz 01 23 45 67 89");
	slip_add(s, SLIP_PARA, "漢字漢字漢字漢字漢字漢字漢字漢字漢字", NULL);
	for (size_t width = 24; width <= 132; width++)
		assert_lines_fit(width);
}

/* A blank that French never ends a line at stays between its two words. */
static void
lines_break_as_french_wants(void **state)
{
	(void)state;
	s->n = 0;
	s->training = false;
	slip_add(s, SLIP_TITLE, "T", NULL);
	slip_add(s, SLIP_PARA, "aaaa bbbb cccc dddd eee : « f » g", NULL);
	assert_int_equal(slip_plain(s, 24, &text), ERR_OK);
	assert_int_equal(buf_terminate(&text), ERR_OK);
	assert_non_null(strstr((char *)text.p, "dddd\neee : « f » g\n"));
}

static void
the_watermark_is_at_each_code(void **state)
{
	static const char mark[] = "FORMATION – SANS VALEUR";
	int n = 0;

	(void)state;
	assert_int_equal(slip_plain(s, SLIP_WIDTH, &text), ERR_OK);
	assert_int_equal(buf_terminate(&text), ERR_OK);
	for (const char *p = (char *)text.p; (p = strstr(p, mark)) != NULL;
	    p++)
		n++;
	assert_int_equal(n, 4); /* head, two codes, foot */
	s->training = false;
	buf_reset(&text);
	assert_int_equal(slip_plain(s, SLIP_WIDTH, &text), ERR_OK);
	assert_int_equal(buf_terminate(&text), ERR_OK);
	assert_null(strstr((char *)text.p, mark));
}

static void
a_small_buffer_is_an_error(void **state)
{
	struct buf small;

	(void)state;
	assert_int_equal(buf_init_secret(&small, 100), ERR_OK);
	assert_int_equal(slip_plain(s, SLIP_WIDTH, &small), ERR_TOO_LONG);
	buf_clear(&small);
}

/* Every line as long as it can be, on the narrowest paper. */
static void
the_largest_slip_fits_its_room(void **state)
{
	char code[SLIP_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(code); i++)
		code[i] = i % 2 == 0 ? '\\' : ' ';
	code[sizeof(code) - 1] = '\0';
	while (s->n < SLIP_LINES)
		slip_add(s, SLIP_CODE, "Code", code);
	assert_int_equal(slip_plain(s, SLIP_WIDTH, &text), ERR_OK);
	assert_true(text.len <= SLIP_PLAIN_ROOM);
}

static void
print_too_narrow(void)
{
	(void)slip_plain(s, 23, &text);
}

static void
narrower_paper_aborts(void **state)
{
	(void)state;
	assert_true(aborts(print_too_narrow));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_paper_at_three_widths),
		TEST(no_line_is_too_wide),
		TEST(lines_break_as_french_wants),
		TEST(the_watermark_is_at_each_code),
		TEST(a_small_buffer_is_an_error),
		TEST(the_largest_slip_fits_its_room),
		TEST(narrower_paper_aborts),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
