/* batch: parts of one, and how large the next may be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sync/batch.h"

static const char *const words[] = { "un", "deux", "trois" };

static void
fill(struct batch *b)
{
	memset(b, 0, sizeof(*b));
	buf_init(&b->bytes);
	for (; b->n < 3; b->n++) {
		const size_t n = strlen(words[b->n]);

		b->rids[b->n].b[0] = (uint8_t)b->n;
		assert_int_equal(buf_put_u32(&b->bytes, (uint32_t)n), ERR_OK);
		assert_int_equal(buf_put(&b->bytes, words[b->n], n), ERR_OK);
	}
}

static void
a_part_is_a_batch(void **state)
{
	struct batch b, part;

	(void)state;
	fill(&b);
	fill(&part);
	assert_int_equal(batch_part(&b, 1, 1, &part), ERR_OK);
	assert_int_equal(part.n, 1);
	assert_int_equal(part.rids[0].b[0], 1);
	assert_int_equal(part.bytes.len, 8);
	assert_memory_equal(part.bytes.p, "\0\0\0\4deux", 8);
	assert_int_equal(batch_part(&b, 0, 3, &part), ERR_OK);
	assert_int_equal(part.n, 3);
	assert_int_equal(part.bytes.len, b.bytes.len);
	assert_memory_equal(part.bytes.p, b.bytes.p, b.bytes.len);
	assert_int_not_equal(batch_part(&b, 2, 2, &part), ERR_OK);
	buf_clear(&part.bytes);
	buf_clear(&b.bytes);
}

static void
a_line_is_tried_with_less_and_then_with_more(void **state)
{
	struct batch_line l = { .most = 0 };
	unsigned steps = 0;

	(void)state;
	assert_int_equal(batch_line_most(&l), BATCH_MAX);
	batch_line_held(&l);
	assert_int_equal(batch_line_most(&l), BATCH_MAX);
	batch_line_failed(&l, BATCH_MAX);
	assert_int_equal(batch_line_most(&l), BATCH_MAX / 2);
	for (size_t n = BATCH_MAX / 2; n > 1; n = batch_line_most(&l))
		batch_line_failed(&l, n);
	batch_line_failed(&l, 1);
	assert_int_equal(batch_line_most(&l), 1);
	for (; batch_line_most(&l) < BATCH_MAX; steps++)
		batch_line_held(&l);
	assert_int_equal(steps, 10);
	assert_int_equal(batch_line_most(&l), BATCH_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_part_is_a_batch),
		cmocka_unit_test(a_line_is_tried_with_less_and_then_with_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
