/* relay: each question gets its own answer, or none in time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/listen.h"
#include "base/secret.h"
#include "centre/answer.h"
#include "centre/relay.h"
#include "tests/temp.h"

/* What was told, and how long it took. */
struct told {
	pthread_mutex_t lock;
	pthread_cond_t ring;
	unsigned n;
	enum err came;
	uint8_t response[RESPONSE_LEN];
};

static struct relay *relay;
static struct listen_at at;
static char where[PATH_ROOM + 8];
static int door = -1;
static uint8_t question[QUESTION_LEN];
static struct told told = { .lock = PTHREAD_MUTEX_INITIALIZER,
	.ring = PTHREAD_COND_INITIALIZER };

static int
begin(void **state)
{
	char path[PATH_ROOM];

	(void)state;
	temp_path("door", path);
	(void)snprintf(where, sizeof(where), "unix:%s", path);
	memset(question, 3, sizeof(question));
	told.n = 0;
	return listen_read(where, &at) == ERR_OK &&
	    listen_unix(&at, &door) == ERR_OK &&
	    relay_start(where, &relay) == ERR_OK ? 0 : -1;
}

static int
end(void **state)
{
	(void)state;
	relay_stop(relay);
	relay_free(relay);
	relay = NULL;
	if (door != -1)
		close(door);
	listen_drop(&at);
	return 0;
}

static void
hear(void *user, enum err came, const uint8_t *response)
{
	struct told *t = user;

	pthread_mutex_lock(&t->lock);
	t->n++;
	t->came = came;
	if (response != NULL)
		memcpy(t->response, response, RESPONSE_LEN);
	pthread_cond_signal(&t->ring);
	pthread_mutex_unlock(&t->lock);
}

static enum err
wait_for(unsigned n)
{
	enum err came;

	pthread_mutex_lock(&told.lock);
	while (told.n < n)
		pthread_cond_wait(&told.ring, &told.lock);
	came = told.came;
	pthread_mutex_unlock(&told.lock);
	return came;
}

static enum err
put(uint32_t terminal)
{
	return relay_put(relay, terminal, question, hear, &told);
}

/* The other side takes one, whole. */
static int
take(void)
{
	uint8_t got[QUESTION_LEN];
	int fd = accept(door, NULL, NULL);

	assert_true(fd != -1);
	assert_int_equal(recv(fd, got, sizeof(got), MSG_WAITALL),
	    (ssize_t)sizeof(got));
	assert_memory_equal(got, question, sizeof(got));
	return fd;
}

static void
say(int fd, const void *p, size_t n)
{
	assert_int_equal(send(fd, p, n, MSG_NOSIGNAL), (ssize_t)n);
}

static void
an_answer_comes_back(void **state)
{
	uint8_t answer[1 + RESPONSE_LEN];
	struct relay_counts c;
	int fd;

	(void)state;
	memset(answer, 8, sizeof(answer));
	answer[0] = ANSWER_GIVEN;
	assert_int_equal(put(1), ERR_OK);
	fd = take();
	say(fd, answer, 10); /* in pieces */
	say(fd, answer + 10, sizeof(answer) - 10);
	assert_int_equal(wait_for(1), ERR_OK);
	assert_memory_equal(told.response, answer + 1, RESPONSE_LEN);
	close(fd);
	relay_count(relay, &c);
	assert_true(c.put == 1 && c.given == 1 && c.late == 0);
}

static void
many_at_once_do_not_wait_for_each_other(void **state)
{
	uint8_t answer[1 + RESPONSE_LEN] = { ANSWER_GIVEN };
	int first, second;

	(void)state;
	assert_int_equal(put(1), ERR_OK);
	first = take();
	assert_int_equal(put(2), ERR_OK);
	second = take();
	say(second, answer, sizeof(answer));
	assert_int_equal(wait_for(1), ERR_OK);
	say(first, answer, sizeof(answer));
	assert_int_equal(wait_for(2), ERR_OK);
	close(first);
	close(second);
}

