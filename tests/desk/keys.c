/* keys: what each key does on each kind of item, and what none ever does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "desk/face.h"
#include "at_hand.h"

static void
press(enum stroke_kind kind)
{
	struct stroke k = { .kind = kind };

	layout_measure(page, &glass, &measure);
	keys_take(&view, page, &measure, &k, &hand, &ev);
}

static void
type(const char *text)
{
	struct stroke k = { .kind = STROKE_CHAR };

	memcpy(k.text, text, strlen(text) + 1);
	layout_measure(page, &glass, &measure);
	keys_take(&view, page, &measure, &k, &hand, &ev);
}

static void
keys_of_every_page(void **state)
{
	static const struct {
		enum stroke_kind key;
		enum event_kind kind;
		const char *id;
	} keys[] = {
		{ STROKE_ESCAPE, EV_BACK, NULL },
		{ STROKE_F1, EV_HELP, NULL },
		{ STROKE_F10, EV_ABANDON, NULL },
		{ STROKE_F5, EV_PICK, CARD_INSERT_PULL },
		{ STROKE_F6, EV_PICK, CARD_SWAP },
		{ STROKE_NONE, EV_NONE, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		sample_welcome(page);
		press(keys[i].key);
		said(keys[i].kind, keys[i].id, NULL);
		sample_contact(page, "", NULL);
		press(keys[i].key);
		said(keys[i].kind, keys[i].id, NULL);
	}
}

static void
enter_acts_on_the_focus(void **state)
{
	(void)state;
	sample_welcome(page);
	press(STROKE_ENTER);
	said(EV_PICK, "open", NULL);
	press(STROKE_DOWN);
	said(EV_NONE, NULL, NULL);
	press(STROKE_ENTER);
	said(EV_PICK, "lost", NULL);
	press(STROKE_BACKTAB);
	press(STROKE_BACKTAB);
	press(STROKE_ENTER);
	said(EV_PICK, "close", NULL);
	press(STROKE_TAB);
	press(STROKE_ENTER);
	said(EV_PICK, "open", NULL);
}

/* Not Enter, not space, wherever the focus is: a legal answer has its key. */
static void
a_legal_answer_is_never_on_enter(void **state)
{
	static const enum stroke_kind moves[] = { STROKE_UP, STROKE_DOWN,
		STROKE_TAB, STROKE_BACKTAB, STROKE_PAGE_DOWN, STROKE_PAGE_UP,
		STROKE_HOME, STROKE_END, STROKE_LEFT, STROKE_RIGHT };

	(void)state;
	for (unsigned lines = 1; lines < 30; lines++) {
		glass.lines = lines;
		view_reset(&view);
		srand(lines);
		for (int i = 0; i < 400; i++) {
			sample_consent(page);
			press(moves[rand() % 10]);
			press(STROKE_ENTER);
			assert_false(ev.kind == EV_PICK &&
			    strcmp(ev.id, "reread") != 0);
			assert_int_not_equal(ev.kind, EV_SET);
			type(" ");
			assert_int_not_equal(ev.kind, EV_PICK);
		}
	}
	type("o");
	said(EV_PICK, "agree", NULL);
	type("N");
	said(EV_PICK, "refuse", NULL);
	type("x");
	said(EV_NONE, NULL, NULL);
}

static void
a_tick_is_only_on_space(void **state)
{
	(void)state;
	sample_consent(page);
	press(STROKE_HOME);
	while (strcmp(view.id, "consent") != 0)
		press(STROKE_TAB);
	press(STROKE_LEFT);
	said(EV_NONE, NULL, NULL);
	press(STROKE_RIGHT);
	said(EV_NONE, NULL, NULL);
	type(" ");
	said(EV_SET, "consent", "yes");
	press(STROKE_ENTER);
	said(EV_NONE, NULL, NULL);
	assert_string_equal(view.id, "agree");
}

static void
options_turn(void **state)
{
	(void)state;
	sample_emergency(page, "yes");
	press(STROKE_LEFT);
	said(EV_NONE, NULL, NULL);
	press(STROKE_RIGHT);
	said(EV_SET, "samu", "no");
	sample_emergency(page, "no");
	press(STROKE_RIGHT);
	said(EV_NONE, NULL, NULL);
	type(" ");
	said(EV_SET, "samu", "yes");
	press(STROKE_ENTER);
	assert_string_equal(view.id, "glass");
	sample_emergency(page, NULL);
	view_reset(&view);
	press(STROKE_LEFT);
	said(EV_SET, "samu", "yes");
}

