/* crypt: beside each good case the altered, the short and the foreign one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/crypt.h"
#include "base/secret.h"

static const char said[] = "ce qui est dit";
#define SAID sizeof(said)

static void
a_signature_is_of_bytes_key_and_domain(void **state)
{
	uint8_t sk[SIGN_SECRET_LEN], pk[SIGN_PUBLIC_LEN], got[SIGN_PUBLIC_LEN];
	uint8_t other_sk[SIGN_SECRET_LEN], other_pk[SIGN_PUBLIC_LEN];
	uint8_t s[SIGNATURE_LEN];

	(void)state;
	sign_keypair(sk, pk);
	sign_keypair(other_sk, other_pk);
	sign_public(sk, got);
	assert_memory_equal(got, pk, sizeof(pk));
	assert_memory_not_equal(pk, other_pk, sizeof(pk));

	assert_int_equal(sign("a", said, SAID, sk, s), ERR_OK);
	assert_int_equal(sign_check("a", said, SAID, s, pk), ERR_OK);
	assert_int_equal(sign_check("b", said, SAID, s, pk),
	    ERR_ENV_SIGNATURE);
	assert_int_equal(sign_check("a", said, SAID - 1, s, pk),
	    ERR_ENV_SIGNATURE);
	assert_int_equal(sign_check("a", said, SAID, s, other_pk),
	    ERR_ENV_SIGNATURE);
	for (size_t i = 0; i < sizeof(s); i++) {
		s[i] ^= 1;
		assert_int_equal(sign_check("a", said, SAID, s, pk),
		    ERR_ENV_SIGNATURE);
		s[i] ^= 1;
	}
	/* The domain's end cannot be moved into the bytes. */
	assert_int_equal(sign("ab", "c", 1, sk, s), ERR_OK);
	assert_int_equal(sign_check("a", "bc", 2, s, pk), ERR_ENV_SIGNATURE);
	assert_int_equal(sign("a", NULL, 0, sk, s), ERR_OK);
	assert_int_equal(sign_check("a", "", 0, s, pk), ERR_OK);
	assert_int_equal(sign("a", said, BUF_MAX, sk, s), ERR_TOO_LONG);
	assert_int_equal(sign_check("a", said, BUF_MAX, s, pk), ERR_TOO_LONG);
}

static void
a_box_opens_for_one(void **state)
{
	uint8_t sk[BOX_SECRET_LEN], pk[BOX_PUBLIC_LEN], got[BOX_PUBLIC_LEN];
	uint8_t other_sk[BOX_SECRET_LEN], other_pk[BOX_PUBLIC_LEN];
	struct buf box, out;

	(void)state;
	box_keypair(sk, pk);
	box_keypair(other_sk, other_pk);
	box_public(sk, got);
	assert_memory_equal(got, pk, sizeof(pk));
	buf_init(&box);
	assert_int_equal(buf_init_secret(&out, SAID), ERR_OK);
	assert_int_equal(buf_put_u8(&box, 1), ERR_OK);
	assert_int_equal(box_seal(said, SAID, pk, &box), ERR_OK);
	assert_int_equal(box.len, 1 + SAID + BOX_OVERHEAD);

	assert_int_equal(box_open(box.p + 1, box.len - 1, other_sk, &out),
	    ERR_ENV_OPEN);
	for (size_t i = 0; i < BOX_OVERHEAD; i++)
		assert_int_equal(box_open(box.p + 1, i, sk, &out),
		    ERR_ENV_OPEN);
	for (size_t i = 1; i < box.len; i++) {
		box.p[i] ^= 1;
		assert_int_equal(box_open(box.p + 1, box.len - 1, sk, &out),
		    ERR_ENV_OPEN);
		box.p[i] ^= 1;
	}
	assert_int_equal(out.len, 0);
	assert_int_equal(box_open(box.p + 1, box.len - 1, sk, &out), ERR_OK);
	assert_int_equal(out.len, SAID);
	assert_memory_equal(out.p, said, SAID);
	assert_int_equal(box_open(box.p + 1, box.len - 1, sk, &out),
	    ERR_TOO_LONG);
	buf_clear(&box);

	/* A public key of small order would give everyone the content. */
	memset(pk, 0, sizeof(pk));
	assert_int_equal(box_seal(said, SAID, pk, &box), ERR_KEY_FORM);
	assert_int_equal(box.len, 0);
	buf_clear(&box);
	buf_clear(&out);
}

