/* round: news are tried again, codes once, none waits behind another's server,
 * and each says why it did not go. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/secret.h"
#include "centre/inquiry.h"
#include "notice/round.h"
#include "tests/centre/kept.h"

#define NOW KEPT_NOW

static struct kept k;
static struct centre_settings set;
static struct round o;
static uint8_t secret[BOX_SECRET_LEN], public[BOX_PUBLIC_LEN];
static struct notice_row rows[32];
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
put_one(enum way way, const char *code, const char *to, uint64_t at_ms)
{
	struct announcement *a = secret_alloc(sizeof(*a));

	assert_non_null(a);
	rid_make(at_ms, &a->rid);
	a->at_ms = at_ms;
	a->way = way;
	(void)snprintf(a->lang, sizeof(a->lang), "fr");
	(void)snprintf(a->place, sizeof(a->place), "Nantes");
	(void)snprintf(a->to, sizeof(a->to), "%s", to);
	(void)snprintf(a->code, sizeof(a->code), "%s", code);
	assert_int_equal(vault_tell(k.vault, a), ERR_OK);
	secret_free(a);
}

static void
put_by(enum way way, const char *code, const char *to, uint64_t at_ms)
{
	assert_int_equal(vault_begin(k.vault), ERR_OK);
	put_one(way, code, to, at_ms);
	assert_int_equal(vault_commit(k.vault), ERR_OK);
}

static void
put(const char *code, const char *to, uint64_t at_ms)
{
	put_by(WAY_EMAIL, code, to, at_ms);
}

static enum err
keep(const struct notice_row *row, void *user)
{
	(void)user;
	assert_true(nrows < 32);
	rows[nrows++] = *row;
	return ERR_OK;
}

static void
look(void)
{
	nrows = 0;
	assert_int_equal(vault_notice_each(k.vault, keep, NULL), ERR_OK);
}

/* One round, and the rows behind it. */
static void
go(uint64_t now_ms, unsigned failed, unsigned left)
{
	assert_int_equal(round_go(&o, now_ms), ERR_OK);
	assert_int_equal(o.sent, 0);
	assert_int_equal(o.failed, failed);
	assert_int_equal(o.left, left);
	assert_int_equal(o.under_way, 0);
	look();
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
	struct notice_row row;
	struct buf sealed[4];

	(void)state;
	assert_int_equal(vault_begin(k.vault), ERR_OK);
	put_one(WAY_EMAIL, "", "a@patient.example", NOW);
	vault_rollback(k.vault);
	assert_int_equal(vault_begin(k.vault), ERR_OK);
	put_one(WAY_EMAIL, "", "b@patient.example", NOW);
	put_one(WAY_EMAIL, "", "c@patient.example", NOW);
	assert_int_equal(vault_commit(k.vault), ERR_OK);
	put("", "d@patient.example", NOW);
	assert_int_equal(vault_begin(k.vault), ERR_OK);
	put_one(WAY_EMAIL, "", "e@patient.example", NOW);
	vault_rollback(k.vault);
	put("", "f@patient.example", NOW);
	for (size_t i = 0; i < 4; i++) {
		buf_init(&sealed[i]);
		assert_int_equal(vault_notice_due(k.vault, WAY_EMAIL, false,
		    NOW, &row, &sealed[i]), ERR_OK);
		row.next_ms = NOW + 1;
		assert_int_equal(vault_notice_keep(k.vault, &row), ERR_OK);
	}
	for (size_t i = 1; i < 4; i++)
		assert_int_equal(memcmp(sealed[i - 1].p, sealed[i].p,
		    PARCEL_HEAD) == 0, i == 1);
	for (size_t i = 0; i < 4; i++)
		buf_clear(&sealed[i]);
	go(NOW + 1, 0, 4);
}

/* A socket that listens on this machine: *port is where. */
static int
listener(unsigned *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, n), 0);
	assert_int_equal(listen(fd, 64), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
	*port = ntohs(at.sin_port);
	return fd;
}

