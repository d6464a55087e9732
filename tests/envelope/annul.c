/* annul: exactly one document, and no other is it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/secret.h"
#include "envelope/annul.h"

static const struct annul sample = {
	.rid = { .b = { 1, 2, 3 } },
	.about = { .b = { 4, 5, 6 } },
	.made_ms = 1795271525000,
	.terminal = 7,
	.training = true,
};

static void
it_comes_back(void **state)
{
	struct annul a;
	struct buf b;

	(void)state;
	buf_init(&b);
	assert_int_equal(annul_write(&sample, &b), ERR_OK);
	assert_int_equal(annul_read(b.p, b.len, &a), ERR_OK);
	assert_memory_equal(a.rid.b, sample.rid.b, RID_LEN);
	assert_memory_equal(a.about.b, sample.about.b, RID_LEN);
	assert_true(a.made_ms == sample.made_ms && a.training);
	assert_int_equal(a.terminal, 7);
	/* Cut anywhere, or one more byte: nothing. */
	for (size_t n = 0; n < b.len; n++)
		assert_int_equal(annul_read(b.p, n, &a), ERR_RECORD_FORM);
	assert_int_equal(buf_put_u8(&b, '!'), ERR_OK);
	assert_int_equal(annul_read(b.p, b.len, &a), ERR_RECORD_FORM);
	buf_clear(&b);
}

/* Another kind or version, a member more, fewer, or of another type. */
static void
nothing_else_is_one(void **state)
{
	static const struct {
		const char *name;
		const char *value; /* as JSON; NULL: taken out */
	} changes[] = {
		{ "kind", "\"open\"" }, { "kind", NULL }, { "version", "2" },
		{ "about", "\"00041061050R3GG28A1C60T3G\"" },
		{ "made_ms", "\"1\"" }, { "terminal", "-1" },
		{ "training", NULL }, { "more", "1" },
	};
	struct annul a;

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		const char *value = changes[i].value;
		json_t *doc;
		struct buf b;

		buf_init(&b);
		assert_int_equal(annul_write(&sample, &b), ERR_OK);
		assert_int_equal(json_read(b.p, b.len, &doc), ERR_OK);
		buf_reset(&b);
		if (value == NULL)
			json_object_del(doc, changes[i].name);
		else
			json_object_set_new(doc, changes[i].name,
			    json_loads(value, JSON_DECODE_ANY, NULL));
		assert_int_equal(json_write(doc, &b), ERR_OK);
		assert_int_equal(annul_read(b.p, b.len, &a), ERR_RECORD_FORM);
		json_decref(doc);
		buf_clear(&b);
	}
	assert_int_equal(annul_read("[]", 2, &a), ERR_RECORD_FORM);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_comes_back),
		cmocka_unit_test(nothing_else_is_one),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
