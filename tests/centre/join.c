/* join: a code is good once, in its time, for who proves its keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/centre/made.h"

#include "base/keyfile.h"
#include "centre/cert.h"
#include "centre/issue.h"
#include "centre/join.h"
#include "tests/temp.h"

static struct made m;
static struct buf csr, body, answer;
static struct join_code code;
static const struct seat seat = { "2A0000017", "Pharmacie du Marché, Nantes",
	"pharmacie", "44" };
static uint8_t sign_key[SIGN_SECRET_LEN], sign_pub[SIGN_PUBLIC_LEN];

/* A small authority, made by openssl as an operator makes it. */
static int
make_authority(void)
{
	char line[4 * PATH_ROOM];

	(void)snprintf(line, sizeof(line), "openssl req -x509 -newkey ec"
	    " -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30"
	    " -subj /CN=essai -addext basicConstraints=critical,CA:TRUE"
	    " -keyout %s/ca.key -out %s/ca.crt 2>%s/log", temp_dir, temp_dir,
	    temp_dir);
	return system(line);
}

static int
begin(void **state)
{
	uint8_t public[SIGN_PUBLIC_LEN];
	char path[PATH_ROOM];

	if (temp_setup(state) != 0 || make_authority() != 0 ||
	    folder_make(temp_path("keys", path)) != ERR_OK)
		return -1;
	memset(public, 7, sizeof(public));
	return keyfile_write(temp_path("keys/opening.pub", path),
	    "opening-public", public, sizeof(public), 2) == ERR_OK &&
	    keyfile_write(temp_path("keys/outcome.pub", path),
	    "outcome-public", public, sizeof(public), 4) == ERR_OK ? 0 : -1;
}

static int
setup(void **state)
{
	char path[PATH_ROOM];

	(void)state;
	buf_init(&csr);
	buf_init(&body);
	buf_init(&answer);
	if (made_open(&m, ":memory:") != ERR_OK)
		return -1;
	MADE_COPY(m.set.state, temp_dir);
	MADE_COPY(m.set.tls_ca, temp_path("ca.crt", path));
	MADE_COPY(m.set.tls_ca_key, temp_path("ca.key", path));
	sign_keypair(sign_key, sign_pub);
	return issue_request(temp_path("tls.key", path), &csr) == ERR_OK ? 0 :
	    -1;
}

static int
teardown(void **state)
{
	(void)state;
	buf_clear(&csr);
	buf_clear(&body);
	buf_clear(&answer);
	made_close(&m);
	return 0;
}

static uint32_t
invite(void)
{
	char text[JOIN_TEXT];
	uint32_t number;

	assert_int_equal(join_invite(m.store, &m.set, &seat, MADE_NOW,
	    &number, text), ERR_OK);
	assert_int_equal(join_code_read(text, &code), ERR_OK);
	return number;
}

static void
put(json_t *o, const char *name, const void *p, size_t n)
{
	char text[BASE64_ROOM(ISSUE_PEM_MAX)];

	base64_of(p, n, text);
	assert_int_equal(json_object_set_new(o, name, json_string(text)), 0);
}

/* What a terminal would send, the request for a certificate being `csr`. */
static void
write_body(void)
{
	uint8_t proof[SIGNATURE_LEN];
	json_t *o = json_object();

	assert_int_equal(join_prove(code.secret, csr.p, csr.len, sign_key,
	    proof), ERR_OK);
	put(o, "secret", code.secret, sizeof(code.secret));
	put(o, "sign", sign_pub, sizeof(sign_pub));
	put(o, "proof", proof, sizeof(proof));
	put(o, "request", csr.p, csr.len);
	buf_reset(&body);
	assert_int_equal(json_write(o, &body), ERR_OK);
	json_decref(o);
}

static enum err
join_at(uint64_t now_ms)
{
	buf_reset(&answer);
	return join_take(&m.g, &m.set, cursor_of(body.p, body.len), now_ms,
	    &answer);
}

static void
a_terminal_joins_once(void **state)
{
	uint32_t number = invite();
	struct terminal t;

	(void)state;
	assert_int_equal(number, MADE_TERMINAL + 1);
	write_body();
	assert_int_equal(join_at(MADE_NOW + 1000), ERR_OK);
	assert_int_equal(m.store->ops->terminal_find(m.store, number, &t),
	    ERR_OK);
	assert_true(t.state == TERMINAL_ACTIVE && t.training);
	assert_memory_equal(&t.seat, &seat, sizeof(seat));
	assert_true(buf_terminate(&answer) == ERR_OK);
	assert_non_null(strstr((char *)answer.p, "\"department\":\"44\""));
	assert_non_null(strstr((char *)answer.p, "\"profile\":\"pharmacie\""));
	assert_non_null(strstr((char *)answer.p,
	    "\"site\":\"2A0000017\",\"site_name\":\"Pharmacie du"));
	assert_memory_equal(t.sign_public, sign_pub, sizeof(sign_pub));
	assert_int_equal(gateway_whom(&m.g, t.cert, &t), ERR_OK);
	assert_int_equal(join_at(MADE_NOW + 1000), ERR_TERMINAL_UNKNOWN);
	assert_int_equal(answer.len, 0);
	/* The next one is another terminal. */
	assert_int_equal(invite(), MADE_TERMINAL + 2);
}

