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

/* A record of each kind: plain, with a representative, signed and measured. */
enum { PLAIN, MINOR, SIGNED, SHAPES };
enum { SORTS = SHAPES * RECORD_KIND_COUNT };

static void
make_sort(int i)
{
	make_kind(made, (enum record_kind)(i / SHAPES));
	if (i % SHAPES == MINOR)
		make_minor(made);
	if (i % SHAPES == SIGNED) {
		made->consent.method = CONSENT_PAPER;
		made->form.there = made->steps.there = true;
		memset(made->form.number.b, 7, RID_LEN);
		made->steps.card_s = 21;
		made->steps.information_s = 90;
		made->steps.consent_s = 33;
		made->steps.choices_s = 40;
		made->steps.review_s = 12;
	}
}

static void
a_record_comes_back(void **state)
{
	struct buf again;

	(void)state;
	assert_int_equal(buf_init_secret(&again, RECORD_ROOM), ERR_OK);
	for (int i = 0; i < SORTS; i++) {
		make_sort(i);
		buf_reset(&doc);
		assert_int_equal(record_write(made, &doc), ERR_OK);
		assert_int_equal(record_read(doc.p, doc.len, back), ERR_OK);
		/* Both were zero before, so also what pads them is equal. */
		assert_memory_equal(made, back, sizeof(*made));
		buf_reset(&again);
		assert_int_equal(record_write(back, &again), ERR_OK);
		assert_int_equal(again.len, doc.len);
		assert_memory_equal(again.p, doc.p, doc.len);
	}
	buf_clear(&again);
}

static void
each_word_comes_back(void **state)
{
	(void)state;
#define EACH(member, type, last)					\
	for (unsigned i = 0; i <= (unsigned)(last); i++) {		\
		buf_reset(&doc);					\
		made->member = (enum type)i;				\
		assert_int_equal(record_write(made, &doc), ERR_OK);	\
		assert_int_equal(record_read(doc.p, doc.len, back),	\
		    ERR_OK);						\
		assert_int_equal(back->member, i);			\
	}
	make_minor(made);
	EACH(regime, regime, REGIME_MES)
	EACH(grantor, grantor, GRANTOR_REPRESENTATIVE)
	EACH(consent.method, consent_method, CONSENT_PAPER)
	EACH(subject.status, subject_status, SUBJECT_PROTECTED)
	EACH(subject.measure, protection, MEASURE_COUNT - 1)
	EACH(subject.assent, assent, ASSENT_NOT_ABLE)
	EACH(representative.role, role, ROLE_COUNT - 1)
	EACH(news.alerts, alerts, ALERTS_EACH)
	EACH(news.confirmation, confirmation, CONFIRM_POST)
#undef EACH
}

static void
another_decides_for_some(void **state)
{
	(void)state;
	assert_false(record_is_represented(made));
	made->subject.status = SUBJECT_MINOR;
	assert_true(record_is_represented(made));
	made->subject.measure = MEASURE_TUTELLE;
	made->subject.status = SUBJECT_ADULT;
	assert_false(record_is_represented(made));
	made->subject.status = SUBJECT_PROTECTED;
	for (unsigned m = 0; m < MEASURE_COUNT; m++) {
		made->subject.measure = (enum protection)m;
		assert_int_equal(record_is_represented(made),
		    m == MEASURE_TUTELLE || m == MEASURE_REPRESENTATION);
	}
}

/* DESIGN section 4, as a table of the test's own. */
static void
each_kind_has_its_parts(void **state)
{
	static const struct {
		const char *part, *kinds[4];
	} some[] = {
		{ "notice", { "open", "reopen", "oppose" } },
		{ "access", { "open", "preferences" } },
		{ "doctor", { "open", "preferences" } },
		{ "emergency", { "open", "preferences" } },
		{ "news", { "open", "preferences" } },
		{ "contact", { "open", "reissue", "reopen" } },
		{ "account", { "open", "reissue", "reopen" } },
		{ "close", { "close" } },
		{ "diagnosis", { NULL } },
	};
	static const char *const all[] = { "place", "operator", "identity",
		"subject", "representative", "consent", "certified", "form",
		"steps" };

	(void)state;
	for (unsigned k = 0; k < RECORD_KIND_COUNT; k++) {
		const char *word = record_kind_word((enum record_kind)k);

		for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
			assert_true(record_has((enum record_kind)k, all[i]));
		for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
			bool named = false;

			for (int n = 0; n < 4; n++)
				named |= some[i].kinds[n] != NULL &&
				    strcmp(some[i].kinds[n], word) == 0;
			assert_int_equal(record_has((enum record_kind)k,
			    some[i].part), named);
		}
	}
}

