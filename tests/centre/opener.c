/* opener: what becomes of an entry, whoever sent it and whenever we die. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/keyfile.h"
#include "base/log.h"
#include "envelope/annul.h"
#include "tests/centre/served.h"
#include "tests/temp.h"

/* Do the sealed bytes of an entry wait in the ledger? */
static bool
sealed_kept(void)
{
	struct entry e;
	struct buf b;
	bool found;

	buf_init(&b);
	found = made_waiting(&m, 0, &e, &b) == ERR_OK && b.len > 0;
	buf_clear(&b);
	return found;
}

static enum err
see_note(uint64_t number, const uint8_t note[OUTCOME_LEN], void *user)
{
	struct outcome_note *o = user;

	(void)number;
	return outcome_read(note, OUTCOME_LEN, m.outcome_public, o);
}

static void
a_right_record_becomes_a_dossier(void **state)
{
	struct outcome_note o;
	struct buf read, written;

	(void)state;
	arrive();
	run(1, 0);
	assert_outcome(OUTCOME_OPENED, ERR_OK);
	assert_int_equal(dossiers(), 1);
	assert_true(traces() == 1);
	assert_int_equal(loan_of(lent[0]), LOAN_USED);
	assert_int_equal(m.store->ops->notes_after(m.store, MADE_TERMINAL, 0,
	    10, see_note, &o), ERR_OK);
	assert_memory_equal(o.rid.b, rec->rid.b, sizeof(o.rid.b));
	assert_int_equal(o.kind, OUTCOME_OPENED);
	assert_int_equal(o.opener_key, 4);
	/* The dossier is the document, word for word. */
	assert_int_equal(buf_init_secret(&read, RECORD_ROOM), ERR_OK);
	buf_init(&written);
	assert_int_equal(record_write(rec, &written), ERR_OK);
	assert_int_equal(vault_read(vault, &rec->rid, &read), ERR_OK);
	assert_int_equal(read.len, written.len);
	assert_memory_equal(read.p, written.p, read.len);
	buf_clear(&read);
	buf_clear(&written);
	run(0, 0);
}

static enum err
see_account(const struct dossier *d, void *user)
{
	*(bool *)user = d->account;
	return ERR_OK;
}

static bool
has_account(void)
{
	bool account = false;

	assert_int_equal(vault_each(vault, see_account, &account), ERR_OK);
	return account;
}

static enum err
count_line(const struct trace_line *l, void *user)
{
	(void)l;
	++*(int *)user;
	return ERR_OK;
}

static int
traces_of_rec(void)
{
	uint8_t id[DOSSIER_ID_LEN];
	int n = 0;

	assert_int_equal(vault_dossier_of(vault, &rec->rid, id), ERR_OK);
	assert_int_equal(vault_traces(vault, id, 0, TRACE_LAST, count_line,
	    &n), ERR_OK);
	return n;
}

/* The terminal's word arrives that the secrets of rec are void. */
static void
annul_arrives(uint32_t terminal, bool training)
{
	struct annul a = { .about = rec->rid, .made_ms = MADE_NOW,
		.terminal = terminal, .training = training };
	struct buf document;
	int code;

	rid_make(MADE_NOW + 5000, &a.rid);
	buf_init(&document);
	buf_reset(&env);
	assert_int_equal(annul_write(&a, &document), ERR_OK);
	assert_int_equal(made_seal(&m, &a.rid, &document, &env), ERR_OK);
	assert_string_equal(made_status(&m, &env, 0, &code), "stored");
	buf_clear(&document);
}

static void
void_secrets_leave_the_dossier(void **state)
{
	(void)state;
	arrive();
	run(1, 0);
	assert_true(has_account());
	annul_arrives(MADE_TERMINAL, true);
	run(1, 0);
	assert_int_equal(dossiers(), 1);
	assert_false(has_account());
	assert_int_equal(loan_of(lent[0]), LOAN_USED);
	assert_true(traces() == 2);
	assert_int_equal(traces_of_rec(), 2);
}