/* As openssl sees it. */
static void
its_certificate_is_of_the_authority(void **state)
{
	uint8_t pem[ISSUE_PEM_MAX], sum[CERT_LEN];
	char text[BASE64_ROOM(ISSUE_PEM_MAX)], path[PATH_ROOM],
	    line[3 * PATH_ROOM];
	struct terminal t;
	json_t *doc;
	size_t n;

	(void)state;
	(void)invite();
	write_body();
	assert_int_equal(join_at(MADE_NOW), ERR_OK);
	assert_int_equal(json_read(answer.p, answer.len, &doc), ERR_OK);
	assert_int_equal(json_get_text(doc, "certificate", text,
	    sizeof(text) - 1), ERR_OK);
	json_decref(doc);
	assert_int_equal(base64_read(text, pem, sizeof(pem), &n), ERR_OK);
	(void)temp_file("got.crt", 0644, pem, n, path);
	assert_int_equal(cert_of_file(path, sum), ERR_OK);
	assert_int_equal(m.store->ops->terminal_by_cert(m.store, sum, &t),
	    ERR_OK);
	(void)snprintf(line, sizeof(line), "openssl verify -purpose sslclient"
	    " -no_check_time -CAfile %s/ca.crt %s >%s/log 2>&1", temp_dir,
	    path, temp_dir);
	assert_int_equal(system(line), 0);
	(void)snprintf(line, sizeof(line), "openssl x509 -in %s -noout"
	    " -subject | grep -qx 'subject=CN = poste 8'", path);
	assert_int_equal(system(line), 0);
}

static void
a_code_has_its_day(void **state)
{
	(void)state;
	(void)invite();
	write_body();
	assert_int_equal(join_at(MADE_NOW + JOIN_HOURS * 3600000ull),
	    ERR_TERMINAL_UNKNOWN);
	/* Being late does not use it up. */
	assert_int_equal(join_at(MADE_NOW + JOIN_HOURS * 3600000ull - 1),
	    ERR_OK);
}

static void
a_code_that_there_is_not_opens_nothing(void **state)
{
	(void)state;
	(void)invite();
	code.secret[3] ^= 1;
	write_body();
	assert_int_equal(join_at(MADE_NOW), ERR_TERMINAL_UNKNOWN);
}

static void
both_keys_must_be_proved(void **state)
{
	(void)state;
	(void)invite();
	/* Somebody else's signing key. */
	sign_pub[0] ^= 1;
	write_body();
	assert_int_equal(join_at(MADE_NOW), ERR_REQUEST);
	assert_string_equal(err_subject(), "proof");
	sign_pub[0] ^= 1;
	/* A request that its key did not sign. */
	csr.p[csr.len / 2] ^= 3;
	write_body();
	assert_int_equal(join_at(MADE_NOW), ERR_REQUEST);
	buf_reset(&body);
	assert_int_equal(buf_put_text(&body, "{}"), ERR_OK);
	assert_int_equal(join_at(MADE_NOW), ERR_REQUEST);
	buf_reset(&body);
	assert_int_equal(join_at(MADE_NOW), ERR_REQUEST);
	/* And the code is still good. */
	csr.p[csr.len / 2] ^= 3;
	write_body();
	assert_int_equal(join_at(MADE_NOW), ERR_OK);
}

static void
a_weak_key_is_not_certified(void **state)
{
	char path[PATH_ROOM], line[3 * PATH_ROOM];

	(void)state;
	(void)snprintf(line, sizeof(line), "openssl req -new -newkey rsa:1024"
	    " -nodes -subj /CN=x -keyout %s/weak.key -out %s/weak.csr"
	    " 2>%s/log", temp_dir, temp_dir, temp_dir);
	assert_int_equal(system(line), 0);
	buf_reset(&csr);
	assert_int_equal(file_read(temp_path("weak.csr", path),
	    ISSUE_PEM_MAX, &csr), ERR_OK);
	(void)invite();
	write_body();
	assert_int_equal(join_at(MADE_NOW), ERR_REQUEST);
}

static void
without_an_authority_nobody_joins(void **state)
{
	char text[JOIN_TEXT], path[PATH_ROOM];
	uint32_t number;

	(void)state;
	(void)invite();
	write_body();
	MADE_COPY(m.set.tls_ca_key, temp_path("none.key", path));
	assert_int_equal(join_at(MADE_NOW), ERR_KEY_READ);
	m.set.tls_ca_key[0] = '\0';
	assert_int_equal(join_at(MADE_NOW), ERR_NOT_FOUND);
	assert_int_equal(join_authority(&m.set, &answer), ERR_NOT_FOUND);
	assert_int_equal(join_invite(m.store, &m.set, &seat, MADE_NOW, &number,
	    text), ERR_USAGE);
}

/* Of a place that nobody described only the site is said. */
static void
what_the_centre_does_not_know_is_not_said(void **state)
{
	const struct seat bare = { .site = "2A0000017" };
	char text[JOIN_TEXT];
	uint32_t number;

	(void)state;
	assert_int_equal(join_invite(m.store, &m.set, &bare, MADE_NOW,
	    &number, text), ERR_OK);
	assert_int_equal(join_code_read(text, &code), ERR_OK);
	write_body();
	assert_int_equal(join_at(MADE_NOW), ERR_OK);
	assert_true(buf_terminate(&answer) == ERR_OK);
	assert_non_null(strstr((char *)answer.p, "\"site\":\"2A0000017\""));
	assert_null(strstr((char *)answer.p, "site_name"));
	assert_null(strstr((char *)answer.p, "profile"));
	assert_null(strstr((char *)answer.p, "department"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_terminal_joins_once),
		TEST(what_the_centre_does_not_know_is_not_said),
		TEST(its_certificate_is_of_the_authority),
		TEST(a_code_has_its_day),
		TEST(a_code_that_there_is_not_opens_nothing),
		TEST(both_keys_must_be_proved),
		TEST(a_weak_key_is_not_certified),
		TEST(without_an_authority_nobody_joins),
	};

	return cmocka_run_group_tests(tests, begin, temp_teardown);
}
