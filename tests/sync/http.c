/* http: where it may go and with what; over the line: tests/e2e. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/secret.h"
#include "sync/http.h"
#include "tests/temp.h"

/* A state with that mode on the TLS key, and files that say nothing. */
static void
make_files(unsigned key_mode)
{
	char path[PATH_ROOM];

	assert_int_equal(folder_make(temp_path("keys", path)), ERR_OK);
	(void)temp_file("keys/tls.crt", 0644, "x", 1, path);
	(void)temp_file("keys/ca.crt", 0644, "x", 1, path);
	(void)temp_file("keys/tls.key", key_mode, "x", 1, path);
}

static void
only_https_will_do(void **state)
{
	static const char *const urls[] = { "", "https://", "https:///",
		"http://127.0.0.1", "ftp://127.0.0.1", "127.0.0.1",
		"HTTPS://127.0.0.1" };
	struct transport *t = NULL;

	(void)state;
	make_files(0600);
	for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++)
		assert_int_equal(http_open(urls[i], temp_dir, &t),
		    ERR_SET_VALUE);
	assert_null(t);
}

static void
its_files_are_looked_at_first(void **state)
{
	struct transport *t = NULL;
	char path[PATH_ROOM];

	(void)state;
	make_files(0644);
	assert_int_equal(http_open("https://127.0.0.1", temp_dir, &t),
	    ERR_KEY_MODE);
	make_files(0600);
	(void)unlink(temp_path("keys/ca.crt", path));
	assert_int_equal(http_open("https://127.0.0.1", temp_dir, &t),
	    ERR_KEY_READ);
	assert_non_null(strstr(err_subject(), path));
	assert_null(t);
}

static void
nobody_there_is_said(void **state)
{
	struct answer answer = { .status = 1 };
	struct transport *t = NULL;

	(void)state;
	make_files(0600);
	buf_init(&answer.body);
	assert_int_equal(http_open("https://127.0.0.1:1/", temp_dir, &t),
	    ERR_OK);
	assert_int_equal(t->ask(t, "/healthz", NULL, 0, &answer),
	    ERR_SYNC_CONNECT);
	assert_int_equal(t->ask(t, "/v1/lease", "", 0, &answer),
	    ERR_SYNC_CONNECT);
	assert_int_equal(answer.status, 0);
	t->close(t);
	buf_clear(&answer.body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_https_will_do),
		cmocka_unit_test(its_files_are_looked_at_first),
		cmocka_unit_test(nobody_there_is_said),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
