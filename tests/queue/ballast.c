/* ballast: there, whole, and its room given back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "queue/ballast.h"
#include "tests/temp.h"

#define SIZE ((uint64_t)1 << 20)

static void
it_holds_its_room(void **state)
{
	char path[PATH_ROOM];
	struct stat st;

	(void)state;
	assert_int_equal(ballast_throw(temp_dir), ERR_NOT_FOUND);
	assert_int_equal(ballast_keep(temp_dir, SIZE), ERR_OK);
	assert_int_equal(stat(temp_path("ballast", path), &st), 0);
	assert_true((uint64_t)st.st_size == SIZE);
	/* Allocated, not only long. */
	assert_true((uint64_t)st.st_blocks * 512 >= SIZE);
	assert_true((st.st_mode & 0777) == 0600);
	assert_int_equal(ballast_keep(temp_dir, SIZE), ERR_OK);
	assert_int_equal(ballast_throw(temp_dir), ERR_OK);
	assert_int_equal(stat(path, &st), -1);
}

static void
half_a_ballast_is_none(void **state)
{
	char path[PATH_ROOM];
	struct stat st;

	(void)state;
	temp_file("ballast", 0600, "x", 1, path);
	assert_int_equal(ballast_keep(temp_dir, SIZE), ERR_OK);
	assert_int_equal(stat(path, &st), 0);
	assert_true((uint64_t)st.st_size == SIZE);
	assert_int_equal(ballast_throw(temp_dir), ERR_OK);
}

static void
no_room_no_ballast(void **state)
{
	char path[PATH_ROOM];
	struct stat st;

	(void)state;
	assert_int_equal(ballast_keep(temp_dir, (uint64_t)1 << 60),
	    ERR_QUEUE_SPACE);
	assert_int_equal(stat(temp_path("ballast", path), &st), -1);
	assert_int_equal(ballast_keep("/nonexistent", SIZE), ERR_FILE_READ);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_holds_its_room),
		cmocka_unit_test(half_a_ballast_is_none),
		cmocka_unit_test(no_room_no_ballast),
	};

	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
