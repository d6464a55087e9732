/* identity: people paired by position, traits kept, doubt refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "card/identity.h"
#include "hex.h"

#define NAME   "65{ 80\"ESSAI\" 81\"ALAINBIS\" 82\"19421901\" }"
#define NUMBER "65{ 90\"FR\" 93\"142196296516794\" }"

static struct bearer who[BEARERS_MAX];
static size_t n;

static enum err
read_both(const char *names, const char *numbers)
{
	struct buf a = hex(names), b = hex(numbers);
	enum err r;

	n = 99;
	r = identity_read(cursor_of(a.p, a.len), cursor_of(b.p, b.len), who,
	    &n);
	buf_clear(&a);
	buf_clear(&b);
	return r;
}

static void
the_published_identity(void **state)
{
	(void)state;
	assert_int_equal(read_both(NAME "00*8", NUMBER "00*8"), ERR_OK);
	assert_int_equal(n, 1);
	assert_string_equal(who[0].family, "ESSAI");
	assert_string_equal(who[0].given, "ALAINBIS");
	assert_string_equal(who[0].birth, "19421901");
	assert_string_equal(who[0].nir, "1421962965167");
	assert_string_equal(who[0].key, "94");
	assert_string_equal(who[0].country, "FR");
	assert_true(who[0].key_right);
	assert_false(who[0].altered);
}

static void
people_are_paired_by_position(void **state)
{
	(void)state;
	assert_int_equal(read_both(
	    "65{ 80\"A\" 81\"B\" } 66{ 80\"20100101\" } 65{ 80\"C\" }",
	    "65{ 93\"155067200010159\" } 65{ 93\"255081416802538\" }"),
	    ERR_OK);
	assert_int_equal(n, 2);
	assert_string_equal(who[0].family, "A");
	assert_string_equal(who[0].nir, "1550672000101");
	assert_string_equal(who[1].family, "C");
	assert_string_equal(who[1].nir, "2550814168025");
}

static void
what_would_mix_people_is_refused(void **state)
{
	static const struct {
		const char *names, *numbers;
	} cases[] = {
		{ NAME NAME, NUMBER },
		{ NAME, NUMBER NUMBER },
		{ "", "" },
		{ "00*8", NUMBER },
		{ "65{ 80\"A\" 80\"B\" }", NUMBER },
		{ NAME, "65{ 80\"B\" 93\"142196296516794\" }" },
		{ NAME, "65{ 93\"142196296516794\" 93\"155067200010159\" }" },
		{ "65{ 82\"19421901\" }", NUMBER }, /* nameless */
		{ "65 7F 80\"A\"", NUMBER },
		{ "65{ 80 7F 41 }", NUMBER },
		{ NAME, "65{ 93 7F 41 }" },
		{ "65{ 80:82{ 41*256 } }", NUMBER },
		{ NAME, "65{ 90\"FRANCAISE\" 93\"142196296516794\" }" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		memset(who, 'x', sizeof(who));
		assert_int_equal(read_both(cases[i].names, cases[i].numbers),
		    ERR_CARD_DATA);
		assert_int_equal(n, 99);
		assert_true(secret_is_zero(who, sizeof(who)));
	}
}

static void
twenty_people_and_no_more(void **state)
{
	struct buf names, numbers, a = hex(NAME), b = hex(NUMBER);

	(void)state;
	buf_init(&names);
	buf_init(&numbers);
	for (size_t i = 1; i <= BEARERS_MAX + 1; i++) {
		const bool fits = i <= BEARERS_MAX;

		assert_int_equal(buf_put(&names, a.p, a.len), ERR_OK);
		assert_int_equal(buf_put(&numbers, b.p, b.len), ERR_OK);
		assert_int_equal(identity_read(cursor_of(names.p, names.len),
		    cursor_of(numbers.p, numbers.len), who, &n),
		    fits ? ERR_OK : ERR_CARD_DATA);
		if (fits)
			assert_int_equal(n, i);
	}
	buf_clear(&names);
	buf_clear(&numbers);
	buf_clear(&a);
	buf_clear(&b);
}

