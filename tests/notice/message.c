/* message: the words, the mail around them, and who can be written to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "notice/message.h"
#include "tests/temp.h"

static struct centre_settings set;
static struct announcement a;
static struct buf out;

static int
setup(void **state)
{
	(void)state;
	memset(&set, 0, sizeof(set));
	(void)snprintf(set.mail_texts, sizeof(set.mail_texts), "screens/mail");
	(void)snprintf(set.mail_from, sizeof(set.mail_from),
	    "ne-pas-repondre@centre.example");
	(void)snprintf(set.support, sizeof(set.support), "0810 331 133");
	memset(&a, 0, sizeof(a));
	a.way = WAY_SMS;
	a.at_ms = 1795300000000;
	(void)snprintf(a.lang, sizeof(a.lang), "fr");
	(void)snprintf(a.place, sizeof(a.place), "Pharmacie du Marché, Nantes");
	(void)snprintf(a.to, sizeof(a.to), "essai@patient.example");
	(void)snprintf(a.family, sizeof(a.family), "ESSAI");
	(void)snprintf(a.given, sizeof(a.given), "ALAINBIS");
	buf_init(&out);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	buf_clear(&out);
	return 0;
}

static const char *
said(void)
{
	assert_int_equal(buf_terminate(&out), ERR_OK);
	return (const char *)out.p;
}

/* In each language, each way up to that one. */
static void
each_text(enum way last, void (*says)(void))
{
	static const char *const langs[] = { "fr", "fr-falc", "en" };

	for (int i = 0; i < 3; i++)
		for (a.way = WAY_SMS; a.way <= last; a.way++) {
			buf_reset(&out);
			(void)snprintf(a.lang, sizeof(a.lang), "%s",
			    langs[i]);
			assert_int_equal(message_text(&a, &set, &out), ERR_OK);
			assert_null(strpbrk(said(), "{}"));
			assert_non_null(strstr(said(), a.place));
			assert_true((strstr(said(), "ESSAI") != NULL) ==
			    (a.way == WAY_POST));
			says();
		}
}

static void
says_what_was_opened(void)
{
	assert_non_null(strstr(said(), set.support));
	assert_non_null(strstr(said(), "/2026"));
}

static void
blanks_are_filled_in_each_language(void **state)
{
	(void)state;
	each_text(WAY_POST, says_what_was_opened);
}

static void
says_the_code(void)
{
	assert_non_null(strstr(said(), a.code));
}

static void
a_code_has_words_of_its_own(void **state)
{
	(void)state;
	(void)snprintf(a.code, sizeof(a.code), "%s", "042917");
	each_text(WAY_EMAIL, says_the_code);
}

static void
another_language_is_french(void **state)
{
	static const char *const langs[] = { "xx", "", "../fr", ".", "/" };

	(void)state;
	for (size_t i = 0; i < sizeof(langs) / sizeof(langs[0]); i++) {
		buf_reset(&out);
		(void)snprintf(a.lang, sizeof(a.lang), "%s", langs[i]);
		assert_int_equal(message_text(&a, &set, &out), ERR_OK);
		assert_non_null(strstr(said(), "est ouvert"));
	}
}

static void
training_says_so(void **state)
{
	(void)state;
	a.training = true;
	assert_int_equal(message_text(&a, &set, &out), ERR_OK);
	assert_memory_equal(said(), "[FORMATION] ", 12);
}

static void
a_text_that_is_wrong_is_named(void **state)
{
	static const char *const wrong[] = { "{jour", "{nul}", "{}", "{",
		"{une-longue-longue-marque}" };
	char path[PATH_ROOM];

	(void)state;
	(void)snprintf(set.mail_texts, sizeof(set.mail_texts), "%s", temp_dir);
	assert_int_equal(message_text(&a, &set, &out), ERR_NOTICE_TEXT);
	assert_non_null(strstr(err_subject(), "fr/sms.txt"));
	assert_int_equal(folder_make(temp_path("fr", path)), ERR_OK);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(file_replace(temp_path("fr/sms.txt", path),
		    wrong[i], strlen(wrong[i]), 0600), ERR_OK);
		buf_reset(&out);
		assert_int_equal(message_text(&a, &set, &out),
		    ERR_NOTICE_TEXT);
		assert_non_null(strstr(err_subject(), "fr/sms.txt"));
	}
}

static void
a_mail_is_headers_and_base64(void **state)
{
	(void)state;
	a.way = WAY_EMAIL;
	assert_int_equal(message_mail(&a, &set, &out), ERR_OK);
	assert_non_null(strstr(said(), "From: <ne-pas-repondre@centre.example>"
	    "\r\nTo: <essai@patient.example>\r\nDate: "));
	assert_non_null(strstr(said(), "\r\nMessage-ID: <0000000000000000000"
	    "0000000@centre.example>\r\n"));
	assert_non_null(strstr(said(), "\r\nSubject: =?UTF-8?B?Vm90cmUgRG9z"));
	for (const char *line = said(), *end; (end = strstr(line, "\r\n")) !=
	    NULL; line = end + 2) {
		assert_true(end - line <= 78);
		for (const char *p = line; p < end; p++)
			assert_true(*p >= ' ' && *p < 127);
	}
}

static void
no_address_ends_a_header(void **state)
{
	static const char *const none[] = { "", "a", "@b", "a@", "a@b@c",
		"a@b\r\nBcc: c@d", "a b@c", "<a@b>", "a@b,c@d", "a@\tb",
		"\"a\"@b" };

	(void)state;
	a.way = WAY_EMAIL;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		assert_false(message_is_mailbox(none[i]));
		(void)snprintf(a.to, sizeof(a.to), "%s", none[i]);
		assert_int_equal(message_mail(&a, &set, &out),
		    ERR_NOTICE_ADDRESS);
	}
	(void)snprintf(a.to, sizeof(a.to), "a@b.example");
	set.mail_from[0] = '\0';
	assert_int_equal(message_mail(&a, &set, &out), ERR_NOTICE_ADDRESS);
	assert_int_equal(out.len, 0);
}

static void
a_mobile_is_a_number_of_networks(void **state)
{
	static const char *const none[] = { "", "0512345678", "061234567",
		"06123456789", "+33512345678", "+49" };
	char number[NUMBER_ROOM];

	(void)state;
	assert_int_equal(message_number("06 12 34 56 78", number), ERR_OK);
	assert_string_equal(number, "+33612345678");
	assert_int_equal(message_number("0712345678", number), ERR_OK);
	assert_int_equal(message_number("+4915112345678", number), ERR_OK);
	assert_string_equal(number, "+4915112345678");
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_int_equal(message_number(none[i], number),
		    ERR_NOTICE_ADDRESS);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(blanks_are_filled_in_each_language),
		TEST(a_code_has_words_of_its_own),
		TEST(another_language_is_french),
		TEST(training_says_so),
		TEST(a_text_that_is_wrong_is_named),
		TEST(a_mail_is_headers_and_base64),
		TEST(no_address_ends_a_header),
		TEST(a_mobile_is_a_number_of_networks),
	};

	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