static enum err
see_tally(const struct tally *t, void *user)
{
	char *said = user;

	sprintf(said + strlen(said), "%s %s %s %u\n", outcome_word(t->kind),
	    t->channel, t->department, (unsigned)t->n);
	return ERR_OK;
}

static void
a_day_counts_what_came_of_it(void **state)
{
	char said[256] = "", want[256];

	(void)state;
	arrive();
	run(1, 0);
	for (int i = 1; i < 3; i++) {
		rid_make(MADE_NOW + 5000, &rec->rid);
		identifier_text(lent[i], false, rec->account.identifier);
		arrive();
	}
	run(2, 0);
	(void)snprintf(want, sizeof(want), "opened %s %s 1\n"
	    "already-open %s %s 2\n", rec->place.profile,
	    rec->place.department, rec->place.profile,
	    rec->place.department);
	assert_int_equal(m.store->ops->tally_each(m.store, 0, see_tally,
	    said), ERR_OK);
	assert_string_equal(said, want);
}

/* Its record was held back, and comes behind it. */
static void
void_secrets_stay_so_whatever_comes_first(void **state)
{
	struct rid later;

	(void)state;
	rid_make(MADE_NOW, &rec->rid);
	later = rec->rid;
	annul_arrives(MADE_TERMINAL, true);
	run(1, 0);
	rec->rid = later;
	arrive_as(false);
	run(1, 0);
	assert_outcome(OUTCOME_OPENED, ERR_OK);
	assert_int_equal(dossiers(), 1);
	assert_false(has_account());
}

static void
a_word_of_another_terminal_or_mode_is_refused(void **state)
{
	(void)state;
	arrive();
	run(1, 0);
	annul_arrives(MADE_TERMINAL + 1, true);
	run(1, 0);
	annul_arrives(MADE_TERMINAL, false);
	run(1, 0);
	assert_true(has_account());
}

static void
a_second_enrolment_of_a_person_opens_nothing(void **state)
{
	(void)state;
	arrive();
	run(1, 0);
	MADE_COPY(rec->identity.family, "essai");
	MADE_COPY(rec->identity.given, "Alainbis-Eloise");
	identifier_text(lent[1], false, rec->account.identifier);
	arrive();
	run(1, 0);
	assert_outcome(OUTCOME_ALREADY_OPEN, ERR_OK);
	assert_int_equal(dossiers(), 1);
	assert_int_equal(loan_of(lent[0]), LOAN_USED);
	assert_int_equal(loan_of(lent[1]), LOAN_VOID);
	assert_true(traces() == 2);
}

/* Both in one batch: the first is opened, the second met it. */
static void
twice_in_one_batch_is_once(void **state)
{
	(void)state;
	arrive();
	identifier_text(lent[1], false, rec->account.identifier);
	arrive();
	run(2, 0);
	assert_outcome(OUTCOME_ALREADY_OPEN, ERR_OK);
	assert_int_equal(dossiers(), 1);
}

/* A card has several bearers under one number (facts/card.md 4.2). */
static void
bearers_of_one_card_are_different_persons(void **state)
{
	(void)state;
	arrive();
	MADE_COPY(rec->identity.given, "BRIGITTE");
	identifier_text(lent[1], false, rec->account.identifier);
	arrive();
	MADE_COPY(rec->identity.birth, "19421902");
	identifier_text(lent[2], false, rec->account.identifier);
	arrive();
	run(3, 0);
	assert_int_equal(dossiers(), 3);
}

static void
an_identifier_is_given_once(void **state)
{
	(void)state;
	arrive();
	MADE_COPY(rec->identity.given, "BRIGITTE");
	arrive();
	run(2, 0);
	assert_outcome(OUTCOME_REFUSED, ERR_RULE_IDENTIFIER);
	assert_int_equal(loan_of(lent[0]), LOAN_USED);
	assert_int_equal(dossiers(), 1);
}

