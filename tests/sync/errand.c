/* errand: leases and outcomes count only when they are true and ours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/sync/made.h"

#include "base/keyfile.h"
#include "sync/errand.h"

static struct sync_made m;

static int
setup(void **state)
{
	(void)state;
	return sync_made_open(&m, 2);
}

static int
teardown(void **state)
{
	(void)state;
	sync_made_close(&m);
	return 0;
}

static uint32_t
identifiers(void)
{
	struct queue_counts c;

	assert_int_equal(queue_count(m.queue, &c), ERR_OK);
	return c.identifiers;
}

/* A block of that terminal, signed with that key. */
static enum err
put_lease(uint32_t terminal, uint32_t block, const uint8_t *key,
    struct buf *out)
{
	struct lease l = { .terminal = terminal, .block = block,
		.centre_key = 1, .at_ms = 1, .count = 3 };
	char text[BASE64_ROOM(256)];
	struct buf b;
	enum err r;

	for (uint32_t i = 0; i < 3; i++)
		l.number[i] = block * 3 + i;
	buf_init(&b);
	if ((r = lease_write(&l, key, &b)) == ERR_OK) {
		base64_of(b.p, b.len, text);
		r = buf_putf(out, "{\"lease\":\"%s\"}", text);
	}
	buf_clear(&b);
	return r;
}

static enum err
play_leases(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	(void)body;
	assert_string_equal(path, "/v1/lease");
	return put_lease(MADE_TERMINAL, mm->asked, mm->centre, &out->body);
}

static void
blocks_are_asked_for_until_there_are_enough(void **state)
{
	(void)state;
	m.play = play_leases;
	assert_int_equal(errand_lease(&m.courier), ERR_OK);
	assert_int_equal(m.asked, 2);
	assert_int_equal(identifiers(), 6);
	assert_int_equal(errand_lease(&m.courier), ERR_OK);
	assert_int_equal(m.asked, 2);
}

static enum err
play_strangers_lease(struct sync_made *mm, const char *path,
    struct cursor body, struct answer *out)
{
	(void)path;
	(void)body;
	return put_lease(MADE_TERMINAL, 1, mm->stranger, &out->body);
}

static enum err
play_others_lease(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	(void)path;
	(void)body;
	return put_lease(MADE_TERMINAL + 1, 1, mm->centre, &out->body);
}

/* The same block again and again adds nothing, and we stop asking. */
static enum err
play_same_lease(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	(void)path;
	(void)body;
	return put_lease(MADE_TERMINAL, 1, mm->centre, &out->body);
}

static void
only_our_blocks_of_the_centre_count(void **state)
{
	(void)state;
	m.play = play_strangers_lease;
	assert_int_equal(errand_lease(&m.courier), ERR_LEASE);
	m.play = play_others_lease;
	assert_int_equal(errand_lease(&m.courier), ERR_LEASE);
	assert_int_equal(identifiers(), 0);
	m.play = play_same_lease;
	assert_int_equal(errand_lease(&m.courier), ERR_OK);
	assert_int_equal(identifiers(), 3);
	assert_true(m.asked < 30);
}

static const char *said;
static long status;

static enum err
play_said(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	(void)mm;
	(void)path;
	(void)body;
	out->status = status;
	return buf_put_text(&out->body, said);
}

static void
what_is_no_answer_is_said(void **state)
{
	static const char *const rows[] = { "", "{}", "{\"lease\":1}",
		"{\"lease\":\"!\"}", "{\"outcomes\":[]}",
		"{\"outcomes\":{},\"more\":false}",
		"{\"outcomes\":[1],\"more\":false}",
		"{\"outcomes\":[{\"number\":0,\"note\":\"\"}],\"more\":false}",
		("{\"outcomes\":[{\"number\":1,\"note\":\"!\"}],"
		    "\"more\":false}") };

	(void)state;
	m.play = play_said;
	status = 200;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		said = rows[i];
		assert_int_equal(errand_lease(&m.courier), ERR_SYNC_ANSWER);
		assert_int_equal(errand_outcomes(&m.courier),
		    ERR_SYNC_ANSWER);
	}
	status = 503;
	assert_int_equal(errand_lease(&m.courier), ERR_SYNC_BUSY);
	assert_int_equal(errand_outcomes(&m.courier), ERR_SYNC_BUSY);
	assert_int_equal(identifiers(), 0);
}