static void
the_longest_texts_fit(void **state)
{
	(void)state;
	memset(made->identity.family, '"', sizeof(made->identity.family) - 1);
	memset(made->identity.given, '\\', sizeof(made->identity.given) - 1);
	memset(made->identity.family_raw, 'a',
	    sizeof(made->identity.family_raw) - 1);
	memset(made->identity.given_raw, '0',
	    sizeof(made->identity.given_raw) - 1);
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
	NOT_SAID(made->identity.family_raw[0] = '4');
	NOT_SAID(memcpy(made->identity.given_raw, "4B", 3));
	NOT_SAID(memset(made->identity.given_raw, '0', 511));
	NOT_SAID(memcpy(made->contact.email, "\xE2\x80\xAE", 4));
	NOT_SAID(memset(made->place.department, 'x', 4));
	NOT_SAID(made->notice.sha[3] = 'A');
	NOT_SAID(made->notice.sha[63] = '\0');
	NOT_SAID(memset(made->notice.sha, 'a', 65));
	NOT_SAID(made->kind = RECORD_KIND_COUNT);
	NOT_SAID(made->grantor = (enum grantor)2);
	NOT_SAID(made->subject.measure = MEASURE_COUNT);
	NOT_SAID(made->news.alerts = (enum alerts)3);
	NOT_SAID(memset(made->access.allowed[0], '\0', RPPS_TEXT));
	NOT_SAID(memset(made->access.blocked[0], '9', RPPS_TEXT));
	NOT_SAID(made->access.blocked[7][0] = '1');
	NOT_SAID(make_minor(made);
	    made->representative.role = ROLE_COUNT);
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

/* The good document of a sort, to be changed by hand. */
static json_t *
good(int sort)
{
	json_t *v;

	buf_reset(&doc);
	make_sort(sort);
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
mistreat(int sort, const char *part, const char *key)
{
	static const char others[] = "[null,true,-1,1.5,9007199254740992,"
	    "\"\\u001b\",[1],[\"\"],[\"123456789012\"],{},\"un mot trop long "
	    "pour toutes les places qui en ont une seulement\",[\"1\",\"1\","
	    "\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\"]]";
	bool on_demand = part == NULL &&
	    (strcmp(key, "representative") == 0 || strcmp(key, "form") == 0 ||
	    strcmp(key, "steps") == 0);
	unsigned taken = 0;
	json_t *v = good(sort), *all, *other;
	size_t i;

	assert_int_equal(json_object_del(at(v, part), key), 0);
	assert_int_equal(read_value(v),
	    on_demand ? ERR_OK : ERR_RECORD_FORM);
	assert_int_equal(json_read(others, sizeof(others) - 1, &all), ERR_OK);
	json_array_foreach(all, i, other) {
		v = good(sort);
		assert_int_equal(json_object_set(at(v, part), key, other), 0);
		taken += read_value(v) == ERR_OK;
	}
	json_decref(all);
	/* One of them may fit: true, or the text where long texts stand. */
	assert_in_range(taken, 0, 1);
}

static unsigned
mistreat_all(int sort)
{
	json_t *members = good(sort), *value, *inner;
	const char *name, *key;
	unsigned n = 0;

	json_object_foreach(members, name, value) {
		mistreat(sort, NULL, name);
		n++;
		if (!json_is_object(value))
			continue;
		json_object_foreach(value, key, inner) {
			mistreat(sort, name, key);
			n++;
		}
	}
	json_decref(members);
	return n;
}

static void
every_member_counts(void **state)
{
	/* Members of the document, then of its parts: those that all kinds
	 * have, and those of each. */
	static const unsigned own[] = {
		[RECORD_OPEN] = 7 + 24, [RECORD_REISSUE] = 2 + 5,
		[RECORD_PREFERENCES] = 4 + 13, [RECORD_CLOSE] = 1 + 2,
		[RECORD_REOPEN] = 3 + 11, [RECORD_OPPOSE] = 1 + 6,
	};
	static const unsigned more[SHAPES] = { [MINOR] = 7, [SIGNED] = 2 + 6 };

	(void)state;
	for (int i = 0; i < SORTS; i++)
		assert_int_equal(mistreat_all(i), 8 + 6 + 31 +
		    own[i / SHAPES] + more[i % SHAPES]);
}

static void
nothing_may_be_added(void **state)
{
	json_t *v, *parts, *value;
	const char *part;

	(void)state;
	for (int i = 0; i < SORTS; i++) {
		parts = good(i);
		assert_int_equal(json_object_set_new(parts, "", json_null()),
		    0);
		json_object_foreach(parts, part, value) {
			v = good(i);
			if (*part != '\0' && !json_is_object(value))
				assert_int_equal(json_object_set_new(v, part,
				    json_object()), 0);
			else
				assert_int_equal(json_object_set_new(
				    at(v, *part == '\0' ? NULL : part),
				    "secret-name", json_null()), 0);
			assert_int_equal(read_value(v), ERR_RECORD_FORM);
			assert_null(strstr(err_subject(), "secret-name"));
		}
		json_decref(parts);
	}
}

/* The parts of one kind under the name of another. */
static void
a_kind_has_no_other_parts(void **state)
{
	(void)state;
	for (int i = 0; i < SORTS; i++)
		for (unsigned k = 0; k < RECORD_KIND_COUNT; k++) {
			json_t *v = good(i);
			enum err want = k == (unsigned)(i / SHAPES)
			    ? ERR_OK : ERR_RECORD_FORM;

			assert_int_equal(json_object_set_new(v, "kind",
			    json_string(record_kind_word(
			    (enum record_kind)k))), 0);
			assert_int_equal(read_value(v), want);
		}
}

static void
another_version_is_not_read(void **state)
{
	json_t *v = good(0);

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
		TEST(each_word_comes_back),
		TEST(another_decides_for_some),
		TEST(each_kind_has_its_parts),
		TEST(the_longest_texts_fit),
		TEST(what_cannot_be_said_is_not_written),
		TEST(no_room_is_an_error),
		TEST(every_member_counts),
		TEST(nothing_may_be_added),
		TEST(a_kind_has_no_other_parts),
		TEST(another_version_is_not_read),
		TEST(what_is_no_document_is_refused),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
