/* cardfile: each keyword, and each way to write it wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "card/cardfile.h"

#define V "guichet-card 1\n"

static void
everything_there_is(void **state)
{
	struct sim_deck d;
	const struct sim_card *c;

	(void)state;
	assert_int_equal(cardfile_read("t", V "# words\n\n"
	    "  atr 3B 00  \nalone\nmanner pieces 20\napp root\n"
	    "file 2 2F10 : 80\"A\"\n+ 00*4\nfile - 2001 refuses 6982\n"
	    "app D250 \"V\"\nfile 3 - : 41\n"
	    "fault 0 wait 5\nfault 3 status 6F00\nfault 4 cut 1\n"
	    "fault 5 pull\nfault 6 reset\nfault 7 swap\nfault 8 mute\n"
	    "next\natr none\nslot\natr 3B 01\n", &d), ERR_OK);
	c = d.slot[0];
	assert_int_equal(c->atr_len, 2);
	assert_true(c->alone);
	assert_int_equal(c->manner, SIM_PIECES);
	assert_int_equal(c->piece, 20);
	assert_int_equal(c->napps, 2);
	assert_int_equal(c->app[0].nfiles, 2);
	assert_int_equal(c->app[0].file[0].sfi, 2);
	assert_int_equal(c->app[0].file[0].fid, 0x2F10);
	assert_int_equal(c->app[0].file[0].content.len, 7);
	assert_int_equal(c->app[0].file[1].refuses, 0x6982);
	assert_memory_equal(c->app[1].aid, "\xD2\x50V", 3);
	assert_int_equal(c->nfaults, 7);
	assert_int_equal(c->fault[1].at, 3);
	assert_int_equal(c->fault[1].deed, SIM_STATUS);
	assert_int_equal(c->fault[1].with, 0x6F00);
	assert_int_equal(c->fault[6].deed, SIM_MUTE);
	assert_non_null(c->next);
	assert_int_equal(c->next->atr_len, 0);
	assert_null(c->next->next);
	assert_int_equal(d.slot[1]->atr[1], 1);
	cardfile_clear(&d);
	cardfile_clear(&d);
}

/* The line that is wrong is named. */
static void
wrong_lines_are_named(void **state)
{
	static const struct {
		const char *text, *where;
	} cases[] = {
		{ "", "t:1" },
		{ "guichet-card 2\natr 3B00\n", "t:1" },
		{ V, "t:2" }, /* no card */
		{ V "atr 3B00\nnext\n", "t:4" },
		{ V "word\n", "t:2" },
		{ V "at 3B00\n", "t:2" },
		{ V "atr 3B\n", "t:2" },
		{ V "atr 3B 00*33\n", "t:2" },
		{ V "atr 3B00\natr 3B00\n", "t:3" },
		{ V "alone\n", "t:2" },
		{ V "atr 3B00\nalone again\n", "t:3" },
		{ V "atr 3B00\nmanner odd\n", "t:3" },
		{ V "atr 3B00\nmanner plain 999\n", "t:3" },
		{ V "atr 3B00\nmanner\n", "t:3" },
		{ V "app root\n", "t:2" },
		{ V "atr 3B00\napp 00*17\n", "t:3" },
		{ V "atr 3B00\napp\n", "t:3" },
		{ V "atr 3B00\nfile 2 2F10 : 00\n", "t:3" },
		{ V "atr 3B00\napp root\nfile 31 2F10 : 00\n", "t:4" },
		{ V "atr 3B00\napp root\nfile 2 12F10 : 00\n", "t:4" },
		{ V "atr 3B00\napp root\nfile 2\n", "t:4" },
		{ V "atr 3B00\napp root\nfile 2 - = 00\n", "t:4" },
		{ V "atr 3B00\napp root\nfile 2 - refuses\n", "t:4" },
		{ V "atr 3B00\napp root\nfile 2 - : zz\n", "t:4" },
		{ V "atr 3B00\n+ 00\n", "t:3" },
		{ V "atr 3B00\napp root\nfile 2 - refuses 6982\n+ 00\n",
		  "t:5" },
		{ V "atr 3B00\nfault 1\n", "t:3" },
		{ V "atr 3B00\nfault x pull\n", "t:3" },
		{ V "atr 3B00\nfault 1 sing\n", "t:3" },
		{ V "atr 3B00\nfault 1 pull 3\n", "t:3" },
		{ V "atr 3B00\nfault 1 wait\n", "t:3" },
		{ V "next\n", "t:2" },
		{ V "atr 3B00\nslot\natr 3B00\nslot\natr 3B00\n", "t:5" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct sim_deck d = { { NULL } };

		assert_int_equal(cardfile_read("t", cases[i].text, &d),
		    ERR_CARD_FILE);
		assert_string_equal(err_subject(), cases[i].where);
		assert_null(d.slot[0]);
	}
}

static void
too_many_of_anything_are_refused(void **state)
{
	static const struct {
		const char *head, *line;
		int max;
	} cases[] = {
		{ V "atr 3B00\n", "app root\n", SIM_APPS },
		{ V "atr 3B00\napp root\n", "file 1 - : 00\n", SIM_FILES },
		{ V "atr 3B00\n", "fault 1 pull\n", SIM_FAULTS },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (int extra = 0; extra < 2; extra++) {
			struct sim_deck d;
			struct buf b;

			buf_init(&b);
			assert_int_equal(buf_put_text(&b, cases[i].head),
			    ERR_OK);
			for (int k = 0; k < cases[i].max + extra; k++)
				assert_int_equal(buf_put_text(&b,
				    cases[i].line), ERR_OK);
			assert_int_equal(buf_terminate(&b), ERR_OK);
			assert_int_equal(cardfile_read("t", (char *)b.p, &d),
			    extra == 0 ? ERR_OK : ERR_CARD_FILE);
			if (extra == 0)
				cardfile_clear(&d);
			buf_clear(&b);
		}
}

static void
a_file_that_is_not_there(void **state)
{
	struct sim_deck d;

	(void)state;
	assert_int_equal(cardfile_load("/nonexistent.card", &d),
	    ERR_FILE_READ);
	assert_int_equal(cardfile_load("/dev/null", &d), ERR_FILE_READ);
}

static void
a_file_without_end(void **state)
{
	char path[] = "/tmp/guichet-cardfile-XXXXXX";
	const int fd = mkstemp(path);
	struct sim_deck d;

	(void)state;
	assert_true(fd != -1);
	assert_int_equal(ftruncate(fd, 300 * 1024), 0);
	assert_int_equal(cardfile_load(path, &d), ERR_CARD_FILE);
	assert_string_equal(err_subject(), path);
	close(fd);
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_there_is),
		cmocka_unit_test(wrong_lines_are_named),
		cmocka_unit_test(too_many_of_anything_are_refused),
		cmocka_unit_test(a_file_that_is_not_there),
		cmocka_unit_test(a_file_without_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
