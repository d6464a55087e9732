/* slip: what goes down the pipe is what comes out, and nothing else does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/secret.h"
#include "tests/deadly.h"
#include "tests/golden.h"
#include "tests/slip/sample.h"

static struct slip *s, *back;
static struct buf line;

static int
setup(void **state)
{
	(void)state;
	if ((s = slip_new()) == NULL || (back = slip_new()) == NULL)
		return -1;
	slip_secrets(s, sample_facts());
	return buf_init_secret(&line, SLIP_ROOM) == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	buf_clear(&line);
	slip_free(s);
	slip_free(back);
	slip_free(NULL);
	return 0;
}

static void
a_slip_comes_back(void **state)
{
	(void)state;
	assert_int_equal(slip_write(s, &line), ERR_OK);
	golden_equal("slip/secrets.json", line.p, line.len);
	line.p[line.len - 1] = '\0'; /* the newline */
	assert_int_equal(slip_read((const char *)line.p, back), ERR_OK);
	assert_memory_equal(s, back, sizeof(*s));
}

static void
the_largest_slip_comes_back(void **state)
{
	char text[SLIP_TEXT];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	while (s->n < 48) /* a line of the pipe has room for no more of them */
		slip_add(s, SLIP_FACT, text, text);
	while (s->n < SLIP_LINES)
		slip_add(s, SLIP_FACT, "x", "x");
	assert_int_equal(slip_write(s, &line), ERR_OK);
	line.p[line.len - 1] = '\0';
	assert_int_equal(slip_read((const char *)line.p, back), ERR_OK);
	assert_int_equal(back->n, SLIP_LINES);
}

/* Each quote is two bytes in JSON, and the pipe's line has a limit. */
static void
a_slip_beyond_a_line_is_refused(void **state)
{
	char text[SLIP_TEXT];
	struct buf large;

	(void)state;
	memset(text, '"', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	for (s->n = 1; s->n < SLIP_LINES;)
		slip_add(s, SLIP_FACT, text, text);
	buf_init(&large);
	assert_int_equal(slip_write(s, &large), ERR_SLIP_FORM);
	buf_clear(&large);
	assert_int_not_equal(slip_write(s, &line), ERR_OK);
}

static void
texts_are_cut_on_a_character(void **state)
{
	char text[SLIP_TEXT + 8];
	const struct slip_line *l = &s->line[s->n];

	(void)state;
	memset(text, 'x', sizeof(text));
	memcpy(text + SLIP_TEXT - 2, "é", 3);
	slip_add(s, SLIP_FACT, text, NULL);
	assert_int_equal(strlen(l->label), SLIP_TEXT - 2);
	assert_string_equal(l->value, "");
}

static void
add_one_too_many(void)
{
	while (s->n <= SLIP_LINES)
		slip_add(s, SLIP_RULE, NULL, NULL);
}

static void
too_many_lines_abort(void **state)
{
	(void)state;
	assert_true(aborts(add_one_too_many));
}

static void
nothing_ill_formed_is_written(void **state)
{
	static const struct {
		enum slip_kind kind;
		const char *label, *value;
	} rows[] = {
		{ SLIP_TITLE, "A second title", "" },
		{ SLIP_PARA, "", "" },
		{ SLIP_PARA, "Text", "and more" },
		{ SLIP_PARA, "Two\nlines", "" },
		{ SLIP_FACT, "", "value" },
		{ SLIP_FACT, "bidi", "\u202Eabc" },
		{ SLIP_FACT, "broken", "\xC3" },
		{ SLIP_RULE, "text", "" },
		{ SLIP_CODE, "empty", "" },
		{ SLIP_CODE, "two blanks", "AB  CD" },
		{ SLIP_CODE, "first blank", " AB" },
		{ SLIP_CODE, "last blank", "AB " },
		{ SLIP_CODE, "no glyph", "ABé" },
	};
	size_t n = s->n;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		s->n = n;
		slip_add(s, rows[i].kind, rows[i].label, rows[i].value);
		assert_int_equal(slip_write(s, &line), ERR_SLIP_FORM);
		assert_int_equal(line.len, 0);
	}
	s->n = n;
	s->line[0].kind = SLIP_PARA;
	assert_int_equal(slip_write(s, &line), ERR_SLIP_FORM);
	s->n = 0;
	assert_int_equal(slip_write(s, &line), ERR_SLIP_FORM);
}

static void
the_reference_is_a_record_id(void **state)
{
	(void)state;
	s->ref[0] = '9'; /* beyond 128 bits */
	assert_int_equal(slip_write(s, &line), ERR_SLIP_FORM);
	assert_string_equal(err_subject(), "ref");
}

#define REF "\"paper\":\"secrets\",\"ref\":\"01JD7Q4M5N6P7Q8R9S0T1V2W3X\""
#define REF_ALONE "\"ref\":\"01JD7Q4M5N6P7Q8R9S0T1V2W3X\"," \
	"\"training\":true,\"version\":2}"
