/* gateway_reply: the same bytes as of any other document. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/centre/made.h"

#include "centre/gateway_own.h"

static struct made m;
static struct buf answer;

static int
setup(void **state)
{
	(void)state;
	buf_init(&answer);
	return made_open(&m, ":memory:") == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	buf_clear(&answer);
	made_close(&m);
	return 0;
}

static void
reply(const struct verdict *v, size_t n)
{
	struct gateway_reply to;

	gateway_reply_init(&to);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(gateway_reply_add(&to, &v[i]), ERR_OK);
	buf_reset(&answer);
	assert_int_equal(gateway_reply_end(&to, &m.g, &answer), ERR_OK);
	gateway_reply_clear(&to);
}

/* Read, and written by who writes every other one. */
static json_t *
read_back(void)
{
	struct buf again;
	json_t *doc;

	assert_int_equal(json_read(answer.p, answer.len, &doc), ERR_OK);
	buf_init(&again);
	assert_int_equal(json_write(doc, &again), ERR_OK);
	assert_int_equal(again.len, answer.len);
	assert_memory_equal(again.p, answer.p, answer.len);
	buf_clear(&again);
	return doc;
}

static void
every_verdict_is_written(void **state)
{
	struct verdict v[] = {
		{ .kind = VERDICT_STORED, .known = true, .badged = true },
		{ .kind = VERDICT_STORED, .known = true },
		{ .kind = VERDICT_REFUSED, .why = ERR_TOO_LARGE },
		{ .kind = VERDICT_REFUSED, .why = ERR_CHAIN, .known = true },
		{ .kind = VERDICT_GAP, .why = ERR_GAP, .known = true,
		    .next = INT64_MAX },
	};
	json_t *doc, *list;
	json_int_t next;
	char text[BASE64_ROOM((size_t)256)];

	(void)state;
	memset(v[0].receipt, 0xfb, sizeof(v[0].receipt));
	memset(v[0].badge, 0xff, sizeof(v[0].badge));
	reply(v, sizeof(v) / sizeof(v[0]));
	doc = read_back();
	assert_int_equal(json_get_array(doc, "envelopes", &list), ERR_OK);
	assert_int_equal(json_array_size(list), 5);
	assert_int_equal(json_get_int(json_array_get(list, 4), "next", 0,
	    INT64_MAX, &next), ERR_OK);
	assert_true(next == INT64_MAX);
	assert_int_equal(json_get_text(doc, "signature", text,
	    sizeof(text) - 1), ERR_OK);
	json_decref(doc);
}

/* A receipt is signed itself. */
static void
one_receipt_needs_no_signature_more(void **state)
{
	const struct verdict v[] = {
		{ .kind = VERDICT_STORED, .known = true },
		{ .kind = VERDICT_REFUSED, .why = ERR_TOO_LARGE },
	};
	json_t *doc;

	(void)state;
	reply(v, 2);
	doc = read_back();
	assert_null(json_object_get(doc, "signature"));
	json_decref(doc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_verdict_is_written,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(
		    one_receipt_needs_no_signature_more, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
