/* opening: keys that follow each other, killed anywhere; none goes while it
 * is needed, and one that went is gone. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

#include "base/keyfile.h"
#include "centre/opening.h"
#include "tests/centre/served.h"
#include "tests/temp.h"

#define FIRST 2 /* the number of the key that made.h seals to */

static struct openings all;

static void
path_of(const char *name, char path[PATH_ROOM])
{
	assert_int_equal(keyturn_path(temp_dir, name, path), ERR_OK);
}

static bool
there(const char *name)
{
	char path[PATH_ROOM];

	path_of(name, path);
	return keyturn_is_there(path);
}

static int
start(void **state)
{
	char path[PATH_ROOM];

	if (setup(state) != 0 || folder_make(temp_path("keys", path)) != ERR_OK)
		return -1;
	path_of("opening.key", path);
	return keyfile_write(path, opening_turn.kind,
	    m.opener.opening.secret, BOX_SECRET_LEN, FIRST) == ERR_OK ? 0 : -1;
}

static int
end(void **state)
{
	static const char *const names[] = { "opening.key",
		"opening-before.key", "opening-next.key", NULL };
	char path[PATH_ROOM];

	for (int i = 0; names[i] != NULL; i++) {
		path_of(names[i], path);
		(void)unlink(path);
	}
	return teardown(state);
}

static void
look(size_t n)
{
	assert_int_equal(opening_look(m.store, &m.opener, &all), ERR_OK);
	assert_int_equal(all.n, n);
}

static uint64_t keep_ms; /* of a retired key */

static enum err
rotate_at(struct store *s, uint64_t now_ms, uint32_t *number)
{
	const struct opening_terms by = { .folder = temp_dir,
		.now_ms = now_ms, .keep_ms = keep_ms };

	return opening_rotate(s, &m.opener, &by, number);
}

static enum err
retire_at(struct store *s, uint64_t now_ms, bool force,
    struct opening_state *o)
{
	const struct opening_terms by = { .folder = temp_dir,
		.now_ms = now_ms, .keep_ms = keep_ms, .force = force };

	return opening_retire(s, &m.opener, &by, o);
}

static uint32_t
rotate(void)
{
	uint32_t number = 0;

	assert_int_equal(rotate_at(m.store, MADE_NOW, &number), ERR_OK);
	assert_int_equal(m.opener.opening.number, number);
	return number;
}

static struct opening_state
retire(bool force, enum err want)
{
	struct opening_state o;

	assert_int_equal(retire_at(m.store, MADE_NOW + 1, force, &o), want);
	return o;
}

/* From now on its envelopes are sealed to the key that was announced last. */
static void
terminal_takes_it(void)
{
	const struct opening_ask ask = { .sealing = m.opening,
		.told = { .at_ms = SWITCH_UNSAID } };
	struct opening o;
	struct buf answer;
	struct terminal t;
	char text[BASE64_ROOM(OPENING_LEN)];
	uint8_t said[OPENING_LEN];
	json_t *doc;
	size_t n;

	buf_init(&answer);
	assert_int_equal(m.store->ops->terminal_find(m.store, MADE_TERMINAL,
	    &t), ERR_OK);
	assert_int_equal(gateway_opening(&m.g, &t, &ask, MADE_NOW,
	    &answer), ERR_OK);
	assert_int_equal(json_read(answer.p, answer.len, &doc), ERR_OK);
	assert_int_equal(json_get_text(doc, "opening", text, sizeof(text) - 1),
	    ERR_OK);
	assert_int_equal(base64_read(text, said, sizeof(said), &n), ERR_OK);
	assert_int_equal(opening_read(said, n, m.outcome_public, &o), ERR_OK);
	m.opening = o.number;
	memcpy(m.opening_public, o.public, sizeof(o.public));
	json_decref(doc);
	buf_clear(&answer);
}

