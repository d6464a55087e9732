/* line: what is written comes back, and nothing else is let in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "card/line.h"

static struct card_news out, in;

/* Write, check the bytes when given, read back, compare. */
static void
round_trip(const char *bytes)
{
	struct buf b;

	buf_init(&b);
	assert_int_equal(line_write(&out, &b), ERR_OK);
	assert_int_equal(b.p[b.len - 1], '\n');
	b.p[b.len - 1] = '\0';
	if (bytes != NULL)
		assert_string_equal((char *)b.p, bytes);
	memset(&in, 'x', sizeof(in));
	assert_int_equal(line_read((char *)b.p, &in), ERR_OK);
	assert_memory_equal(&in, &out, sizeof(in));
	buf_clear(&b);
}

static void
readers(void **state)
{
	(void)state;
	for (int s = 0; s <= (int)READER_ERROR; s++) {
		memset(&out, 0, sizeof(out));
		out.kind = NEWS_READER;
		out.state = (enum reader_state)s;
		out.code = s;
		(void)strcpy(out.reader, "Lecteur « \\ \" »");
		round_trip(NULL);
	}
	memset(&out, 0, sizeof(out));
	out.kind = NEWS_READER;
	out.state = READER_NO_SERVICE;
	out.code = 301;
	round_trip("{\"event\":\"reader\",\"state\":\"no-service\","
	    "\"reader\":\"\",\"code\":301}");
}

static void
gone(void **state)
{
	(void)state;
	memset(&out, 0, sizeof(out));
	out.kind = NEWS_GONE;
	out.epoch = UINT32_MAX;
	round_trip("{\"event\":\"gone\",\"epoch\":4294967295}");
}

static void
fill(struct bearer *b)
{
	memset(b->family, '"', sizeof(b->family) - 1);
	memset(b->given, '\\', sizeof(b->given) - 1);
	(void)strcpy(b->birth, "19421901");
	(void)strcpy(b->nir, "1421962965167");
	(void)strcpy(b->key, "94");
	(void)strcpy(b->country, "FRANCE!");
	b->key_right = b->altered = true;
	/* as long as a name may be, with one byte that cannot be shown */
	memcpy(b->given + 252, "\xEF\xBF\xBD", 3);
	for (size_t i = 0; i < 252; i++)
		memcpy(b->given_raw + 2 * i, "5c", 2);
	memcpy(b->given_raw + 504, "1b2020", 6);
}

/* The longest line there can be is one that the reader takes. */
static void
the_fullest_card(void **state)
{
	struct buf b;

	(void)state;
	memset(&out, 0, sizeof(out));
	out.kind = NEWS_CARD;
	out.epoch = 7;
	out.n = BEARERS_MAX;
	for (size_t i = 0; i < BEARERS_MAX; i++)
		fill(&out.bearers[i]);
	round_trip(NULL);
	buf_init(&b);
	assert_int_equal(line_write(&out, &b), ERR_OK);
	assert_in_range(b.len, 1, 65536);
	buf_clear(&b);
}

static void
one_card(void **state)
{
	(void)state;
	memset(&out, 0, sizeof(out));
	out.kind = NEWS_CARD;
	out.epoch = 1;
	out.n = 1;
	(void)strcpy(out.bearers[0].family, "ESSAI");
	(void)strcpy(out.bearers[0].given, "ZOÉ");
	round_trip("{\"event\":\"card\",\"epoch\":1,\"bearers\":[{"
	    "\"family\":\"ESSAI\",\"given\":\"ZOÉ\",\"birth\":\"\","
	    "\"nir\":\"\",\"key\":\"\",\"country\":\"\","
	    "\"family_raw\":\"\",\"given_raw\":\"\","
	    "\"key_right\":false,\"altered\":false}]}");
}

/* Texts are clean before they come here; one that is not goes no further. */
static void
a_control_character_is_not_written(void **state)
{
	struct buf b;

	(void)state;
	memset(&out, 0, sizeof(out));
	out.kind = NEWS_READER;
	(void)strcpy(out.reader, "a\nb");
	buf_init(&b);
	assert_int_equal(line_write(&out, &b), ERR_TEXT);
	buf_clear(&b);
}

