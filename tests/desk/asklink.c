/* asklink: the centre's answer to this question, in time, or none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/keyfile.h"
#include "base/secret.h"
#include "desk/asklink.h"
#include "queue/ask.h"
#include "tests/envelope/asked.h"
#include "tests/temp.h"

static struct asker asker;
static struct listen_at at;
static struct asklink *l;
static struct question q, heard;
static uint8_t outcome[SIGN_SECRET_LEN], outcome_public[SIGN_PUBLIC_LEN];
static int door = -1;

static int
begin(void **state)
{
	char folder[PATH_ROOM], path[PATH_ROOM];

	(void)state;
	asker_make(&asker);
	sign_keypair(outcome, outcome_public);
	(void)unlink(temp_path("keys/opener.pub", path));
	if (folder_make(temp_path("keys", folder)) != ERR_OK ||
	    keyfile_write(path, "outcome-public", outcome_public,
	    SIGN_PUBLIC_LEN, 4) != ERR_OK ||
	    ask_address(temp_dir, &at) != ERR_OK ||
	    listen_unix(&at, &door) != ERR_OK ||
	    asklink_open(temp_dir, &l) != ERR_OK)
		return -1;
	make_question(&q, QUESTION_DOSSIER, &asker);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	asklink_close(l);
	l = NULL;
	if (door != -1)
		close(door);
	listen_drop(&at);
	return 0;
}

static enum err
ask(void)
{
	return asklink_ask(l, &q, &asker.keys, 1795271600000);
}

/* The other side: what was asked. */
static int
take(void)
{
	uint8_t bytes[QUESTION_LEN];
	int fd = accept(door, NULL, NULL);

	assert_true(fd != -1);
	assert_true(listen_hear(fd, bytes, sizeof(bytes), 1000));
	assert_int_equal(question_open(bytes, sizeof(bytes),
	    asker.sign_public, asker.opening, &heard), ERR_OK);
	return fd;
}

/* What it answers, and closes. */
static void
answer(int fd, const struct rid *id, enum question_kind kind,
    enum response_word word, const uint8_t secret[SIGN_SECRET_LEN])
{
	const struct response a = { .terminal = 7, .id = *id, .kind = kind,
		.word = word, .at_ms = 1795271600000 };
	struct buf b;

	buf_init(&b);
	assert_int_equal(response_write(&a, secret, heard.reply, &b), ERR_OK);
	assert_int_equal(fd_write_all(fd, b.p, b.len), ERR_OK);
	buf_clear(&b);
	close(fd);
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
