/* json: what is not strict JSON is refused, what is written is stable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/secret.h"

#define READ(text, out) json_read((text), sizeof(text) - 1, (out))

static json_t *
read_good(const char *text)
{
	json_t *v = NULL;

	assert_int_equal(json_read(text, strlen(text), &v), ERR_OK);
	assert_non_null(v);
	return v;
}

/* The nine of STYLE section 2, then what else can be wrong with a whole. */
static void
malformed_documents_are_refused(void **state)
{
	static const struct {
		const char *text;
		size_t n;
	} rows[] = {
#define ROW(text) { text, sizeof(text) - 1 }
		ROW("{\"a\":1,\"a\":2}"),		   /* a key twice */
		ROW("{\"a\":1}x"),		   /* bytes behind */
		ROW("{\"a\":\"\xff\"}"),		   /* broken UTF-8 */
		ROW("{\"a\":\"\xc0\x80\"}"),	   /* overlong NUL */
		ROW("{\"a\":\"\\u0000\"}"),	   /* escaped NUL */
		ROW("{\"a\":\"\\ud800\"}"),	   /* half a pair */
		ROW("{\"a\":01}"),		   /* octal? */
		ROW("{\"a\":9223372036854775808}"), /* 2 to the 63rd */
		ROW("{\"a\":\"\n\"}"),		   /* raw newline */
		ROW(""), ROW(" "), ROW("{"), ROW("{\"a\":1}\0"),
		ROW("{\"a\":}"), ROW("3"), ROW("\"a\""), ROW("null"),
		ROW("{'a':1}"), ROW("[1,]"), ROW("{\"a\":NaN}"),
		ROW("\xef\xbb\xbf{}"),		   /* byte order mark */
#undef ROW
	};
	json_t *v = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(json_read(rows[i].text, rows[i].n, &v),
		    ERR_JSON);
		assert_null(v);
	}
	assert_int_equal(json_read(NULL, 0, &v), ERR_JSON);
	assert_int_equal(READ("{\n \"a\":x}", &v), ERR_JSON);
	assert_string_equal(err_subject(), "ligne 2, colonne 6");
	assert_int_equal(json_read("", BUF_MAX + 1, &v), ERR_TOO_LONG);
}

/* However deep a stranger nests, the reader stops before the stack does. */
static void
depth_has_an_end(void **state)
{
	size_t n = 100000;
	char *deep = malloc(n);
	json_t *v = NULL;

	(void)state;
	assert_non_null(deep);
	memset(deep, '[', n);
	assert_int_equal(json_read(deep, n, &v), ERR_JSON);
	free(deep);
}

static void
one_value_is_one_text(void **state)
{
	json_t *v = read_good(" { \"b\" : [ 1, true, null ],\n"
	    "\"a\" : \"\\u00e9\\/\" } ");
	struct buf b;

	(void)state;
	buf_init(&b);
	assert_int_equal(json_write(v, &b), ERR_OK);
	assert_int_equal(buf_terminate(&b), ERR_OK);
	assert_string_equal((char *)b.p,
	    "{\"a\":\"é/\",\"b\":[1,true,null]}");
	buf_clear(&b);
	json_decref(v);
}

static void
no_room_leaves_what_was_there(void **state)
{
	json_t *v = read_good("{\"a\":\"0123456789\"}");
	struct buf b;

	(void)state;
	assert_int_equal(buf_init_secret(&b, 8), ERR_OK);
	assert_int_equal(buf_put(&b, "abc", 3), ERR_OK);
	assert_int_equal(json_write(v, &b), ERR_TOO_LONG);
	assert_int_equal(b.len, 3);
	assert_memory_equal(b.p, "abc\0\0\0\0", 8);
	buf_clear(&b);
	json_decref(v);
}