/* Odd traits are kept or left out, and flagged; never mended. */
static void
odd_traits(void **state)
{
	static const struct {
		const char *tlv, *birth, *nir, *key;
		bool altered, right;
	} cases[] = {
		{ "82\"19550000\" 93\"150196296522512\"", "19550000",
		  "1501962965225", "12", false, false },
		{ "82\"1955061\"", "", "", "", true, false },
		{ "82\"1955-6-1\"", "", "", "", true, false },
		{ "82{ }", "", "", "", true, false },
		{ "93\"253072A07300443\"", "", "253072A073004", "43", false,
		  true },
		{ "93\"14219629651679\"", "", "", "", true, false },
		{ "93\"14219629651679X\"", "", "", "", true, false },
		{ "93\"142196296516a94\"", "", "", "", true, false },
		{ "93\"1421962965167940\"", "", "", "", true, false },
		{ "93{ 31*14 00 }", "", "", "", true, false },
		{ "93\"5555559901001ZZ\"", "", "", "", true, false },
		{ "", "", "", "", false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char line[128];

		(void)snprintf(line, sizeof(line), "65{ 80\"X\" %s }",
		    cases[i].tlv);
		assert_int_equal(read_both(line, "65{ 90\"FR\" }"), ERR_OK);
		assert_string_equal(who[0].birth, cases[i].birth);
		assert_string_equal(who[0].nir, cases[i].nir);
		assert_string_equal(who[0].key, cases[i].key);
		assert_int_equal(who[0].altered, cases[i].altered);
		assert_int_equal(who[0].key_right, cases[i].right);
	}
}

static void
hostile_text_is_defused(void **state)
{
	(void)state;
	assert_int_equal(read_both("65{ 80{ \"A\" 1B \"[2J\" } 81\"ZOÉ \" }",
	    NUMBER), ERR_OK);
	assert_string_equal(who[0].family, "A\xEF\xBF\xBD[2J");
	assert_string_equal(who[0].given, "ZOÉ");
	assert_true(who[0].altered);
	assert_string_equal(who[0].family_raw, "411b5b324a");
	assert_string_equal(who[0].given_raw, "");
	assert_int_equal(read_both("65{ 80\"A\" 81{ \" B\" 85 \" \" 00 } }",
	    NUMBER), ERR_OK);
	assert_string_equal(who[0].family_raw, "");
	assert_string_equal(who[0].given_raw, "2042852000");
}

/* Every byte of it, or no card: 255 with their padding, and one more. */
static void
the_longest_hostile_name(void **state)
{
	(void)state;
	assert_int_equal(read_both("65{ 80:81{ 1B 20*254 } }", NUMBER),
	    ERR_OK);
	assert_string_equal(who[0].family, "\xEF\xBF\xBD");
	assert_int_equal(strlen(who[0].family_raw), 510);
	assert_int_equal(read_both("65{ 80:82{ 1B 20*255 } }", NUMBER),
	    ERR_CARD_DATA);
	assert_int_equal(read_both("65{ 80:82{ 41 20*255 } }", NUMBER),
	    ERR_OK);
}

static void
one_file_for_both(void **state)
{
	struct buf b = hex("65{ 80\"A\" 93\"142196296516794\" }");
	struct cursor c = cursor_of(b.p, b.len);

	(void)state;
	assert_true(identity_has_names(c));
	assert_true(identity_has_numbers(c));
	assert_int_equal(identity_read(c, c, who, &n), ERR_OK);
	assert_string_equal(who[0].nir, "1421962965167");
	buf_clear(&b);
	b = hex("66{ 80\"20100101\" } 00");
	c = cursor_of(b.p, b.len);
	assert_false(identity_has_names(c));
	assert_false(identity_has_numbers(c));
	buf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_identity),
		cmocka_unit_test(people_are_paired_by_position),
		cmocka_unit_test(what_would_mix_people_is_refused),
		cmocka_unit_test(twenty_people_and_no_more),
		cmocka_unit_test(odd_traits),
		cmocka_unit_test(hostile_text_is_defused),
		cmocka_unit_test(the_longest_hostile_name),
		cmocka_unit_test(one_file_for_both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