/* And it says so, and up to which sequence it has receipts. */
static void
terminal_says_of(uint32_t sealing, uint64_t sent)
{
	const struct opening_ask ask = { .sealing = sealing, .sent = sent,
		.told = { .at_ms = SWITCH_UNSAID } };
	struct buf answer;
	struct terminal t;

	buf_init(&answer);
	assert_int_equal(m.store->ops->terminal_find(m.store, MADE_TERMINAL,
	    &t), ERR_OK);
	assert_int_equal(gateway_opening(&m.g, &t, &ask, MADE_NOW, &answer),
	    ERR_OK);
	assert_int_equal(buf_terminate(&answer), ERR_OK);
	if (sealing == m.opener.opening.number)
		assert_string_equal((const char *)answer.p, "{}");
	buf_clear(&answer);
}

static void
terminal_says(uint32_t sealing)
{
	terminal_says_of(sealing, 0);
}

static void
the_key_that_was_always_there_is_announced(void **state)
{
	(void)state;
	look(0);
	assert_int_equal(opening_announce(m.store, &m.opener, false, 7),
	    ERR_OK);
	assert_int_equal(opening_announce(m.store, &m.opener, false, 8),
	    ERR_OK);
	look(1);
	assert_true(all.key[0].number == FIRST && all.key[0].here &&
	    all.key[0].since_ms == 7 && all.key[0].retired_ms == 0 &&
	    all.key[0].terminals == 1 && all.key[0].waiting == 0);
}

/* Another file in the place of the key: nobody is told to seal to it. */
static void
a_key_laid_there_by_mistake_is_not(void **state)
{
	uint32_t number = 0;

	(void)state;
	arrive();
	m.opener.opening.number = FIRST + 7;
	assert_int_equal(opening_announce(m.store, &m.opener, false, 7),
	    ERR_OK);
	look(0);
	m.opener.opening.number = FIRST;
	assert_int_equal(opening_announce(m.store, &m.opener, false, 7),
	    ERR_OK);
	look(1);
	m.opener.opening.number = FIRST + 7;
	assert_int_equal(opening_announce(m.store, &m.opener, false, 7),
	    ERR_OK);
	look(1);
	/* But whoever asks for it gets it. */
	assert_int_equal(rotate_at(m.store, 8, &number), ERR_OK);
	assert_int_equal(number, FIRST + 7);
	look(2);
}

static void
two_are_in_force(void **state)
{
	uint32_t number;

	(void)state;
	arrive();
	assert_int_equal(rotate(), FIRST + 1);
	look(2);
	assert_true(all.key[0].here && all.key[1].here &&
	    all.key[0].terminals == 1 && all.key[0].waiting == 1 &&
	    all.key[1].terminals == 0 && all.key[1].waiting == 0);
	identifier_text(lent[1], false, rec->account.identifier);
	arrive();
	terminal_takes_it();
	assert_int_equal(m.opening, FIRST + 1);
	identifier_text(lent[2], false, rec->account.identifier);
	arrive();
	run(3, 0);
	assert_int_equal(rotate_at(m.store, MADE_NOW, &number),
	    ERR_OPENING_TWO);
	assert_int_equal(m.opener.opening.number, FIRST + 1);
}