/* Bytes, name and flag that do not belong together go neither way. */
static void
a_name_has_its_bytes(void **state)
{
	static const struct {
		const char *name, *raw;
		bool altered, sound;
	} cases[] = {
		{ "A\xEF\xBF\xBD", "411b", true, true },
		{ "A\xEF\xBF\xBD\xC3\x89", "2041adc92000", true, true },
		{ "A", "", true, true }, /* a birth was odd */
		{ "A\xEF\xBF\xBD", "411b", false, false },
		{ "A\xEF\xBF\xBD", "", true, false },
		{ "A\xEF\xBF\xBD", "411B", true, false },
		{ "A\xEF\xBF\xBD", "411", true, false },
		{ "A\xEF\xBF\xBD", "4", true, false },
		{ "A\xEF\xBF\xBD", "411g", true, false },
		{ "A\xEF\xBF\xBD", "421b", true, false },
		{ "A\xEF\xBF\xBD", "411b42", true, false },
		{ "A", "41", true, false },
	};
	char line[256];
	struct buf b;

	(void)state;
	buf_init(&b);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		memset(&out, 0, sizeof(out));
		out.kind = NEWS_CARD;
		out.epoch = 1;
		out.n = 1;
		(void)strcpy(out.bearers[0].family, cases[i].name);
		(void)strcpy(out.bearers[0].family_raw, cases[i].raw);
		out.bearers[0].altered = cases[i].altered;
		buf_reset(&b);
		assert_int_equal(line_write(&out, &b), cases[i].sound ?
		    ERR_OK : ERR_TEXT);
		(void)snprintf(line, sizeof(line), "{\"event\":\"card\","
		    "\"epoch\":1,\"bearers\":[{\"family\":\"%s\","
		    "\"given\":\"\",\"birth\":\"\",\"nir\":\"\",\"key\":"
		    "\"\",\"country\":\"\",\"key_right\":false,\"altered\":"
		    "%s,\"family_raw\":\"%s\",\"given_raw\":\"\"}]}",
		    cases[i].name, cases[i].altered ? "true" : "false",
		    cases[i].raw);
		assert_int_equal(line_read(line, &in), cases[i].sound ?
		    ERR_OK : ERR_JSON);
		if (cases[i].sound)
			assert_memory_equal(&in, &out, sizeof(in));
	}
	buf_clear(&b);
}

#define BEARER(more)							\
	"{\"event\":\"card\",\"epoch\":1,\"bearers\":[{\"given\":\"B\"," \
	"\"country\":\"FR\",\"altered\":false,\"family_raw\":\"\","	\
	"\"given_raw\":\"\"," more "}]}"