static void
fields_are_typed_in(void **state)
{
	(void)state;
	sample_contact(page, "", NULL);
	type("0");
	said(EV_SET, "mobile", "0");
	sample_contact(page, "0é", NULL);
	type("o");
	said(EV_SET, "mobile", "0éo");
	press(STROKE_BACKSPACE);
	said(EV_SET, "mobile", "0");
	press(STROKE_LEFT);
	type("x");
	said(EV_SET, "mobile", "0xé");
	press(STROKE_BACKSPACE);
	said(EV_SET, "mobile", "é");
	press(STROKE_HOME);
	press(STROKE_BACKSPACE);
	said(EV_NONE, NULL, NULL);
	type("+");
	said(EV_SET, "mobile", "+0é");
	press(STROKE_DELETE);
	said(EV_SET, "mobile", "é");
	sample_contact(page, "é", NULL);
	press(STROKE_END);
	press(STROKE_DELETE);
	said(EV_NONE, NULL, NULL);
	press(STROKE_LEFT);
	press(STROKE_LEFT);
	press(STROKE_RIGHT);
	press(STROKE_RIGHT);
	type("z");
	said(EV_SET, "mobile", "éz");
	press(STROKE_ENTER);
	assert_string_equal(view.id, "email");
}

/* A letter and its marks are one; broken and hostile bytes are none. */
static void
fields_hold_letters_whole(void **state)
{
	(void)state;
	sample_contact(page, "ae\xCC\x81", NULL);
	press(STROKE_BACKSPACE);
	said(EV_SET, "mobile", "a");
	type("\xFF");
	said(EV_NONE, NULL, NULL);
	type("\xE2\x80\xAE"); /* U+202E turns the line around */
	said(EV_NONE, NULL, NULL);
	sample_contact(page, "012345678901234567890123", NULL);
	type("4");
	said(EV_NONE, NULL, NULL); /* 24 bytes are all */
	sample_contact(page, "01234567890123456789012", NULL);
	type("é");
	said(EV_NONE, NULL, NULL); /* one byte is not enough for it */
	type("3");
	said(EV_SET, "mobile", "012345678901234567890123");
}

static void
notices_are_read_to_their_end(void **state)
{
	int turns = 0;

	(void)state;
	sample_notice(page);
	press(STROKE_NONE);
	assert_int_equal(view.focus, PAGE_ITEMS);
	assert_false(view_notice_end(&view, page, &measure));
	while (view.focus == PAGE_ITEMS && turns++ < 50) {
		press(STROKE_DOWN);
		said(EV_NONE, NULL, NULL);
	}
	assert_string_equal(view.id, "next");
	assert_true(view_notice_end(&view, page, &measure));
	assert_false(view_notice_end(&view, page, &measure));
	press(STROKE_ENTER);
	said(EV_PICK, "next", NULL);
	press(STROKE_PAGE_UP);
	assert_int_equal(view.scroll, 0);
	type(" ");
	assert_int_not_equal(view.scroll, 0);
	press(STROKE_HOME);
	press(STROKE_ENTER);
	said(EV_NONE, NULL, NULL);
	assert_string_equal(view.id, "next");
}

/* The focus follows its item when the page is built anew around it. */
static void
focus_follows_its_item(void **state)
{
	(void)state;
	sample_contact(page, "", NULL);
	press(STROKE_TAB);
	assert_string_equal(view.id, "email");
	page_begin(page, "contact");
	page_warn(page, "Êtes-vous là ?");
	page_field(page, "email", "Adresse", "", 64, NULL, NULL);
	press(STROKE_NONE);
	assert_int_equal(view.focus, 1);
	page_begin(page, "contact");
	page_choice(page, "next", 0, "Continuer");
	press(STROKE_NONE);
	assert_string_equal(view.id, "next");
	page_begin(page, "contact");
	page_fresh(page, "2");
	page_choice(page, "other", 0, "Autre");
	page_choice(page, "next", 0, "Continuer");
	press(STROKE_NONE);
	assert_string_equal(view.id, "other");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(keys_of_every_page, begin),
		cmocka_unit_test_setup(enter_acts_on_the_focus, begin),
		cmocka_unit_test_setup(a_legal_answer_is_never_on_enter,
		    begin),
		cmocka_unit_test_setup(a_tick_is_only_on_space, begin),
		cmocka_unit_test_setup(options_turn, begin),
		cmocka_unit_test_setup(fields_are_typed_in, begin),
		cmocka_unit_test_setup(fields_hold_letters_whole, begin),
		cmocka_unit_test_setup(notices_are_read_to_their_end, begin),
		cmocka_unit_test_setup(focus_follows_its_item, begin),
	};

	if (secret_start() != ERR_OK || (page = page_new()) == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
