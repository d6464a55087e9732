/* pin: one line of a pipe, whole and no longer than a PIN. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/secret.h"
#include "ctl/pin.h"

/* What comes of that on stdin. */
static enum err
given(const char *text, char pin[PIN_ROOM])
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], text, strlen(text)), strlen(text));
	close(ends[1]);
	assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	close(ends[0]);
	memset(pin, 'x', PIN_ROOM);
	return pin_read(pin);
}

static void
a_line_is_a_pin(void **state)
{
	char pin[PIN_ROOM];

	(void)state;
	assert_int_equal(given("271828\n", pin), ERR_OK);
	assert_string_equal(pin, "271828");
	assert_int_equal(given("271828", pin), ERR_OK);
	assert_string_equal(pin, "271828");
	assert_int_equal(given("27\n1828\n", pin), ERR_OK);
	assert_string_equal(pin, "27");
	assert_int_equal(given("\n", pin), ERR_OK);
	assert_string_equal(pin, "");
}

static void
the_longest_fits_and_no_longer(void **state)
{
	char text[PIN_MAX + 3], pin[PIN_ROOM];

	(void)state;
	memset(text, '7', sizeof(text));
	memcpy(text + PIN_MAX, "\n", 2);
	assert_int_equal(given(text, pin), ERR_OK);
	assert_int_equal(strlen(pin), PIN_MAX);
	memcpy(text + PIN_MAX, "7\n", 3);
	assert_int_equal(given(text, pin), ERR_PIN_WEAK);
	assert_int_equal(strlen(pin), PIN_MAX);
}

static void
nothing_is_no_pin(void **state)
{
	char pin[PIN_ROOM];

	(void)state;
	assert_int_equal(given("", pin), ERR_INPUT_END);
	close(STDIN_FILENO);
	assert_int_equal(pin_read(pin), ERR_INPUT_END);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_a_pin),
		cmocka_unit_test(the_longest_fits_and_no_longer),
		cmocka_unit_test(nothing_is_no_pin),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
