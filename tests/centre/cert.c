/* cert: the fingerprint that openssl shows, and what is no certificate. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "centre/cert.h"
#include "tests/temp.h"

/* Self-signed for nobody; its key was thrown away. */
static const char pem[] =
	"-----BEGIN CERTIFICATE-----\n"
	"MIIBdzCCAR2gAwIBAgIUUNuSV9JenFvM+wtykvkIAOsPZFMwCgYIKoZIzj0EAwIw\n"
	"EDEOMAwGA1UEAwwFZXNzYWkwIBcNMjYxMTIxMjA0MzI0WhgPMjEyNjEwMjgyMDQz\n"
	"MjRaMBAxDjAMBgNVBAMMBWVzc2FpMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n"
	"ECOAWJpzXNUaDHC8ZiZ8EqLnaOcT7UHy8JIfXQfDJRUSKyrDX9p0lfBMUeAHJsFR\n"
	"oNeMnz4JIXu0C73hQYC3gaNTMFEwHQYDVR0OBBYEFDmVQnSvetYmCmcpzECXS+wL\n"
	"teidMB8GA1UdIwQYMBaAFDmVQnSvetYmCmcpzECXS+wLteidMA8GA1UdEwEB/wQF\n"
	"MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgClXzMD4oTbBz0NQZrZ7SLMU7hMIhBuhk\n"
	"cNmOCv6/S3sCIQDj4GX1TY1NgQN1JfLVNwh+oLlLZ/d2LG0DGhy+BKF5vg==\n"
	"-----END CERTIFICATE-----\n";

/* openssl x509 -noout -fingerprint -sha256 */
static const char sum[] =
	"8e781b9421e98ddadf1d91dc1b808fd8"
	"e5f595a408960d4fee86e8184b767b98";

static void
the_fingerprint_is_the_usual_one(void **state)
{
	uint8_t got[CERT_LEN];
	char path[PATH_ROOM], text[2 * CERT_LEN + 1];

	(void)state;
	(void)temp_file("cert.pem", 0644, pem, sizeof(pem) - 1, path);
	assert_int_equal(cert_of_file(path, got), ERR_OK);
	hex_of(got, sizeof(got), text);
	assert_string_equal(text, sum);
}

static void
an_escaped_one_is_the_same(void **state)
{
	uint8_t got[CERT_LEN];
	char text[3 * sizeof(pem)], hex[2 * CERT_LEN + 1], *to = text;

	(void)state;
	for (const char *c = pem; *c != '\0'; c++)
		if (*c == '\n' || *c == '+' || *c == '/' || *c == ' ')
			to += sprintf(to, *c == '+' ? "%%%02x" : "%%%02X",
			    (unsigned)*c);
		else
			*to++ = *c;
	*to = '\0';
	assert_int_equal(cert_of_escaped(text, got), ERR_OK);
	hex_of(got, sizeof(got), hex);
	assert_string_equal(hex, sum);
	assert_int_equal(cert_of_escaped("", got), ERR_CERTIFICATE);
	assert_int_equal(cert_of_escaped("%", got), ERR_CERTIFICATE);
	assert_int_equal(cert_of_escaped("%4", got), ERR_CERTIFICATE);
	assert_int_equal(cert_of_escaped("%zz", got), ERR_CERTIFICATE);
	text[strlen(text) / 2] = '\0';
	assert_int_equal(cert_of_escaped(text, got), ERR_CERTIFICATE);
}

static void
what_is_no_certificate_is_said(void **state)
{
	static const char other[] = "-----BEGIN CERTIFICATE-----\n"
	    "AAAA\n-----END CERTIFICATE-----\n";
	uint8_t got[CERT_LEN];
	char path[PATH_ROOM];

	(void)state;
	assert_int_equal(cert_of_file(temp_path("none.pem", path), got),
	    ERR_FILE_READ);
	(void)temp_file("empty.pem", 0644, "", 0, path);
	assert_int_equal(cert_of_file(path, got), ERR_CERTIFICATE);
	(void)temp_file("cut.pem", 0644, pem, sizeof(pem) / 2, path);
	assert_int_equal(cert_of_file(path, got), ERR_CERTIFICATE);
	assert_string_equal(err_subject(), path);
	(void)temp_file("other.pem", 0644, other, sizeof(other) - 1, path);
	assert_int_equal(cert_of_file(path, got), ERR_CERTIFICATE);
}

static void
no_session_is_nobody(void **state)
{
	uint8_t got[CERT_LEN];

	(void)state;
	assert_int_equal(cert_of_peer(NULL, got), ERR_TERMINAL_UNKNOWN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_fingerprint_is_the_usual_one),
		cmocka_unit_test(an_escaped_one_is_the_same),
		cmocka_unit_test(what_is_no_certificate_is_said),
		cmocka_unit_test(no_session_is_nobody),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
