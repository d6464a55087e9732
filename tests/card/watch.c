/* watch: what is said, in which order, and what never is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/secret.h"
#include "told.h"

#define HEAD   "guichet-card 1\n"
#define ATR    "atr 3B 75 13 00 00 45 09 EA 90 00\n"
#define PERSON(given)							\
	ATR "app root\nfile 2 - : 65{ 80\"ESSAI\" 81\"" given "\" } 00\n"	\
	"app D250000002 \"VITALE\"\n"					\
	"file 2 - : 65{ 93\"142196296516794\" } 00\n"
#define CPS "atr 3B AC 00 40 2A 00 12 25 00 64 80 00 03 10 00 90 00\n"

static struct told t;

static void
start(const char *text)
{
	const char *const texts[] = { text };

	assert_int_equal(told_start(&t, texts, 1), ERR_OK);
}

static void
in_and_out(void **state)
{
	(void)state;
	start(HEAD PERSON("A"));
	assert_string_equal(told_settle(&t), "empty ");
	assert_string_equal(told_after(&t, "insert"), "vitale card1:A ");
	assert_string_equal(told_settle(&t), "");
	assert_string_equal(told_after(&t, "pull"), "gone1 empty ");
	assert_string_equal(told_after(&t, "pull"), "");
	assert_string_equal(told_after(&t, "insert"), "vitale card2:A ");
	told_end(&t);
}

/* Between two looks: only the counter can tell. */
static void
a_fast_swap_is_seen(void **state)
{
	(void)state;
	start(HEAD PERSON("A") "next\n" PERSON("B"));
	assert_string_equal(told_after(&t, "insert"), "vitale card1:A ");
	assert_string_equal(told_after(&t, "swap 1"),
	    "gone1 vitale card2:B ");
	assert_int_equal(played_command(t.played, "pull"), ERR_OK);
	assert_string_equal(told_after(&t, "insert"),
	    "gone2 vitale card3:A ");
	assert_int_equal(played_command(t.played, "pull"), ERR_OK);
	assert_int_equal(played_command(t.played, "insert"), ERR_OK);
	assert_string_equal(told_after(&t, "pull"), "gone3 empty ");
	told_end(&t);
}