static void
strange_lines_are_refused(void **state)
{
	static const char *const lines[] = {
		"", "[]", "{}", "null", "{\"event\":\"card\"}",
		"{\"event\":\"other\",\"epoch\":1}",
		"{\"event\":\"gone\"}",
		"{\"event\":\"gone\",\"epoch\":0}",
		"{\"event\":\"gone\",\"epoch\":-1}",
		"{\"event\":\"gone\",\"epoch\":4294967296}",
		"{\"event\":\"gone\",\"epoch\":1.0}",
		"{\"event\":\"gone\",\"epoch\":\"1\"}",
		"{\"event\":\"gone\",\"epoch\":1,\"epoch\":1}",
		"{\"event\":\"gone\",\"epoch\":1,\"more\":1}",
		"{\"event\":\"gone\",\"epoch\":1}x",
		"{\"event\":\"gone\",\"epoch\":1",
		"{\"event\":\"gone-by-long-name\",\"epoch\":1}",
		"{\"event\":\"reader\",\"state\":\"well\",\"reader\":\"\","
		"\"code\":0}",
		"{\"event\":\"reader\",\"state\":\"empty\",\"reader\":\"\","
		"\"code\":1000}",
		"{\"event\":\"reader\",\"state\":\"empty\",\"reader\":\"\"}",
		"{\"event\":\"reader\",\"state\":\"empty\","
		"\"reader\":\"\\u0007\",\"code\":0}",
		"{\"event\":\"reader\",\"state\":\"empty\","
		"\"reader\":\"\\u202e\",\"code\":0}",
		"{\"event\":\"reader\",\"state\":\"empty\","
		"\"reader\":\"\\u0000\",\"code\":0}",
		"{\"event\":\"card\",\"epoch\":1,\"bearers\":[]}",
		"{\"event\":\"card\",\"epoch\":1,\"bearers\":{}}",
		"{\"event\":\"card\",\"epoch\":1,\"bearers\":[1]}",
		"{\"event\":\"card\",\"epoch\":1,\"bearers\":[{}]}",
		/* without the bytes of the names */
		"{\"event\":\"card\",\"epoch\":1,\"bearers\":[{\"family\":"
		"\"A\",\"given\":\"B\",\"birth\":\"\",\"nir\":\"\",\"key\":"
		"\"\",\"country\":\"\",\"key_right\":false,\"altered\":"
		"false}]}",
		/* a key that is said to be right, and is not */
		BEARER("\"family\":\"A\",\"birth\":\"19421901\","
		    "\"nir\":\"1421962965167\",\"key\":\"95\","
		    "\"key_right\":true"),
		/* one that is right, and is said not to be */
		BEARER("\"family\":\"A\",\"birth\":\"19421901\","
		    "\"nir\":\"1421962965167\",\"key\":\"94\","
		    "\"key_right\":false"),
		BEARER("\"family\":\"A\",\"birth\":\"1942190\",\"nir\":\"\","
		    "\"key\":\"\",\"key_right\":false"),
		BEARER("\"family\":\"A\",\"birth\":\"1942190A\",\"nir\":\"\","
		    "\"key\":\"\",\"key_right\":false"),
		BEARER("\"family\":\"A\",\"birth\":\"\",\"nir\":\"14219\","
		    "\"key\":\"\",\"key_right\":false"),
		BEARER("\"family\":\"A\",\"birth\":\"\","
		    "\"nir\":\"142196296516é\",\"key\":\"\","
		    "\"key_right\":false"),
		BEARER("\"family\":\"A\",\"birth\":\"\",\"nir\":\"\","
		    "\"key\":\"9\",\"key_right\":false"),
		BEARER("\"family\":\"A\\u200b\",\"birth\":\"\",\"nir\":\"\","
		    "\"key\":\"\",\"key_right\":false"),
		BEARER("\"family\":1,\"birth\":\"\",\"nir\":\"\","
		    "\"key\":\"\",\"key_right\":false"),
		BEARER("\"family\":\"A\",\"birth\":\"\",\"nir\":\"\","
		    "\"key\":\"\",\"key_right\":0"),
		BEARER("\"family\":\"A\",\"birth\":\"\",\"nir\":\"\","
		    "\"key\":\"\",\"key_right\":false,\"more\":\"\""),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		memset(&in, 'x', sizeof(in));
		assert_int_equal(line_read(lines[i], &in), ERR_JSON);
		assert_int_equal(in.reader[0], 'x'); /* untouched */
	}
	assert_int_equal(line_read(BEARER("\"family\":\"A\",\"birth\":\"\","
	    "\"nir\":\"\",\"key\":\"\",\"key_right\":false"), &in), ERR_OK);
}

static void
too_many_people_are_refused(void **state)
{
	static const char one[] = "{\"family\":\"A\",\"given\":\"B\","
	    "\"birth\":\"\",\"nir\":\"\",\"key\":\"\",\"country\":\"\","
	    "\"key_right\":false,\"altered\":false,"
	    "\"family_raw\":\"\",\"given_raw\":\"\"}";
	struct buf b;

	(void)state;
	buf_init(&b);
	assert_int_equal(buf_put_text(&b,
	    "{\"event\":\"card\",\"epoch\":1,\"bearers\":["), ERR_OK);
	for (int i = 0; i <= BEARERS_MAX; i++)
		assert_int_equal(buf_putf(&b, "%s%s", i == 0 ? "" : ",", one),
		    ERR_OK);
	assert_int_equal(buf_put(&b, "]}", 3), ERR_OK);
	assert_int_equal(line_read((char *)b.p, &in), ERR_JSON);
	buf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(readers),
		cmocka_unit_test(gone),
		cmocka_unit_test(the_fullest_card),
		cmocka_unit_test(one_card),
		cmocka_unit_test(a_control_character_is_not_written),
		cmocka_unit_test(a_name_has_its_bytes),
		cmocka_unit_test(strange_lines_are_refused),
		cmocka_unit_test(too_many_people_are_refused),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