/* Retired, and kept for a centre that comes back from before. */
static void
a_retired_key_is_kept_for_its_time(void **state)
{
	struct opening_state o;
	uint32_t number;

	(void)state;
	keep_ms = 1000;
	assert_int_equal(opening_announce(m.store, &m.opener, false, 7),
	    ERR_OK);
	(void)rotate();
	terminal_takes_it();
	terminal_says(FIRST + 1);
	assert_int_equal(retire_at(m.store, MADE_NOW, false, &o), ERR_OK);
	assert_int_equal(o.number, FIRST);
	look(2);
	assert_true(all.key[0].retired_ms == MADE_NOW && all.key[0].here);
	assert_non_null(opener_keys_opening(&m.opener, FIRST));
	assert_true(there("opening-before.key"));
	/* Not yet, whoever asks, and with a clock that was put back. */
	assert_int_equal(retire_at(m.store, MADE_NOW + 999, false, &o),
	    ERR_OPENING_KEPT);
	assert_int_equal(retire_at(m.store, 1, false, &o), ERR_OPENING_KEPT);
	assert_int_equal(rotate_at(m.store, MADE_NOW + 999, &number),
	    ERR_OPENING_KEPT);
	assert_true(there("opening-before.key"));
	assert_int_equal(retire_at(m.store, MADE_NOW + 1000, false, &o),
	    ERR_OK);
	assert_int_equal(o.number, FIRST);
	look(2);
	assert_false(all.key[0].here);
	assert_false(there("opening-before.key"));
	assert_int_equal(retire_at(m.store, MADE_NOW + 1000, false, &o),
	    ERR_OPENING_NEEDED);
	/* The next rotation destroys it too; and force does not wait. */
	(void)rotate();
	terminal_takes_it();
	terminal_says(FIRST + 2);
	assert_int_equal(retire_at(m.store, MADE_NOW, false, &o), ERR_OK);
	assert_int_equal(rotate_at(m.store, MADE_NOW + 1000, &number),
	    ERR_OK);
	assert_int_equal(number, FIRST + 3);
	assert_null(opener_keys_opening(&m.opener, FIRST + 1));
	terminal_takes_it();
	terminal_says(FIRST + 3);
	assert_int_equal(retire_at(m.store, MADE_NOW, false, &o), ERR_OK);
	assert_true(there("opening-before.key"));
	assert_int_equal(retire_at(m.store, MADE_NOW, true, &o), ERR_OK);
	assert_int_equal(o.number, FIRST + 2);
	assert_false(there("opening-before.key"));
	keep_ms = 0;
}

static void
a_key_stays_while_it_is_needed(void **state)
{
	struct opening_state o;

	(void)state;
	(void)retire(false, ERR_OPENING_NEEDED); /* there is none */
	assert_int_equal(opening_announce(m.store, &m.opener, false, 7),
	    ERR_OK);
	(void)retire(true, ERR_OPENING_NEEDED); /* there is one */
	arrive();
	(void)rotate();
	o = retire(false, ERR_OPENING_NEEDED);
	assert_true(o.number == FIRST && o.terminals == 1 && o.waiting == 1);
	terminal_takes_it();
	terminal_says(FIRST + 1);
	/* What waits can be opened: nobody may lose it. */
	o = retire(true, ERR_OPENING_NEEDED);
	assert_true(o.terminals == 0 && o.waiting == 1);
	run(1, 0);
	terminal_says(FIRST); /* something of it is held back */
	o = retire(false, ERR_OPENING_NEEDED);
	assert_true(o.terminals == 1 && o.waiting == 0);
	terminal_says(FIRST + 1);
	(void)retire(false, ERR_OK);
	look(2);
	assert_true(all.key[0].retired_ms == MADE_NOW + 1 &&
	    !all.key[0].here && all.key[1].terminals == 1);
	assert_false(there("opening-before.key"));
}

/* A ledger of before what it has receipts for, or a terminal that does not say
 * what it has: what comes again may need the key. */
static void
a_ledger_that_lost_something_keeps_its_key(void **state)
{
	struct opening_state o;

	(void)state;
	arrive();
	run(1, 0);
	(void)rotate();
	terminal_takes_it();
	terminal_says_of(FIRST + 1, m.sequence + 1);
	o = retire(false, ERR_OPENING_NEEDED);
	assert_int_equal(o.terminals, 1);
	terminal_says_of(FIRST + 1, SENT_UNSAID);
	(void)retire(false, ERR_OPENING_NEEDED);
	/* It came again. */
	terminal_says_of(FIRST + 1, m.sequence);
	look(2);
	assert_int_equal(all.key[1].terminals, 1);
	/* What it needs more is believed without that. */
	terminal_says_of(FIRST, m.sequence + 1);
	(void)retire(false, ERR_OPENING_NEEDED);
	terminal_says_of(FIRST + 1, m.sequence);
	(void)retire(false, ERR_OK);
}