#define TITLE "{\"kind\":\"title\",\"label\":\"T\",\"value\":\"\"}"
#define TAIL "," REF ",\"training\":true,\"version\":2}"

static void
only_the_exact_form_is_read(void **state)
{
	static const char *const wrong[] = {
		"",
		"nothing",
		"[]",
		"{}",
		"{\"large\":false,\"lines\":[" TITLE "]," REF ",\"training\":true}",
		"{\"large\":false,\"lines\":[" TITLE "]," REF ",\"version\":2}",
		"{\"large\":false,\"lines\":[" TITLE "],\"training\":true,\"version\":2}",
		"{\"large\":false," REF ",\"training\":true,\"version\":2}",
		"{\"large\":false,\"lines\":[" TITLE "]," REF
		",\"training\":true,\"version\":3}",
		"{\"large\":false,\"lines\":[" TITLE "]," REF
		",\"training\":1,\"version\":2}",
		"{\"large\":false,\"lines\":[" TITLE "]," REF
		",\"training\":true,\"version\":2,\"more\":1}",
		"{\"large\":false,\"lines\":[" TITLE "],\"paper\":\"leaflet\"," REF_ALONE,
		"{\"large\":false,\"lines\":[" TITLE "]," REF_ALONE,
		"{\"large\":false,\"lines\":[" TITLE ",{\"kind\":\"qr\",\"label\":\"T\","
		"\"value\":\"\"}]" TAIL,
		"{\"large\":false,\"lines\":[" TITLE ",{\"kind\":\"qr\",\"label\":\"T\","
		"\"value\":\"small\"}]" TAIL,
		"{\"large\":false,\"lines\":[" TITLE "]" TAIL " x",
		"{\"large\":false,\"lines\":[]" TAIL,
		"{\"large\":false,\"lines\":{}" TAIL,
		"{\"large\":false,\"lines\":[1]" TAIL,
		"{\"large\":false,\"lines\":[{\"kind\":\"title\",\"label\":\"T\"}]" TAIL,
		"{\"large\":false,\"lines\":[{\"label\":\"T\",\"value\":\"\"}]" TAIL,
		"{\"large\":false,\"lines\":[{\"kind\":\"title\",\"label\":\"T\",\"value\":"
		"\"\",\"x\":0}]" TAIL,
		"{\"large\":false,\"lines\":[" TITLE ",{\"kind\":\"image\",\"label\":\"T\","
		"\"value\":\"\"}]" TAIL,
		"{\"large\":false,\"lines\":[" TITLE ",{\"kind\":\"paragraph\",\"label\":"
		"\"T\",\"value\":\"\"}]" TAIL,
		"{\"large\":false,\"lines\":[{\"kind\":\"title\",\"label\":\"a\\u0007\","
		"\"value\":\"\"}]" TAIL,
	};

	(void)state;
	assert_int_equal(slip_read("{\"large\":false,\"lines\":[" TITLE "]" TAIL, back),
	    ERR_OK);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		memset(back, 0xA5, sizeof(*back));
		if (slip_read(wrong[i], back) != ERR_SLIP_FORM)
			fail_msg("read: %s", wrong[i]);
		assert_true(secret_is_zero(back, sizeof(*back)));
	}
}

static void
too_much_is_not_read(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	assert_int_equal(buf_put_text(&b, "{\"large\":false,\"lines\":[" TITLE), ERR_OK);
	for (int i = 0; i < SLIP_LINES; i++)
		assert_int_equal(buf_put_text(&b, ",{\"kind\":\"rule\","
		    "\"label\":\"\",\"value\":\"\"}"), ERR_OK);
	assert_int_equal(buf_put_text(&b, "]" TAIL), ERR_OK);
	assert_int_equal(buf_terminate(&b), ERR_OK);
	assert_int_equal(slip_read((const char *)b.p, back), ERR_SLIP_FORM);

	buf_reset(&b);
	assert_int_equal(buf_put_text(&b, "{\"large\":false,\"lines\":[{\"kind\":\"title\","
	    "\"label\":\""), ERR_OK);
	for (int i = 0; i < SLIP_TEXT; i++)
		assert_int_equal(buf_put_u8(&b, 'x'), ERR_OK);
	assert_int_equal(buf_put_text(&b, "\",\"value\":\"\"}]" TAIL),
	    ERR_OK);
	assert_int_equal(buf_terminate(&b), ERR_OK);
	assert_int_equal(slip_read((const char *)b.p, back), ERR_SLIP_FORM);
	buf_clear(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_slip_comes_back),
		TEST(the_largest_slip_comes_back),
		TEST(a_slip_beyond_a_line_is_refused),
		TEST(texts_are_cut_on_a_character),
		TEST(too_many_lines_abort),
		TEST(nothing_ill_formed_is_written),
		TEST(the_reference_is_a_record_id),
		TEST(only_the_exact_form_is_read),
		TEST(too_much_is_not_read),
	};

	if (secret_start() != ERR_OK)
		return 1;
	json_keep_locked();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
