/* round: news are tried again, codes once, and each says why it did not go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "centre/inquiry.h"
#include "notice/round.h"
#include "tests/centre/kept.h"

#define NOW KEPT_NOW

static struct kept k;
static struct centre_settings set;
static struct round o;
static uint8_t secret[BOX_SECRET_LEN], public[BOX_PUBLIC_LEN];
static struct notice_row rows[4];
static size_t nrows;

static int
begin(void **state)
{
	(void)state;
	memset(&set, 0, sizeof(set));
	(void)snprintf(set.mail_texts, sizeof(set.mail_texts), "screens/mail");
	(void)snprintf(set.mail_from, sizeof(set.mail_from),
	    "ne-pas-repondre@centre.example");
	/* Nobody is there. */
	(void)snprintf(set.mail, sizeof(set.mail), "smtp://127.0.0.1:1");
	box_keypair(secret, public);
	if (kept_open(&k) != ERR_OK)
		return -1;
	k.keys.notice = public;
	o = (struct round){ .vault = k.vault, .set = &set, .secret = secret };
	return parcel_new(&o.parcel) == ERR_OK &&
	    carry_open(&set, &o.carry) == ERR_OK ? 0 : -1;
}

static int
end(void **state)
{
	(void)state;
	carry_close(o.carry);
	parcel_free(o.parcel);
	kept_close(&k);
	return 0;
}

/* Within a transaction. */
static void
put_one(const char *code, const char *to, uint64_t at_ms)
{
	struct announcement *a = secret_alloc(sizeof(*a));

	assert_non_null(a);
	rid_make(at_ms, &a->rid);
	a->at_ms = at_ms;
	a->way = WAY_EMAIL;
	(void)snprintf(a->lang, sizeof(a->lang), "fr");
	(void)snprintf(a->place, sizeof(a->place), "Nantes");
	(void)snprintf(a->to, sizeof(a->to), "%s", to);
	(void)snprintf(a->code, sizeof(a->code), "%s", code);
	assert_int_equal(vault_tell(k.vault, a), ERR_OK);
	secret_free(a);
}

static void
put(const char *code, const char *to, uint64_t at_ms)
{
	assert_int_equal(vault_begin(k.vault), ERR_OK);
	put_one(code, to, at_ms);
	assert_int_equal(vault_commit(k.vault), ERR_OK);
}

static enum err
keep(const struct notice_row *row, void *user)
{
	(void)user;
	assert_true(nrows < 4);
	rows[nrows++] = *row;
	return ERR_OK;
}

/* One round, and the rows behind it. */
static void
go(uint64_t now_ms, unsigned failed, unsigned left)
{
	unsigned sent, f, l;

	assert_int_equal(round_go(&o, now_ms, &sent, &f, &l), ERR_OK);
	assert_int_equal(sent, 0);
	assert_int_equal(f, failed);
	assert_int_equal(l, left);
	nrows = 0;
	assert_int_equal(vault_notice_each(k.vault, keep, NULL), ERR_OK);
}

static void
is_row(size_t i, enum notice_state state, unsigned tries, enum err why)
{
	assert_int_equal(rows[i].state, state);
	assert_int_equal(rows[i].tries, tries);
	assert_int_equal(rows[i].reason, why == ERR_OK ? 0 :
	    err_number(why));
}

static void
news_wait_and_a_code_does_not(void **state)
{
	(void)state;
	put("", "essai@patient.example", NOW);
	put("271828", "essai@patient.example", NOW);
	go(NOW, 1, 1);
	is_row(0, NOTICE_WAITING, 1, ERR_NOTICE_LINE);
	is_row(1, NOTICE_FAILED, 1, ERR_NOTICE_CODE);
	assert_true(!rows[0].code && rows[1].code);
	go(NOW, 0, 0);
	go(NOW + 61000, 0, 1);
	is_row(0, NOTICE_WAITING, 2, ERR_NOTICE_LINE);
	is_row(1, NOTICE_FAILED, 1, ERR_NOTICE_CODE);
}

static void
a_code_goes_within_a_minute_or_not(void **state)
{
	(void)state;
	put("271828", "essai@patient.example", NOW);
	go(NOW + INQUIRY_GO_MS, 1, 0);
	is_row(0, NOTICE_FAILED, 1, ERR_NOTICE_LATE);
}

static void
without_a_server_a_code_is_not_kept_waiting(void **state)
{
	(void)state;
	set.mail[0] = '\0';
	put("", "essai@patient.example", NOW);
	put("271828", "essai@patient.example", NOW);
	go(NOW, 1, 1);
	is_row(0, NOTICE_WAITING, 0, ERR_OK);
	is_row(1, NOTICE_FAILED, 1, ERR_NOTICE_CODE);
}

static void
no_address_is_none_for_ever(void **state)
{
	(void)state;
	put("271828", "essai@patient.example>, <x", NOW);
	go(NOW, 1, 0);
	is_row(0, NOTICE_FAILED, 1, ERR_NOTICE_ADDRESS);
}

/* What stands before each row's own bytes: a box of one transaction. */
static void
a_key_is_of_one_transaction(void **state)
{
	struct notice_row row = { .number = 0 };
	struct buf sealed[4];

	(void)state;
	assert_int_equal(vault_begin(k.vault), ERR_OK);
	put_one("", "a@patient.example", NOW);
	vault_rollback(k.vault);
	assert_int_equal(vault_begin(k.vault), ERR_OK);
	put_one("", "b@patient.example", NOW);
	put_one("", "c@patient.example", NOW);
	assert_int_equal(vault_commit(k.vault), ERR_OK);
	put("", "d@patient.example", NOW);
	assert_int_equal(vault_begin(k.vault), ERR_OK);
	put_one("", "e@patient.example", NOW);
	vault_rollback(k.vault);
	put("", "f@patient.example", NOW);
	for (size_t i = 0; i < 4; i++) {
		buf_init(&sealed[i]);
		assert_int_equal(vault_notice_due(k.vault, row.number, NOW,
		    NOTICE_NEWS, &row, &sealed[i]), ERR_OK);
	}
	for (size_t i = 1; i < 4; i++)
		assert_int_equal(memcmp(sealed[i - 1].p, sealed[i].p,
		    PARCEL_HEAD) == 0, i == 1);
	for (size_t i = 0; i < 4; i++)
		buf_clear(&sealed[i]);
	go(NOW, 0, 4);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(news_wait_and_a_code_does_not),
		TEST(a_code_goes_within_a_minute_or_not),
		TEST(without_a_server_a_code_is_not_kept_waiting),
		TEST(no_address_is_none_for_ever),
		TEST(a_key_is_of_one_transaction),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