static enum err
put_note(const struct rid *rid, uint32_t terminal, const uint8_t *key,
    unsigned number, struct buf *out)
{
	struct outcome_note o = { .rid = *rid, .terminal = terminal,
		.opener_key = 1, .kind = OUTCOME_REFUSED, .reason = 712,
		.at_ms = 1795271600000 };
	char text[BASE64_ROOM(OUTCOME_LEN)];
	uint8_t bytes[OUTCOME_LEN];
	enum err r;

	if ((r = outcome_write(&o, key, bytes)) != ERR_OK)
		return r;
	base64_of(bytes, sizeof(bytes), text);
	return buf_putf(out, "{\"number\":%u,\"note\":\"%s\"}", number, text);
}

/* Two pages of one outcome each, then none. */
static enum err
play_pages(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	enum err r = buf_put_text(&out->body, "{\"outcomes\":[");

	(void)body;
	if (r == ERR_OK && strcmp(path, "/v1/outcomes?after=0") == 0)
		r = put_note(&mm->rid[0], MADE_TERMINAL, mm->opener, 4,
		    &out->body);
	else if (r == ERR_OK && strcmp(path, "/v1/outcomes?after=4") == 0)
		r = put_note(&mm->rid[1], MADE_TERMINAL, mm->opener, 9,
		    &out->body);
	return r != ERR_OK ? r : buf_putf(&out->body, "],\"more\":%s}",
	    strcmp(path, "/v1/outcomes?after=0") == 0 ? "true" : "false");
}

static uint64_t
cursor_now(void)
{
	uint64_t n;

	assert_int_equal(queue_outcome_cursor(m.queue, &n), ERR_OK);
	return n;
}

static void
outcomes_come_page_by_page_and_once(void **state)
{
	struct queue_row row;

	(void)state;
	m.play = play_pages;
	assert_int_equal(errand_outcomes(&m.courier), ERR_OK);
	assert_int_equal(m.asked, 2);
	assert_true(cursor_now() == 9);
	assert_int_equal(queue_find(m.queue, &m.rid[1], &row), ERR_OK);
	assert_int_equal(row.outcome, OUTCOME_REFUSED);
	assert_int_equal(row.outcome_reason, 712);
	assert_int_equal(errand_outcomes(&m.courier), ERR_OK);
	assert_int_equal(m.asked, 3);
}

static const uint8_t *note_key;
static uint32_t note_terminal;
static unsigned note_number;

static enum err
play_note(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	enum err r;

	(void)path;
	(void)body;
	if ((r = buf_put_text(&out->body, "{\"outcomes\":[")) != ERR_OK ||
	    (r = put_note(&mm->rid[0], note_terminal, note_key, note_number,
	    &out->body)) != ERR_OK)
		return r;
	return buf_put_text(&out->body, "],\"more\":true}");
}

static void
assert_note(const uint8_t *key, uint32_t terminal, unsigned number,
    enum err want)
{
	struct queue_row row;

	note_key = key;
	note_terminal = terminal;
	note_number = number;
	m.play = play_note;
	assert_int_equal(errand_outcomes(&m.courier), want);
	assert_int_equal(queue_find(m.queue, &m.rid[0], &row), ERR_OK);
	assert_int_equal(row.outcome, 0);
}

static void
only_the_openers_word_to_us_counts(void **state)
{
	(void)state;
	assert_note(m.stranger, MADE_TERMINAL, 1, ERR_RECEIPT);
	assert_note(m.centre, MADE_TERMINAL, 1, ERR_RECEIPT);
	assert_note(m.opener, MADE_TERMINAL + 1, 1, ERR_RECEIPT);
	assert_true(cursor_now() == 0);
	/* A number that goes back is no page of ours. */
	assert_int_equal(queue_set_outcome_cursor(m.queue, 5), ERR_OK);
	assert_note(m.opener, MADE_TERMINAL, 5, ERR_SYNC_ANSWER);
	assert_true(cursor_now() == 5);
}

/* A record that this disk no longer has is passed over. */
static void
an_outcome_of_no_row_is_passed_over(void **state)
{
	(void)state;
	rid_make(1, &m.rid[0]);
	rid_make(2, &m.rid[1]);
	m.play = play_pages;
	assert_int_equal(errand_outcomes(&m.courier), ERR_OK);
	assert_true(cursor_now() == 9);
}

