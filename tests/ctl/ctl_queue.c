/* ctl_queue: the queue's verbs, as people and as programs read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/keyfile.h"
#include "base/log.h"
#include "ctl/ctl.h"
#include "sync/round.h"
#include "envelope/bundle.h"
#include "envelope/refusal.h"
#include "tests/queue/made.h"

#define PUT 3

static struct made m;
static struct rid rids[PUT];
static uint8_t centre[SIGN_SECRET_LEN], opener[SIGN_SECRET_LEN];
static char config[PATH_ROOM], keys[PATH_ROOM];
static char *said; /* what the last verb printed */

static void
write_key(const char *name, const char *kind, const uint8_t *key, size_t len)
{
	char path[PATH_ROOM];

	assert_int_equal(path_join(keys, name, path), ERR_OK);
	assert_int_equal(keyfile_write(path, kind, key, len, 1), ERR_OK);
}

static void
write_keys(void)
{
	uint8_t public[SIGN_PUBLIC_LEN];

	assert_int_equal(path_join(m.state, "keys", keys), ERR_OK);
	assert_int_equal(folder_make(keys), ERR_OK);
	write_key("sign.key", "sign-secret", m.sign_secret, SIGN_SECRET_LEN);
	sign_keypair(centre, public);
	write_key("centre.pub", "receipt-public", public, sizeof(public));
	sign_keypair(opener, public);
	write_key("opener.pub", "outcome-public", public, sizeof(public));
}

static void
write_config(void)
{
	struct buf b;

	buf_init(&b);
	assert_int_equal(buf_putf(&b, "mode = training\nstate = %s\n"
	    "terminal = %d\nsite-id = 1\nsite-name = Essai\n"
	    "department = 75\noperator-id = 1\noperator-name = Essai\n"
	    "operator-profession = pharmacien\n"
	    "centre-url = https://127.0.0.1:1\nprinter = none\n"
	    "support = rien\ntexts = %s\nlocales = %s\ncards = %s\n", m.state,
	    MADE_TERMINAL, m.state, m.state, m.state), ERR_OK);
	assert_int_equal(path_join(m.state, "desk.conf", config), ERR_OK);
	assert_int_equal(file_replace(config, b.p, b.len, 0600), ERR_OK);
	buf_clear(&b);
}

static int
setup(void **state)
{
	struct queue *q;
	uint64_t sequence;

	(void)state;
	if (made_init(&m) != 0)
		return -1;
	write_keys();
	write_config();
	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
	for (int i = 0; i < PUT; i++)
		assert_int_equal(made_put(&m, q, &rids[i], &sequence),
		    ERR_OK);
	queue_close(q);
	return 0;
}

static int
teardown(void **state)
{
	static const char *const names[] = { "sign.key", "centre.pub",
		"opener.pub" };
	char path[PATH_ROOM];

	(void)state;
	for (int i = 0; i < 3; i++)
		if (path_join(keys, names[i], path) == ERR_OK)
			(void)unlink(path);
	(void)rmdir(keys);
	made_clear(&m);
	free(said);
	said = NULL;
	return 0;
}

/* Run the verb of up to four words; what it prints is `said`. */
static enum err
run(bool json, const char *a, const char *b, const char *c)
{
	char words[3][PATH_ROOM], *argv[3];
	const char *given[] = { a, b, c };
	struct ctl ctl = { .config = config, .json = json };
	const struct ctl_verb *verb;
	int argc = 0, used;
	size_t n;
	enum err r;

	for (; argc < 3 && given[argc] != NULL; argc++) {
		(void)snprintf(words[argc], PATH_ROOM, "%s", given[argc]);
		argv[argc] = words[argc];
	}
	assert_non_null(verb = ctl_find(argc, argv, &used));
	ctl.argc = argc - used;
	ctl.argv = argv + used;
	free(said);
	assert_non_null(ctl.out = open_memstream(&said, &n));
	r = verb->run(&ctl);
	assert_int_equal(fclose(ctl.out), 0);
	return r;
}

/* The member of the i-th line that was said, as a text or a number. */
static json_t *
line(int i)
{
	const char *at = said;
	json_t *v;

	for (; i > 0; i--)
		at = strchr(at, '\n') + 1;
	assert_int_equal(json_read(at, strcspn(at, "\n"), &v), ERR_OK);
	return v;
}

static void
said_of(int i, const char *name, const char *want)
{
	json_t *v = line(i), *o = json_object_get(v, name);
	char number[32];

	(void)snprintf(number, sizeof(number), "%lld",
	    (long long)json_integer_value(o));
	assert_string_equal(json_is_string(o) ? json_string_value(o)
	    : number, want);
	json_decref(v);
}

