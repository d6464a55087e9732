/* asking: what the centre answers leads on, and nothing it does not say stops
 * anybody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/screens/walk.h"

static int
begin_asking(void **state)
{
	(void)begin(state);
	w.asks = true;
	world_begin(&w);
	return 0;
}

/* The centre says that, or ERR_NOT_NOW. */
static void
hear(enum response_word word, enum err came)
{
	struct person *p = w.s.person;

	/* The world said right already. */
	if (p->told.kind == QUESTION_CHECK && word != RESPONSE_RIGHT)
		memset(&p->rec.verified, 0, sizeof(p->rec.verified));
	p->told.word = word;
	done(came);
}

static void
to_looking(const char *service)
{
	w.in = false;
	pick(service);
	walk_to(SCR_WHO);
	pick("a");
	pick("yes");
	assert_int_equal(w.s.at, SCR_LOOKING);
}

static void
who_has_none_goes_on(void **state)
{
	(void)state;
	to_looking("open");
	hear(RESPONSE_NONE, ERR_OK);
	assert_int_equal(w.s.at, SCR_INFORMATION);
	/* Asked once: back and forth again says no more. */
	key(EV_BACK);
	pick("yes");
	assert_int_equal(w.s.at, SCR_INFORMATION);
}

static void
without_an_answer_one_goes_on(void **state)
{
	static const enum err came[] = { ERR_SYNC_DOOR, ERR_NOT_NOW,
		ERR_RECEIPT, ERR_MEMORY };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		to_looking("open");
		hear(RESPONSE_OPENED, came[i]);
		assert_int_equal(w.s.at, SCR_INFORMATION);
		world_begin(&w);
	}
	to_looking("open");
	pick("skip");
	assert_int_equal(w.s.at, SCR_INFORMATION);
}

static void
one_may_change_what_one_came_for(void **state)
{
	static const struct {
		const char *came, *offer;
		enum response_word word;
		enum record_kind kind;
		int to;
	} rows[] = {
		{ "open", "reissue", RESPONSE_OPENED, RECORD_REISSUE,
		  SCR_CONSENT },
		{ "open", "preferences", RESPONSE_OPENED, RECORD_PREFERENCES,
		  SCR_CONSENT },
		{ "open", "reopen", RESPONSE_CLOSED, RECORD_REOPEN,
		  SCR_INFORMATION },
		{ "close", "open", RESPONSE_NONE, RECORD_OPEN,
		  SCR_INFORMATION },
		{ "open", "continue", RESPONSE_OPENED, RECORD_OPEN,
		  SCR_INFORMATION },
		{ "close", "continue", RESPONSE_CLOSED, RECORD_CLOSE,
		  SCR_CONSENT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		to_looking(rows[i].came);
		hear(rows[i].word, ERR_OK);
		assert_int_equal(w.s.at, SCR_ALREADY);
		pick("oppose"); /* never offered here */
		assert_int_equal(w.s.at, SCR_ALREADY);
		pick(rows[i].offer);
		assert_int_equal(w.s.at, rows[i].to);
		assert_int_equal(w.s.person->service, rows[i].kind);
		assert_int_equal(w.s.person->rec.kind, rows[i].kind);
		walk_to(SCR_SAVING); /* to the end, as that act */
		world_begin(&w);
	}
}

static void
what_fits_is_not_said(void **state)
{
	static const struct { const char *came; enum response_word word; }
	rows[] = { { "reissue", RESPONSE_OPENED },
		{ "preferences", RESPONSE_OPENED },
		{ "close", RESPONSE_OPENED }, { "reopen", RESPONSE_CLOSED } };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		to_looking(rows[i].came);
		hear(rows[i].word, ERR_OK);
		assert_int_not_equal(w.s.at, SCR_ALREADY);
		world_begin(&w);
	}
}

/* At the contact, with what was typed there. */
static void
give(const char *mobile, const char *email)
{
	to_looking("open");
	hear(RESPONSE_NONE, ERR_OK);
	walk_to(SCR_CONTACT);
	set("mobile", mobile);
	set("email", email);
	pick("continue");
	assert_int_equal(w.s.at, SCR_SENDING);
}

