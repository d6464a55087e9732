/* response: for one key, from one opener, of one length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "envelope/response.h"

static uint8_t outcome[SIGN_SECRET_LEN], public[SIGN_PUBLIC_LEN];
static uint8_t reply[BOX_SECRET_LEN], reply_public[BOX_PUBLIC_LEN];

static int
setup(void **state)
{
	(void)state;
	sign_keypair(outcome, public);
	box_keypair(reply, reply_public);
	return 0;
}

static struct response
sample(enum question_kind kind, enum response_word word)
{
	struct response a = { .terminal = 7, .id = { .b = { 1, 2 } },
		.kind = kind, .word = word, .at_ms = 1795271600000 };

	if (word == RESPONSE_WAIT)
		a.wait_s = 900;
	if (word == RESPONSE_WRONG)
		a.tries = 2;
	if (word == RESPONSE_RIGHT)
		memset(a.vouch, 5, sizeof(a.vouch));
	return a;
}

static void
each_word_comes_back(void **state)
{
	static const struct { enum question_kind kind; enum response_word w; }
	rows[] = {
#define ROW(name, number, kind) { QUESTION_##kind, RESPONSE_##name },
		RESPONSES(ROW) { QUESTION_CHECK, RESPONSE_WAIT },
	};
	struct response a, back;
	struct buf b;

	(void)state;
	buf_init(&b);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_reset(&b);
		a = sample(rows[i].kind, rows[i].w);
		assert_int_equal(response_write(&a, outcome, reply_public,
		    &b), ERR_OK);
		assert_int_equal(b.len, RESPONSE_LEN);
		assert_int_equal(response_open(b.p, b.len, reply, public,
		    &back), ERR_OK);
		assert_int_equal(back.word, a.word);
		assert_int_equal(back.kind, a.kind);
		assert_int_equal(back.wait_s, a.wait_s);
		assert_int_equal(back.tries, a.tries);
		assert_memory_equal(back.id.b, a.id.b, RID_LEN);
		assert_memory_equal(back.vouch, a.vouch, VOUCH_LEN);
	}
	buf_clear(&b);
}

static void
nobody_else_says_it(void **state)
{
	uint8_t other[SIGN_SECRET_LEN], theirs[SIGN_PUBLIC_LEN];
	uint8_t box[BOX_SECRET_LEN], box_of[BOX_PUBLIC_LEN];
	struct response a = sample(QUESTION_DOSSIER, RESPONSE_OPENED), back;
	struct buf b;

	(void)state;
	sign_keypair(other, theirs);
	box_keypair(box, box_of);
	buf_init(&b);
	assert_int_equal(response_write(&a, other, reply_public, &b), ERR_OK);
	assert_int_equal(response_open(b.p, b.len, reply, public, &back),
	    ERR_RECEIPT);
	assert_int_equal(response_open(b.p, b.len, box, theirs, &back),
	    ERR_ENV_OPEN);
	for (size_t i = 0; i < b.len; i++) {
		b.p[i] ^= 1;
		assert_int_equal(response_open(b.p, b.len, reply, theirs,
		    &back), ERR_ENV_OPEN);
		b.p[i] ^= 1;
	}
	assert_int_equal(response_open(b.p, b.len - 1, reply, theirs, &back),
	    ERR_RECEIPT);
	buf_clear(&b);
}

static void
no_answer_to_another_question(void **state)
{
	struct response a;
	struct buf b;

	(void)state;
	buf_init(&b);
#define REFUSED(kind, word, statement) do {				\
	a = sample(QUESTION_##kind, RESPONSE_##word);			\
	statement;							\
	assert_int_equal(response_write(&a, outcome, reply_public, &b),	\
	    ERR_RECEIPT);						\
} while (0)
	REFUSED(SEND, OPENED, (void)0);
	REFUSED(DOSSIER, WAIT, (void)0);
	REFUSED(DOSSIER, SENT, (void)0);
	REFUSED(CHECK, SENT, (void)0);
	REFUSED(CHECK, WAIT, a.kind = (enum question_kind)7);
	REFUSED(CHECK, WRONG, a.word = (enum response_word)24);
	REFUSED(CHECK, WRONG, a.tries = 0);
	REFUSED(SEND, WAIT, a.wait_s = 0);
	REFUSED(SEND, SENT, a.wait_s = 1);
	REFUSED(CHECK, RIGHT, memset(a.vouch, 0, sizeof(a.vouch)));
	REFUSED(CHECK, WRONG, a.vouch[0] = 1);
	REFUSED(DOSSIER, NONE, a.terminal = 0);
	buf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_word_comes_back),
		cmocka_unit_test(nobody_else_says_it),
		cmocka_unit_test(no_answer_to_another_question),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, setup, NULL);
}