/* The key that this terminal seals to is number 2 (tests/queue/made.h). */
static void
seals_to(uint32_t number)
{
	char keys[PATH_ROOM], path[PATH_ROOM];

	(void)snprintf(m.courier.state, sizeof(m.courier.state), "%s",
	    m.q.state);
	assert_int_equal(path_join(m.q.state, "keys", keys), ERR_OK);
	assert_int_equal(folder_make(keys), ERR_OK);
	assert_int_equal(path_join(keys, "opening.pub", path), ERR_OK);
	assert_int_equal(keyfile_replace(path, "opening-public",
	    m.q.keys.opening_public, BOX_PUBLIC_LEN, number), ERR_OK);
}

static void
seals_to_nothing(void)
{
	char keys[PATH_ROOM], path[PATH_ROOM];

	assert_int_equal(path_join(m.q.state, "keys", keys), ERR_OK);
	assert_int_equal(path_join(keys, "opening.pub", path), ERR_OK);
	(void)unlink(path);
	(void)rmdir(keys);
}

static struct opening announced;
static const uint8_t *announcer;
static const char *wanted_path;

static enum err
play_opening(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	char text[BASE64_ROOM(OPENING_LEN)];
	uint8_t bytes[OPENING_LEN];

	(void)mm;
	(void)body;
	assert_string_equal(path, wanted_path);
	if (announcer == NULL)
		return buf_put_text(&out->body, "{}");
	assert_int_equal(opening_write(&announced, announcer, bytes), ERR_OK);
	base64_of(bytes, sizeof(bytes), text);
	return buf_putf(&out->body, "{\"opening\":\"%s\"}", text);
}

static void
assert_announced(uint32_t want, enum err r)
{
	uint8_t bytes[OPENING_LEN];
	uint32_t number = 0;

	assert_int_equal(errand_opening(&m.courier), r);
	(void)queue_opening(m.queue, &number, bytes);
	assert_int_equal(number, want);
}

static void
a_later_opening_key_is_kept_for_the_desk(void **state)
{
	uint32_t sealing = 0;
	uint64_t sent = 0;

	(void)state;
	announced = (struct opening){ .number = 3, .outcome_key = 1 };
	m.play = play_opening;
	seals_to(2);
	wanted_path = "/v1/opening?sealing=2&sent=0&open=0";
	announcer = NULL;
	assert_announced(0, ERR_OK);
	announcer = m.stranger;
	assert_announced(0, ERR_OPENING_SAID);
	announcer = m.centre; /* the gateway makes none */
	assert_announced(0, ERR_OPENING_SAID);
	announcer = m.opener;
	assert_announced(3, ERR_OK);
	assert_announced(3, ERR_OK);
	/* The desk took another one, and what waits is still under this. */
	seals_to(4);
	assert_announced(3, ERR_OPENING_OLD);
	announced.number = 4;
	assert_announced(3, ERR_OPENING_SAID); /* with another key */
	memcpy(announced.public, m.q.keys.opening_public, BOX_PUBLIC_LEN);
	assert_announced(3, ERR_OK);
	for (unsigned i = 0; i < 2; i++)
		assert_int_equal(queue_refuse(m.queue, &m.rid[i], 523),
		    ERR_OK);
	wanted_path = "/v1/opening?sealing=4&sent=0&open=0";
	assert_announced(3, ERR_OK);
	/* The centre has the second, and may lose it again. */
	assert_int_equal(made_sent(m.queue, &m.rid[1], LEVEL_REPLICATED),
	    ERR_OK);
	wanted_path = "/v1/opening?sealing=4&sent=2&open=0";
	assert_announced(3, ERR_OK);
	assert_int_equal(errand_sealing(m.q.state, m.queue, &sealing, &sent),
	    ERR_OK);
	assert_true(sealing == 4 && sent == 2);
	seals_to_nothing();
	assert_announced(3, ERR_KEY_READ);
	assert_int_equal(errand_sealing(m.q.state, m.queue, &sealing, &sent),
	    ERR_KEY_READ);
}

static enum err
play_nonsense(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	(void)mm;
	(void)path;
	(void)body;
	return buf_put_text(&out->body, "{\"opening\":\"?\"}");
}

static void
an_opening_key_that_is_none_is_said(void **state)
{
	(void)state;
	m.play = play_nonsense;
	seals_to(2);
	assert_announced(0, ERR_SYNC_ANSWER);
	seals_to_nothing();
}

