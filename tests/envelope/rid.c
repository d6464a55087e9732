/* rid: ids sort by time, have one text, and are never alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "envelope/rid.h"

static void
text_comes_back(void **state)
{
	char text[RID_TEXT], again[RID_TEXT];
	struct rid id, back;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		secret_random(id.b, sizeof(id.b));
		rid_text(&id, text);
		assert_int_equal(strlen(text), RID_TEXT - 1);
		assert_int_equal(rid_read(text, &back), ERR_OK);
		assert_memory_equal(id.b, back.b, RID_LEN);
		rid_text(&back, again);
		assert_string_equal(text, again);
	}
}

static void
known_texts(void **state)
{
	struct rid id;
	char text[RID_TEXT], brief[RID_SHORT];

	(void)state;
	memset(id.b, 0, RID_LEN);
	rid_text(&id, text);
	assert_string_equal(text, "00000000000000000000000000");
	memset(id.b, 0xFF, RID_LEN);
	rid_text(&id, text);
	assert_string_equal(text, "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
	rid_short(&id, brief);
	assert_string_equal(brief, "7ZZZ-ZZZZ");
	for (uint8_t i = 0; i < RID_LEN; i++)
		id.b[i] = i;
	rid_text(&id, text);
	assert_string_equal(text, "00041061050R3GG28A1C60T3GF");
}

static void
later_ids_sort_behind(void **state)
{
	struct rid a, b;
	char ta[RID_TEXT], tb[RID_TEXT];

	(void)state;
	for (uint64_t ms = 1; ms < (1ull << 47); ms = ms * 3 + 1) {
		rid_make(ms, &a);
		rid_make(ms + 1, &b);
		rid_text(&a, ta);
		rid_text(&b, tb);
		assert_true(memcmp(a.b, b.b, RID_LEN) < 0);
		assert_true(strcmp(ta, tb) < 0);
		assert_true(rid_ms(&a) == ms);
		rid_make(ms, &b);
		assert_memory_not_equal(a.b, b.b, RID_LEN);
	}
}

static void
other_texts_are_refused(void **state)
{
	static const char *const bad[] = {
		"", "0", "0000000000000000000000000",
		"000000000000000000000000000", "80000000000000000000000000",
		"0000000000000000000000000I", "0000000000000000000000000L",
		"0000000000000000000000000O", "0000000000000000000000000U",
		"0000000000000000000000000a", "0000000000000-000000000000",
		" 0000000000000000000000000", "0000000000000000000000000\n",
	};
	struct rid id;

	(void)state;
	memset(&id, 7, sizeof(id));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(rid_read(bad[i], &id), ERR_TEXT);
	assert_int_equal(id.b[0], 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_comes_back),
		cmocka_unit_test(known_texts),
		cmocka_unit_test(later_ids_sort_behind),
		cmocka_unit_test(other_texts_are_refused),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