static void
a_right_code_verifies(void **state)
{
	const struct record *rec = &w.s.person->rec;

	(void)state;
	give("06 39 98 12 41", "");
	hear(RESPONSE_GONE, ERR_OK);
	assert_int_equal(w.s.at, SCR_CODE);
	set("code", "123 456");
	pick("continue");
	assert_int_equal(w.s.at, SCR_PROVING);
	assert_string_equal(w.s.person->code, "123456");
	hear(RESPONSE_RIGHT, ERR_OK);
	assert_int_equal(w.s.at, SCR_REVIEW);
	assert_true(rec->verified.there);
	assert_true(rec->verified.mobile[0] != '\0');
	assert_true(w.s.person->code[0] == '\0');
	/* The same number need not be asked again, another must. */
	key(EV_BACK);
	pick("continue");
	assert_int_equal(w.s.at, SCR_REVIEW);
	key(EV_BACK);
	set("mobile", "07 39 98 12 41");
	pick("continue");
	assert_int_equal(w.s.at, SCR_SENDING);
	assert_false(rec->verified.there);
	pick("skip");
	assert_int_equal(w.s.at, SCR_REVIEW);
	assert_false(rec->verified.there);
}

static void
each_contact_has_its_code(void **state)
{
	const struct record *rec = &w.s.person->rec;

	(void)state;
	give("06 39 98 12 41", "nom@exemple.fr");
	assert_int_equal(w.s.person->reach, REACH_MOBILE);
	hear(RESPONSE_GONE, ERR_OK);
	set("code", "123456");
	pick("continue");
	hear(RESPONSE_RIGHT, ERR_OK);
	assert_int_equal(w.s.at, SCR_SENDING);
	assert_int_equal(w.s.person->reach, REACH_EMAIL);
	hear(RESPONSE_GONE, ERR_OK);
	pick("skip");
	assert_int_equal(w.s.at, SCR_REVIEW);
	assert_true(rec->verified.mobile[0] != '\0' &&
	    rec->verified.email[0] == '\0');
}

static void
one_that_cannot_be_reached_leaves_the_other(void **state)
{
	(void)state;
	give("06 39 98 12 41", "nom@exemple.fr");
	hear(RESPONSE_NO_WAY, ERR_OK);
	assert_int_equal(w.s.at, SCR_SENDING);
	assert_int_equal(w.s.person->reach, REACH_EMAIL);
	hear(RESPONSE_NO_WAY, ERR_OK);
	assert_int_equal(w.s.at, SCR_REVIEW);
}

static void
a_code_is_six_digits(void **state)
{
	static const char *const none[] = { "", "12345", "1234567", "12345a",
		"123-456" };

	(void)state;
	give("06 39 98 12 41", "");
	hear(RESPONSE_GONE, ERR_OK);
	for (size_t i = 0; i < 5; i++) {
		set("code", none[i]);
		pick("continue");
		assert_int_equal(w.s.at, SCR_CODE);
	}
}

static void
a_wrong_code_is_tried_again_or_left(void **state)
{
	static const enum response_word words[] = { RESPONSE_WRONG,
		RESPONSE_EXPIRED };

	(void)state;
	give("06 39 98 12 41", "");
	hear(RESPONSE_GONE, ERR_OK);
	for (size_t i = 0; i < 2; i++) {
		set("code", "654321");
		pick("continue");
		hear(words[i], ERR_OK);
		assert_int_equal(w.s.at, SCR_CODE);
		assert_true(w.s.person->typed_code[0] == '\0');
	}
	set("code", "654321");
	pick("continue");
	hear(0, ERR_NOT_NOW);
	assert_int_equal(w.s.at, SCR_CODE);
	set("code", "654321");
	pick("continue");
	hear(RESPONSE_WAIT, ERR_OK);
	assert_int_equal(w.s.at, SCR_CODE);
	/* Now there is only on. */
	assert_null(page_find(w.page, "continue"));
	pick("again");
	pick("continue");
	assert_int_equal(w.s.at, SCR_CODE);
	pick("skip");
	assert_int_equal(w.s.at, SCR_REVIEW);
	assert_false(w.s.person->rec.verified.there);
}