static void
the_list_reads_well(void **state)
{
	char rid[RID_TEXT];

	(void)state;
	assert_int_equal(run(false, "queue", "list", NULL), ERR_OK);
	rid_text(&rids[1], rid);
	assert_non_null(strstr(said, "référence"));
	assert_non_null(strstr(said, rid));
	for (const char *at = said; *at != '\0';) {
		size_t n = strcspn(at, "\n");

		assert_in_range(n, 20, 84); /* bytes: some letters have two */
		at += n + 1;
	}
	assert_int_equal(run(true, "queue", "list", NULL), ERR_OK);
	for (int i = 0; i < PUT; i++) {
		rid_text(&rids[i], rid);
		said_of(i, "rid", rid);
		said_of(i, "state", "ready");
		said_of(i, "level", "none");
		said_of(i, "outcome", "waiting");
	}
	said_of(2, "sequence", "3");
}

static void
one_is_found_by_both_names(void **state)
{
	char rid[RID_TEXT], brief[RID_SHORT];

	(void)state;
	rid_text(&rids[0], rid);
	rid_short(&rids[0], brief);
	assert_int_equal(run(false, "queue", "show", rid), ERR_OK);
	assert_non_null(strstr(said, brief));
	assert_int_equal(run(true, "queue", "show", rid), ERR_OK);
	said_of(0, "rid", rid);
	/* All of this run were made in one second: the short name is of all. */
	assert_int_equal(run(true, "queue", "show", brief), ERR_USAGE);
	assert_int_equal(run(true, "queue", "show", "0000-0000"),
	    ERR_NOT_FOUND);
	assert_int_equal(run(true, "queue", "show",
	    "00000000000000000000000000"), ERR_NOT_FOUND);
	assert_int_equal(run(true, "queue", "show", "nothing"), ERR_USAGE);
	assert_int_equal(run(true, "queue", "show", NULL), ERR_USAGE);
}

static void
verbs_change_what_they_say(void **state)
{
	char rid[RID_TEXT];

	(void)state;
	rid_text(&rids[0], rid);
	assert_int_equal(run(true, "queue", "release", rid), ERR_USAGE);
	assert_int_equal(run(true, "queue", "hold", rid), ERR_OK);
	said_of(0, "state", "held");
	assert_int_equal(run(false, "queue", "show", rid), ERR_OK);
	assert_non_null(strstr(said, "retenu"));
	assert_int_equal(run(true, "queue", "release", rid), ERR_OK);
	said_of(0, "state", "ready");
	assert_int_equal(run(true, "queue", "retry", rid), ERR_OK);
	said_of(0, "state", "ready");
}

static void
reasons_are_said_in_words(void **state)
{
	struct queue *q;
	char rid[RID_TEXT];

	(void)state;
	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
	assert_int_equal(queue_defer(q, &rids[0], 601, INT64_MAX), ERR_OK);
	queue_close(q);
	rid_text(&rids[0], rid);
	assert_int_equal(run(false, "queue", "list", NULL), ERR_OK);
	assert_non_null(strstr(said, "différé"));
	assert_non_null(strstr(said, "G-601"));
	assert_int_equal(run(false, "queue", "show", rid), ERR_OK);
	assert_non_null(strstr(said, "Le centre est injoignable."));
	assert_non_null(strstr(said, "Prochain"));
}

static void
a_sound_queue_is_verified(void **state)
{
	(void)state;
	assert_int_equal(run(true, "verify", NULL, NULL), ERR_OK);
	said_of(0, "envelopes", "3");
	said_of(0, "damaged", "0");
	assert_int_equal(run(false, "verify", NULL, NULL), ERR_OK);
	assert_non_null(strstr(said, "entière"));
}

/* Signed by another key: aside, and the verb does not end well. */
static void
damage_is_said(void **state)
{
	uint8_t public[SIGN_PUBLIC_LEN];
	char path[PATH_ROOM];

	(void)state;
	sign_keypair(m.sign_secret, public);
	assert_int_equal(path_join(keys, "sign.key", path), ERR_OK);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(run(true, "verify", NULL, NULL), ERR_KEY_READ);
	write_key("sign.key", "sign-secret", m.sign_secret, SIGN_SECRET_LEN);
	assert_int_equal(run(true, "verify", NULL, NULL), ERR_QUEUE_DAMAGED);
	said_of(0, "damaged", "3");
}

