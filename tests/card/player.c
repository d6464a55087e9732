/* player: a chip as strict as T=0, and as faulty as it is told to be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "card/player.h"
#include "hex.h"

static struct sim_deck deck;
static struct player p;

static void
insert(const char *more)
{
	char text[512];

	cardfile_clear(&deck);
	(void)snprintf(text, sizeof(text), "guichet-card 1\natr 3B 00\n"
	    "app root\nfile 2 2F10 : 01 02 03 04\nfile 3 - refuses 6982\n"
	    "app A0A1\nfile 2 2010 : 00*300\n%s", more);
	assert_int_equal(cardfile_read("t", text, &deck), ERR_OK);
	player_insert(&p, deck.slot[0]);
}

/* Ask, and compare the whole reply. */
static void
ask(const char *command, const char *reply)
{
	struct buf c = hex(command), want = hex(reply);
	uint8_t got[REPLY_ROOM];
	enum sim_deed deed;
	size_t n;

	assert_int_equal(player_answer(&p, c.p, c.len, got, &n, &deed),
	    ERR_OK);
	assert_int_equal(n, want.len);
	assert_memory_equal(got, want.p, n);
	buf_clear(&c);
	buf_clear(&want);
}

static void
fails(const char *command, enum err r, enum sim_deed deed)
{
	struct buf c = hex(command);
	uint8_t got[REPLY_ROOM];
	enum sim_deed done = SIM_STATUS;
	size_t n;

	assert_int_equal(player_answer(&p, c.p, c.len, got, &n, &done), r);
	assert_int_equal(done, deed);
	buf_clear(&c);
}

static void
selecting_and_reading(void **state)
{
	(void)state;
	insert("");
	ask("00B0820000", "01020304 9000"); /* the root is current */
	ask("00B0820002", "0102 9000");
	ask("00B0820100", "020304 9000");
	ask("00B0000200", "0304 9000");
	ask("00B0000400", "6B00");
	ask("00B0830000", "6982");
	ask("00B0840000", "6A82");
	ask("00A4000002 2010", "6A82"); /* of another application */
	ask("00A4040002 A0A2", "6A82");
	ask("00A4040002 A0A1", "9000");
	ask("00B0000000", "6986"); /* no file is current any more */
	ask("00A4000002 2010", "9000");
	ask("00B0000000", "00*256 9000");
	ask("00B0010000", "00*44 9000");
	ask("00A4000002 3F00", "9000");
	ask("00A4000002 2F10", "9000");
	ask("00B0000000", "01020304 9000");
	player_reset(&p);
	ask("00B0000000", "6986");
}

static void
strictness(void **state)
{
	(void)state;
	insert("");
	ask("00A4040002 A0A1 00", "6700"); /* T=0: no Le behind data */
	ask("00A4040003 A0A1", "6700");
	ask("00B0820000 00", "6700");
	ask("00B082", "6700");
	ask("BCB0820000", "6E00");
	ask("00CA000000", "6D00");
	ask("00C0000000", "6985");
}

static void
manners(void **state)
{
	(void)state;
	insert("manner end\n");
	ask("00B0820000", "01020304 6282");
	ask("00B0820004", "01020304 9000");
	insert("manner length\n");
	ask("00B0820000", "6C04");
	ask("00B0820004", "01020304 9000");
	insert("manner pieces 3\n");
	ask("00A4040002 A0A1", "6102");
	ask("00A4000002 3F00", "6102");
	ask("00B0820000", "6104");
	ask("00C0000004", "010203 6101");
	ask("00C0000001", "04 9000");
	ask("00C0000001", "6985");
	insert("manner plain 3\n");
	ask("00B0820000", "010203 9000");
	insert("manner length 3\n");
	ask("00B0820000", "6C03");
}

static void
faults(void **state)
{
	(void)state;
	insert("fault 2 status 6F01\nfault 3 cut 1\nfault 4 reset\n"
	    "fault 5 mute\n");
	ask("00B0820000", "01020304 9000");
	ask("00B0820000", "6F01");
	ask("00B0820000", "01 9000");
	fails("00B0820000", ERR_CARD_RESET, SIM_RESET);
	fails("00B0820000", ERR_CARD_TALK, SIM_MUTE);
	fails("00B0820000", ERR_CARD_TALK, SIM_MUTE);
	assert_int_equal(p.count, 5);
	player_insert(&p, deck.slot[0]);
	ask("00B0820000", "01020304 9000");
	insert("fault 1 pull\n");
	fails("00B0820000", ERR_CARD_GONE, SIM_PULL);
	insert("fault 0 swap\n");
	fails("00B0820000", ERR_CARD_GONE, SIM_SWAP);
	player_insert(&p, NULL);
	fails("00B0820000", ERR_CARD_GONE, SIM_PULL);
	cardfile_clear(&deck);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(selecting_and_reading),
		cmocka_unit_test(strictness),
		cmocka_unit_test(manners),
		cmocka_unit_test(faults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
