/* face_answers: lines are used in order, each once, and mistakes are named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/secret.h"
#include "desk/face.h"
#include "samples.h"

static struct page *page;
static struct face *face;
static char path[] = "/tmp/guichet-answers-XXXXXX";
static char verbs[64];

static void
hear_card(void *user, const char *verb)
{
	assert_ptr_equal(user, &verbs);
	(void)snprintf(verbs + strlen(verbs), sizeof(verbs) - strlen(verbs),
	    "%s ", verb);
}

static enum err
open_bytes(const void *p, size_t n)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
	verbs[0] = '\0';
	face = NULL;
	return face_answers_open(path, hear_card, &verbs, &face);
}

static void
open_text(const char *text)
{
	assert_int_equal(open_bytes(text, strlen(text)), ERR_OK);
	assert_int_equal(face->fd, -1);
	assert_string_equal(face->kind->name, "answers");
}

static void
next_is(enum event_kind kind, const char *id, const char *value)
{
	struct event ev;

	assert_int_equal(face->kind->paint(face, page), ERR_OK);
	assert_int_equal(face->kind->next(face, page, &ev), ERR_OK);
	assert_int_equal(ev.kind, kind);
	if (id != NULL)
		assert_string_equal(ev.id, id);
	if (value != NULL)
		assert_string_equal(ev.value, value);
}

static void
next_fails(enum err want, const char *subject)
{
	struct event ev;

	assert_int_equal(face->kind->next(face, page, &ev), want);
	assert_non_null(strstr(err_subject(), subject));
}

static void
lines_are_used_in_order(void **state)
{
	(void)state;
	open_text("# an adult\n\ncontact.email = a@example.org\r\n"
	    "  contact.mobile=06 39 98 12 41  \ncontact.choice = next\n"
	    "welcome.choice = open\ncontact.mobile = \n"
	    "contact.choice = next");
	sample_welcome(page);
	next_is(EV_PICK, "open", NULL);
	sample_contact(page, "", NULL);
	next_is(EV_SET, "email", "a@example.org");
	next_is(EV_SET, "mobile", "06 39 98 12 41");
	assert_true(face_answers_know(face, "contact"));
	assert_false(face_answers_know(face, "shift"));
	assert_int_equal(face_answers_finish(face), ERR_ANSWERS);
	assert_non_null(strstr(err_subject(), ":5"));
	next_is(EV_PICK, "next", NULL);
	next_is(EV_SET, "mobile", ""); /* the screen asked again */
	next_is(EV_PICK, "next", NULL);
	assert_int_equal(face_answers_finish(face), ERR_OK);
	next_fails(ERR_UNANSWERED, "contact");
	face->kind->forget(face);
	face->kind->close(face);
}

static void
ticks_and_options_are_set(void **state)
{
	(void)state;
	open_text("consent.consent = yes\nconsent.choice = agree\n"
	    "emergency.samu = no\nemergency.choice = next\n");
	sample_consent(page);
	next_is(EV_SET, "consent", "yes");
	next_is(EV_PICK, "agree", NULL);
	sample_emergency(page, "yes");
	next_is(EV_SET, "samu", "no");
	next_is(EV_PICK, "next", NULL);
	face->kind->close(face);
}

static void
cards_are_handed_over(void **state)
{
	(void)state;
	open_text("card.card = insert\nwelcome.card = swap\n"
	    "welcome.choice = open\ncard.card = pull\n"
	    "consent.card = pull\n");
	sample_card(page);
	next_is(EV_NONE, NULL, NULL);
	assert_string_equal(verbs, "insert ");
	next_is(EV_NONE, NULL, NULL); /* the second is for another visit */
	assert_string_equal(verbs, "insert ");
	sample_welcome(page);
	next_is(EV_NONE, NULL, NULL);
	next_is(EV_PICK, "open", NULL);
	sample_card(page);
	next_is(EV_NONE, NULL, NULL);
	assert_string_equal(verbs, "insert swap pull ");
	/* After a word to the card, a page with choices waits for its news. */
	sample_consent(page);
	next_is(EV_NONE, NULL, NULL);
	next_is(EV_NONE, NULL, NULL);
	assert_int_equal(face_answers_finish(face), ERR_OK);
	face->kind->close(face);
}

static void
a_notice_counts_as_shown_once(void **state)
{
	(void)state;
	open_text("information.choice = next\ninformation.choice = next\n");
	sample_notice(page);
	next_is(EV_SET, NOTICE_ID, "end");
	next_is(EV_PICK, "next", NULL);
	page_begin(page, "information");
	page_notice(page, "La seconde page.");
	page_choice(page, "next", 0, "Continuer");
	next_is(EV_SET, NOTICE_ID, "end");
	next_is(EV_PICK, "next", NULL);
	face->kind->close(face);
}

