/* buf: what is put comes back, and nothing is read past the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/secret.h"

static void
numbers_come_back(void **state)
{
	struct buf b;
	struct cursor c;
	uint8_t u8;
	uint16_t u16;
	uint32_t u32;
	uint64_t u64;

	(void)state;
	buf_init(&b);
	assert_int_equal(buf_put_u8(&b, 0xA1), ERR_OK);
	assert_int_equal(buf_put_u16(&b, 0xB2C3), ERR_OK);
	assert_int_equal(buf_put_u32(&b, 0xD4E5F607), ERR_OK);
	assert_int_equal(buf_put_u64(&b, 0x0123456789ABCDEF), ERR_OK);
	assert_memory_equal(b.p, "\xA1\xB2\xC3\xD4", 4);
	c = cursor_of(b.p, b.len);
	assert_int_equal(cursor_u8(&c, &u8), ERR_OK);
	assert_int_equal(cursor_u16(&c, &u16), ERR_OK);
	assert_int_equal(cursor_u32(&c, &u32), ERR_OK);
	assert_int_equal(cursor_end(&c), ERR_TRAILING);
	assert_int_equal(cursor_u64(&c, &u64), ERR_OK);
	assert_int_equal(cursor_end(&c), ERR_OK);
	assert_int_equal(u8, 0xA1);
	assert_int_equal(u16, 0xB2C3);
	assert_true(u32 == 0xD4E5F607 && u64 == 0x0123456789ABCDEF);
	assert_int_equal(cursor_u8(&c, &u8), ERR_TRUNCATED);
	buf_clear(&b);
	buf_clear(&b);
}

static void
a_secret_buffer_does_not_grow(void **state)
{
	struct buf b;

	(void)state;
	assert_int_equal(buf_init_secret(&b, 8), ERR_OK);
	assert_int_equal(buf_put(&b, "12345678", 8), ERR_OK);
	assert_int_equal(buf_put_u8(&b, 9), ERR_TOO_LONG);
	assert_int_equal(b.len, 8);
	buf_reset(&b);
	assert_true(secret_is_zero(b.p, 8));
	buf_clear(&b);
}

static void
what_is_cut_is_wiped(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	buf_cut(&b, 0);
	assert_int_equal(buf_put_text(&b, "abcdef"), ERR_OK);
	buf_cut(&b, 6);
	buf_cut(&b, 9);
	assert_int_equal(b.len, 6);
	buf_cut(&b, 2);
	assert_int_equal(b.len, 2);
	assert_memory_equal(b.p, "ab\0\0\0\0", 6);
	assert_int_equal(buf_put(&b, NULL, 0), ERR_OK);
	buf_reset(&b);
	assert_int_equal(b.len, 0);
	buf_clear(&b);
}

static void
words_are_formatted_behind(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	assert_int_equal(buf_putf(&b, "%s-%03d", "a", 7), ERR_OK);
	assert_int_equal(buf_putf(&b, "%s", ""), ERR_OK);
	assert_int_equal(buf_terminate(&b), ERR_OK);
	assert_int_equal(b.len, 5);
	assert_string_equal((char *)b.p, "a-007");
	buf_clear(&b);
	assert_int_equal(buf_init_secret(&b, 4), ERR_OK);
	assert_int_equal(buf_putf(&b, "%d", 1234), ERR_TOO_LONG);
	assert_int_equal(b.len, 0);
	assert_int_equal(buf_putf(&b, "%d", 123), ERR_OK);
	assert_int_equal(buf_put_u8(&b, '4'), ERR_OK);
	assert_int_equal(buf_terminate(&b), ERR_TOO_LONG);
	buf_clear(&b);
}

static void
a_cursor_gives_whole_things(void **state)
{
	struct cursor c = cursor_of("\1\2\3", 3), sub;
	uint32_t u32 = 7;
	uint64_t u64 = 7;
	uint16_t u16 = 7;
	char out[4] = "xyz";

	(void)state;
	assert_int_equal(cursor_u32(&c, &u32), ERR_TRUNCATED);
	assert_int_equal(cursor_u64(&c, &u64), ERR_TRUNCATED);
	assert_int_equal(cursor_copy(&c, out, 4), ERR_TRUNCATED);
	assert_int_equal(cursor_sub(&c, 4, &sub), ERR_TRUNCATED);
	assert_true(u32 == 7 && u64 == 7 && out[0] == 'x' && c.n == 3);
	assert_int_equal(cursor_sub(&c, 2, &sub), ERR_OK);
	assert_int_equal(cursor_u16(&sub, &u16), ERR_OK);
	assert_int_equal(u16, 0x0102);
	assert_int_equal(cursor_u16(&c, &u16), ERR_TRUNCATED);
	assert_int_equal(cursor_copy(&c, out, 1), ERR_OK);
	assert_int_equal(out[0], 3);
	c = cursor_of(NULL, 0);
	assert_int_equal(cursor_copy(&c, out, 0), ERR_OK);
	assert_int_equal(cursor_sub(&c, 0, &sub), ERR_OK);
	assert_int_equal(cursor_end(&sub), ERR_OK);
}

static void
no_buffer_grows_for_ever(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	assert_int_equal(buf_reserve(&b, BUF_MAX + 1), ERR_TOO_LONG);
	assert_int_equal(buf_put_u8(&b, 1), ERR_OK);
	assert_int_equal(buf_reserve(&b, SIZE_MAX), ERR_TOO_LONG);
	buf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_come_back),
		cmocka_unit_test(a_secret_buffer_does_not_grow),
		cmocka_unit_test(what_is_cut_is_wiped),
		cmocka_unit_test(words_are_formatted_behind),
		cmocka_unit_test(a_cursor_gives_whole_things),
		cmocka_unit_test(no_buffer_grows_for_ever),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