/* It takes what is posted to it, all of which comes in one piece or two. */
static void
take_posts(int fd)
{
	static const char ok[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"
	    "Connection: close\r\n\r\n";
	char got[4096];
	size_t n;
	ssize_t more;
	int c;

	(void)alarm(60);
	while ((c = accept(fd, NULL, NULL)) != -1) {
		n = 0;
		do {
			more = read(c, got + n, sizeof(got) - 1 - n);
			n += more > 0 ? (size_t)more : 0;
			got[n] = '\0';
		} while (more > 0 && strchr(got, '}') == NULL);
		(void)!write(c, ok, sizeof(ok) - 1);
		(void)close(c);
	}
	_exit(0);
}

/* Mail goes to one who takes the connection and says nothing, SMS to one who
 * takes them, or to the mute one too. */
static struct {
	int mute, taking;
	pid_t pid;
} there;

static void
servers(bool takes_sms)
{
	unsigned mute, taking;

	there.mute = listener(&mute);
	there.taking = listener(&taking);
	if ((there.pid = fork()) == 0)
		take_posts(there.taking);
	assert_true(there.pid > 0);
	(void)snprintf(set.mail, sizeof(set.mail), "smtp://127.0.0.1:%u",
	    mute);
	(void)snprintf(set.sms, sizeof(set.sms), "http://127.0.0.1:%u/",
	    takes_sms ? taking : mute);
}

static void
servers_end(void)
{
	(void)kill(there.pid, SIGKILL);
	(void)waitpid(there.pid, NULL, 0);
	(void)close(there.mute);
	(void)close(there.taking);
}

/* Steps, for so long as there are not so many sent and failed; how long. */
static uint64_t
until(unsigned sent, unsigned failed)
{
	const uint64_t began = clock_elapsed_ms();
	uint64_t gone = 0;

	while (o.sent < sent || o.failed < failed) {
		assert_true(gone < 20000);
		assert_int_equal(round_step(&o, NOW + gone, 20), ERR_OK);
		gone = clock_elapsed_ms() - began;
	}
	look();
	return gone;
}

/* News beyond the width of its lane wait for a mute server, and so does a code
 * by mail; nothing else does. */
static void
no_way_waits_for_the_other(void **state)
{
	(void)state;
	servers(true);
	for (int i = 0; i < ROUND_NEWS + 1; i++)
		put("", "essai@patient.example", NOW);
	put("271828", "essai@patient.example", NOW);
	put_by(WAY_SMS, "", "0639981241", NOW);
	put_by(WAY_SMS, "314159", "0639981242", NOW);
	assert_true(until(2, 0) < 3000);
	is_row(ROUND_NEWS + 2, NOTICE_SENT, 1, ERR_OK);
	is_row(ROUND_NEWS + 3, NOTICE_SENT, 1, ERR_OK);
	is_row(ROUND_NEWS, NOTICE_WAITING, 0, ERR_OK);
	is_row(ROUND_NEWS + 1, NOTICE_WAITING, 1, ERR_OK);
	assert_int_equal(o.under_way, ROUND_NEWS + 1);
	/* Some that come meanwhile, more than have room at once. */
	for (int i = 0; i < ROUND_CODES + 2; i++)
		put_by(WAY_SMS, "161803", "0639981243", NOW);
	assert_true(until(ROUND_CODES + 4, 0) < 3000);
	/* The code is left after a short time, the news are not. */
	assert_true(until(ROUND_CODES + 4, 1) < 8000);
	is_row(ROUND_NEWS + 1, NOTICE_FAILED, 1, ERR_NOTICE_CODE);
	assert_int_equal(o.under_way, ROUND_NEWS);
	servers_end();
}

static void
nor_does_mail_behind_a_mute_gateway(void **state)
{
	const uint64_t began = clock_elapsed_ms();

	(void)state;
	servers(false);
	/* Nobody is there either: it is known at once. */
	(void)snprintf(set.mail, sizeof(set.mail), "smtp://127.0.0.1:1");
	for (int i = 0; i < ROUND_NEWS + 1; i++)
		put_by(WAY_SMS, "", "0639981241", NOW);
	for (int i = 0; i < ROUND_CODES; i++)
		put_by(WAY_SMS, "271828", "0639981242", NOW);
	put("314159", "essai@patient.example", NOW);
	assert_true(until(0, 1) < 3000);
	is_row(ROUND_NEWS + ROUND_CODES + 1, NOTICE_FAILED, 1,
	    ERR_NOTICE_CODE);
	assert_true(until(0, ROUND_CODES + 1) < 8000);
	is_row(ROUND_NEWS + 1, NOTICE_FAILED, 1, ERR_NOTICE_CODE);
	is_row(0, NOTICE_WAITING, 1, ERR_OK);
	assert_true(clock_elapsed_ms() - began < 8000);
	servers_end();
}

/* Who is told to end gives what is under way a moment, and begins nothing. */
static void
it_ends_in_time(void **state)
{
	const uint64_t began = clock_elapsed_ms();

	(void)state;
	servers(true);
	put("", "essai@patient.example", NOW);
	put_by(WAY_SMS, "", "0639981241", NOW);
	assert_int_equal(round_step(&o, NOW, 0), ERR_OK);
	put_by(WAY_SMS, "", "0639981241", NOW);
	assert_int_equal(round_end(&o, NOW, 1000), ERR_OK);
	assert_true(clock_elapsed_ms() - began < 3000);
	look();
	is_row(0, NOTICE_WAITING, 1, ERR_OK);
	is_row(1, NOTICE_SENT, 1, ERR_OK);
	is_row(2, NOTICE_WAITING, 0, ERR_OK);
	carry_close(o.carry);
	o.carry = NULL;
	assert_true(clock_elapsed_ms() - began < 4000);
	servers_end();
}

/* While it is under way nobody else takes it up; who comes after does. */
static void
what_is_under_way_is_not_due(void **state)
{
	struct notice_row row;
	struct buf sealed;

	(void)state;
	servers(true);
	put("", "essai@patient.example", NOW);
	assert_int_equal(round_step(&o, NOW, 0), ERR_OK);
	buf_init(&sealed);
	assert_int_equal(vault_notice_due(k.vault, WAY_EMAIL, false,
	    NOW + CARRY_ALL_MS, &row, &sealed), ERR_NOT_FOUND);
	assert_int_equal(vault_notice_due(k.vault, WAY_EMAIL, false,
	    NOW + 2 * CARRY_ALL_MS, &row, &sealed), ERR_OK);
	assert_true(sealed.len > 0);
	buf_clear(&sealed);
	servers_end();
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
		TEST(no_way_waits_for_the_other),
		TEST(nor_does_mail_behind_a_mute_gateway),
		TEST(it_ends_in_time),
		TEST(what_is_under_way_is_not_due),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
