/* atr: every published card is told from every other, and nothing more is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "card/atr.h"
#include "card/hexline.h"
#include "card/readers.h"

static enum reader_state
kind_of(const char *hex)
{
	enum reader_state kind;
	struct buf b;

	buf_init(&b);
	assert_int_equal(hexline_read(hex, &b), ERR_OK);
	kind = atr_kind(b.p, b.len);
	buf_clear(&b);
	return kind;
}

/* facts/card.md 2, all of them. */
static void
published_cards_are_told_apart(void **state)
{
	static const struct {
		const char *atr;
		enum reader_state kind;
	} cards[] = {
		{ "3B 75 13 00 00 43 09 EA 90 00", READER_VITALE },
		{ "3B 75 13 00 00 44 09 EA 90 00", READER_VITALE },
		{ "3B 75 13 00 00 45 09 EA 90 00", READER_VITALE },
		{ "3B 75 13 00 00 45 09 FA 90 00", READER_VITALE },
		{ "3B 75 13 00 00 46 09 EA 90 00", READER_VITALE },
		{ "3B 75 13 00 00 47 09 EA 90 00", READER_VITALE },
		{ "3B 75 13 00 00 48 09 EA 90 00", READER_VITALE },
		{ "3B 75 13 00 00 49 09 EA 90 00", READER_VITALE },
		{ "3B 75 13 00 00 4B 09 EA 90 00", READER_VITALE },
		{ "3B 75 13 00 00 4C 09 EA 90 00", READER_VITALE },
		{ "3F 65 25 00 22 09 69 90 00", READER_VITALE1 },
		{ "3F 65 25 00 22 09 F9 90 00", READER_VITALE1 },
		{ "3F 65 25 00 2C 09 69 90 00", READER_VITALE1 },
		{ "3F 65 25 00 2C 09 F9 90 00", READER_VITALE1 },
		{ "3F 65 25 00 52 09 6A 90 00", READER_VITALE1 },
		{ "3F 65 25 00 A3 09 6A 90 00", READER_VITALE1 },
		{ "3F 65 25 00 A4 09 6A 90 00", READER_VITALE1 },
		{ "3B AC 00 40 2A 00 12 25 00 64 80 00 03 10 00 90 00",
		  READER_CPS },
		{ "3B AC 00 40 2A 00 12 25 00 64 80 82 02 12 00 90 00",
		  READER_CPS },
		{ "3B DC 18 FF 00 00 12 25 00 64 80 00 04 01 00 90 00",
		  READER_CPS },
		{ "3B 8F 80 01 00 31 B8 64 04 B0 EC C1 73 94 01 80 82 90 00 "
		  "0E", READER_CPS },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++)
		assert_int_equal(kind_of(cards[i].atr), cards[i].kind);
}

static void
near_misses_are_foreign(void **state)
{
	static const char *const cards[] = {
		"3F 65 25 00 2B 09 EB 90 00",	 /* a Bull SCOT of other use */
		"3B 75 13 00 00 55 09 EA 90 00", /* another family */
		"3B 75 13 00 00 45 09 EA 90",	 /* one byte short */
		"3B 75 13 00 00 45 09 EA 90 00 00",
		"3B 00",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++)
		assert_int_equal(kind_of(cards[i]), READER_FOREIGN);
	assert_int_equal(atr_kind(NULL, 0), READER_FOREIGN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_cards_are_told_apart),
		cmocka_unit_test(near_misses_are_foreign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