static void
each_kind_has_its_word(void **state)
{
	static const struct {
		const char *text, *want;
		int code;
	} cases[] = {
		{ HEAD "atr none\n", "mute ", 303 },
		{ HEAD "atr 3F 65 25 00 52 09 6A 90 00\n", "vitale1 ", 304 },
		{ HEAD CPS, "cps ", 305 },
		{ HEAD "atr 3B 00\n", "foreign ", 306 },
		{ HEAD ATR "app root\n", "vitale foreign ", 306 },
		{ HEAD ATR "alone\n", "busy ", 307 },
		{ HEAD ATR "app root\nfile 2 - refuses 6982\n"
		  "app D250000002 \"VITALE\"\nfile 2 - refuses 6982\n"
		  "file - 2001 refuses 6982\n", "vitale error ", 309 },
		{ HEAD PERSON("A") "fault 0 status 6F00\n", "vitale error ",
		  311 },
		{ HEAD PERSON("A") "fault 2 mute\n", "vitale mute ", 303 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		start(cases[i].text);
		assert_string_equal(told_after(&t, "insert"), cases[i].want);
		assert_int_equal(t.w.line.code, cases[i].code);
		assert_string_equal(told_settle(&t), "");
		assert_string_equal(told_after(&t, "pull"), "empty ");
		told_end(&t);
	}
}

static void
a_cps_is_never_spoken_to(void **state)
{
	(void)state;
	start(HEAD PERSON("A") "slot\n" CPS
	    "app D250000002 \"VITALE\"\nfile 2 - : 00\n");
	/* What helps to get a card read comes last. */
	assert_string_equal(told_after(&t, "insert 2"), "cps empty ");
	assert_string_equal(told_after(&t, "insert 1"), "vitale card1:A ");
	assert_int_equal(played_count(t.played, 1), 0);
	assert_string_equal(told_after(&t, "pull 2"), "empty ");
	told_end(&t);
}

/* The second card waits until the first one has left. */
static void
two_readers_one_card(void **state)
{
	(void)state;
	start(HEAD PERSON("A") "slot\n" PERSON("B"));
	assert_string_equal(told_after(&t, "insert"),
	    "vitale vitale card1:A ");
	assert_int_equal(played_count(t.played, 1), 0);
	assert_string_equal(told_after(&t, "pull 1"), "gone1 empty card2:B ");
	assert_string_equal(told_after(&t, "insert 1"), "vitale ");
	assert_string_equal(told_after(&t, "pull 2"), "gone2 empty card3:A ");
	told_end(&t);
}

static void
a_reset_card_is_read_anew(void **state)
{
	(void)state;
	start(HEAD PERSON("A") "fault 3 reset\n");
	assert_string_equal(told_after(&t, "insert"), "vitale card1:A ");
	assert_int_equal(played_count(t.played, 0), 7);
	told_end(&t);
}

/* A swap in the middle: the new card has a number of its own. */
static void
a_swap_while_reading_mixes_nothing(void **state)
{
	(void)state;
	start(HEAD PERSON("A") "fault 3 swap\nnext\n" PERSON("B"));
	assert_string_equal(told_after(&t, "insert"),
	    "vitale vitale card2:B ");
	told_end(&t);
}

/* Service, readers: a card_io that can lose both. */
static enum err wait_says;
static int wait_asked;

static enum err
broken_wait(void *own, int ms, struct slots *out)
{
	(void)own;
	wait_asked = ms;
	out->n = 0;
	out->ended = false;
	return wait_says;
}

static void
no_service_is_not_no_reader(void **state)
{
	const struct card_io broken = { .wait = broken_wait };

	(void)state;
	start(HEAD PERSON("A"));
	assert_string_equal(told_after(&t, "insert"), "vitale card1:A ");
	t.w.io = &broken;
	wait_says = ERR_CARD_SERVICE;
	assert_string_equal(told_settle(&t), "gone1 no-service ");
	assert_int_equal(wait_asked, 5000); /* has backed off */
	assert_int_equal(watch_trouble(&t.w), ERR_CARD_SERVICE);
	wait_says = ERR_CARD_NO_READER;
	assert_string_equal(told_settle(&t), "no-reader ");
	wait_says = ERR_CARD_SERVICE;
	assert_string_equal(told_settle(&t), "no-service ");
	t.w.io = &t.io;
	assert_string_equal(told_settle(&t), "vitale card2:A ");
	told_end(&t);
}

static void
an_error_of_the_listener_ends_it(void **state)
{
	const struct card_io broken = { .wait = broken_wait };
	bool ended;

	(void)state;
	start(HEAD PERSON("A"));
	t.w.io = &broken;
	wait_says = ERR_MEMORY;
	assert_int_equal(watch_step(&t.w, &ended), ERR_MEMORY);
	told_end(&t);
}

/* Readers that come and go, and cards that are held: written slot by slot. */
static struct slots shown;
static enum err begin_says;

static enum err
shown_wait(void *own, int ms, struct slots *out)
{
	(void)own;
	(void)ms;
	*out = shown;
	return ERR_OK;
}

static enum err
shown_begin(void *own, const char *reader)
{
	(void)own;
	(void)reader;
	return begin_says;
}

static const struct slot a_card = { .present = true, .atr_len = 10,
	.counter = 1,
	.atr = { 0x3B, 0x75, 0x13, 0, 0, 0x45, 0x09, 0xEA, 0x90, 0 } };

static void
show(size_t i, const char *name, const struct slot *s)
{
	shown.slot[i] = *s;
	(void)strcpy(shown.slot[i].name, name);
	if (shown.n <= i)
		shown.n = i + 1;
}

static void
start_shown(struct card_io *io)
{
	start(HEAD PERSON("A"));
	*io = (struct card_io){ .wait = shown_wait, .begin = shown_begin };
	memset(&shown, 0, sizeof(shown));
	t.w.io = io;
}

static void
readers_come_and_go(void **state)
{
	static const struct slot empty = { .counter = 0 };
	struct card_io io;

	(void)state;
	start_shown(&io);
	begin_says = ERR_CARD_BUSY;
	show(0, "un", &empty);
	assert_string_equal(told_settle(&t), "empty ");
	show(1, "deux", &a_card);
	assert_string_equal(told_settle(&t), "vitale busy ");
	assert_false(watch_reading(&t.w));
	assert_int_equal(watch_trouble(&t.w), ERR_CARD_BUSY);
	/* The first is unplugged; the second is still the same slot. */
	show(0, "deux", &a_card);
	shown.n = 1;
	assert_string_equal(told_settle(&t), "");
	show(1, "un", &empty);
	assert_string_equal(told_settle(&t), "empty ");
	told_end(&t);
}

/* A reader that is pulled out takes its card with it. */
static void
a_reader_goes_with_its_card(void **state)
{
	struct card_io io;

	(void)state;
	start_shown(&io);
	t.w.io = &t.io;
	assert_string_equal(told_after(&t, "insert"), "vitale card1:A ");
	t.w.io = &io;
	show(0, "autre", &a_card);
	begin_says = ERR_CARD_MUTE;
	assert_string_equal(told_settle(&t), "gone1 vitale mute ");
	told_end(&t);
}

/* What is held is read when it is let go; what is lost is told as lost. */
static void
what_begin_says(void **state)
{
	static const struct {
		enum err r;
		const char *want;
	} cases[] = {
		{ ERR_CARD_TALK, "vitale error " },
		{ ERR_CARD_GONE, "vitale error " },
		{ ERR_CARD_RESET, "vitale error " },
		{ ERR_CARD_MUTE, "vitale mute " },
		{ ERR_CARD_BUSY, "vitale busy " },
	};
	struct card_io io;
	bool ended;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		start_shown(&io);
		show(0, "un", &a_card);
		begin_says = cases[i].r;
		assert_string_equal(told_settle(&t), cases[i].want);
		told_end(&t);
	}
	start_shown(&io);
	show(0, "un", &a_card);
	begin_says = ERR_CARD_SERVICE;
	assert_int_equal(watch_step(&t.w, &ended), ERR_OK);
	assert_int_equal(t.w.service, ERR_CARD_SERVICE);
	begin_says = ERR_MEMORY;
	assert_int_equal(watch_step(&t.w, &ended), ERR_MEMORY);
	told_end(&t);
}