static void
what_waits_goes_out_in_a_bundle(void **state)
{
	struct cursor items, one;
	char path[PATH_ROOM];
	struct envelope e;
	struct bundle b;
	struct buf file;

	(void)state;
	buf_init(&file);
	assert_int_equal(path_join(m.state, "lot", path), ERR_OK);
	assert_int_equal(run(true, "queue", "export", path), ERR_KEY_READ);
	write_key("opening.pub", "opening-public", m.keys.opening_public,
	    BOX_PUBLIC_LEN);
	assert_int_equal(run(true, "queue", "export", path), ERR_OK);
	said_of(0, "envelopes", "3");
	said_of(0, "left", "0");
	said_of(0, "held", "0");
	said_of(0, "sealing", "1");
	assert_int_equal(file_read(path, BUF_MAX - 1, &file), ERR_OK);
	assert_int_equal(bundle_open(file.p, file.len, m.sign_public, &b,
	    &items), ERR_OK);
	assert_true(b.terminal == MADE_TERMINAL && b.count == PUT &&
	    b.sent == 0);
	for (int i = 0; i < PUT; i++) {
		assert_int_equal(bundle_next(&items, &one), ERR_OK);
		assert_int_equal(envelope_read(one.p, one.n, &e), ERR_OK);
		assert_memory_equal(e.rid.b, rids[i].b, RID_LEN);
	}
	buf_clear(&file);
	assert_int_equal(run(true, "queue", "export", "/nowhere/that/is"),
	    ERR_FILE_WRITE);
	assert_int_equal(run(true, "queue", "list", NULL), ERR_OK);
	said_of(0, "state", "ready");
}

/* The second will not be had. */
static void
add_refusal(const uint8_t by[SIGN_SECRET_LEN], const uint8_t hash[DIGEST_LEN],
    struct buf *reply)
{
	struct refusal f = { .terminal = MADE_TERMINAL, .centre_key = 1,
		.code = 504, .rid = rids[1] };
	uint8_t refusal[REFUSAL_LEN];

	memcpy(f.hash, hash, DIGEST_LEN);
	assert_int_equal(refusal_write(&f, by, refusal), ERR_OK);
	assert_int_equal(bundle_add(refusal, sizeof(refusal), reply), ERR_OK);
}

/* A receipt, an outcome, a lease and a refusal, each good or not. */
static void
add_answers(bool good, struct buf *reply)
{
	const uint8_t *by = good ? centre : m.sign_secret;
	struct receipt rc = { .level = LEVEL_STORED,
		.terminal = MADE_TERMINAL, .centre_key = 1, .sequence = 1,
		.at_ms = 1, .rid = rids[0] };
	struct outcome_note o = { .terminal = MADE_TERMINAL, .opener_key = 1,
		.kind = OUTCOME_OPENED, .rid = rids[0] };
	struct lease l = { .terminal = MADE_TERMINAL + !good, .block = 1,
		.centre_key = 1, .count = 1 };
	uint8_t receipt[RECEIPT_LEN], outcome[OUTCOME_LEN];
	struct queue_row row, second;
	struct queue *q;
	struct buf lease;

	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
	assert_int_equal(queue_find(q, &rids[0], &row), ERR_OK);
	assert_int_equal(queue_find(q, &rids[1], &second), ERR_OK);
	queue_close(q);
	memcpy(rc.hash, row.hash, DIGEST_LEN);
	buf_init(&lease);
	assert_int_equal(receipt_write(&rc, by, receipt), ERR_OK);
	assert_int_equal(outcome_write(&o, good ? opener : by, outcome),
	    ERR_OK);
	assert_int_equal(lease_write(&l, centre, &lease), ERR_OK);
	assert_int_equal(bundle_add(receipt, sizeof(receipt), reply), ERR_OK);
	assert_int_equal(bundle_add(outcome, sizeof(outcome), reply), ERR_OK);
	assert_int_equal(bundle_add(lease.p, lease.len, reply), ERR_OK);
	add_refusal(by, second.hash, reply);
	if (!good)
		add_refusal(centre, row.hash, reply);
	buf_clear(&lease);
}

static void
answers_come_back_each_for_itself(void **state)
{
	char path[PATH_ROOM];
	struct buf reply;

	(void)state;
	buf_init(&reply);
	assert_int_equal(path_join(m.state, "reply", path), ERR_OK);
	assert_int_equal(reply_begin(10, &reply), ERR_OK);
	add_answers(false, &reply);
	assert_int_equal(bundle_add("?", 1, &reply), ERR_OK);
	add_answers(true, &reply);
	assert_int_equal(file_replace(path, reply.p, reply.len, 0600),
	    ERR_OK);
	assert_int_equal(run(true, "queue", "import", path), ERR_ENV_FORM);
	said_of(0, "receipts", "1");
	said_of(0, "outcomes", "1");
	said_of(0, "leases", "1");
	said_of(0, "refusals", "1");
	said_of(0, "refused", "6");
	assert_int_equal(run(true, "queue", "list", NULL), ERR_OK);
	said_of(0, "state", "sent");
	said_of(0, "level", "stored");
	said_of(0, "outcome", "opened");
	said_of(1, "state", "refused");
	said_of(1, "reason", "504");
	buf_clear(&reply);
}