static void
a_slow_one_is_given_up(void **state)
{
	const uint64_t from = clock_elapsed_ms();
	struct relay_counts c;
	int fd;

	(void)state;
	assert_int_equal(put(1), ERR_OK);
	fd = take();
	assert_int_equal(wait_for(1), ERR_NOT_NOW);
	assert_true(clock_elapsed_ms() - from >= RELAY_MS);
	assert_true(clock_elapsed_ms() - from < RELAY_MS + 1000);
	close(fd);
	relay_count(relay, &c);
	assert_true(c.late == 1);
}

static void
one_that_dies_is_noticed_at_once(void **state)
{
	const uint64_t from = clock_elapsed_ms();
	uint8_t part[20] = { ANSWER_GIVEN };
	int fd;

	(void)state;
	assert_int_equal(put(1), ERR_OK);
	fd = take();
	say(fd, part, sizeof(part));
	close(fd);
	assert_int_equal(wait_for(1), ERR_NOT_NOW);
	assert_true(clock_elapsed_ms() - from < RELAY_MS);
	close(door);
	door = -1;
	assert_int_equal(put(1), ERR_OK);
	assert_int_equal(wait_for(2), ERR_NOT_NOW);
	assert_true(clock_elapsed_ms() - from < RELAY_MS);
}

static void
a_refusal_is_told_apart(void **state)
{
	static const uint8_t words[] = { ANSWER_REFUSED, ANSWER_NOT_NOW, 9 };
	static const enum err means[] = { ERR_REQUEST, ERR_NOT_NOW,
		ERR_NOT_NOW };

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		int fd;

		assert_int_equal(put(1), ERR_OK);
		fd = take();
		say(fd, &words[i], 1);
		assert_int_equal(wait_for(i + 1), means[i]);
		close(fd);
	}
}

static void
a_terminal_asks_so_often_and_no_more(void **state)
{
	struct relay_counts c;

	(void)state;
	for (unsigned i = 0; i < RELAY_BURST; i++)
		assert_int_equal(put(7), ERR_OK);
	assert_int_equal(put(7), ERR_ASKED_OFTEN);
	assert_int_equal(put(8), ERR_OK); /* another is not held up */
	relay_count(relay, &c);
	assert_true(c.often == 1);
}

static void
no_more_are_under_way_than_there_are_slots(void **state)
{
	(void)state;
	for (unsigned i = 0; i < RELAY_SLOTS; i++)
		assert_int_equal(put(i + 1), ERR_OK);
	assert_int_equal(put(1000), ERR_NOT_NOW);
}

static void
whoever_waits_at_the_end_is_told(void **state)
{
	(void)state;
	assert_int_equal(put(1), ERR_OK);
	assert_int_equal(put(2), ERR_OK);
	relay_stop(relay);
	assert_int_equal(told.n, 2);
	assert_int_equal(told.came, ERR_NOT_NOW);
	assert_int_equal(put(3), ERR_NOT_NOW);
	assert_int_equal(told.n, 2);
	relay_free(relay);
	relay = NULL;
}

static void
an_address_that_is_none_is_said(void **state)
{
	struct relay *other;

	(void)state;
	assert_int_equal(relay_start("nowhere", &other), ERR_LISTEN);
	relay_stop(NULL);
	relay_free(NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_answer_comes_back),
		TEST(many_at_once_do_not_wait_for_each_other),
		TEST(a_slow_one_is_given_up),
		TEST(one_that_dies_is_noticed_at_once),
		TEST(a_refusal_is_told_apart),
		TEST(a_terminal_asks_so_often_and_no_more),
		TEST(no_more_are_under_way_than_there_are_slots),
		TEST(whoever_waits_at_the_end_is_told),
		TEST(an_address_that_is_none_is_said),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
