/* door: a question goes to the centre and its answer back, or nothing does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/secret.h"
#include "sync/door.h"
#include "tests/temp.h"

/* A centre that answers as it is told. */
static struct centre {
	struct transport transport;
	enum err r;
	long status;
	size_t len;
	unsigned asked, closed;
} centre;

static enum err
play(struct transport *t, const char *path, const void *p, size_t n,
    struct answer *out)
{
	(void)t;
	centre.asked++;
	assert_string_equal(path, "/v1/question");
	assert_int_equal(n, QUESTION_LEN);
	assert_int_equal(((const uint8_t *)p)[5], 7);
	buf_reset(&out->body);
	out->status = centre.status;
	for (size_t i = 0; i < centre.len; i++)
		(void)buf_put_u8(&out->body, 9);
	return centre.r;
}

static void
finish(struct transport *t)
{
	(void)t;
	centre.closed++;
}

static struct door *door;
static struct listen_at at;

static int
begin(void **state)
{
	(void)state;
	centre = (struct centre){ .transport = { play, finish },
		.status = 200, .len = RESPONSE_LEN };
	return door_open(temp_dir, &centre.transport, &door) == ERR_OK &&
	    ask_address(temp_dir, &at) == ERR_OK &&
	    door_serve(door) == ERR_OK ? 0 : -1;
}

static int
end(void **state)
{
	(void)state;
	door_close(door);
	door = NULL;
	return centre.closed == 1 ? 0 : -1;
}

/* True when a whole answer comes. */
static bool
ask(size_t n)
{
	uint8_t question[QUESTION_LEN], answer[RESPONSE_LEN];
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	bool whole;

	memset(question, 7, sizeof(question));
	assert_int_equal(connect(fd, (const struct sockaddr *)&at.address,
	    at.len), 0);
	assert_int_equal(fd_write_all(fd, question, n), ERR_OK);
	whole = listen_hear(fd, answer, sizeof(answer), 3000);
	close(fd);
	return whole;
}

static void
it_carries_both_ways(void **state)
{
	(void)state;
	assert_true(ask(QUESTION_LEN));
	assert_true(ask(QUESTION_LEN));
	assert_int_equal(centre.asked, 2);
}

static void
half_a_question_is_none(void **state)
{
	(void)state;
	assert_false(ask(100));
	assert_int_equal(centre.asked, 0);
	assert_true(ask(QUESTION_LEN)); /* and keeps nobody else waiting */
}

static void
no_answer_is_nothing(void **state)
{
	(void)state;
	centre.r = ERR_SYNC_CONNECT;
	assert_false(ask(QUESTION_LEN));
	centre.r = ERR_OK;
	centre.status = 503;
	assert_false(ask(QUESTION_LEN));
	centre.status = 200;
	centre.len = RESPONSE_LEN - 1;
	assert_false(ask(QUESTION_LEN));
	centre.len = RESPONSE_LEN + 1;
	assert_false(ask(QUESTION_LEN));
	assert_int_equal(centre.asked, 4);
}

/* The transport is the door's, also when there is none. */
static void
a_path_too_long_is_said(void **state)
{
	char name[120], path[PATH_ROOM];
	struct door *other;

	(void)state;
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(door_open(temp_path(name, path), &centre.transport,
	    &other), ERR_LISTEN);
	assert_int_equal(centre.closed, 1);
	centre.closed = 0;
	door_close(NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_carries_both_ways),
		TEST(half_a_question_is_none),
		TEST(no_answer_is_nothing),
		TEST(a_path_too_long_is_said),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
