/* vpcd: the card's end of the protocol, with the test as the reader. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "card/vpcd.h"
#include "hex.h"

static int listener, port, reader;
static pthread_t card;
static struct sim_deck deck; /* the card's while it runs */

/* A reader on a free port of the loopback. */
static int
listen_somewhere(void **state)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof(at);

	(void)state;
	listener = socket(AF_INET, SOCK_STREAM, 0);
	if (listener == -1 ||
	    bind(listener, (struct sockaddr *)&at, sizeof(at)) != 0 ||
	    listen(listener, 1) != 0 ||
	    getsockname(listener, (struct sockaddr *)&at, &n) != 0)
		return -1;
	port = ntohs(at.sin_port);
	return 0;
}

static int
stop_listening(void **state)
{
	(void)state;
	return close(listener);
}

static void *
be_the_card(void *arg)
{
	(void)arg;
	return (void *)(intptr_t)vpcd_serve(port, deck.slot[0]);
}

static void
put_in(const char *more)
{
	char text[512];

	(void)snprintf(text, sizeof(text), "guichet-card 1\natr 3B 01 02\n"
	    "app root\nfile 2 - : 41 42\n%s", more);
	assert_int_equal(cardfile_read("t", text, &deck), ERR_OK);
	assert_int_equal(pthread_create(&card, NULL, be_the_card, NULL), 0);
	reader = accept(listener, NULL, NULL);
	assert_true(reader >= 0);
}

/* The error with which the card ended. */
static int
ended(void)
{
	void *r;

	assert_int_equal(pthread_join(card, &r), 0);
	cardfile_clear(&deck);
	return (int)(intptr_t)r;
}

static void
say(const char *line)
{
	struct buf b = hex(line);

	assert_int_equal(write(reader, b.p, b.len), b.len);
	buf_clear(&b);
}

static void
hears(const char *line)
{
	struct buf b = hex(line);
	uint8_t got[64];

	assert_in_range(b.len, 1, sizeof(got));
	assert_int_equal(recv(reader, got, b.len, MSG_WAITALL), b.len);
	assert_memory_equal(got, b.p, b.len);
	buf_clear(&b);
}

static void
hears_nothing_more(void)
{
	uint8_t byte;

	assert_true(recv(reader, &byte, 1, 0) <= 0);
	close(reader);
}

static void
power_then_commands(void **state)
{
	(void)state;
	put_in("");
	say("0001 04");
	hears("0003 3B0102");
	say("0005 00B0820000");
	hears("0002 6F00"); /* without power a card knows nothing */
	say("0001 01");
	say("0005 00B0820000");
	hears("0004 4142 9000");
	say("0001 02");
	say("00 05 00 B0"); /* in pieces */
	say("82 00 00");
	hears("0004 4142 9000");
	say("0001 00");
	say("0005 00B0820000");
	hears("0002 6F00");
	close(reader);
	assert_int_equal(ended(), ERR_OK);
}

static void
nonsense_ends_it(void **state)
{
	static const char *const lines[] = { "0000", "FFFF", "0001 07" };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		put_in("");
		say(lines[i]);
		hears_nothing_more();
		assert_int_equal(ended(), ERR_CARD_TALK);
	}
	put_in("");
	say("0005 00B0"); /* cut */
	close(reader);
	assert_int_equal(ended(), ERR_OK);
}

static void
a_pulled_card_is_gone(void **state)
{
	(void)state;
	put_in("fault 1 pull\n");
	say("0001 01 0005 00B0820000");
	hears_nothing_more();
	assert_int_equal(ended(), ERR_OK);
}

/* Torn, out for a moment, and in again: as another, mute, or the same. */
static void
torn_cards_come_back(void **state)
{
	static const struct {
		const char *more, *atr;
	} cases[] = {
		{ "fault 1 swap\nnext\natr 3B 09\n", "0002 3B09" },
		{ "fault 1 swap\n", "0003 3B0102" },
		{ "fault 1 mute\n", "0002 3B00" },
		{ "fault 1 reset\n", "0003 3B0102" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		put_in(cases[i].more);
		say("0001 01 0005 00B0820000");
		hears_nothing_more();
		reader = accept(listener, NULL, NULL);
		assert_true(reader >= 0);
		say("0001 04");
		hears(cases[i].atr);
		close(reader);
		assert_int_equal(ended(), ERR_OK);
	}
}

/* There when it is looked for, silent when it has power. */
static void
a_mute_card_is_there_and_silent(void **state)
{
	(void)state;
	put_in("fault 1 mute\n");
	say("0001 01 0005 00B0820000");
	hears_nothing_more();
	reader = accept(listener, NULL, NULL);
	for (int i = 0; i < 2; i++) {
		say("0001 04");
		hears("0002 3B00");
		say("0001 02 0001 04");
		hears("0022 00*34"); /* longer than any ATR */
	}
	close(reader);
	assert_int_equal(ended(), ERR_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(power_then_commands),
		cmocka_unit_test(nonsense_ends_it),
		cmocka_unit_test(a_pulled_card_is_gone),
		cmocka_unit_test(torn_cards_come_back),
		cmocka_unit_test(a_mute_card_is_there_and_silent),
	};

	(void)signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, listen_somewhere,
	    stop_listening);
}