/* Whoever revokes it needs no force. */
static void
a_revoked_terminal_keeps_no_key(void **state)
{
	(void)state;
	(void)rotate();
	assert_int_equal(m.store->ops->terminal_state(m.store, MADE_TERMINAL,
	    TERMINAL_REVOKED), ERR_OK);
	(void)retire(false, ERR_OK);
}

static void
a_retired_key_is_refused_and_an_unknown_one_waits(void **state)
{
	struct buf body;
	json_t *doc, *list;
	int code;

	(void)state;
	(void)rotate();
	(void)retire(true, ERR_OK);
	assert_int_equal(made_envelope(&m, rec, true, &env), ERR_OK);
	assert_string_equal(made_status(&m, &env, 0, &code), "refused");
	assert_int_equal(code, 523);
	run(0, 0);
	/* The terminal goes on without it. */
	terminal_takes_it();
	buf_reset(&env);
	assert_int_equal(made_envelope(&m, rec, true, &env), ERR_OK);
	assert_string_equal(made_status(&m, &env, 0, &code), "gap");
	assert_string_equal(made_status(&m, &env, m.sequence, &code),
	    "stored");
	run(1, 0);
	m.opening = 9;
	buf_reset(&env);
	buf_init(&body);
	assert_int_equal(made_envelope(&m, rec, true, &env), ERR_OK);
	assert_int_equal(made_add(&body, &env), ERR_OK);
	assert_int_equal(made_send(&m, &body, 0, &doc, &list),
	    ERR_OPENING_KEY);
	buf_clear(&body);
	run(0, 0);
}

static bool
folder_has(const char *text)
{
	static const char *const names[] = { "opening.key",
		"opening-before.key", "opening-next.key", NULL };
	char path[PATH_ROOM];
	struct buf b;
	bool found = false;

	for (int i = 0; names[i] != NULL; i++) {
		buf_init(&b);
		path_of(names[i], path);
		if (file_read(path, 4096, &b) == ERR_OK &&
		    buf_terminate(&b) == ERR_OK &&
		    strstr((const char *)b.p, text) != NULL)
			found = true;
		buf_clear(&b);
	}
	return found;
}

/* A refused record's original stays sealed in the ledger, and closed. */
static void
a_destroyed_key_opens_nothing(void **state)
{
	char text[BASE64_ROOM(BOX_SECRET_LEN)];
	uint8_t gone[BOX_SECRET_LEN];
	struct envelope e;
	struct buf opened;

	(void)state;
	memcpy(gone, m.opener.opening.secret, sizeof(gone));
	base64_of(gone, sizeof(gone), text);
	rec->consent.given = false;
	arrive();
	run(1, 0);
	assert_int_equal(entry_of().outcome, OUTCOME_REFUSED);
	assert_int_equal(envelope_read(env.p, env.len, &e), ERR_OK);
	assert_int_equal(buf_init_secret(&opened, ENVELOPE_MAX), ERR_OK);
	assert_int_equal(envelope_open(&e, gone, &opened), ERR_OK);
	(void)rotate();
	assert_true(folder_has(text));
	assert_non_null(opener_keys_opening(&m.opener, FIRST));
	(void)retire(true, ERR_OK);
	assert_false(folder_has(text));
	assert_null(opener_keys_opening(&m.opener, FIRST));
	assert_true(secret_is_zero(m.opener.opening_before.secret,
	    BOX_SECRET_LEN));
	assert_int_equal(envelope_open(&e, m.opener.opening.secret, &opened),
	    ERR_ENV_OPEN);
	buf_clear(&opened);
}