static void
what_is_no_reply_is_refused(void **state)
{
	(void)state;
	assert_int_equal(run(true, "queue", "import", config), ERR_ENV_FORM);
	assert_int_equal(run(true, "queue", "import", "/nowhere/that/is"),
	    ERR_FILE_READ);
}

/* No verb makes a queue where there is none. */
/* All that are ready, and no others. */
static void
each_is_in_one_class(void)
{
	json_t *v = line(0), *list = json_object_get(v, "ages");
	json_int_t n = 0;

	for (size_t i = 0; i < json_array_size(list); i++)
		n += json_integer_value(json_object_get(json_array_get(list,
		    i), "count"));
	assert_true(n > 0);
	assert_true(n == json_integer_value(json_object_get(v, "ready")));
	json_decref(v);
}

static void
days_are_counted(void **state)
{
	struct queue *q;

	(void)state;
	assert_int_equal(run(false, "queue", "days", NULL), ERR_OK);
	assert_string_equal(said, "Aucune visite n'a eu lieu.\n");
	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
	assert_int_equal(queue_tally(q, "20261121", "saved"), ERR_OK);
	assert_int_equal(queue_tally(q, "20261121", "saved"), ERR_OK);
	assert_int_equal(queue_tally(q, "20261122", "refuse"), ERR_OK);
	queue_close(q);
	assert_int_equal(run(false, "queue", "days", NULL), ERR_OK);
	assert_non_null(strstr(said, "20261121        2  saved\n"
	    "20261122        1  refuse\n"));
	assert_int_equal(run(true, "queue", "days", NULL), ERR_OK);
	said_of(0, "day", "20261121");
	said_of(0, "end", "saved");
	said_of(0, "count", "2");
	said_of(1, "end", "refuse");
	assert_int_equal(run(false, "queue", "days", "x"), ERR_USAGE);
}

static void
ages_are_counted(void **state)
{
	struct queue *q;

	(void)state;
	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
	assert_int_equal(round_plan(q, ERR_SYNC_CONNECT, 0, 60000,
	    1795271600000), ERR_OK);
	queue_close(q);
	assert_int_equal(run(false, "queue", "ages", NULL), ERR_OK);
	assert_non_null(strstr(said, "moins d'une heure"));
	assert_non_null(strstr(said, "Prochain essai 2026-11-2"));
	assert_non_null(strstr(said, "1 de suite, G-601 Le centre est "
	    "injoignable."));
	assert_int_equal(run(true, "queue", "ages", NULL), ERR_OK);
	said_of(0, "reason", "601");
	said_of(0, "failures", "1");
	said_of(0, "opening_key", "0"); /* this folder has no keys */
	assert_non_null(strstr(said, "\"below_s\":60"));
	each_is_in_one_class();
	assert_int_equal(run(false, "queue", "ages", "x"), ERR_USAGE);
}

static void
no_queue_is_said(void **state)
{
	static const char *const verbs[] = { "list", "show", "retry", "hold",
		"release", "export" };
	char path[PATH_ROOM];

	(void)state;
	assert_int_equal(path_join(m.state, "queue.db", path), ERR_OK);
	assert_int_equal(unlink(path), 0);
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		assert_int_equal(run(true, "queue", verbs[i], i == 0 ? NULL
		    : "00000000000000000000000000"), ERR_NOT_FOUND);
	assert_int_equal(run(true, "verify", NULL, NULL), ERR_NOT_FOUND);
	assert_int_equal(access(path, F_OK), -1);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_list_reads_well),
		TEST(one_is_found_by_both_names),
		TEST(verbs_change_what_they_say),
		TEST(reasons_are_said_in_words),
		TEST(a_sound_queue_is_verified),
		TEST(damage_is_said),
		TEST(what_waits_goes_out_in_a_bundle),
		TEST(answers_come_back_each_for_itself),
		TEST(what_is_no_reply_is_refused),
		TEST(ages_are_counted),
		TEST(days_are_counted),
		TEST(no_queue_is_said),
	};

	log_open("ctl_queue", true);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
