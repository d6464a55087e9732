/* record: the document comes back whole, and nothing else is one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/secret.h"
#include "tests/envelope/made.h"

static struct record *made, *back;
static struct buf doc;

static int
setup(void **state)
{
	(void)state;
	made = record_new();
	back = record_new();
	if (made == NULL || back == NULL)
		return -1;
	make_record(made);
	return buf_init_secret(&doc, RECORD_ROOM) == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	record_free(made);
	record_free(back);
	buf_clear(&doc);
	return 0;
}

static void
a_record_comes_back(void **state)
{
	struct buf again;

	(void)state;
	assert_int_equal(record_write(made, &doc), ERR_OK);
	assert_int_equal(record_read(doc.p, doc.len, back), ERR_OK);
	/* Both were zero before, so also what pads them is equal. */
	assert_memory_equal(made, back, sizeof(*made));
	assert_int_equal(buf_init_secret(&again, RECORD_ROOM), ERR_OK);
	assert_int_equal(record_write(back, &again), ERR_OK);
	assert_int_equal(again.len, doc.len);
	assert_memory_equal(again.p, doc.p, doc.len);
	buf_clear(&again);
}

static void
the_longest_texts_fit(void **state)
{
	(void)state;
	memset(made->identity.family, '"', sizeof(made->identity.family) - 1);
	memset(made->identity.given, '\\', sizeof(made->identity.given) - 1);
	memset(made->contact.email, '"', sizeof(made->contact.email) - 1);
	memset(made->consent.wording, '"', sizeof(made->consent.wording) - 1);
	memset(made->account.verifier, '"',
	    sizeof(made->account.verifier) - 1);
	memset(made->place.site_name, '"', sizeof(made->place.site_name) - 1);
	assert_int_equal(record_write(made, &doc), ERR_OK);
	assert_int_equal(record_read(doc.p, doc.len, back), ERR_OK);
	assert_memory_equal(made, back, sizeof(*made));
}

static void
what_cannot_be_said_is_not_written(void **state)
{
	(void)state;
#define NOT_SAID(change)                                                     \
	do {                                                                 \
		make_record(made);                                           \
		change;                                                      \
		assert_int_equal(record_write(made, &doc), ERR_RECORD_FORM); \
		assert_int_equal(doc.len, 0);                                \
	} while (0)
	NOT_SAID(made->identity.family[0] = '\x1B');
	NOT_SAID(made->identity.family[0] = '\xE9');
	NOT_SAID(memcpy(made->contact.email, "\xE2\x80\xAE", 4));
	NOT_SAID(memset(made->place.department, 'x', 4));
	NOT_SAID(made->notice.sha[3] = 'A');
	NOT_SAID(made->notice.sha[63] = '\0');
	NOT_SAID(memset(made->notice.sha, 'a', 65));
	NOT_SAID(made->kind = (enum record_kind)1);
	NOT_SAID(made->consent.method = (enum consent_method)3);
	NOT_SAID(made->made_ms = 1ull << 53);
#undef NOT_SAID
}

static void
no_room_is_an_error(void **state)
{
	struct buf small;

	(void)state;
	assert_int_equal(buf_init_secret(&small, 64), ERR_OK);
	assert_int_equal(record_write(made, &small), ERR_TOO_LONG);
	assert_int_equal(small.len, 0);
	buf_clear(&small);
}

/* The good document with one change made by hand. */
static json_t *
good(void)
{
	json_t *v;

	buf_reset(&doc);
	make_record(made);
	assert_int_equal(record_write(made, &doc), ERR_OK);
	assert_int_equal(json_read(doc.p, doc.len, &v), ERR_OK);
	return v;
}

/* Read the value as a document; it is used up. */
static enum err
read_value(json_t *v)
{
	enum err r;

	buf_reset(&doc);
	assert_int_equal(json_write(v, &doc), ERR_OK);
	json_decref(v);
	memset(back, 0x77, sizeof(*back));
	r = record_read(doc.p, doc.len, back);
	if (r != ERR_OK)
		assert_true(secret_is_zero(back, sizeof(*back)));
	return r;
}

