/* vitale: the commands of both sequences, counted, and what each refusal is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "card/played.h"
#include "card/vitale.h"

#define CARDS  "tests/cards/"
#define READER "Lecteur de demonstration 00 00"

static struct vitale room;
static struct bearer who[BEARERS_MAX];
static size_t n;

/* Read the card of that file once; the commands it took. */
static enum err
read_file(const char *name, unsigned *commands)
{
	char path[128];
	struct played *p;
	struct card_io io;
	enum err r;

	(void)snprintf(path, sizeof(path), CARDS "%s.card", name);
	assert_int_equal(played_load(path, true, -1, &p), ERR_OK);
	io = played_io(p);
	assert_int_equal(io.begin(io.own, READER), ERR_OK);
	r = vitale_read(&room, &io, who, &n);
	*commands = played_count(p, 0);
	io.end(io.own);
	io.free(io.own);
	/* Nobody stays behind in the room. */
	assert_int_equal(room.names.len + room.numbers.len + room.other.len,
	    0);
	return r;
}

/* The least that the data needs: one command for each 256 bytes. */
static void
no_command_too_many(void **state)
{
	static const struct {
		const char *name;
		unsigned commands;
		size_t people;
	} cases[] = {
		{ "adult", 4, 1 }, { "family", 4, 3 }, { "nineteen", 7, 20 },
		{ "second-page", 5, 3 }, { "end-of-file", 4, 1 },
		{ "right-length", 6, 1 }, { "long-lengths", 4, 1 },
		{ "two-byte-tags", 4, 1 }, { "pointers", 11, 1 },
	};
	unsigned commands;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(read_file(cases[i].name, &commands), ERR_OK);
		assert_int_equal(commands, cases[i].commands);
		assert_int_equal(n, cases[i].people);
	}
}

static void
both_ways_lead_to_the_same_person(void **state)
{
	static const char *const names[] = { "pointers", "pointers-one-file",
		"long-lengths" };
	struct bearer adult;
	unsigned commands;

	(void)state;
	assert_int_equal(read_file("adult", &commands), ERR_OK);
	adult = who[0];
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(read_file(names[i], &commands), ERR_OK);
		assert_int_equal(n, 1);
		assert_memory_equal(&who[0], &adult, sizeof(adult));
	}
}

static void
twenty_people_by_any_chip(void **state)
{
	static const char *const names[] = { "nineteen-pieces",
		"nineteen-small", "nineteen-length", "nineteen-pointers" };
	static struct bearer all[BEARERS_MAX];
	unsigned commands;

	(void)state;
	assert_int_equal(read_file("nineteen", &commands), ERR_OK);
	memcpy(all, who, sizeof(all));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(read_file(names[i], &commands), ERR_OK);
		assert_int_equal(n, 20);
		assert_memory_equal(who, all, sizeof(all));
	}
}

static void
refusals(void **state)
{
	static const struct {
		const char *name;
		enum err r;
	} cases[] = {
		{ "no-application", ERR_CARD_FOREIGN },
		{ "protected", ERR_CARD_PROTECTED },
		{ "number-protected", ERR_CARD_PROTECTED },
		{ "counts-differ", ERR_CARD_DATA },
		{ "given-twice", ERR_CARD_DATA },
		{ "lying-length", ERR_CARD_DATA },
		{ "truncated", ERR_CARD_DATA },
		{ "nobody", ERR_CARD_DATA },
		{ "twenty-one", ERR_CARD_DATA },
		{ "long-name", ERR_CARD_DATA },
		{ "pointers-broken", ERR_CARD_DATA },
		{ "status-always", ERR_CARD_TALK },
		{ "torn-pull", ERR_CARD_GONE },
		{ "torn-reset", ERR_CARD_RESET },
		{ "torn-swap", ERR_CARD_GONE },
		{ "torn-mute", ERR_CARD_TALK },
	};
	unsigned commands;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(read_file(cases[i].name, &commands),
		    cases[i].r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_command_too_many),
		cmocka_unit_test(both_ways_lead_to_the_same_person),
		cmocka_unit_test(twenty_people_by_any_chip),
		cmocka_unit_test(refusals),
	};
	int failed;

	if (secret_start() != ERR_OK || vitale_init(&room) != ERR_OK)
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	vitale_clear(&room);
	return failed;
}
