/* round: uploads first, gaps declared, failures counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/sync/made.h"

#include "base/log.h"
#include "sync/round.h"

static struct sync_made m;

static int
setup(void **state)
{
	(void)state;
	return sync_made_open(&m, 3);
}

static int
teardown(void **state)
{
	(void)state;
	sync_made_close(&m);
	return 0;
}

/* A centre that lost what came before number 3: it asks for 1, and takes
 * number 3 once 1 and 2 are declared gone. */
static enum err
play_amnesia(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	if (strncmp(path, "/v1/envelopes", 13) != 0)
		return ERR_SYNC_CONNECT;
	if (strcmp(path, "/v1/envelopes?missing=3") == 0)
		return say_each(mm, body, out, say_stored);
	return buf_put_text(&out->body, "{\"envelopes\":[{\"status\":\"gap\","
	    "\"code\":706,\"next\":1}]}");
}

static void
what_is_gone_is_declared(void **state)
{
	uint64_t retry;

	(void)state;
	assert_int_equal(queue_hold(m.queue, &m.rid[0]), ERR_OK);
	assert_int_equal(queue_hold(m.queue, &m.rid[1]), ERR_OK);
	m.play = play_amnesia;
	assert_int_equal(round_run(&m.courier, 1795271900000, &retry),
	    ERR_OK);
	assert_int_equal(made_count(&m, QUEUE_SENT), 1);
	assert_int_equal(made_count(&m, QUEUE_HELD), 2);
}

/* A centre put back to before number 1: it gets again what it had. */
static unsigned held; /* how many it has */

static enum err
say_in_order(struct sync_made *mm, unsigned i, const struct envelope *e,
    const struct cursor *bytes, struct buf *out)
{
	if (e->sequence <= held + 1) {
		held = e->sequence > held ? (unsigned)e->sequence : held;
		return say_stored(mm, i, e, bytes, out);
	}
	return buf_putf(out, "{\"status\":\"gap\",\"code\":706,\"next\":%u}",
	    held + 1);
}

static enum err
play_in_order(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	if (strncmp(path, "/v1/envelopes", 13) != 0)
		return ERR_SYNC_CONNECT;
	return say_each(mm, body, out, say_in_order);
}

static void
a_centre_put_back_becomes_whole(void **state)
{
	uint64_t retry;
	struct rid rid;

	(void)state;
	m.play = play_in_order;
	m.courier.until = LEVEL_REPLICATED; /* so the bytes stay here */
	held = 0;
	assert_int_equal(round_run(&m.courier, 1795271900000, &retry),
	    ERR_OK);
	assert_int_equal(held, 3);
	held = 0;
	assert_int_equal(made_put(&m.q, m.queue, &rid, &m.sequence), ERR_OK);
	assert_int_equal(round_run(&m.courier, 1795271900000, &retry),
	    ERR_OK);
	assert_int_equal(held, 4);
	assert_int_equal(made_count(&m, QUEUE_SENT), 4);
}

static void
a_centre_that_goes_on_asking_is_left_alone(void **state)
{
	uint64_t retry;

	(void)state;
	m.play = play_gap;
	assert_int_equal(round_run(&m.courier, 1795271900000, &retry),
	    ERR_GAP);
	assert_int_equal(m.asked, 2);
	assert_int_equal(made_count(&m, QUEUE_READY), 3);
}

/* The first question of a round is the upload, whatever comes after. */
static enum err
play_upload_only(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	if (strcmp(path, "/v1/envelopes") == 0)
		return say_each(mm, body, out, say_stored);
	assert_int_equal(made_count(mm, QUEUE_READY), 0);
	return ERR_SYNC_CONNECT;
}

static void
no_upload_waits_for_a_download(void **state)
{
	uint64_t retry;

	(void)state;
	m.play = play_upload_only;
	assert_int_equal(round_run(&m.courier, 1795271900000, &retry),
	    ERR_OK);
	assert_int_equal(made_count(&m, QUEUE_SENT), 3);
}

static void
what_must_wait_is_said(void **state)
{
	uint64_t retry;

	(void)state;
	assert_int_equal(queue_defer(m.queue, &m.rid[0], 601,
	    1795271999000), ERR_OK);
	m.play = play_nobody;
	assert_int_equal(round_run(&m.courier, 1795271900000, &retry),
	    ERR_SYNC_UNDELIVERED);
}

static void
failures_are_counted_past_a_restart(void **state)
{
	uint64_t n, wait;

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(round_plan(m.queue, ERR_SYNC_BUSY, 90000,
		    60000, 1000), ERR_OK);
	queue_close(m.queue);
	m.queue = NULL;
	assert_int_equal(queue_open(m.q.state, false, &m.queue), ERR_OK);
	assert_int_equal(queue_get_state(m.queue, "sync-failures", &n),
	    ERR_OK);
	assert_true(n == 3);
	assert_int_equal(round_due(m.queue, 2000, &wait), ERR_OK);
	assert_in_range(wait, 89000, 89000 + 45000);
	assert_int_equal(round_plan(m.queue, ERR_OK, 0, 60000, 1000), ERR_OK);
	assert_int_equal(queue_get_state(m.queue, "sync-failures", &n),
	    ERR_OK);
	assert_true(n == 0);
	assert_int_equal(round_due(m.queue, 1000, &wait), ERR_OK);
	assert_in_range(wait, 54000, 66000);
}

/* The line comes and goes: each success begins the doubling anew, and still
 * it is not tried for ever. */
static enum err
play_flapping(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	static unsigned n;

	if (strcmp(path, "/v1/envelopes") != 0 || n++ % 2 == 0)
		return ERR_SYNC_CONNECT;
	return say_each(mm, body, out, say_stored);
}

static void
an_empty_bucket_asks_for_minutes(void **state)
{
	uint64_t retry = 0, spent;
	struct rid rid;
	unsigned rounds = 0;

	(void)state;
	m.courier.retries = 4;
	m.courier.lease_low = 0;
	m.play = play_flapping;
	while (retry == 0 && rounds < 100) {
		assert_int_equal(made_put(&m.q, m.queue, &rid, &m.sequence),
		    ERR_OK);
		(void)round_run(&m.courier, 1795271900000, &retry);
		rounds++;
	}
	assert_true(rounds < 20);
	assert_true(retry >= 150000);
	assert_int_equal(queue_get_state(m.queue, "sync-spent", &spent),
	    ERR_OK);
	assert_true(spent == 40);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_gone_is_declared),
		TEST(a_centre_put_back_becomes_whole),
		TEST(a_centre_that_goes_on_asking_is_left_alone),
		TEST(no_upload_waits_for_a_download),
		TEST(what_must_wait_is_said),
		TEST(failures_are_counted_past_a_restart),
		TEST(an_empty_bucket_asks_for_minutes),
	};

	log_open("round", true);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
