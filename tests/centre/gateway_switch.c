/* gateway_switch: a closed terminal is told so, is lent nothing, and is heard
 * as any other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "envelope/bundle.h"
#include "tests/centre/made.h"

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
say_all(bool open)
{
	const struct switch_word w = { .scope = SWITCH_ALL, .open = open };

	assert_int_equal(m.store->ops->switch_set(m.store, &w), ERR_OK);
}

/* What a terminal that was told this last is answered: false for nothing. */
static bool
asked(bool open, uint64_t at_ms, struct switched *out)
{
	const struct opening_ask ask = { .sealing = m.opening,
		.told = { .open = open, .at_ms = at_ms } };
	char text[BASE64_ROOM(SWITCH_LEN)];
	uint8_t bytes[SWITCH_LEN];
	struct terminal t;
	json_t *doc;
	bool is;
	size_t n;

	buf_reset(&answer);
	assert_int_equal(m.store->ops->terminal_find(m.store, MADE_TERMINAL,
	    &t), ERR_OK);
	assert_int_equal(gateway_opening(&m.g, &t, &ask, MADE_NOW, &answer),
	    ERR_OK);
	assert_int_equal(json_read(answer.p, answer.len, &doc), ERR_OK);
	is = json_object_get(doc, "switch") != NULL;
	if (is) {
		assert_int_equal(json_get_text(doc, "switch", text,
		    sizeof(text) - 1), ERR_OK);
		assert_int_equal(base64_read(text, bytes, sizeof(bytes), &n),
		    ERR_OK);
		assert_int_equal(switch_read(bytes, n, m.receipt_public, out),
		    ERR_OK);
		assert_true(out->terminal == MADE_TERMINAL &&
		    out->centre_key == 3);
	}
	json_decref(doc);
	return is;
}

static void
it_is_told_what_it_does_not_know(void **state)
{
	struct switched w;

	(void)state;
	assert_false(asked(true, 0, &w));
	say_all(false);
	assert_true(asked(true, 0, &w));
	assert_true(!w.open && w.at_ms == MADE_NOW);
	assert_false(asked(false, MADE_NOW, &w));
	say_all(true);
	assert_true(asked(false, 5, &w));
	assert_true(w.open && w.at_ms == MADE_NOW);
	/* Told by a clock that was ahead: newer all the same. */
	assert_true(asked(false, MADE_NOW + 9, &w));
	assert_true(w.open && w.at_ms == MADE_NOW + 10);
	/* One that knows nothing of it is told nothing. */
	assert_false(asked(false, SWITCH_UNSAID, &w));
}

static void
a_closed_one_is_lent_nothing_and_heard(void **state)
{
	struct buf body;
	struct rid rid;
	int code;

	(void)state;
	buf_init(&body);
	say_all(false);
	assert_int_equal(gateway_lease(&m.g, MADE_TERMINAL, MADE_NOW,
	    &answer), ERR_CLOSED);
	assert_int_equal(answer.len, 0);
	assert_int_equal(made_any(&m, &rid, &body), ERR_OK);
	assert_string_equal(made_status(&m, &body, 0, &code), "stored");
	say_all(true);
	assert_int_equal(gateway_lease(&m.g, MADE_TERMINAL, MADE_NOW,
	    &answer), ERR_OK);
	buf_clear(&body);
}

/* A bundle that says what was told; the reply's kinds, a letter each. */
static void
by_hand(struct switch_told told, bool closed, const char *kinds)
{
	const struct bundle b = { .terminal = MADE_TERMINAL, .sign_key = 1,
		.at_ms = 1, .told = told };
	struct gateway_bundle came;
	struct cursor items, one;
	char found[8] = "";
	uint32_t count;
	struct buf file;

	buf_init(&file);
	buf_reset(&answer);
	assert_int_equal(bundle_begin(&b, &file), ERR_OK);
	assert_int_equal(bundle_end(m.sign, &file), ERR_OK);
	assert_int_equal(gateway_bundle(&m.g, file.p, file.len, true,
	    MADE_NOW, &answer, &came), ERR_OK);
	assert_true(came.closed == closed);
	assert_int_equal(reply_open(answer.p, answer.len, &count, &items),
	    ERR_OK);
	for (size_t i = 0; items.n != 0; i++) {
		assert_int_equal(bundle_next(&items, &one), ERR_OK);
		assert_true(i < sizeof(found) - 1);
		found[i] = (char)one.p[2];
	}
	assert_string_equal(found, kinds);
	buf_clear(&file);
}

static void
a_stick_carries_it_too(void **state)
{
	const struct switch_told open = { .open = true },
	    closed = { .at_ms = 7 }, old = { .at_ms = SWITCH_UNSAID };

	(void)state;
	by_hand(open, false, "L");
	by_hand(closed, false, "DL");
	say_all(false);
	by_hand(open, true, "D");
	by_hand(closed, true, "");
	by_hand(old, true, "");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_is_told_what_it_does_not_know),
		TEST(a_closed_one_is_lent_nothing_and_heard),
		TEST(a_stick_carries_it_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
