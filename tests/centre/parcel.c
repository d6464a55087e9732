/* parcel: each opens alone, for one holder, and as it was sealed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "centre/parcel.h"

#define N    3
#define ROOM 256

static const char *const said[N] = { "06 00 00 00 00", "", "essai@x.example" };

static struct parcel *there, *here;
static uint8_t secret[BOX_SECRET_LEN], public[BOX_PUBLIC_LEN];
static struct buf sealed[N], out;

static int
begin(void **state)
{
	(void)state;
	box_keypair(secret, public);
	for (size_t i = 0; i < N; i++)
		buf_init(&sealed[i]);
	return buf_init_secret(&out, ROOM) == ERR_OK &&
	    parcel_new(&there) == ERR_OK && parcel_new(&here) == ERR_OK ? 0 :
	    -1;
}

static int
end(void **state)
{
	(void)state;
	for (size_t i = 0; i < N; i++)
		buf_clear(&sealed[i]);
	buf_clear(&out);
	parcel_free(there);
	parcel_free(here);
	return 0;
}

static void
seal(size_t i)
{
	buf_reset(&sealed[i]);
	assert_int_equal(parcel_seal(there, public, said[i],
	    strlen(said[i]), &sealed[i]), ERR_OK);
	assert_int_equal(sealed[i].len, strlen(said[i]) + PARCEL_OVERHEAD);
}

static enum err
open_it(size_t i, const uint8_t *key)
{
	buf_reset(&out);
	return parcel_open(here, key, sealed[i].p, sealed[i].len, &out);
}

static void
says(size_t i)
{
	assert_int_equal(open_it(i, secret), ERR_OK);
	assert_int_equal(out.len, strlen(said[i]));
	assert_memory_equal(out.p, said[i], out.len);
}

static void
each_opens_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < N; i++)
		seal(i);
	for (size_t i = N; i-- > 0;) {
		parcel_end(here);
		says(i);
	}
	for (size_t i = 0; i < N; i++)
		says(i);
}

static void
the_box_is_of_one_key(void **state)
{
	(void)state;
	seal(0);
	seal(1);
	assert_memory_equal(sealed[0].p, sealed[1].p, PARCEL_HEAD);
	parcel_end(there);
	seal(2);
	assert_memory_equal(sealed[1].p, sealed[2].p, 8);
	assert_memory_not_equal(sealed[1].p, sealed[2].p, PARCEL_HEAD);
	says(0);
	says(2);
	says(1);
	parcel_end(NULL);
}

static void
only_its_holder_opens_it(void **state)
{
	uint8_t other[BOX_SECRET_LEN], other_public[BOX_PUBLIC_LEN];

	(void)state;
	box_keypair(other, other_public);
	seal(0);
	assert_int_equal(open_it(0, other), ERR_ENV_OPEN);
	says(0);
}

/* With the key at hand or without it. */
static void
what_was_altered_does_not_open(void **state)
{
	(void)state;
	seal(0);
	seal(2);
	for (size_t i = 0; i < sealed[0].len; i++) {
		sealed[0].p[i] ^= 1;
		assert_int_equal(open_it(0, secret), ERR_ENV_OPEN);
		says(2);
		assert_int_equal(open_it(0, secret), ERR_ENV_OPEN);
		assert_int_equal(out.len, 0);
		sealed[0].p[i] ^= 1;
	}
	for (size_t n = 0; n < sealed[0].len; n++) {
		buf_reset(&out);
		assert_int_equal(parcel_open(here, secret, sealed[0].p, n,
		    &out), ERR_ENV_OPEN);
	}
	says(0);
}

/* The outbox of a centre that ran before there were parcels. */
static void
a_box_alone_opens_too(void **state)
{
	(void)state;
	seal(2);
	assert_int_equal(box_seal(said[0], strlen(said[0]), public,
	    &sealed[0]), ERR_OK);
	says(0);
	says(2);
	says(0);
}

static void
what_has_no_room_leaves_nothing(void **state)
{
	uint8_t nobody[BOX_PUBLIC_LEN] = { 0 };
	static uint8_t much[ROOM + 1];

	(void)state;
	assert_int_equal(parcel_seal(there, nobody, "a", 1, &sealed[0]),
	    ERR_KEY_FORM);
	assert_int_equal(sealed[0].len, 0);
	assert_int_equal(parcel_seal(there, public, much, BUF_MAX,
	    &sealed[0]), ERR_TOO_LONG);
	assert_int_equal(sealed[0].len, 0);
	assert_int_equal(parcel_seal(there, public, much, sizeof(much),
	    &sealed[0]), ERR_OK);
	assert_int_equal(open_it(0, secret), ERR_TOO_LONG);
	seal(2);
	says(2);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_opens_alone),
		TEST(the_box_is_of_one_key),
		TEST(only_its_holder_opens_it),
		TEST(what_was_altered_does_not_open),
		TEST(a_box_alone_opens_too),
		TEST(what_has_no_room_leaves_nothing),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
