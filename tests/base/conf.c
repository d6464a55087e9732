/* conf: only what is said plainly, once, and fits, becomes a setting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/conf.h"
#include "tests/deadly.h"
#include "tests/temp.h"

struct made {
	char name[8], note[8];
	long count;
	int colour, mix;
};

static const char *const colours[] = { "blue", "green", NULL };
static const struct conf_item table[] = {
	{ "site-name", CONF_TEXT, .offset = offsetof(struct made, name),
	    .size = 8, .help = "Le nom." },
	{ "note", CONF_TEXT, .offset = offsetof(struct made, note),
	    .size = 8, .standard = "", .help = "Un mot." },
	{ "count", CONF_NUMBER, .offset = offsetof(struct made, count),
	    .min = -2, .max = 40, .standard = "7", .help = "Combien." },
	{ "colour", CONF_CHOICE, .offset = offsetof(struct made, colour),
	    .choices = colours, .standard = "green", .help = "Laquelle." },
	{ "mix", CONF_WORDS, .offset = offsetof(struct made, mix),
	    .choices = colours, .standard = "blue", .help = "Lesquelles." },
	{ .name = NULL },
};

/* Load a file of these n bytes. */
static enum err
load_bytes(const char *text, size_t n, struct made *out)
{
	char path[PATH_ROOM];

	memset(out, 0, sizeof(*out));
	return conf_load(table, temp_file("x.conf", 0600, text, n, path), out);
}

static enum err
load(const char *text, struct made *out)
{
	return load_bytes(text, strlen(text), out);
}

/* The subject ends with ".conf" and these words. */
static void
assert_about(const char *words)
{
	const char *at = strstr(err_subject(), "x.conf");

	assert_non_null(at);
	assert_string_equal(at + strlen("x.conf"), words);
}

static void
a_file_over_the_defaults(void **state)
{
	struct made m;

	(void)state;
	assert_int_equal(load("# ours\n\nsite-name = Nord\n"
	    "count = -2\r\n  # indented\nnote=a = b\n", &m), ERR_OK);
	assert_string_equal(m.name, "Nord");
	assert_string_equal(m.note, "a = b");
	assert_int_equal(m.count, -2);
	assert_int_equal(m.colour, 1);
	assert_int_equal(load("site-name = x\ncolour = blue", &m), ERR_OK);
	assert_int_equal(m.colour, 0);
	assert_int_equal(m.count, 7);
	assert_int_equal(m.mix, 1);
	assert_int_equal(load("site-name = x\nmix = green  blue\n", &m),
	    ERR_OK);
	assert_int_equal(m.mix, 3);
	assert_int_equal(load("site-name = x\nmix = green\n", &m), ERR_OK);
	assert_int_equal(m.mix, 2);
}

static void
what_is_wrong_is_named(void **state)
{
	static const struct {
		const char *text;
		enum err r;
		const char *about;
	} rows[] = {
		{ "colur = blue\n", ERR_SET_UNKNOWN, ":1: colur" },
		{ "Colour = blue\n", ERR_SET_UNKNOWN, ":1: Colour" },
		{ "site-name = a\n\nsite-name = a\n", ERR_SET_TWICE,
		    ":3: site-name" },
		{ "note = 12345678\n", ERR_SET_VALUE, ":1: note" },
		{ "note = a\x1b[0m\n", ERR_SET_VALUE, ":1: note" },
		{ "note = \xff\n", ERR_SET_VALUE, ":1: note" },
		{ "site-name =\n", ERR_SET_VALUE, ":1: site-name" },
		{ "# x\ncount = 41\n", ERR_SET_VALUE, ":2: count" },
		{ "count = -3\n", ERR_SET_VALUE, ":1: count" },
		{ "count =\n", ERR_SET_VALUE, ":1: count" },
		{ "count = 1x\n", ERR_SET_VALUE, ":1: count" },
		{ "count = +1\n", ERR_SET_VALUE, ":1: count" },
		{ "count = -\n", ERR_SET_VALUE, ":1: count" },
		{ "count = 99999999999999999999\n", ERR_SET_VALUE,
		    ":1: count" },
		{ "colour = red\n", ERR_SET_VALUE, ":1: colour" },
		{ "mix =\n", ERR_SET_VALUE, ":1: mix" },
		{ "mix = red\n", ERR_SET_VALUE, ":1: mix" },
		{ "mix = gree\n", ERR_SET_VALUE, ":1: mix" },
		{ "mix = blue,green\n", ERR_SET_VALUE, ":1: mix" },
		{ "mix = blue blue\n", ERR_SET_VALUE, ":1: mix" },
		{ "note = a\n", ERR_SET_MISSING, ": site-name" },
		{ "", ERR_SET_MISSING, ": site-name" },
		{ "site-name\n", ERR_SET_FILE, ":1" },
		{ "[desk]\n", ERR_SET_FILE, ":1" },
		{ "note = a\n [desk]\n", ERR_SET_FILE, ":2" },
		{ "note = a\n count = 3\n", ERR_SET_FILE, ":2" },
		{ "note = a ;b\n", ERR_SET_FILE, ":1" },
		{ "note = a\t;b\n", ERR_SET_FILE, ":1" },
	};
	struct made m;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(load(rows[i].text, &m), rows[i].r);
		assert_about(rows[i].about);
	}
}