static void
an_identifier_of_nobody_is_refused(void **state)
{
	uint32_t free = 0;

	(void)state;
	for (int i = 0; i < 20; i++)
		if (lent[i] == free)
			free++, i = -1;
	identifier_text(free, false, rec->account.identifier);
	arrive();
	run(1, 0);
	assert_outcome(OUTCOME_REFUSED, ERR_RULE_IDENTIFIER);
}

static void
a_broken_rule_is_refused_and_kept(void **state)
{
	(void)state;
	rec->consent.given = false;
	arrive();
	run(1, 0);
	assert_outcome(OUTCOME_REFUSED, ERR_RULE_CONSENT);
	assert_int_equal(dossiers(), 0);
	assert_true(traces() == 1);
	assert_int_equal(loan_of(lent[0]), LOAN_VOID);
	run(0, 0);
}

static void
what_is_no_record_is_refused(void **state)
{
	struct rid rid;
	struct entry e;
	int code;

	(void)state;
	buf_reset(&env);
	assert_int_equal(made_any(&m, &rid, &env), ERR_OK);
	assert_string_equal(made_status(&m, &env, 0, &code), "stored");
	run(1, 0);
	assert_int_equal(m.store->ops->entry_by_rid(m.store, &rid, &e),
	    ERR_OK);
	assert_int_equal(e.outcome, OUTCOME_REFUSED);
	assert_int_equal(e.reason, err_number(ERR_RECORD_FORM));
	assert_true(traces() == 1);
}

static void
what_does_not_open_is_refused(void **state)
{
	(void)state;
	box_keypair(m.opener.opening.secret, m.opening_public);
	arrive();
	box_keypair(m.opener.opening.secret, m.opening_public);
	run(1, 0);
	assert_outcome(OUTCOME_REFUSED, ERR_ENV_OPEN);
}

/* A key that the opener lacks is the centre's trouble: the entry waits. */
static void
an_entry_for_another_key_waits(void **state)
{
	(void)state;
	arrive();
	m.opener.opening.number = 9;
	run(0, 1);
	assert_int_equal(entry_of().outcome, 0);
	assert_true(sealed_kept());
	m.opener.opening.number = 2;
	run(1, 0);
	assert_outcome(OUTCOME_OPENED, ERR_OK);
	assert_false(sealed_kept());
}

/* Names that cannot be folded are refused, and do not stop the others. */
static void
an_endless_name_stops_nobody(void **state)
{
	char name[256] = "";

	(void)state;
	for (int i = 0; i < 84; i++)
		memcpy(name + strlen(name), "\xEF\xB7\xBA", 4);
	MADE_COPY(rec->identity.family, name);
	arrive();
	run(1, 0);
	assert_outcome(OUTCOME_REFUSED, ERR_RULE_IDENTITY);
	make_record(rec);
	identifier_text(lent[1], false, rec->account.identifier);
	arrive();
	run(1, 0);
	assert_outcome(OUTCOME_OPENED, ERR_OK);
}

static enum err
fail_commit(struct store *s)
{
	(void)s;
	return ERR_LEDGER;
}

/* We die after the vault's commit and before the ledger's. */
static void
dying_between_vault_and_ledger_is_harmless(void **state)
{
	struct store_ops broken = *m.store->ops;
	const struct store_ops *good = m.store->ops;
	unsigned settled, left;

	(void)state;
	arrive();
	broken.commit = fail_commit;
	m.store->ops = &broken;
	assert_int_equal(opener_run(opener, MADE_NOW, &settled, &left),
	    ERR_LEDGER);
	m.store->ops = good;
	assert_int_equal(settled, 0);
	assert_int_equal(dossiers(), 1);
	assert_int_equal(entry_of().outcome, 0);
	assert_int_equal(loan_of(lent[0]), LOAN_OUT);
	run(1, 0);
	assert_outcome(OUTCOME_OPENED, ERR_OK);
	assert_int_equal(dossiers(), 1);
	assert_int_equal(loan_of(lent[0]), LOAN_USED);
	assert_true(traces() == 1);
}

