/* proof: believed whole, by the right centre, in time; and in no other case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/base45.h"
#include "envelope/proof.h"
#include "tests/envelope/made.h"

#define FROM_MS	 1795000000000
#define UNTIL_MS 1796000000000

static uint8_t centre[SIGN_SECRET_LEN], centre_public[SIGN_PUBLIC_LEN];
static uint8_t sign_secret[SIGN_SECRET_LEN], badge[BADGE_LEN];
static struct record *rec;
static struct proof made;
static struct buf text;

static void
certify(uint64_t from_ms, uint64_t until_ms)
{
	struct badge b = { .terminal = 7, .sign_key = 1, .centre_key = 3,
		.from_ms = from_ms, .until_ms = until_ms };

	sign_public(sign_secret, b.public);
	assert_int_equal(badge_write(&b, centre, badge), ERR_OK);
}

static void
write_text(void)
{
	buf_reset(&text);
	assert_int_equal(proof_write(&made, badge, sign_secret, &text),
	    ERR_OK);
}

static enum err
worth(const void *p, size_t n, const uint8_t key[SIGN_PUBLIC_LEN],
    struct proof *out)
{
	return proof_read(p, n, key, out);
}

static int
setup(void **state)
{
	uint8_t public[SIGN_PUBLIC_LEN];

	(void)state;
	buf_init(&text);
	sign_keypair(centre, centre_public);
	sign_keypair(sign_secret, public);
	if ((rec = record_new()) == NULL)
		return -1;
	make_record(rec);
	rec->consent.at_ms = FROM_MS + 5;
	certify(FROM_MS, UNTIL_MS);
	if (proof_of(rec, &made) != ERR_OK)
		return -1;
	write_text();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	record_free(rec);
	buf_clear(&text);
	return 0;
}

static void
it_comes_back(void **state)
{
	uint8_t principal[PROOF_PRINCIPAL];
	struct proof p;

	(void)state;
	assert_true(text.len < PROOF_ROOM);
	assert_int_equal(worth(text.p, text.len, centre_public, &p), ERR_OK);
	assert_memory_equal(p.rid.b, rec->rid.b, RID_LEN);
	assert_true(p.at_ms == rec->consent.at_ms);
	assert_int_equal(p.method, rec->consent.method);
	assert_int_equal(p.grantor, rec->grantor);
	assert_int_equal(p.samu_opposed, rec->access.samu_opposed);
	assert_int_equal(p.account, rec->account.wanted);
	assert_string_equal(p.notice_id, rec->notice.id);
	assert_string_equal(p.notice_version, rec->notice.version);
	assert_string_equal(p.notice_lang, rec->notice.lang);
	assert_int_equal(p.badge.terminal, 7);
	/* It fits the person who brings it, and nobody else. */
	proof_principal(rec, principal);
	assert_memory_equal(p.principal, principal, sizeof(principal));
	rec->identity.given[0]++;
	proof_principal(rec, principal);
	assert_memory_not_equal(p.principal, principal, sizeof(principal));
}

static void
a_scanner_adds_newlines(void **state)
{
	struct buf b;
	struct proof p;

	(void)state;
	buf_init(&b);
	assert_int_equal(buf_put_text(&b, " \n"), ERR_OK);
	assert_int_equal(buf_put(&b, text.p, text.len), ERR_OK);
	assert_int_equal(buf_put_text(&b, "\r\n"), ERR_OK);
	assert_int_equal(worth(b.p, b.len, centre_public, &p), ERR_OK);
	buf_clear(&b);
}

/* Each byte of what was signed, each way a bit can turn; and each length. */
static void
any_altered_byte_is_seen(void **state)
{
	struct buf bytes, again;
	struct proof p;

	(void)state;
	buf_init(&bytes);
	buf_init(&again);
	assert_int_equal(base45_read((const char *)text.p + 4, text.len - 4,
	    &bytes), ERR_OK);
	for (size_t i = 0; i < bytes.len; i++) {
		bytes.p[i] ^= (uint8_t)(1u << i % 8);
		buf_reset(&again);
		assert_int_equal(buf_put_text(&again, "GC1:"), ERR_OK);
		assert_int_equal(base45_of(bytes.p, bytes.len, &again),
		    ERR_OK);
		assert_int_equal(worth(again.p, again.len, centre_public, &p),
		    ERR_PROOF_ALTERED);
		bytes.p[i] ^= (uint8_t)(1u << i % 8);
	}
	for (size_t n = 4; n < text.len; n++)
		assert_int_equal(worth(text.p, n, centre_public, &p),
		    ERR_PROOF_ALTERED);
	buf_clear(&bytes);
	buf_clear(&again);
}

static void
another_centre_is_named(void **state)
{
	uint8_t secret[SIGN_SECRET_LEN], public[SIGN_PUBLIC_LEN];
	struct proof p;

	(void)state;
	sign_keypair(secret, public);
	assert_int_equal(worth(text.p, text.len, public, &p),
	    ERR_PROOF_FOREIGN);
}

static void
a_badge_out_of_its_time_is_named(void **state)
{
	struct proof p;

	(void)state;
	certify(FROM_MS - 5000, FROM_MS);
	write_text();
	assert_int_equal(worth(text.p, text.len, centre_public, &p),
	    ERR_PROOF_EXPIRED);
	assert_true(p.at_ms == FROM_MS + 5);
	certify(FROM_MS + 6, UNTIL_MS);
	write_text();
	assert_int_equal(worth(text.p, text.len, centre_public, &p),
	    ERR_PROOF_EXPIRED);
}

static void
what_is_no_receipt_is_named(void **state)
{
	static const char *const others[] = { "", "GC1", "https://exemple.fr",
		"gc1:0", "GC2:00" };
	static char longer[3 * PROOF_ROOM];
	struct proof p;

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_int_equal(worth(others[i], strlen(others[i]),
		    centre_public, &p), ERR_PROOF_FORM);
	memset(longer, '0', sizeof(longer));
	memcpy(longer, "GC1:", 4);
	assert_int_equal(worth(longer, sizeof(longer), centre_public, &p),
	    ERR_PROOF_FORM);
}

static void
only_the_key_of_the_badge_signs(void **state)
{
	uint8_t secret[SIGN_SECRET_LEN], public[SIGN_PUBLIC_LEN];
	struct badge b;

	(void)state;
	sign_keypair(secret, public);
	assert_int_equal(proof_write(&made, badge, secret, &text),
	    ERR_RECEIPT);
	badge[0]++;
	assert_int_equal(proof_write(&made, badge, sign_secret, &text),
	    ERR_RECEIPT);
	assert_int_equal(badge_look(badge, sizeof(badge), &b), ERR_RECEIPT);
	made.notice_id[0] = '\0';
	badge[0]--;
	assert_int_equal(proof_write(&made, badge, sign_secret, &text),
	    ERR_RECEIPT);
	memset(&b, 0, sizeof(b));
	assert_int_equal(badge_write(&b, centre, badge), ERR_RECEIPT);
	rec->notice.sha[0] = 'x';
	assert_int_equal(proof_of(rec, &made), ERR_RECORD_FORM);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_comes_back),
		TEST(a_scanner_adds_newlines),
		TEST(any_altered_byte_is_seen),
		TEST(another_centre_is_named),
		TEST(a_badge_out_of_its_time_is_named),
		TEST(what_is_no_receipt_is_named),
		TEST(only_the_key_of_the_badge_signs),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