static struct switched word;
static const uint8_t *sayer; /* NULL: nothing is said */
static const char *asked_path;

static enum err
play_switch(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	char text[BASE64_ROOM(SWITCH_LEN)];
	uint8_t bytes[SWITCH_LEN];

	(void)body;
	if (strcmp(path, "/v1/lease") == 0)
		return put_lease(MADE_TERMINAL, mm->asked, mm->centre,
		    &out->body);
	assert_non_null(strstr(path, asked_path));
	if (sayer == NULL)
		return buf_put_text(&out->body, "{}");
	assert_int_equal(switch_write(&word, sayer, bytes), ERR_OK);
	base64_of(bytes, sizeof(bytes), text);
	return buf_putf(&out->body, "{\"switch\":\"%s\"}", text);
}

static void
assert_told(bool open, uint64_t at_ms, enum err r)
{
	struct queue_switch s;

	assert_int_equal(errand_opening(&m.courier), r);
	assert_int_equal(queue_switch(m.queue, &s), ERR_OK);
	assert_true(s.told.open == open && s.told.at_ms == at_ms);
}

static void
only_the_centres_word_on_this_place_counts(void **state)
{
	(void)state;
	word = (struct switched){ .terminal = MADE_TERMINAL, .centre_key = 1,
		.at_ms = 50 };
	m.play = play_switch;
	seals_to(2);
	asked_path = "&open=0";
	sayer = NULL;
	assert_told(true, 0, ERR_OK);
	sayer = m.stranger;
	assert_told(true, 0, ERR_RECEIPT);
	sayer = m.opener;
	assert_told(true, 0, ERR_RECEIPT);
	sayer = m.centre;
	word.terminal++;
	assert_told(true, 0, ERR_RECEIPT);
	word.terminal--;
	assert_told(false, 50, ERR_OK);
	asked_path = "&closed=50";
	/* An older one does not undo it. */
	word.open = true;
	word.at_ms = 40;
	assert_told(false, 50, ERR_OK);
	word.at_ms = 60;
	assert_told(true, 60, ERR_OK);
	asked_path = "&open=60";
	assert_told(true, 60, ERR_OK);
	seals_to_nothing();
}

static void
a_closed_place_asks_for_no_identifiers(void **state)
{
	unsigned before;

	(void)state;
	word = (struct switched){ .terminal = MADE_TERMINAL, .centre_key = 1,
		.at_ms = 50 };
	m.play = play_switch;
	seals_to(2);
	sayer = m.centre;
	asked_path = "";
	assert_told(false, 50, ERR_OK);
	before = m.asked;
	assert_int_equal(errand_lease(&m.courier), ERR_OK);
	assert_int_equal(m.asked, before);
	assert_int_equal(identifiers(), 0);
	word.open = true;
	word.at_ms = 60;
	assert_told(true, 60, ERR_OK);
	assert_int_equal(errand_lease(&m.courier), ERR_OK);
	assert_true(identifiers() >= 6);
	/* Closed since it was told: said by the answer. */
	m.play = play_said;
	said = "{}";
	status = 423;
	m.courier.lease_low = 1000;
	assert_int_equal(errand_lease(&m.courier), ERR_CLOSED);
	seals_to_nothing();
}

static enum err
play_no_switch(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	(void)mm;
	(void)path;
	(void)body;
	return buf_put_text(&out->body, "{\"switch\":\"?\"}");
}

static void
a_word_that_is_none_is_said(void **state)
{
	(void)state;
	m.play = play_no_switch;
	seals_to(2);
	assert_told(true, 0, ERR_SYNC_ANSWER);
	seals_to_nothing();
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(blocks_are_asked_for_until_there_are_enough),
		TEST(only_our_blocks_of_the_centre_count),
		TEST(what_is_no_answer_is_said),
		TEST(outcomes_come_page_by_page_and_once),
		TEST(only_the_openers_word_to_us_counts),
		TEST(an_outcome_of_no_row_is_passed_over),
		TEST(a_later_opening_key_is_kept_for_the_desk),
		TEST(an_opening_key_that_is_none_is_said),
		TEST(only_the_centres_word_on_this_place_counts),
		TEST(a_closed_place_asks_for_no_identifiers),
		TEST(a_word_that_is_none_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