/* inih's room is 200 bytes: 198, a newline and a NUL. */
static void
a_line_too_long_is_not_cut(void **state)
{
	char text[256];
	struct made m;

	(void)state;
	memset(text, 'x', sizeof(text));
	memcpy(text, "site-name = a\n# ", 16);
	text[14 + 198] = '\n';
	assert_int_equal(load_bytes(text, 14 + 199, &m), ERR_OK);
	text[14 + 198] = 'x';
	text[14 + 199] = '\n';
	assert_int_equal(load_bytes(text, 14 + 200, &m), ERR_SET_FILE);
	assert_about(":2");
	assert_int_equal(load_bytes(text, 14 + 199, &m), ERR_SET_FILE);
	text[14 + 240] = '\n';
	assert_int_equal(load_bytes(text, 14 + 241, &m), ERR_SET_FILE);
	assert_about(":2");
}

static void
a_nul_hides_nothing(void **state)
{
	struct made m;

	(void)state;
	assert_int_equal(load_bytes("note = a\0b\nsite-name = a\n", 25, &m),
	    ERR_SET_FILE);
	assert_int_equal(load_bytes("\0\nsite-name = a\n", 16, &m),
	    ERR_SET_FILE);
	assert_about(":1");
}

static void
a_file_that_is_none(void **state)
{
	char path[PATH_ROOM];
	struct made m;

	(void)state;
	assert_int_equal(conf_load(table, temp_path("none", path), &m),
	    ERR_SET_FILE);
	assert_string_equal(err_subject(), path);
	assert_int_equal(conf_load(table, temp_dir, &m), ERR_SET_FILE);
	assert_string_equal(err_subject(), temp_dir);
}

static void
flag_over_environment_over_file(void **state)
{
	struct made m;

	(void)state;
	setenv("GUICHET_SITE_NAME", "Sud", 1);
	setenv("GUICHET_COUNT", "9", 1);
	assert_int_equal(load("site-name = Nord\ncount = 8\n", &m), ERR_OK);
	assert_string_equal(m.name, "Sud");
	assert_int_equal(m.count, 9);
	assert_int_equal(conf_set(table, "count", "10", &m), ERR_OK);
	assert_int_equal(m.count, 10);
	assert_int_equal(conf_load(table, NULL, &m), ERR_OK);
	assert_string_equal(m.name, "Sud");

	setenv("GUICHET_COUNT", "many", 1);
	assert_int_equal(load("site-name = Nord\n", &m), ERR_SET_VALUE);
	assert_string_equal(err_subject(), "GUICHET_COUNT");
	unsetenv("GUICHET_COUNT");
	unsetenv("GUICHET_SITE_NAME");
	assert_int_equal(conf_load(table, NULL, &m), ERR_SET_MISSING);
	assert_string_equal(err_subject(), "-: site-name");

	assert_int_equal(conf_set(table, "count", "", &m), ERR_SET_VALUE);
	assert_string_equal(err_subject(), "count");
	assert_int_equal(conf_set(table, "size", "1", &m), ERR_SET_UNKNOWN);
	assert_string_equal(err_subject(), "size");
}

static void
load_bad_default(void)
{
	static const struct conf_item bad[] = {
		{ "count", CONF_NUMBER, .max = 3, .standard = "4" },
		{ .name = NULL },
	};
	struct made m;

	(void)conf_load(bad, NULL, &m);
}

static void
load_many(void)
{
	struct conf_item many[66];
	struct made m;

	for (size_t i = 0; i < 65; i++)
		many[i] = table[2];
	many[65] = table[5];
	(void)conf_load(many, NULL, &m);
}

static void
a_table_that_cannot_be_is_our_fault(void **state)
{
	(void)state;
	assert_true(aborts(load_bad_default));
	assert_true(aborts(load_many));
}

static void
the_manual_is_the_table(void **state)
{
	char *text = NULL;
	size_t n;
	FILE *f;

	(void)state;
	assert_non_null(f = open_memstream(&text, &n));
	conf_manual(table, f);
	fclose(f);
	assert_string_equal(text,
	    ".It Cm site-name\nLe nom.\nÀ donner.\n"
	    ".It Cm note\nUn mot.\n"
	    ".It Cm count\nCombien.\nDe -2 à 40.\nPar défaut : 7.\n"
	    ".It Cm colour\nLaquelle.\nValeurs : blue, green.\n"
	    "Par défaut : green.\n"
	    ".It Cm mix\nLesquelles.\nUn mot ou plusieurs parmi : blue, green."
	    "\nPar défaut : blue.\n");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_over_the_defaults),
		cmocka_unit_test(what_is_wrong_is_named),
		cmocka_unit_test(a_line_too_long_is_not_cut),
		cmocka_unit_test(a_nul_hides_nothing),
		cmocka_unit_test(a_file_that_is_none),
		cmocka_unit_test(flag_over_environment_over_file),
		cmocka_unit_test(a_table_that_cannot_be_is_our_fault),
		cmocka_unit_test(the_manual_is_the_table),
	};

	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
