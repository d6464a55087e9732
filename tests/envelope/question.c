/* question: sealed, signed, of one length; and nothing else is one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "tests/envelope/asked.h"

static struct asker asker;

static int
setup(void **state)
{
	(void)state;
	asker_make(&asker);
	return 0;
}

static void
it_comes_back(void **state)
{
	struct question q, back;
	struct buf b;

	(void)state;
	for (int kind = QUESTION_DOSSIER; kind <= QUESTION_SENT; kind++) {
		buf_init(&b);
		make_question(&q, (enum question_kind)kind, &asker);
		assert_int_equal(question_write(&q, &asker.keys, &b), ERR_OK);
		assert_int_equal(b.len, QUESTION_LEN);
		assert_int_equal(question_look(b.p, b.len, &back), ERR_OK);
		assert_int_equal(back.terminal, q.terminal);
		assert_int_equal(back.sign_key, asker.keys.sign_number);
		assert_int_equal(back.opening_key, asker.keys.opening_number);
		assert_int_equal(question_open(b.p, b.len, asker.sign_public,
		    asker.opening, &back), ERR_OK);
		q.sign_key = back.sign_key;
		q.opening_key = back.opening_key;
		assert_memory_equal(&back, &q, sizeof(q));
		buf_clear(&b);
	}
}

/* Whatever is said, however long the names: nobody learns it from outside. */
static void
its_length_says_nothing(void **state)
{
	struct question q;
	struct buf b;

	(void)state;
	buf_init(&b);
	make_question(&q, QUESTION_CHECK, &asker);
	memset(q.family, 'A', sizeof(q.family) - 1);
	memset(q.given, '"', sizeof(q.given) - 1); /* each one is escaped */
	memset(q.to, 'x', sizeof(q.to) - 1);
	memset(q.site_name, '"', sizeof(q.site_name) - 1);
	assert_int_equal(question_write(&q, &asker.keys, &b), ERR_OK);
	assert_int_equal(b.len, QUESTION_LEN);
	for (size_t i = 0; i + 8 < b.len; i++)
		assert_memory_not_equal(b.p + i, "AAAAAAAA", 8);
	buf_clear(&b);
}

static void
each_byte_is_signed(void **state)
{
	struct question q;
	struct buf b;

	(void)state;
	buf_init(&b);
	make_question(&q, QUESTION_DOSSIER, &asker);
	assert_int_equal(question_write(&q, &asker.keys, &b), ERR_OK);
	for (size_t i = 0; i < b.len; i += i < 64 ? 1 : 37) {
		b.p[i] ^= 1;
		assert_int_equal(question_open(b.p, b.len, asker.sign_public,
		    asker.opening, &q), ERR_ENV_SIGNATURE);
		assert_true(secret_is_zero(&q, sizeof(q)));
		b.p[i] ^= 1;
	}
	assert_int_equal(question_open(b.p, b.len - 1, asker.sign_public,
	    asker.opening, &q), ERR_ENV_FORM);
	assert_int_equal(question_look(b.p, b.len - 1, &q), ERR_ENV_FORM);
	b.p[0] ^= 1;
	assert_int_equal(question_look(b.p, b.len, &q), ERR_ENV_FORM);
	buf_clear(&b);
}

static void
another_key_does_not_open_it(void **state)
{
	uint8_t other[BOX_SECRET_LEN], public[BOX_PUBLIC_LEN];
	struct question q;
	struct buf b;

	(void)state;
	box_keypair(other, public);
	buf_init(&b);
	make_question(&q, QUESTION_DOSSIER, &asker);
	assert_int_equal(question_write(&q, &asker.keys, &b), ERR_OK);
	assert_int_equal(question_open(b.p, b.len, asker.sign_public, other,
	    &q), ERR_ENV_OPEN);
	buf_clear(&b);
}

/* Each kind has what it asks about and no more, in both directions. */
static void
what_cannot_be_meant_is_refused(void **state)
{
	struct question q;
	struct buf b;

	(void)state;
	buf_init(&b);
#define REFUSED(kind, statement) do {					\
	make_question(&q, QUESTION_##kind, &asker);			\
	statement;							\
	assert_int_equal(question_write(&q, &asker.keys, &b),		\
	    ERR_RECORD_FORM);						\
	assert_int_equal(b.len, 0);					\
} while (0)
	REFUSED(DOSSIER, q.terminal = 0);
	REFUSED(DOSSIER, q.reach = REACH_EMAIL);
	REFUSED(DOSSIER, MADE_COPY(q.to, "0600000000"));
	REFUSED(DOSSIER, MADE_COPY(q.code, "123456"));
	REFUSED(DOSSIER, q.nir[0] = '\0');
	REFUSED(DOSSIER, q.family[0] = '\0');
	REFUSED(SEND, q.to[0] = '\0');
	REFUSED(SEND, q.lang[0] = '\0');
	REFUSED(SEND, q.reach = REACH_NONE);
	REFUSED(SEND, MADE_COPY(q.code, "123456"));
	REFUSED(CHECK, q.code[5] = '\0');
	REFUSED(CHECK, q.code[5] = 'a');
	REFUSED(CHECK, MADE_COPY(q.to, "a\x1b[2J"));
	buf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_comes_back),
		cmocka_unit_test(its_length_says_nothing),
		cmocka_unit_test(each_byte_is_signed),
		cmocka_unit_test(another_key_does_not_open_it),
		cmocka_unit_test(what_cannot_be_meant_is_refused),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, setup, NULL);
}