/* Asked again, the card is read again, and in the same epoch. */
static void
said_again_when_asked(void **state)
{
	struct slots now = { .n = 0 };
	struct card_io io;

	(void)state;
	start(HEAD PERSON("A"));
	assert_string_equal(told_after(&t, "insert"), "vitale card1:A ");
	assert_int_equal(t.io.wait(t.io.own, 0, &now), ERR_OK);
	io = t.io;
	io.wait = shown_wait;
	t.w.io = &io;
	shown = now;
	shown.again = true;
	t.text[0] = '\0';
	assert_int_equal(watch_step(&t.w, &shown.ended), ERR_OK);
	assert_string_equal(t.text, "card1:A ");
	/* Held meanwhile by another: what was told no longer holds. */
	io.begin = shown_begin;
	begin_says = ERR_CARD_BUSY;
	assert_string_equal(told_settle(&t), "gone1 busy ");
	io.begin = t.io.begin;
	shown.again = false;
	assert_string_equal(told_settle(&t), "vitale card2:A ");
	told_end(&t);
}

/* Each step of a reading, as one letter. */
static char steps[16];

static void
step_is(char letter)
{
	const size_t n = strlen(steps);

	assert_true(n + 1 < sizeof(steps));
	steps[n] = letter;
}

static enum err
noted_begin(void *own, const char *reader)
{
	step_is('b');
	return t.io.begin(own, reader);
}

static void
noted_end(void *own)
{
	step_is('e');
	t.io.end(own);
}

static enum err
noted_tell(void *to, const struct card_news *news)
{
	if (news->kind == NEWS_CARD)
		step_is('t');
	return told_take(to, news);
}

/* Others may have the card before the line is told, which may take its time;
 * and then nobody stays behind in the watch. */
static void
told_after_the_end(void **state)
{
	struct card_io io;
	bool ended;

	(void)state;
	for (int fails = 0; fails < 2; fails++) {
		start(HEAD PERSON("A"));
		io = t.io;
		io.begin = noted_begin;
		io.end = noted_end;
		t.w.io = &io;
		t.w.tell = noted_tell;
		assert_int_equal(played_command(t.played, "insert"), ERR_OK);
		if (fails)
			played_tear(t.played, 0, 4, SIM_PULL);
		memset(steps, 0, sizeof(steps));
		assert_int_equal(watch_step(&t.w, &ended), ERR_OK);
		assert_string_equal(steps, fails ? "be" : "bet");
		assert_true(secret_is_zero(t.w.news->bearers,
		    sizeof(t.w.news->bearers)));
		told_end(&t);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_and_out),
		cmocka_unit_test(a_fast_swap_is_seen),
		cmocka_unit_test(each_kind_has_its_word),
		cmocka_unit_test(a_cps_is_never_spoken_to),
		cmocka_unit_test(two_readers_one_card),
		cmocka_unit_test(a_reset_card_is_read_anew),
		cmocka_unit_test(a_swap_while_reading_mixes_nothing),
		cmocka_unit_test(no_service_is_not_no_reader),
		cmocka_unit_test(readers_come_and_go),
		cmocka_unit_test(a_reader_goes_with_its_card),
		cmocka_unit_test(what_begin_says),
		cmocka_unit_test(said_again_when_asked),
		cmocka_unit_test(an_error_of_the_listener_ends_it),
		cmocka_unit_test(told_after_the_end),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