/* The object to change: the document's own members, or a part's. */
static json_t *
at(json_t *v, const char *part)
{
	return part == NULL ? v : json_object_get(v, part);
}

/* Take away, add, and put each other kind of value, at every member. */
static void
mistreat(const char *part, const char *key)
{
	static const char others[] = "[null,true,-1,1.5,9007199254740992,"
	    "\"\\u001b\",[],{},\"un mot trop long pour toutes les places qui "
	    "en ont une seulement\"]";
	unsigned taken = 0;
	json_t *v = good(), *all, *other;
	size_t i;

	assert_int_equal(json_object_del(at(v, part), key), 0);
	assert_int_equal(read_value(v), ERR_RECORD_FORM);
	assert_int_equal(json_read(others, sizeof(others) - 1, &all), ERR_OK);
	json_array_foreach(all, i, other) {
		v = good();
		assert_int_equal(json_object_set(at(v, part), key, other), 0);
		taken += read_value(v) == ERR_OK;
	}
	json_decref(all);
	/* One of them may fit: true, or the text where long texts stand. */
	assert_in_range(taken, 0, 1);
}

static void
every_member_counts(void **state)
{
	json_t *v = good(), *members;
	const char *name, *key;
	json_t *value, *inner;
	unsigned n = 0;

	(void)state;
	members = json_deep_copy(v);
	json_decref(v);
	json_object_foreach(members, name, value) {
		mistreat(NULL, name);
		n++;
		json_object_foreach(value, key, inner) {
			mistreat(name, key);
			n++;
		}
	}
	json_decref(members);
	assert_int_equal(n, 6 + 9 + 38);
}

static void
nothing_may_be_added(void **state)
{
	static const char *const parts[] = { NULL, "access", "account",
		"certified", "consent", "contact", "identity", "notice",
		"operator", "place" };

	(void)state;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		json_t *v = good();

		assert_int_equal(json_object_set_new(at(v, parts[i]),
		    "secret-name", json_null()), 0);
		assert_int_equal(read_value(v), ERR_RECORD_FORM);
		assert_null(strstr(err_subject(), "secret-name"));
	}
}

static void
another_version_is_not_read(void **state)
{
	json_t *v = good();

	(void)state;
	assert_int_equal(json_object_set_new(v, "version", json_integer(2)),
	    0);
	assert_int_equal(json_object_set_new(v, "novelty", json_null()), 0);
	assert_int_equal(read_value(v), ERR_RECORD_VERSION);
}

static void
what_is_no_document_is_refused(void **state)
{
	static const char *const bad[] = { "", "{", "[]", "null", "1", "{}",
		"{\"version\":1}", "{\"version\":1,\"version\":1}",
		"{\"version\":\"1\"}" };
	struct buf big;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(record_read(bad[i], strlen(bad[i]), back),
		    ERR_RECORD_FORM);
	assert_int_equal(record_write(made, &doc), ERR_OK);
	for (size_t n = 0; n < doc.len; n++)
		assert_int_equal(record_read(doc.p, n, back),
		    ERR_RECORD_FORM);
	buf_init(&big);
	assert_int_equal(buf_put(&big, doc.p, doc.len), ERR_OK);
	while (big.len <= RECORD_ROOM)
		assert_int_equal(buf_put_u8(&big, ' '), ERR_OK);
	assert_int_equal(record_read(big.p, big.len - 1, back), ERR_OK);
	assert_int_equal(record_read(big.p, big.len, back), ERR_RECORD_FORM);
	buf_clear(&big);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_record_comes_back),
		TEST(the_longest_texts_fit),
		TEST(what_cannot_be_said_is_not_written),
		TEST(no_room_is_an_error),
		TEST(every_member_counts),
		TEST(nothing_may_be_added),
		TEST(another_version_is_not_read),
		TEST(what_is_no_document_is_refused),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
