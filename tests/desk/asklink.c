/* asklink: the centre's answer to this question, in time, or none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "tests/desk/far.h"

static struct question q;

static int
begin(void **state)
{
	(void)state;
	if (far_begin() != 0)
		return -1;
	make_question(&q, QUESTION_DOSSIER, &asker);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	far_end();
	return 0;
}

static enum err
ask(void)
{
	return asklink_ask(l, &q, &asker.keys, 1795271600000);
}

static enum err
came(struct response *a)
{
	enum err r = ERR_OK;

	while (!asklink_look(l, a, &r))
		(void)usleep(1000);
	assert_int_equal(asklink_fd(l), -1);
	return r;
}

static void
its_answer_comes_back(void **state)
{
	struct response a;
	enum err r;
	int fd;

	(void)state;
	assert_int_equal(ask(), ERR_OK);
	assert_true(asklink_fd(l) != -1);
	assert_false(asklink_look(l, &a, &r)); /* nobody waits for it */
	fd = take();
	assert_memory_equal(heard.id.b, q.id.b, RID_LEN);
	answer(fd, &heard.id, QUESTION_DOSSIER, RESPONSE_CLOSED, outcome);
	assert_int_equal(came(&a), ERR_OK);
	assert_int_equal(a.word, RESPONSE_CLOSED);
	assert_false(asklink_look(l, &a, &r));
}

static void
each_question_has_a_key_and_an_id_of_its_own(void **state)
{
	uint8_t key[BOX_PUBLIC_LEN];
	struct rid id;

	(void)state;
	assert_int_equal(ask(), ERR_OK);
	close(take());
	memcpy(key, heard.reply, sizeof(key));
	id = heard.id;
	assert_int_equal(ask(), ERR_OK);
	close(take());
	assert_memory_not_equal(key, heard.reply, sizeof(key));
	assert_memory_not_equal(id.b, heard.id.b, RID_LEN);
}

static void
no_other_answer_is_believed(void **state)
{
	struct rid other = { .b = { 1 } };
	uint8_t theirs[SIGN_SECRET_LEN], public[SIGN_PUBLIC_LEN];
	struct response a;

	(void)state;
	sign_keypair(theirs, public);
	assert_int_equal(ask(), ERR_OK);
	answer(take(), &other, QUESTION_DOSSIER, RESPONSE_OPENED, outcome);
	assert_int_equal(came(&a), ERR_RECEIPT);
	assert_int_equal(ask(), ERR_OK);
	answer(take(), &q.id, QUESTION_SEND, RESPONSE_SENT, outcome);
	assert_int_equal(came(&a), ERR_RECEIPT);
	assert_int_equal(ask(), ERR_OK);
	answer(take(), &q.id, QUESTION_DOSSIER, RESPONSE_OPENED, theirs);
	assert_int_equal(came(&a), ERR_RECEIPT);
}

static void
none_in_time_is_none(void **state)
{
	const uint64_t from = clock_elapsed_ms();
	struct response a;
	int fd;

	(void)state;
	assert_int_equal(ask(), ERR_OK);
	close(take());
	assert_int_equal(came(&a), ERR_NOT_NOW);
	assert_int_equal(ask(), ERR_OK);
	fd = take();
	assert_int_equal(came(&a), ERR_NOT_NOW);
	assert_true(clock_elapsed_ms() - from >= ASK_MS);
	close(fd);
	assert_int_equal(ask(), ERR_OK);
	asklink_drop(l);
	assert_int_equal(asklink_fd(l), -1);
	asklink_drop(NULL);
}

static void
without_a_door_there_is_no_line(void **state)
{
	(void)state;
	close(door);
	door = -1;
	assert_int_equal(ask(), ERR_SYNC_DOOR);
	listen_drop(&at);
	assert_int_equal(ask(), ERR_SYNC_DOOR);
	assert_int_equal(asklink_fd(l), -1);
	assert_int_equal(asklink_fd(NULL), -1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(its_answer_comes_back),
		TEST(each_question_has_a_key_and_an_id_of_its_own),
		TEST(no_other_answer_is_believed),
		TEST(none_in_time_is_none),
		TEST(without_a_door_there_is_no_line),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