/* It is said where it stands, as long as it is that one. */
static void
who_mends_a_contact_is_shown_which(void **state)
{
	const struct person *p = w.s.person;

	(void)state;
	give("06 39 98 12 41", "nom@exemple.fr");
	hear(RESPONSE_REFUSED, ERR_OK);
	pick("mend");
	assert_int_equal(w.s.at, SCR_CONTACT);
	assert_non_null(page_find(w.page, "mobile")->error);
	assert_null(page_find(w.page, "email")->error);
	set("mobile", "07 39 98 12 41");
	assert_null(page_find(w.page, "mobile")->error);
	set("mobile", "0639981241");
	assert_non_null(page_find(w.page, "mobile")->error);
	set("mobile", "");
	pick("continue");
	assert_int_equal(p->reach, REACH_EMAIL);
	hear(RESPONSE_REFUSED, ERR_OK);
	pick("mend");
	assert_null(page_find(w.page, "mobile")->error);
	assert_non_null(page_find(w.page, "email")->error);
	set("email", "nom@exemple.org");
	pick("continue");
	assert_int_equal(w.s.at, SCR_SENDING);
	hear(RESPONSE_GONE, ERR_OK);
	assert_int_equal(w.s.at, SCR_CODE);
}

/* No other is sent, and the last one is good all the same; another contact has
 * codes of its own. */
static void
who_asked_often_may_type_the_last(void **state)
{
	(void)state;
	give("06 39 98 12 41", "nom@exemple.fr");
	hear(RESPONSE_GONE, ERR_OK);
	pick("again");
	hear(RESPONSE_WAIT, ERR_OK);
	assert_int_equal(w.s.at, SCR_CODE);
	assert_null(page_find(w.page, "again"));
	pick("again");
	assert_int_equal(w.s.at, SCR_CODE);
	pick("skip");
	assert_int_equal(w.s.at, SCR_SENDING);
	assert_int_equal(w.s.person->reach, REACH_EMAIL);
	hear(RESPONSE_WAIT, ERR_OK);
	set("code", "123456");
	pick("continue");
	hear(RESPONSE_RIGHT, ERR_OK);
	assert_int_equal(w.s.at, SCR_REVIEW);
	assert_true(w.s.person->rec.verified.email[0] != '\0');
}

static void
who_does_not_wait_leaves_no_code(void **state)
{
	(void)state;
	give("06 39 98 12 41", "");
	hear(RESPONSE_SENT, ERR_OK);
	set("code", "123456");
	pick("continue");
	assert_int_equal(w.s.at, SCR_PROVING);
	pick("skip");
	assert_int_equal(w.s.at, SCR_REVIEW);
	assert_true(w.s.person->code[0] == '\0');
}

static void
without_a_line_the_contact_is_kept(void **state)
{
	(void)state;
	give("06 39 98 12 41", "nom@exemple.fr");
	hear(0, ERR_SYNC_DOOR);
	assert_int_equal(w.s.at, SCR_REVIEW);
	assert_string_equal(w.s.person->rec.contact.mobile, "0639981241");
	assert_false(w.s.person->rec.verified.there);
}

static void
where_nothing_can_be_asked_nothing_is(void **state)
{
	(void)state;
	w.asks = false;
	world_begin(&w);
	w.in = false;
	walk_to(SCR_WHO);
	pick("a");
	pick("yes");
	assert_int_equal(w.s.at, SCR_INFORMATION);
	walk_to(SCR_CONTACT);
	set("mobile", "06 39 98 12 41");
	pick("continue");
	assert_int_equal(w.s.at, SCR_REVIEW);
}

/* What was said of another person on the card is forgotten. */
static void
each_person_is_asked_for(void **state)
{
	(void)state;
	to_looking("open");
	hear(RESPONSE_NONE, ERR_OK);
	key(EV_BACK);
	key(EV_BACK);
	assert_int_equal(w.s.at, SCR_WHO);
	pick("a");
	pick("yes");
	assert_int_equal(w.s.at, SCR_LOOKING);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin_asking, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(who_has_none_goes_on),
		TEST(without_an_answer_one_goes_on),
		TEST(one_may_change_what_one_came_for),
		TEST(what_fits_is_not_said),
		TEST(a_right_code_verifies),
		TEST(each_contact_has_its_code),
		TEST(one_that_cannot_be_reached_leaves_the_other),
		TEST(a_code_is_six_digits),
		TEST(a_wrong_code_is_tried_again_or_left),
		TEST(who_mends_a_contact_is_shown_which),
		TEST(who_asked_often_may_type_the_last),
		TEST(who_does_not_wait_leaves_no_code),
		TEST(without_a_line_the_contact_is_kept),
		TEST(where_nothing_can_be_asked_nothing_is),
		TEST(each_person_is_asked_for),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