static enum err
fail_loan(struct store *s, uint32_t terminal, uint32_t number,
    enum loan *out)
{
	(void)s;
	(void)terminal;
	(void)number;
	(void)out;
	return ERR_LEDGER;
}

static enum err
fail_loans(struct store *s, const struct loan_claim *c, unsigned n, bool *out)
{
	(void)s;
	(void)c;
	(void)n;
	(void)out;
	return ERR_LEDGER;
}

/* The ledger fails while we decide: the vault keeps nothing of the batch. */
static void
a_deaf_ledger_decides_nothing(void **state)
{
	struct store_ops broken = *m.store->ops;
	const struct store_ops *good = m.store->ops;
	unsigned settled, left;

	(void)state;
	arrive();
	broken.loan_find = fail_loan;
	broken.loans_out = fail_loans;
	m.store->ops = &broken;
	assert_int_equal(opener_run(opener, MADE_NOW, &settled, &left),
	    ERR_LEDGER);
	m.store->ops = good;
	assert_int_equal(dossiers(), 0);
	assert_true(traces() == 0);
	run(1, 0);
	assert_outcome(OUTCOME_OPENED, ERR_OK);
}

static void
more_than_a_batch_takes_two(void **state)
{
	(void)state;
	memset(&rec->account, 0, sizeof(rec->account));
	for (unsigned i = 0; i <= OPENER_BATCH; i++) {
		(void)snprintf(rec->identity.birth,
		    sizeof(rec->identity.birth), "1942%04u", i % 10000);
		arrive();
	}
	run(OPENER_BATCH, 0);
	run(1, 0);
	assert_int_equal(dossiers(), OPENER_BATCH + 1);
}

static void
its_keys_are_read_strictly(void **state)
{
	static const struct {
		const char *path, *kind;
		size_t n;
	} files[] = {
		{ "keys/opening.key", "opening-secret", BOX_SECRET_LEN },
		{ "keys/outcome.key", "outcome-secret", SIGN_SECRET_LEN },
		{ "keys/master.key", "master-secret", SYM_KEY_LEN },
		{ "keys/index.key", "index-secret", SYM_KEY_LEN },
	};
	struct opener_keys *k = NULL;
	uint8_t key[64] = { 5 };
	char path[PATH_ROOM];

	(void)state;
	assert_int_equal(folder_make(temp_path("keys", path)), ERR_OK);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(opener_keys_load(temp_dir, &k),
		    ERR_KEY_READ);
		assert_int_equal(keyfile_write(temp_path(files[i].path, path),
		    files[i].kind, key, files[i].n, 6), ERR_OK);
	}
	assert_int_equal(opener_keys_load(temp_dir, &k), ERR_OK);
	assert_int_equal(opener_vault_keys(k)->master_number, 6);
	assert_memory_equal(opener_vault_keys(k)->index, key, SYM_KEY_LEN);
	opener_keys_free(k);
	opener_keys_free(NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_right_record_becomes_a_dossier),
		TEST(void_secrets_leave_the_dossier),
		TEST(a_day_counts_what_came_of_it),
		TEST(void_secrets_stay_so_whatever_comes_first),
		TEST(a_word_of_another_terminal_or_mode_is_refused),
		TEST(a_second_enrolment_of_a_person_opens_nothing),
		TEST(twice_in_one_batch_is_once),
		TEST(bearers_of_one_card_are_different_persons),
		TEST(an_identifier_is_given_once),
		TEST(an_identifier_of_nobody_is_refused),
		TEST(a_broken_rule_is_refused_and_kept),
		TEST(what_is_no_record_is_refused),
		TEST(what_does_not_open_is_refused),
		TEST(an_entry_for_another_key_waits),
		TEST(an_endless_name_stops_nobody),
		TEST(dying_between_vault_and_ledger_is_harmless),
		TEST(a_deaf_ledger_decides_nothing),
		TEST(more_than_a_batch_takes_two),
		TEST(its_keys_are_read_strictly),
	};

	log_open("opener", true);
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
