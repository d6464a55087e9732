/* keyring: the next opening key is taken when it is the opener's, its time
 * has come and it is a later one; killed anywhere, there is one to seal to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/keyfile.h"
#include "desk/keyring.h"
#include "tests/killed.h"
#include "tests/queue/made.h"

#define NOW   1795271525000ull
#define FIRST 2 /* the number of the key that is there */

static struct made m;
static char keys[PATH_ROOM];
static uint8_t opener[SIGN_SECRET_LEN], stranger[SIGN_SECRET_LEN];
static struct desk_keys *k;
static struct queue *q;

static void
put_key(const char *name, const char *kind, const uint8_t *key, size_t len,
    uint32_t number)
{
	char path[PATH_ROOM];

	assert_int_equal(path_join(keys, name, path), ERR_OK);
	(void)unlink(path);
	assert_int_equal(keyfile_write(path, kind, key, len, number), ERR_OK);
}

static void
open_both(void)
{
	assert_int_equal(desk_keys_load(m.state, &k), ERR_OK);
	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
}

static void
close_both(void)
{
	queue_close(q);
	desk_keys_free(k);
	q = NULL;
	k = NULL;
}

static void
put_first(void)
{
	put_key("opening.pub", "opening-public", m.keys.opening_public,
	    BOX_PUBLIC_LEN, FIRST);
}

static int
setup(void **state)
{
	uint8_t public[SIGN_PUBLIC_LEN];

	(void)state;
	if (made_init(&m) != 0 || path_join(m.state, "keys", keys) != ERR_OK ||
	    folder_make(keys) != ERR_OK)
		return -1;
	sign_keypair(stranger, public);
	sign_keypair(opener, public);
	put_key("opener.pub", "outcome-public", public, sizeof(public), 1);
	put_key("sign.key", "sign-secret", m.sign_secret, SIGN_SECRET_LEN, 1);
	put_first();
	open_both();
	return 0;
}

static int
teardown(void **state)
{
	struct made folder = m;

	(void)state;
	close_both();
	(void)snprintf(folder.state, sizeof(folder.state), "%.63s",
	    keys);
	made_empty(&folder);
	(void)rmdir(keys);
	made_clear(&m);
	return 0;
}

/* An announcement of that number in the queue, signed by that key. */
static void
announced(uint32_t number, const uint8_t *by, uint64_t from_ms)
{
	struct opening o = { .number = number, .outcome_key = 1,
		.from_ms = from_ms };
	uint8_t said[OPENING_LEN];

	memset(o.public, (int)number, sizeof(o.public));
	assert_int_equal(opening_write(&o, by, said), ERR_OK);
	assert_int_equal(queue_keep_opening(q, number, said), ERR_OK);
}

static void
settle(uint64_t now_ms)
{
	assert_int_equal(desk_keys_settle(k, m.state, q, now_ms), ERR_OK);
}

/* What it seals to now, and after a start. */
static void
assert_sealing_to(uint32_t number)
{
	uint8_t want[BOX_PUBLIC_LEN];

	memset(want, (int)number, sizeof(want));
	if (number == FIRST)
		memcpy(want, m.keys.opening_public, sizeof(want));
	for (int i = 0; i < 2; i++) {
		assert_int_equal(k->envelope.opening_number, number);
		assert_memory_equal(k->envelope.opening_public, want,
		    sizeof(want));
		close_both();
		open_both();
	}
}

static void
the_next_key_is_taken(void **state)
{
	struct desk_settings set = { .epoch_envelopes = 1000,
		.epoch_days = 1000 };

	(void)state;
	settle(NOW);
	assert_sealing_to(FIRST);
	announced(FIRST + 1, opener, NOW);
	settle(NOW);
	assert_sealing_to(FIRST + 1);
	/* And by one that sits there, when nobody else does. */
	(void)snprintf(set.state, sizeof(set.state), "%s", m.state);
	announced(FIRST + 5, opener, NOW);
	desk_keys_renew(k, &set, q, NOW);
	assert_sealing_to(FIRST + 5);
}

