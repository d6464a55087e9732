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
		cmocka_unit_test(no_buffer_grows_for_ever),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