static void
one_line_leaves_all_pages_of_a_notice(void **state)
{
	(void)state;
	open_text("information.choice = next\nconsent.choice = agree\n"
	    "information.choice = next\ninformation.choice = next\n");
	sample_notice(page);
	next_is(EV_SET, NOTICE_ID, "end");
	next_is(EV_PICK, "next", NULL);
	assert_int_equal(face_answers_finish(face), ERR_ANSWERS);
	assert_non_null(strstr(err_subject(), ":2"));
	sample_consent(page);
	next_is(EV_PICK, "agree", NULL);
	/* One too many is none. */
	assert_int_equal(face_answers_finish(face), ERR_OK);
	face->kind->close(face);

	open_text("information.choice = next\n");
	sample_notice(page);
	next_is(EV_SET, NOTICE_ID, "end");
	next_is(EV_PICK, "next", NULL);
	next_fails(ERR_UNANSWERED, "information"); /* it was not left */
	page_begin(page, "information");
	page_notice(page, "La seconde page.");
	page_choice(page, "next", 0, "Continuer");
	next_is(EV_SET, NOTICE_ID, "end");
	next_is(EV_PICK, "next", NULL);
	/* A visit later asks for itself. */
	sample_consent(page);
	next_fails(ERR_UNANSWERED, "consent");
	sample_notice(page);
	next_is(EV_SET, NOTICE_ID, "end");
	next_fails(ERR_UNANSWERED, "information");
	face->kind->close(face);
}

static void
missing_answers_are_named(void **state)
{
	(void)state;
	open_text("contact.nothing = x\nwelcome.choice = nowhere\n"
	    "emergency.choice = samu\n");
	sample_consent(page);
	next_fails(ERR_UNANSWERED, "consent");
	sample_contact(page, "", NULL);
	next_fails(ERR_ANSWERS, ":1");
	sample_welcome(page);
	next_fails(ERR_ANSWERS, ":2");
	sample_emergency(page, "yes");
	next_fails(ERR_ANSWERS, ":3"); /* an option is not a choice */
	/* Work going on may still bring the question. */
	page_begin(page, "welcome");
	page_wait(page, "Patientez.");
	next_is(EV_NONE, NULL, NULL);
	face->kind->close(face);
}

static void
malformed_lines_are_named(void **state)
{
	static const struct { const char *text, *line; } bad[] = {
		{ "welcome.choice open\n", ":1" },
		{ "\nwelcome choice = open\n", ":2" },
		{ "# a\n# b\nWelcome.choice = open\n", ":3" },
		{ ".choice = open", ":1" }, { "welcome. = open", ":1" },
		{ "welcome.choice =", ":1" }, { "welcome.card = eat", ":1" },
		{ "welcome.choice = a b", ":1" },
		{ "a.b = \xFF", ":1" }, { "a.b = x\x01y", ":1" },
		{ "a-name-that-is-longer-than-any-id-is.b = x", ":1" },
	};
	char longest[512] = "a.b = ";

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(open_bytes(bad[i].text,
		    strlen(bad[i].text)), ERR_ANSWERS);
		assert_string_equal(err_subject() + strlen(path),
		    bad[i].line);
		assert_null(face);
	}
	memset(longest + 6, 'x', 256);
	assert_int_equal(open_bytes(longest, 262), ERR_OK);
	face->kind->close(face);
	longest[262] = 'x';
	assert_int_equal(open_bytes(longest, 263), ERR_ANSWERS);
	assert_int_equal(open_bytes("a.b = x\0y\n", 10), ERR_ANSWERS);
}

static void
too_much_is_refused(void **state)
{
	size_t n = 256 * 1024 + 1;
	char *text = malloc(n);

	(void)state;
	assert_non_null(text);
	memset(text, '\n', n);
	assert_int_equal(open_bytes(text, n), ERR_TOO_LONG);
	for (size_t i = 0; i + 6 <= 1025 * 6; i += 6)
		memcpy(text + i, "a.b=c\n", 6);
	assert_int_equal(open_bytes(text, 1025 * 6), ERR_ANSWERS);
	assert_string_equal(err_subject() + strlen(path), ":1025");
	free(text);
	assert_int_equal(face_answers_open("/nowhere/at/all", hear_card,
	    &verbs, &face), ERR_FILE_READ);
	text = calloc(1, PATH_ROOM + 1);
	assert_non_null(text);
	memset(text, 'x', PATH_ROOM);
	assert_int_equal(face_answers_open(text, hear_card, &verbs, &face),
	    ERR_TOO_LONG);
	free(text);
}

static void
other_faces_have_no_answers(void **state)
{
	static const struct face_kind kind = { .name = "other" };
	const struct face other = { .kind = &kind, .fd = -1 };

	(void)state;
	assert_int_equal(face_answers_finish(&other), ERR_OK);
	assert_false(face_answers_know(&other, "welcome"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_used_in_order),
		cmocka_unit_test(ticks_and_options_are_set),
		cmocka_unit_test(cards_are_handed_over),
		cmocka_unit_test(a_notice_counts_as_shown_once),
		cmocka_unit_test(one_line_leaves_all_pages_of_a_notice),
		cmocka_unit_test(missing_answers_are_named),
		cmocka_unit_test(malformed_lines_are_named),
		cmocka_unit_test(too_much_is_refused),
		cmocka_unit_test(other_faces_have_no_answers),
	};
	int fd, failed;

	if (secret_start() != ERR_OK || (page = page_new()) == NULL ||
	    (fd = mkstemp(path)) == -1)
		return 1;
	(void)close(fd);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	(void)unlink(path);
	page_free(page);
	return failed;
}