static void
it_is_not_taken_before_its_time(void **state)
{
	(void)state;
	announced(FIRST + 1, opener, NOW);
	settle(NOW - 1);
	assert_sealing_to(FIRST);
	settle(NOW);
	assert_sealing_to(FIRST + 1);
}

static void
what_the_opener_did_not_sign_is_not_believed(void **state)
{
	struct opening o = { .number = FIRST + 1, .outcome_key = 1 };
	uint8_t said[OPENING_LEN], unused[SIGN_PUBLIC_LEN];

	(void)state;
	announced(FIRST + 1, stranger, NOW);
	settle(NOW);
	assert_sealing_to(FIRST);
	/* A true one under another number than its own. */
	assert_int_equal(opening_write(&o, opener, said), ERR_OK);
	assert_int_equal(queue_keep_opening(q, FIRST + 9, said), ERR_OK);
	said[OPENING_LEN - 1] ^= 1;
	settle(NOW);
	close_both();
	open_both();
	assert_int_equal(k->envelope.opening_number, FIRST + 1);
	/* An opener that cannot be known signs nothing. */
	announced(FIRST + 10, opener, NOW);
	sign_keypair(stranger, unused);
	put_key("opener.pub", "outcome-public", unused, sizeof(unused), 1);
	settle(NOW);
	assert_int_equal(k->envelope.opening_number, FIRST + 1);
	assert_memory_not_equal(k->refused, said, sizeof(said));
}

static void
nothing_takes_it_back(void **state)
{
	(void)state;
	announced(FIRST - 1, opener, NOW);
	settle(NOW);
	assert_sealing_to(FIRST);
	announced(FIRST + 1, opener, NOW);
	settle(NOW);
	/* The queue keeps the newest, whatever comes. */
	announced(FIRST, opener, NOW);
	settle(NOW);
	assert_sealing_to(FIRST + 1);
}

/* In a process of its own: what sync keeps, then what the desk takes. */
static void
take_traced(void)
{
	struct opening o = { .number = FIRST + 1, .outcome_key = 1,
		.from_ms = NOW };
	uint8_t said[OPENING_LEN];

	if (desk_keys_load(m.state, &k) != ERR_OK ||
	    queue_open(m.state, false, &q) != ERR_OK)
		_exit(1);
	memset(o.public, FIRST + 1, sizeof(o.public));
	killed_from_here();
	if (opening_write(&o, opener, said) != ERR_OK ||
	    queue_keep_opening(q, FIRST + 1, said) != ERR_OK ||
	    desk_keys_settle(k, m.state, q, NOW) != ERR_OK)
		_exit(2);
	_exit(k->envelope.opening_number == FIRST + 1 ? 0 : 3);
}

/* A start, and an announcement that comes again: the queue and the key file
 * as if nothing had been. */
static void
take_back(void)
{
	char path[PATH_ROOM];

	close_both();
	put_first();
	assert_int_equal(path_join(m.state, "queue.db", path), ERR_OK);
	made_empty(&m);
}

static void
killed_at_every_step(void **state)
{
	uint8_t said[OPENING_LEN];
	unsigned none = 0, kept = 0, taken = 0;
	uint32_t number;
	bool again = true;

	(void)state;
	for (int n = 1; again; n++) {
		take_back();
		again = killed_at(n, take_traced);
		open_both();
		number = k->envelope.opening_number;
		assert_true(number == FIRST || number == FIRST + 1);
		assert_sealing_to(number);
		if (number == FIRST + 1)
			taken++;
		else if (queue_opening(q, &number, said) == ERR_OK)
			kept++;
		else
			none++;
		settle(NOW);
		announced(FIRST + 1, opener, NOW);
		settle(NOW);
		assert_sealing_to(FIRST + 1);
	}
	assert_true(none > 4 && kept > 10 && taken > 1);
	print_message("killed %u times before it was kept, %u before it was "
	    "taken, %u behind\n", none, kept, taken);
}

int
main(void)
{
#define EACH(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		EACH(the_next_key_is_taken),
		EACH(it_is_not_taken_before_its_time),
		EACH(what_the_opener_did_not_sign_is_not_believed),
		EACH(nothing_takes_it_back),
		EACH(killed_at_every_step),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