static void
every_step_is_taken_up_again(void **state)
{
	char now[PATH_ROOM], before[PATH_ROOM], next[PATH_ROOM];
	static const char zeros[100];

	(void)state;
	path_of("opening.key", now);
	path_of("opening-before.key", before);
	/* Half of the next key; then two names of the one in force. */
	(void)temp_file("keys/opening-next.key", 0600, "guichet-", 8, next);
	assert_int_equal(link(now, before), 0);
	assert_int_equal(opener_keys_openings(&m.opener, temp_dir), ERR_OK);
	assert_int_equal(m.opener.opening_before.number, 0);
	assert_int_equal(rotate(), FIRST + 1);
	assert_int_equal(m.opener.opening_before.number, FIRST);
	/* Retired in the ledger, and there. */
	assert_int_equal(m.store->ops->opening_end(m.store, FIRST, 5), ERR_OK);
	assert_true(there("opening-before.key"));
	assert_int_equal(retire(true, ERR_OK).number, FIRST);
	assert_false(there("opening-before.key"));
	(void)retire(true, ERR_OPENING_NEEDED);
	/* Made and in its place, not announced. */
	assert_int_equal(keyturn_bring(&opening_turn, temp_dir, FIRST + 2),
	    ERR_OK);
	assert_int_equal(opener_keys_openings(&m.opener, temp_dir), ERR_OK);
	look(2);
	assert_int_equal(opening_announce(m.store, &m.opener, false, 9),
	    ERR_OK);
	look(3);
	/* Half destroyed, and another one is wanted. */
	assert_int_equal(m.store->ops->opening_end(m.store, FIRST + 1, 5),
	    ERR_OK);
	(void)temp_file("keys/opening-before.key", 0600, zeros, sizeof(zeros),
	    before);
	assert_int_equal(opener_keys_openings(&m.opener, temp_dir), ERR_OK);
	assert_int_equal(rotate(), FIRST + 3);
	assert_int_equal(m.opener.opening_before.number, FIRST + 2);
}

/* A ledger of before the rotation, and the keys of now. */
static void
a_restored_ledger_hears_of_the_keys(void **state)
{
	struct store *now = m.store, *old;
	uint32_t number;

	(void)state;
	assert_int_equal(store_sqlite_open(":memory:", true, &old), ERR_OK);
	assert_int_equal(opening_announce(old, &m.opener, false, 7), ERR_OK);
	(void)rotate();
	m.store = old;
	look(1);
	assert_int_equal(opening_announce(old, &m.opener, false, 8), ERR_OK);
	look(2);
	assert_true(all.key[1].number == FIRST + 1 && all.key[1].here);
	m.store = now;
	store_close(old);
	/* And one from before two of them: by hand, for nothing here says that
	 * this key came by a rotation. */
	assert_int_equal(store_sqlite_open(":memory:", true, &old), ERR_OK);
	assert_int_equal(opening_announce(old, &m.opener, false, 7), ERR_OK);
	(void)retire(true, ERR_OK);
	(void)rotate();
	(void)retire(true, ERR_OK);
	m.store = old;
	assert_int_equal(opening_announce(old, &m.opener, false, 8), ERR_OK);
	look(2);
	assert_false(all.key[1].here);
	(void)retire(true, ERR_OPENING_KEY);
	assert_int_equal(rotate_at(old, 9, &number), ERR_OK);
	assert_int_equal(number, FIRST + 2);
	look(3);
	assert_true(all.key[2].here);
	/* What the lost keys would open is lost, and can be let go. */
	(void)retire(true, ERR_OK);
	(void)retire(true, ERR_OK);
	look(3);
	assert_true(all.key[0].retired_ms != 0 && all.key[1].retired_ms != 0);
	m.store = now;
	store_close(old);
}

/* It came while its key was there, and lost that: the terminal is told. */
static void
an_entry_whose_key_is_lost_is_refused_at_last(void **state)
{
	char path[PATH_ROOM];

	(void)state;
	arrive();
	(void)rotate();
	path_of("opening-before.key", path);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(opener_keys_openings(&m.opener, temp_dir), ERR_OK);
	run(0, 1);
	look(2);
	assert_true(!all.key[0].here && all.key[0].waiting == 1);
	(void)retire(false, ERR_OPENING_NEEDED);
	run(0, 1);
	(void)retire(true, ERR_OK);
	run(1, 0);
	assert_outcome(OUTCOME_REFUSED, ERR_OPENING_RETIRED);
	assert_int_equal(dossiers(), 0);
}

