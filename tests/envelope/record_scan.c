/* record_scan: what is written is scanned, and never as another record than
 * the tree makes of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "envelope/record_own.h"
#include "tests/envelope/made.h"

static struct record *made, *scanned, *taken;
static struct buf doc;

static int
setup(void **state)
{
	(void)state;
	made = record_new();
	scanned = record_new();
	taken = record_new();
	if (made == NULL || scanned == NULL || taken == NULL)
		return -1;
	return buf_init_secret(&doc, RECORD_ROOM) == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	record_free(made);
	record_free(scanned);
	record_free(taken);
	buf_clear(&doc);
	return 0;
}

/* Of that kind, with or without all that is there on demand. */
static void
write_kind(unsigned kind, bool whole)
{
	make_kind(made, (enum record_kind)kind);
	if (whole) {
		make_minor(made);
		made->form.there = made->steps.there = true;
		memset(made->form.number.b, 7, RID_LEN);
		made->steps.card_s = 21;
		if (record_has(made->kind, "contact")) {
			made->verified.there = true;
			MADE_COPY(made->verified.email, "00ff");
		}
	}
	buf_reset(&doc);
	assert_int_equal(record_write(made, &doc), ERR_OK);
}

static bool
scan(const void *p, size_t n)
{
	record_wipe(scanned);
	return record_scan(p, n, scanned);
}

/* Scanned, it is what the tree makes of it. */
static bool
agrees(const void *p, size_t n)
{
	if (!scan(p, n))
		return false;
	record_wipe(taken);
	assert_int_equal(record_take(p, n, taken), ERR_OK);
	assert_memory_equal(scanned, taken, sizeof(*taken));
	return true;
}

static void
whatever_is_written_is_scanned(void **state)
{
	(void)state;
	for (unsigned k = 0; k < RECORD_KIND_COUNT; k++)
		for (int whole = 0; whole < 2; whole++) {
			write_kind(k, whole == 1);
			assert_true(agrees(doc.p, doc.len));
			assert_memory_equal(scanned, made, sizeof(*made));
		}
}

/* A quote in a text is written with a backslash, which only the tree reads. */
static void
an_escape_is_for_the_tree(void **state)
{
	(void)state;
	make_record(made);
	MADE_COPY(made->place.site_name, "Pharmacie \"du Port\"");
	buf_reset(&doc);
	assert_int_equal(record_write(made, &doc), ERR_OK);
	assert_false(scan(doc.p, doc.len));
	assert_int_equal(record_read(doc.p, doc.len, taken), ERR_OK);
	assert_memory_equal(taken, made, sizeof(*made));
}

static void
what_is_cut_or_longer_is_not_scanned(void **state)
{
	(void)state;
	for (unsigned k = 0; k < RECORD_KIND_COUNT; k++) {
		write_kind(k, true);
		for (size_t n = 0; n < doc.len; n++)
			assert_false(scan(doc.p, n));
		assert_int_equal(buf_put_u8(&doc, ' '), ERR_OK);
		assert_false(scan(doc.p, doc.len));
	}
}

/* Every byte becomes another, is there twice, or is left out. */
static void
both_readers_agree(void **state)
{
	static const char others[] = "\"\\,:{}[]019-.eaZ \n\x7F\xC3\xA9\xFF";
	unsigned scans = 0;

	(void)state;
	write_kind(RECORD_OPEN, true);
	for (size_t i = 0; i < doc.len; i++) {
		const uint8_t was = doc.p[i];

		for (size_t k = 0; k < sizeof(others); k++) {
			doc.p[i] = (uint8_t)others[k];
			scans += agrees(doc.p, doc.len);
		}
		doc.p[i] = was;
	}
	/* Within a text nearly anything is as good. */
	assert_true(scans > doc.len);
	for (size_t i = 0; i + 1 < doc.len; i++) {
		const uint8_t first = doc.p[i];

		doc.p[i] = doc.p[i + 1];
		(void)agrees(doc.p, doc.len);
		doc.p[i + 1] = first;
		(void)agrees(doc.p, doc.len);
		doc.p[i + 1] = doc.p[i];
		doc.p[i] = first;
	}
}

/* With other bytes in a place: what the tree says of it. */
static enum err
replaced(const char *from, const char *to)
{
	struct buf out;
	uint8_t *at;
	size_t before;
	enum err r;

	assert_int_equal(buf_terminate(&doc), ERR_OK);
	at = (uint8_t *)strstr((char *)doc.p, from);
	assert_non_null(at);
	before = (size_t)(at - doc.p);
	buf_init(&out);
	assert_int_equal(buf_put(&out, doc.p, before), ERR_OK);
	assert_int_equal(buf_put_text(&out, to), ERR_OK);
	assert_int_equal(buf_put_text(&out, (char *)at + strlen(from)),
	    ERR_OK);
	assert_false(scan(out.p, out.len));
	record_wipe(taken);
	r = record_take(out.p, out.len, taken);
	buf_clear(&out);
	return r;
}

static void
other_forms_are_for_the_tree(void **state)
{
	static const struct {
		const char *from, *to;
		enum err said;
	} rows[] = {
		{ "\"birth\":\"20160229\",\"country\":\"FR\"",
		  "\"country\":\"FR\",\"birth\":\"20160229\"", ERR_OK },
		{ "\"training\":true", "\"training\": true", ERR_OK },
		{ "\"training\":true,", "", ERR_RECORD_FORM },
		{ "\"version\":1", "\"version\":2",
		  ERR_RECORD_VERSION },
		{ "\"version\":1", "\"version\":01", ERR_RECORD_FORM },
		{ "\"version\":1", "\"version\":1,\"zone\":1", ERR_RECORD_FORM },
		{ "\"kind\":\"open\"", "\"kind\":\"close\"", ERR_RECORD_FORM },
		{ "\"kind\":\"open\"", "\"kind\":\"opens\"", ERR_RECORD_FORM },
		{ "\"alerts\":\"", "\"alert\":\"", ERR_RECORD_FORM },
		{ "\"doctor\":{", "\"doctors\":{", ERR_RECORD_FORM },
		{ "\"training\":true", "\"training\":1", ERR_RECORD_FORM },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		write_kind(RECORD_OPEN, true);
		assert_int_equal(replaced(rows[i].from, rows[i].to),
		    rows[i].said);
		if (rows[i].said == ERR_OK)
			assert_memory_equal(taken, made, sizeof(*made));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_is_written_is_scanned),
		cmocka_unit_test(an_escape_is_for_the_tree),
		cmocka_unit_test(what_is_cut_or_longer_is_not_scanned),
		cmocka_unit_test(both_readers_agree),
		cmocka_unit_test(other_forms_are_for_the_tree),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, setup, teardown);
}