static void
members_are_of_their_kind(void **state)
{
	json_t *v = read_good("{\"t\":\"abc\",\"n\":5,\"r\":5.0,\"b\":true,"
	    "\"o\":{},\"l\":[],\"z\":null}");
	json_t *sub = NULL;
	json_int_t n = 77;
	bool yes = false;
	char t[4] = "xyz";

	(void)state;
	assert_int_equal(json_get_text(v, "t", t, 2), ERR_TOO_LONG);
	assert_string_equal(t, "xyz");
	assert_string_equal(err_subject(), "t");
	assert_int_equal(json_get_text(v, "t", t, 3), ERR_OK);
	assert_string_equal(t, "abc");
	assert_int_equal(json_get_text(v, "n", t, 3), ERR_JSON);
	assert_int_equal(json_get_text(v, "none", t, 3), ERR_JSON);
	assert_int_equal(json_get_text(NULL, "t", t, 3), ERR_JSON);

	assert_int_equal(json_get_int(v, "n", 6, 9, &n), ERR_JSON);
	assert_int_equal(json_get_int(v, "n", 0, 4, &n), ERR_JSON);
	assert_int_equal(json_get_int(v, "r", 0, 9, &n), ERR_JSON);
	assert_int_equal(json_get_int(v, "t", 0, 9, &n), ERR_JSON);
	assert_int_equal(json_get_int(v, "none", 0, 9, &n), ERR_JSON);
	assert_int_equal(n, 77);
	assert_int_equal(json_get_int(v, "n", 5, 5, &n), ERR_OK);
	assert_int_equal(n, 5);

	assert_int_equal(json_get_bool(v, "n", &yes), ERR_JSON);
	assert_int_equal(json_get_bool(v, "z", &yes), ERR_JSON);
	assert_false(yes);
	assert_int_equal(json_get_bool(v, "b", &yes), ERR_OK);
	assert_true(yes);

	assert_int_equal(json_get_object(v, "l", &sub), ERR_JSON);
	assert_int_equal(json_get_array(v, "o", &sub), ERR_JSON);
	assert_null(sub);
	assert_int_equal(json_get_object(v, "o", &sub), ERR_OK);
	assert_int_equal(json_get_array(v, "l", &sub), ERR_OK);
	assert_true(json_is_array(sub));
	json_decref(v);
}

static void
only_known_keys_pass(void **state)
{
	static const char *const keys[] = { "a", "b", NULL };
	json_t *v = read_good("{\"a\":1}"), *list = read_good("[]");

	(void)state;
	assert_int_equal(json_only(v, keys), ERR_OK);
	assert_int_equal(json_only(list, keys), ERR_JSON);
	assert_int_equal(json_only(NULL, keys), ERR_JSON);
	json_object_set_new(v, "c-3", json_null());
	assert_int_equal(json_only(v, keys), ERR_JSON);
	assert_string_equal(err_subject(), "c-3");
	json_decref(v);
	json_decref(list);

	/* A stranger does not write in our log. */
	v = read_good("{\"c\\nFAUX\":1}");
	assert_int_equal(json_only(v, keys), ERR_JSON);
	assert_string_equal(err_subject(), "clé inconnue");
	json_decref(v);
}

static void
values_live_where_they_are_kept(void **state)
{
	json_t *v;

	(void)state;
	json_keep_wiped();
	v = read_good("{\"a\":[\"b\",{\"c\":\"d\"}]}");
	json_decref(v);
	json_keep_locked();
	v = read_good("{\"a\":[\"b\",{\"c\":\"d\"}]}");
	json_decref(v);
	json_set_alloc_funcs(malloc, free);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(malformed_documents_are_refused),
		cmocka_unit_test(depth_has_an_end),
		cmocka_unit_test(one_value_is_one_text),
		cmocka_unit_test(no_room_leaves_what_was_there),
		cmocka_unit_test(members_are_of_their_kind),
		cmocka_unit_test(only_known_keys_pass),
		cmocka_unit_test(values_live_where_they_are_kept),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
