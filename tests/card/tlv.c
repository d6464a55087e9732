/* tlv: each form of tag and length, and every way to be cut short. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "card/tlv.h"
#include "hex.h"

/* The first object of the bytes, copied so that a step too far is seen. */
static enum err
first(const char *line, unsigned *tag, size_t *n, bool *end)
{
	struct buf b = hex(line);
	uint8_t *exact = malloc(b.len + 1);
	struct cursor c;
	struct tlv t = { .tag = 0, .value = { NULL, 0 } };
	enum err r;

	assert_non_null(exact);
	if (b.len > 0)
		memcpy(exact, b.p, b.len);
	exact = realloc(exact, b.len == 0 ? 1 : b.len);
	assert_non_null(exact);
	c = cursor_of(exact, b.len);
	*end = false;
	r = tlv_next(&c, &t, end);
	*tag = t.tag;
	*n = t.value.n;
	free(exact);
	buf_clear(&b);
	return r;
}

static void
forms(void **state)
{
	static const struct {
		const char *line;
		enum err r;
		unsigned tag;
		size_t n;
		bool end;
	} cases[] = {
		{ "80 00", ERR_OK, 0x80, 0, false },
		{ "80\"AB\"", ERR_OK, 0x80, 2, false },
		{ "80 7F 41*127", ERR_OK, 0x80, 127, false },
		{ "80 81 80 41*128", ERR_OK, 0x80, 128, false },
		{ "80:81{ 41*3 }", ERR_OK, 0x80, 3, false },
		{ "80:82{ 41*3 }", ERR_OK, 0x80, 3, false },
		{ "80 82 01 00 41*256", ERR_OK, 0x80, 256, false },
		{ "7F21 01 AA", ERR_OK, 0x7F21, 1, false },
		{ "5F37 00", ERR_OK, 0x5F37, 0, false },
		{ "", ERR_OK, 0, 0, true },
		{ "00 80 01 41", ERR_OK, 0, 0, true },
		{ "FF FF", ERR_OK, 0, 0, true },
		{ "80", ERR_TRUNCATED, 0, 0, false },
		{ "80 02 41", ERR_TRUNCATED, 0, 0, false },
		{ "80 81", ERR_TRUNCATED, 0, 0, false },
		{ "80 82 01", ERR_TRUNCATED, 0, 0, false },
		{ "80 82 FF FF 41", ERR_TRUNCATED, 0, 0, false },
		{ "7F", ERR_TRUNCATED, 0, 0, false },
		{ "7F 21", ERR_TRUNCATED, 0, 0, false },
		{ "7F 81 21 01 AA", ERR_CARD_DATA, 0, 0, false },
		{ "80 80 41 00 00", ERR_CARD_DATA, 0, 0, false },
		{ "80 83 00 00 01 41", ERR_CARD_DATA, 0, 0, false },
		{ "80 84 FF FF FF FF", ERR_CARD_DATA, 0, 0, false },
	};
	unsigned tag;
	size_t n;
	bool end;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(first(cases[i].line, &tag, &n, &end),
		    cases[i].r);
		assert_int_equal(tag, cases[i].tag);
		assert_int_equal(n, cases[i].n);
		assert_int_equal(end, cases[i].end);
	}
}

static void
one_after_the_other(void **state)
{
	struct buf b = hex("65{ 80\"A\" 81\"BC\" } 66{ } 00*4");
	struct cursor c = cursor_of(b.p, b.len), v;
	struct tlv t;
	bool end;

	(void)state;
	assert_int_equal(tlv_next(&c, &t, &end), ERR_OK);
	assert_int_equal(t.tag, 0x65);
	assert_int_equal(tlv_find(t.value, 0x81, &v), ERR_OK);
	assert_memory_equal(v.p, "BC", 2);
	assert_int_equal(tlv_find(t.value, 0x82, &v), ERR_NOT_FOUND);
	assert_int_equal(tlv_next(&c, &t, &end), ERR_OK);
	assert_int_equal(t.tag, 0x66);
	assert_false(end);
	assert_int_equal(tlv_next(&c, &t, &end), ERR_OK);
	assert_true(end);
	buf_clear(&b);
}

static void
what_ends_a_file(void **state)
{
	static const struct {
		const char *line;
		bool closed;
	} cases[] = {
		{ "", false },
		{ "80 01 41", false },
		{ "80 01 41 00", true },
		{ "80 01 41 FF", true },
		{ "80 01 41 81", false },
		{ "80 05 41", false },
		{ "80 84 41", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf b = hex(cases[i].line);

		assert_int_equal(tlv_closed(cursor_of(b.p, b.len)),
		    cases[i].closed);
		buf_clear(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms),
		cmocka_unit_test(one_after_the_other),
		cmocka_unit_test(what_ends_a_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
