/* apdu: what goes over the wire, byte by byte, and what comes of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "card/apdu.h"
#include "hex.h"

/* A card that says what the test wrote down, and checks what it is asked. */
struct step {
	const char *ask, *say;
};

struct wire {
	const struct step *step;
	size_t n, at;
	enum err fails; /* what the step behind the last one does */
};

static enum err
speak(void *own, const uint8_t *command, size_t n, uint8_t reply[REPLY_ROOM],
    size_t *len)
{
	struct wire *w = own;
	struct buf ask, say;

	if (w->at == w->n)
		return w->fails == ERR_OK ? ERR_CARD_GONE : w->fails;
	ask = hex(w->step[w->at].ask);
	say = hex(w->step[w->at++].say);
	assert_int_equal(n, ask.len);
	assert_memory_equal(command, ask.p, n);
	if (say.len > 0)
		memcpy(reply, say.p, say.len);
	*len = say.len;
	buf_clear(&ask);
	buf_clear(&say);
	return ERR_OK;
}

#define WIRE(...)							\
	static const struct step steps[] = { __VA_ARGS__ };		\
	struct wire w = { .step = steps,				\
		.n = sizeof(steps) / sizeof(steps[0]), .fails = ERR_OK }; \
	const struct card_io io = { .own = &w, .transmit = speak }

/* Read a file over that wire; its bytes against what is expected. */
static void
expect(struct wire *w, const struct card_io *io, uint8_t sfi, enum err want,
    const char *bytes)
{
	struct buf out, all = hex(bytes);

	buf_init(&out);
	assert_int_equal(apdu_read_file(io, sfi, &out), want);
	if (want == ERR_OK) {
		assert_int_equal(out.len, all.len);
		if (all.len > 0)
			assert_memory_equal(out.p, all.p, all.len);
	}
	assert_int_equal(w->at, w->n);
	buf_clear(&out);
	buf_clear(&all);
}

/* T=0, case 3: five bytes and the name, never a Le behind them. */
static void
a_select_has_no_le(void **state)
{
	WIRE({ "00A4000002 3F00", "9000" },
	    { "00A4040003 AABBCC", "610E" },
	    { "00A4040003 AABBCC", "6A82" },
	    { "00A4040003 AABBCC", "6982" },
	    { "00A4040003 AABBCC", "6E00" });
	const uint8_t aid[] = { 0xAA, 0xBB, 0xCC };

	(void)state;
	assert_int_equal(apdu_select_file(&io, 0x3F00), ERR_OK);
	assert_int_equal(apdu_select_app(&io, aid, 3), ERR_OK);
	assert_int_equal(apdu_select_app(&io, aid, 3), ERR_NOT_FOUND);
	assert_int_equal(apdu_select_app(&io, aid, 3), ERR_CARD_PROTECTED);
	assert_int_equal(apdu_select_app(&io, aid, 3), ERR_CARD_FOREIGN);
	assert_int_equal(apdu_select_app(&io, aid, 3), ERR_CARD_GONE);
	assert_int_equal(apdu_select_app(&io, aid, AID_MAX + 1),
	    ERR_CARD_DATA);
}

static void
one_command_where_one_is_enough(void **state)
{
	WIRE({ "00B0820000", "80\"AB\" 00*20 9000" });

	(void)state;
	expect(&w, &io, 2, ERR_OK, "80\"AB\" 00*20");
}

static void
padding_ends_a_whole_page(void **state)
{
	WIRE({ "00B0820000", "80\"AB\" 00*252 9000" });

	(void)state;
	expect(&w, &io, 2, ERR_OK, "80\"AB\" 00*252");
}

static void
a_long_file_goes_on_where_it_was(void **state)
{
	WIRE({ "00B0820000", "80:82{ 41*252 } 9000" },
	    { "00B0010000", "80 82 01 2C 42*252 9000" },
	    { "00B0020000", "42*48 00 9000" });

	(void)state;
	expect(&w, &io, 2, ERR_OK,
	    "80:82{ 41*252 } 80 82 01 2C 42*252 42*48 00");
}

/* Full to the last byte: only the card knows that there is no more. */
static void
a_full_page_ends_with_6b00(void **state)
{
	WIRE({ "00B0820000", "80:82{ 41*252 } 9000" },
	    { "00B0010000", "6B00" });

	(void)state;
	expect(&w, &io, 2, ERR_OK, "80:82{ 41*252 }");
}

