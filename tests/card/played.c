/* played: slots, counters and commands, as a reader would have them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "card/played.h"

#define HEAD "guichet-card 1\n"

static struct played *p;
static struct card_io io;
static struct slots now;

static void
look(void)
{
	assert_int_equal(io.wait(io.own, 0, &now), ERR_OK);
}

static void
start(const char *const texts[], size_t n)
{
	assert_int_equal(played_text(texts, n, &p), ERR_OK);
	io = played_io(p);
	look();
}

static void
counters_count_both_ways(void **state)
{
	static const char *const texts[] = { HEAD "atr 3B 01\n",
		HEAD "atr 3B 02\n" };

	(void)state;
	start(texts, 2);
	assert_int_equal(now.n, 1);
	assert_false(now.slot[0].present);
	assert_int_equal(played_command(p, "insert"), ERR_OK);
	assert_int_equal(played_command(p, "insert"), ERR_OK); /* is in */
	look();
	assert_true(now.slot[0].present);
	assert_int_equal(now.slot[0].counter, 1);
	assert_int_equal(now.slot[0].atr[1], 1);
	assert_int_equal(played_command(p, "swap"), ERR_OK);
	look();
	assert_int_equal(now.slot[0].counter, 3);
	assert_int_equal(now.slot[0].atr[1], 2);
	assert_int_equal(played_command(p, "pull"), ERR_OK);
	assert_int_equal(played_command(p, "pull"), ERR_OK); /* is out */
	look();
	assert_int_equal(now.slot[0].counter, 4);
	assert_int_equal(played_command(p, "swap"), ERR_OK); /* and around */
	look();
	assert_int_equal(now.slot[0].atr[1], 1);
	io.free(io.own);
}

static void
two_slots(void **state)
{
	static const char *const texts[] = { HEAD "atr 3B 01\nnext\n"
	    "atr 3B 02\nslot\natr none\n" };

	(void)state;
	start(texts, 1);
	assert_int_equal(now.n, 2);
	assert_string_not_equal(now.slot[0].name, now.slot[1].name);
	assert_int_equal(played_command(p, "insert 2"), ERR_OK);
	look();
	assert_false(now.slot[0].present);
	assert_true(now.slot[1].present && now.slot[1].mute);
	assert_int_equal(io.begin(io.own, now.slot[1].name), ERR_CARD_MUTE);
	assert_int_equal(io.begin(io.own, now.slot[0].name), ERR_CARD_GONE);
	assert_int_equal(io.begin(io.own, "Autre"), ERR_CARD_GONE);
	assert_int_equal(played_command(p, "insert 1"), ERR_OK);
	assert_int_equal(played_command(p, "swap 1"), ERR_OK);
	look();
	assert_int_equal(now.slot[0].atr[1], 2);
	io.free(io.own);
}

static void
unknown_commands(void **state)
{
	static const char *const texts[] = { HEAD "atr 3B 01\n" };
	static const char *const lines[] = { "", "sing", "insert 3",
		"insert 0", "insert x", "insert 12", "pull  1", "swapped" };

	(void)state;
	start(texts, 1);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_int_equal(played_command(p, lines[i]), ERR_USAGE);
	io.free(io.own);
}

static void
a_torn_connection_is_over(void **state)
{
	static const char *const texts[] = { HEAD "atr 3B 01\n" };
	static const uint8_t command[] = { 0, 0xB0, 0, 0, 0 };
	uint8_t reply[REPLY_ROOM];
	size_t n;

	(void)state;
	start(texts, 1);
	assert_int_equal(played_command(p, "insert"), ERR_OK);
	played_tear(p, 0, 1, SIM_RESET);
	assert_int_equal(io.begin(io.own, now.slot[0].name), ERR_OK);
	assert_int_equal(io.transmit(io.own, command, 5, reply, &n),
	    ERR_CARD_RESET);
	assert_int_equal(io.transmit(io.own, command, 5, reply, &n),
	    ERR_CARD_GONE);
	io.end(io.own);
	assert_int_equal(io.begin(io.own, now.slot[0].name), ERR_OK);
	assert_int_equal(io.transmit(io.own, command, 5, reply, &n), ERR_OK);
	io.end(io.own);
	io.free(io.own);
}

static void
write_file(const char *folder, const char *name, const char *text)
{
	char path[256];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (text == NULL) {
		(void)unlink(path);
		return;
	}
	assert_non_null(f = fopen(path, "w"));
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void
a_folder_in_the_order_of_names(void **state)
{
	char folder[] = "/tmp/guichet-played-XXXXXX";

	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_int_equal(played_load(folder, true, -1, &p), ERR_FILE_READ);
	write_file(folder, "b.card", HEAD "atr 3B 02\n");
	write_file(folder, "a.card", HEAD "atr 3B 01\n");
	write_file(folder, "a.txt", "not a card");
	assert_int_equal(played_load(folder, true, -1, &p), ERR_OK);
	io = played_io(p);
	look();
	assert_int_equal(now.slot[0].atr[1], 1);
	assert_int_equal(played_command(p, "swap"), ERR_OK);
	look();
	assert_int_equal(now.slot[0].atr[1], 2);
	io.free(io.own);
	write_file(folder, "c.card", "nonsense");
	assert_int_equal(played_load(folder, true, -1, &p), ERR_CARD_FILE);
	assert_int_equal(played_load("/nonexistent", true, -1, &p),
	    ERR_FILE_READ);
	write_file(folder, "a.card", NULL);
	write_file(folder, "b.card", NULL);
	write_file(folder, "c.card", NULL);
	write_file(folder, "a.txt", NULL);
	assert_int_equal(rmdir(folder), 0);
}

/* Lines come in pieces, several at once, and end. */
static void
commands_come_by_a_descriptor(void **state)
{
	char folder[] = "/tmp/guichet-played-XXXXXX";
	int fds[2];

	(void)state;
	assert_non_null(mkdtemp(folder));
	write_file(folder, "a.card", HEAD "atr 3B 01\n");
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(played_load(folder, false, fds[0], &p), ERR_OK);
	io = played_io(p);
	look();
	assert_false(now.slot[0].present || now.ended);
	assert_int_equal(write(fds[1], "ins", 3), 3);
	look();
	assert_false(now.slot[0].present);
	assert_int_equal(write(fds[1], "ert\npull\ninsert\n", 16), 16);
	assert_int_equal(io.wait(io.own, 5000, &now), ERR_OK);
	assert_true(now.slot[0].present);
	assert_int_equal(now.slot[0].counter, 3);
	assert_int_equal(write(fds[1],
	    "a line that is longer than any command is allowed to be\n", 56),
	    56);
	assert_int_equal(io.wait(io.own, 5000, &now), ERR_USAGE);
	assert_int_equal(close(fds[1]), 0);
	assert_int_equal(io.wait(io.own, 5000, &now), ERR_OK);
	assert_true(now.ended);
	io.free(io.own);
	close(fds[0]);
	write_file(folder, "a.card", NULL);
	assert_int_equal(rmdir(folder), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counters_count_both_ways),
		cmocka_unit_test(two_slots),
		cmocka_unit_test(unknown_commands),
		cmocka_unit_test(a_torn_connection_is_over),
		cmocka_unit_test(a_folder_in_the_order_of_names),
		cmocka_unit_test(commands_come_by_a_descriptor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
