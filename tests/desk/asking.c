/* asking: what is asked is what the session knows; what is kept, the answer. */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/asking.h"
#include "tests/desk/far.h"
#include "tests/desk/made.h"

static struct desk_settings set;
static struct notice notice = { .lang = "fr-falc" };
static struct session s;
static struct desk_keys keys;
static struct desk d;

static int
begin(void **state)
{
	(void)state;
	made_settings(&set);
	if (far_begin() != 0 || session_init(&s, &set, &notice) != ERR_OK)
		return -1;
	made_person(s.person);
	strcpy(s.person->rec.contact.mobile, "0639981241");
	strcpy(s.person->rec.contact.email, "nom@exemple.fr");
	strcpy(s.person->code, "271828");
	keys.envelope = asker.keys;
	d = (struct desk){ .session = &s, .keys = &keys, .ask = l };
	return 0;
}

static int
end(void **state)
{
	(void)state;
	session_clear(&s);
	far_end();
	return 0;
}

/* The centre's answer to what it heard last. */
static enum err
hears(int fd, enum response_word word)
{
	enum err r = ERR_OK;

	answer(fd, &heard.id, heard.kind, word, outcome);
	while (!asking_ended(&d, &r))
		(void)usleep(1000);
	return r;
}

static void
a_question_is_about_who_is_served(void **state)
{
	const struct record *rec = &s.person->rec;
	struct rid first;

	(void)state;
	s.person->reach = REACH_EMAIL; /* of an earlier one */
	assert_int_equal(asking_begin(&d, QUESTION_DOSSIER), ERR_OK);
	close(take());
	assert_int_equal(heard.kind, QUESTION_DOSSIER);
	assert_int_equal(heard.terminal, MADE_TERMINAL);
	assert_true(heard.training);
	assert_string_equal(heard.family, "ESSAI");
	assert_string_equal(heard.given, "ALAINBIS");
	assert_string_equal(heard.birth, "19421901");
	assert_string_equal(heard.nir, "1421962965167");
	assert_string_equal(heard.operator_id, set.operator_id);
	assert_string_equal(heard.site_id, set.site_id);
	assert_int_equal(heard.reach, REACH_NONE);
	assert_string_equal(heard.to, "");
	assert_string_equal(heard.code, "");
	/* The record that comes of it is named by now, for good. */
	first = heard.about;
	assert_memory_equal(rec->rid.b, first.b, RID_LEN);
	assert_int_equal(asking_begin(&d, QUESTION_DOSSIER), ERR_OK);
	close(take());
	assert_memory_equal(heard.about.b, first.b, RID_LEN);
}

static void
a_code_goes_where_the_person_is_reached(void **state)
{
	(void)state;
	s.person->reach = REACH_MOBILE;
	assert_int_equal(asking_begin(&d, QUESTION_SEND), ERR_OK);
	close(take());
	assert_int_equal(heard.reach, REACH_MOBILE);
	assert_string_equal(heard.to, "0639981241");
	assert_string_equal(heard.lang, "fr-falc");
	assert_string_equal(heard.code, "");
	s.person->reach = REACH_EMAIL;
	assert_int_equal(asking_begin(&d, QUESTION_CHECK), ERR_OK);
	close(take());
	assert_string_equal(heard.to, "nom@exemple.fr");
	assert_string_equal(heard.code, "271828");
}

static void
only_a_right_code_verifies(void **state)
{
	const struct record *rec = &s.person->rec;

	(void)state;
	s.person->reach = REACH_EMAIL;
	assert_int_equal(asking_begin(&d, QUESTION_CHECK), ERR_OK);
	assert_int_equal(hears(take(), RESPONSE_EXPIRED), ERR_OK);
	assert_int_equal(s.person->told.word, RESPONSE_EXPIRED);
	assert_false(rec->verified.there);
	assert_int_equal(asking_begin(&d, QUESTION_CHECK), ERR_OK);
	assert_int_equal(hears(take(), RESPONSE_RIGHT), ERR_OK);
	assert_true(rec->verified.there);
	assert_string_equal(rec->verified.mobile, "");
	assert_int_equal(strlen(rec->verified.email), 2 * VOUCH_LEN);
	assert_memory_equal(rec->verified.email, "0707", 4);
}

/* What was said before is not taken for an answer. */
static void
no_answer_is_no_word(void **state)
{
	enum err r = ERR_OK;

	(void)state;
	s.person->told.word = RESPONSE_OPENED;
	assert_int_equal(asking_begin(&d, QUESTION_DOSSIER), ERR_OK);
	close(take());
	while (!asking_ended(&d, &r))
		(void)usleep(1000);
	assert_int_equal(r, ERR_NOT_NOW);
	assert_int_equal(s.person->told.word, 0);
	s.person->told.word = RESPONSE_OPENED;
	d.ask = NULL;
	assert_int_equal(asking_begin(&d, QUESTION_DOSSIER), ERR_SYNC_DOOR);
	assert_int_equal(s.person->told.word, 0);
	assert_false(asking_ended(&d, &r));
}

/* What is asked next, by itself, and the word of the answer. */
static void
looks(enum response_word word)
{
	struct pollfd p = { .fd = door, .events = POLLIN };
	enum err r;

	do
		assert_false(asking_ended(&d, &r));
	while (poll(&p, 1, 1) == 0);
	p.fd = take();
	assert_int_equal(heard.kind, QUESTION_SENT);
	assert_string_equal(heard.to, "0639981241");
	answer(p.fd, &heard.id, heard.kind, word, outcome);
}

static enum response_word
ends(void)
{
	enum err r = ERR_NOT_NOW;

	while (!asking_ended(&d, &r))
		(void)usleep(1000);
	assert_int_equal(r, ERR_OK);
	return s.person->told.word;
}

static void
send_one(void)
{
	int fd;

	s.person->reach = REACH_MOBILE;
	assert_int_equal(asking_begin(&d, QUESTION_SEND), ERR_OK);
	fd = take();
	answer(fd, &heard.id, heard.kind, RESPONSE_SENT, outcome);
}

static void
a_code_is_followed_until_it_is_gone(void **state)
{
	static const enum response_word words[] = { RESPONSE_GONE,
		RESPONSE_UNSENT, RESPONSE_REFUSED };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		send_one();
		looks(RESPONSE_GOING);
		looks(words[i]);
		assert_int_equal(ends(), words[i]);
		assert_true(d.following.until_ms == 0);
	}
}

/* A look without an answer is no word; when the time is over nobody knows. */
static void
a_code_is_not_followed_for_ever(void **state)
{
	enum err r;

	(void)state;
	send_one();
	looks(RESPONSE_GOING);
	assert_false(asking_ended(&d, &r));
	d.following.until_ms = 1;
	close(door);
	door = -1;
	assert_int_equal(ends(), RESPONSE_GOING);
}

static void
who_goes_on_follows_nothing(void **state)
{
	enum err r;

	(void)state;
	send_one();
	looks(RESPONSE_GOING);
	asking_drop(&d);
	assert_int_equal(asklink_fd(l), -1);
	(void)usleep(700000);
	assert_false(asking_ended(&d, &r));
	assert_int_equal(asklink_fd(l), -1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_question_is_about_who_is_served),
		TEST(a_code_goes_where_the_person_is_reached),
		TEST(only_a_right_code_verifies),
		TEST(no_answer_is_no_word),
		TEST(a_code_is_followed_until_it_is_gone),
		TEST(a_code_is_not_followed_for_ever),
		TEST(who_goes_on_follows_nothing),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
