/* rawname: what a name and its bytes may say of each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/rawname.h"

#define BAD "\xef\xbf\xbd" /* U+FFFD */

static void
each_case(void **state)
{
	static const struct {
		const char *name, *raw;
		bool altered, agrees;
	} cases[] = {
		{ "ESSAI", "", false, true },
		{ "", "", false, true },
		{ "ESSAI", "", true, true }, /* another text was */
		{ "ESSAI" BAD, "", true, false },
		{ "ESSAI" BAD, "455353414907", true, true },
		{ "ESSAI" BAD, "455353414907", false, false },
		{ "ESSAI" BAD, "45535341491b", true, true },
		{ "ESSA" BAD, "455353414907", true, false },
		{ "ESSAI", "4553534149", true, false }, /* stood so */
		{ "ESSAI", "455353414920", true, false }, /* but a blank */
		{ "\xc3\x89" BAD, "c907", true, true },
		{ BAD, "07", true, true },
		{ BAD, "7", true, false },
		{ BAD, "0", true, false },
		{ BAD, "0G", true, false },
		{ BAD "J", "074A", true, false },
		{ BAD "J", "074a", true, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (rawname_agrees(cases[i].name, cases[i].raw,
		    cases[i].altered) != cases[i].agrees)
			fail_msg("row %zu", i);
}

/* As long as a card can have it, and one byte more. */
static void
at_the_longest(void **state)
{
	char raw[2 * RAWNAME_MAX + 3], name[3 * RAWNAME_MAX + 4];

	(void)state;
	for (size_t i = 0; i <= RAWNAME_MAX; i++) {
		memcpy(raw + 2 * i, "1b", 3);
		memcpy(name + 3 * i, BAD, 4);
	}
	assert_false(rawname_agrees(name, raw, true));
	raw[2 * RAWNAME_MAX] = name[3 * RAWNAME_MAX] = '\0';
	assert_true(rawname_agrees(name, raw, true));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_case),
		cmocka_unit_test(at_the_longest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