static void
the_current_file_is_read_from_zero(void **state)
{
	WIRE({ "00B0000000", "80\"AB\" 6282" });

	(void)state;
	expect(&w, &io, 0, ERR_OK, "80\"AB\"");
}

static void
a_wrong_length_is_asked_again(void **state)
{
	WIRE({ "00B0820000", "6C05" }, { "00B0820005", "80\"AB\" 00 9000" });

	(void)state;
	expect(&w, &io, 2, ERR_OK, "80\"AB\" 00");
}

/* A chip of small replies may end one between two people. */
static void
nobody_is_lost_between_two_replies(void **state)
{
	WIRE({ "00B0820000", "65{ 80\"AB\" } 9000" },
	    { "00B0000600", "65{ 80\"CD\" } 9000" },
	    { "00B0000C00", "6B00" });

	(void)state;
	expect(&w, &io, 2, ERR_OK, "65{ 80\"AB\" } 65{ 80\"CD\" }");
}

static void
what_is_ready_is_fetched_in_pieces(void **state)
{
	WIRE({ "00B0820000", "6105" }, { "00C0000005", "80 03 41 6102" },
	    { "00C0000002", "6C01" }, { "00C0000001", "42 6101" },
	    { "00C0000001", "43 9000" }, { "00B0000500", "6B00" });

	(void)state;
	expect(&w, &io, 2, ERR_OK, "80\"ABC\"");
}

static void
a_card_that_never_ends_is_stopped(void **state)
{
	struct step steps[64] = { { "00B0820000", "6101" } };
	struct wire w = { .step = steps, .n = 64, .fails = ERR_OK };
	const struct card_io io = { .own = &w, .transmit = speak };

	(void)state;
	for (size_t i = 1; i < 64; i++)
		steps[i] = (struct step){ "00C0000001", "6101" };
	expect(&w, &io, 2, ERR_CARD_TALK, "");
}

static void
refusals_are_told_apart(void **state)
{
	WIRE({ "00B0820000", "6A82" }, { "00B0820000", "6982" },
	    { "00B0820000", "6985" }, { "00B0820000", "6986" },
	    { "00B0820000", "6D00" }, { "00B0820000", "6F00" },
	    { "00B0820000", "6A" }, { "00B0820000", "" },
	    { "00B0820000", "6282" });
	static const enum err want[] = { ERR_NOT_FOUND, ERR_CARD_PROTECTED,
		ERR_CARD_PROTECTED, ERR_NOT_FOUND, ERR_CARD_FOREIGN,
		ERR_CARD_TALK, ERR_CARD_TALK, ERR_CARD_TALK, ERR_OK };
	struct buf out;

	(void)state;
	buf_init(&out);
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		assert_int_equal(apdu_read_file(&io, 2, &out), want[i]);
	assert_int_equal(out.len, 0);
	buf_clear(&out);
}

/* A cut in the middle is what transmit says it is. */
static void
a_lost_card_is_said(void **state)
{
	WIRE({ "00B0820000", "80:82{ 41*252 } 9000" });

	(void)state;
	w.fails = ERR_CARD_RESET;
	expect(&w, &io, 2, ERR_CARD_RESET, "");
}

static void
a_file_without_end_is_refused(void **state)
{
	WIRE({ "00B0820000", "80 82 7F FF 41*252 9000" },
	    { "00B0010000", "41*256 9000" });
	struct buf out;

	(void)state;
	assert_int_equal(secret_start(), ERR_OK);
	assert_int_equal(buf_init_secret(&out, 300), ERR_OK);
	assert_int_equal(apdu_read_file(&io, 2, &out), ERR_CARD_DATA);
	buf_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_select_has_no_le),
		cmocka_unit_test(one_command_where_one_is_enough),
		cmocka_unit_test(padding_ends_a_whole_page),
		cmocka_unit_test(a_long_file_goes_on_where_it_was),
		cmocka_unit_test(a_full_page_ends_with_6b00),
		cmocka_unit_test(the_current_file_is_read_from_zero),
		cmocka_unit_test(a_wrong_length_is_asked_again),
		cmocka_unit_test(nobody_is_lost_between_two_replies),
		cmocka_unit_test(what_is_ready_is_fetched_in_pieces),
		cmocka_unit_test(a_card_that_never_ends_is_stopped),
		cmocka_unit_test(refusals_are_told_apart),
		cmocka_unit_test(a_lost_card_is_said),
		cmocka_unit_test(a_file_without_end_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