static void
a_seal_is_bound_to_what_stands_beside(void **state)
{
	uint8_t key[SYM_KEY_LEN], other[SYM_KEY_LEN];
	struct buf a, b, out;

	(void)state;
	secret_random(key, sizeof(key));
	secret_random(other, sizeof(other));
	buf_init(&a);
	buf_init(&b);
	assert_int_equal(buf_init_secret(&out, SAID), ERR_OK);
	assert_int_equal(sym_seal(said, SAID, "ad", 2, key, &a), ERR_OK);
	assert_int_equal(sym_seal(said, SAID, "ad", 2, key, &b), ERR_OK);
	assert_int_equal(a.len, SAID + SYM_OVERHEAD);
	assert_memory_not_equal(a.p, b.p, a.len);

	assert_int_equal(sym_open(a.p, a.len, "ae", 2, key, &out),
	    ERR_ENV_OPEN);
	assert_int_equal(sym_open(a.p, a.len, "ad", 2, other, &out),
	    ERR_ENV_OPEN);
	for (size_t i = 0; i < SYM_OVERHEAD; i++)
		assert_int_equal(sym_open(a.p, i, "ad", 2, key, &out),
		    ERR_ENV_OPEN);
	for (size_t i = 0; i < a.len; i++) {
		a.p[i] ^= 0x80;
		assert_int_equal(sym_open(a.p, a.len, "ad", 2, key, &out),
		    ERR_ENV_OPEN);
		a.p[i] ^= 0x80;
	}
	assert_int_equal(out.len, 0);
	assert_int_equal(sym_open(a.p, a.len, "ad", 2, key, &out), ERR_OK);
	assert_memory_equal(out.p, said, SAID);
	assert_int_equal(sym_open(a.p, a.len, "ad", 2, key, &out),
	    ERR_TOO_LONG);
	assert_int_equal(sym_seal(said, SAID, "ad", 2, key, &out),
	    ERR_TOO_LONG);
	buf_clear(&a);
	buf_clear(&b);
	buf_clear(&out);
}

static void
a_blind_index_needs_its_key(void **state)
{
	uint8_t key[SYM_KEY_LEN] = { 0 }, a[32], b[32];

	(void)state;
	keyed_digest(key, said, SAID, a);
	keyed_digest(key, said, SAID, b);
	assert_memory_equal(a, b, sizeof(a));
	key[31] = 1;
	keyed_digest(key, said, SAID, b);
	assert_memory_not_equal(a, b, sizeof(a));
	key[31] = 0;
	keyed_digest(key, said, SAID - 1, b);
	assert_memory_not_equal(a, b, sizeof(a));
}

static void
a_verifier_knows_one_text(void **state)
{
	char a[VERIFIER_LEN], b[VERIFIER_LEN];

	(void)state;
	assert_int_equal(verifier_make("Zk7!pq2R", 8, a), ERR_OK);
	assert_int_equal(verifier_make("Zk7!pq2R", 8, b), ERR_OK);
	assert_string_not_equal(a, b);
	assert_ptr_equal(strstr(a, "$argon2id$v=19$m=65536,t=2,p=1$"), a);
	assert_int_equal(verifier_check(a, "Zk7!pq2R", 8), ERR_OK);
	assert_int_equal(verifier_check(b, "Zk7!pq2R", 8), ERR_OK);
	assert_int_equal(verifier_check(a, "Zk7!pq2r", 8), ERR_NOT_FOUND);
	assert_int_equal(verifier_check(a, "Zk7!pq2R", 7), ERR_NOT_FOUND);
	b[22] = '\0'; /* cut behind "$argon2id$v=19$m=65536" */
	assert_int_equal(verifier_check(b, "Zk7!pq2R", 8), ERR_NOT_FOUND);
	b[0] = '\0';
	assert_int_equal(verifier_check(b, "Zk7!pq2R", 8), ERR_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signature_is_of_bytes_key_and_domain),
		cmocka_unit_test(a_box_opens_for_one),
		cmocka_unit_test(a_seal_is_bound_to_what_stands_beside),
		cmocka_unit_test(a_blind_index_needs_its_key),
		cmocka_unit_test(a_verifier_knows_one_text),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