/* The list ends with the newest: who turns keys for ever never fills it. */
static void
no_number_of_turns_is_too_many(void **state)
{
	struct opening_state o;

	(void)state;
	for (uint32_t i = 1; i < OPENINGS_MAX + 5; i++) {
		assert_int_equal(rotate(), FIRST + i);
		assert_int_equal(retire_at(m.store, MADE_NOW, true, &o),
		    ERR_OK);
	}
	assert_int_equal(opening_announce(m.store, &m.opener, false,
	    MADE_NOW), ERR_OK);
	look(OPENINGS_MAX);
	assert_int_equal(all.key[0].number, FIRST + 5);
	assert_int_equal(all.key[OPENINGS_MAX - 1].number,
	    FIRST + OPENINGS_MAX + 4);
	assert_true(all.key[OPENINGS_MAX - 1].here);
	terminal_takes_it();
	arrive();
	run(1, 0);
}

/* One life: keys come and go until it ends. */
static void
live(struct store *s)
{
	struct opening_state o;
	uint32_t number;
	enum err r;

	for (;;) {
		r = rotate_at(s, MADE_NOW, &number);
		if (r != ERR_OK && r != ERR_OPENING_TWO)
			_exit(1);
		if (retire_at(s, MADE_NOW, true, &o) != ERR_OK)
			_exit(2);
	}
}

static void
killed_anywhere_the_newest_key_is_here(void **state)
{
	struct opening_span span;
	struct store *s;
	int status;
	pid_t pid;

	(void)state;
	for (int i = 0; i < 20; i++) {
		const struct timespec wait = { .tv_nsec =
		    (long)(secret_below(30000) + 500) * 1000 };

		assert_true((pid = fork()) != -1);
		if (pid == 0) {
			if (store_sqlite_open(temp_dir, true, &s) != ERR_OK)
				_exit(3);
			live(s);
		}
		(void)nanosleep(&wait, NULL);
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_true(waitpid(pid, &status, 0) == pid);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(store_sqlite_open(temp_dir, true, &s),
		    ERR_OK);
		assert_int_equal(opener_keys_openings(&m.opener, temp_dir),
		    ERR_OK);
		assert_int_equal(opening_announce(s, &m.opener, false,
		    MADE_NOW), ERR_OK);
		assert_int_equal(s->ops->opening_span(s, &span), ERR_OK);
		for (uint32_t n = span.oldest; n <= span.newest; n++)
			assert_non_null(opener_keys_opening(&m.opener, n));
		assert_true(span.newest - span.oldest < 2);
		store_close(s);
	}
	assert_true(span.newest > FIRST);
}

int
main(void)
{
#define EACH(f) cmocka_unit_test_setup_teardown(f, start, end)
	const struct CMUnitTest tests[] = {
		EACH(the_key_that_was_always_there_is_announced),
		EACH(a_key_laid_there_by_mistake_is_not),
		EACH(two_are_in_force),
		EACH(a_retired_key_is_kept_for_its_time),
		EACH(a_key_stays_while_it_is_needed),
		EACH(a_ledger_that_lost_something_keeps_its_key),
		EACH(a_revoked_terminal_keeps_no_key),
		EACH(a_retired_key_is_refused_and_an_unknown_one_waits),
		EACH(a_destroyed_key_opens_nothing),
		EACH(every_step_is_taken_up_again),
		EACH(a_restored_ledger_hears_of_the_keys),
		EACH(an_entry_whose_key_is_lost_is_refused_at_last),
		EACH(no_number_of_turns_is_too_many),
		EACH(killed_anywhere_the_newest_key_is_here),
	};

	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
