/* save: what a session says arrives at the centre, and secrets only so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/keyfile.h"
#include "desk/save.h"
#include "tests/desk/made.h"

static struct made m;
static struct queue *q;
static struct session s;
static struct desk_settings set;
static struct desk_keys keys;

static int
setup(void **state)
{
	(void)state;
	made_settings(&set);
	if (made_init(&m) != 0 || queue_open(m.state, false, &q) != ERR_OK ||
	    session_init(&s, &set, NULL) != ERR_OK)
		return -1;
	memcpy(keys.sign_secret, m.sign_secret, sizeof(m.sign_secret));
	keys.envelope = m.keys;
	s.now_ms = 1795271525000;
	made_person(s.person);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	queue_close(q);
	session_clear(&s);
	made_clear(&m);
	return 0;
}

static void
lend(uint32_t number)
{
	static struct lease l;

	memset(&l, 0, sizeof(l));
	l.terminal = MADE_TERMINAL;
	l.block++;
	l.centre_key = 1;
	l.count = 1;
	l.number[0] = number;
	assert_int_equal(queue_add_lease(q, &l), ERR_OK);
}

/* The record that the centre would read of the last save. */
static struct record *
at_the_centre(void)
{
	struct record *rec = record_new();
	struct buf bytes, document;
	struct envelope e;

	buf_init(&bytes);
	assert_non_null(rec);
	assert_int_equal(buf_init_secret(&document, 2 * RECORD_ROOM), ERR_OK);
	assert_int_equal(queue_bytes(q, &s.person->rec.rid, &bytes), ERR_OK);
	assert_int_equal(envelope_check(bytes.p, bytes.len, m.sign_public),
	    ERR_OK);
	assert_int_equal(envelope_read(bytes.p, bytes.len, &e), ERR_OK);
	assert_int_equal(envelope_open(&e, m.box_secret, &document), ERR_OK);
	assert_int_equal(record_read(document.p, document.len, rec), ERR_OK);
	buf_clear(&bytes);
	buf_clear(&document);
	return rec;
}

static void
a_mobile_opens_an_account(void **state)
{
	struct record *rec;

	(void)state;
	lend(123456789);
	strcpy(s.person->rec.contact.mobile, "0639981241");
	assert_int_equal(desk_save(&s, q, &keys), ERR_OK);
	assert_true(s.person->saved);
	assert_int_equal(s.person->sequence, 1);
	assert_int_equal(strlen(s.person->password), PASSWORD_LEN);
	assert_int_equal(strlen(s.reference), RID_SHORT - 1);
	rec = at_the_centre();
	assert_true(rec->account.wanted && rec->training);
	assert_string_equal(rec->account.identifier, s.person->identifier);
	assert_int_equal(verifier_check(rec->account.verifier,
	    s.person->password, PASSWORD_LEN), ERR_OK);
	assert_string_equal(rec->identity.birth, "19421901");
	assert_string_equal(rec->operator.name, "Camille Officine");
	assert_string_equal(rec->place.profile, "pharmacie");
	assert_int_equal(rec->terminal, MADE_TERMINAL);
	assert_true(rec->made_ms == s.now_ms);
	record_free(rec);
}

/* In whole seconds; who is counted for years has a full number. */
static void
the_time_of_each_part_is_in_it(void **state)
{
	struct record *rec;

	(void)state;
	s.person->spent_ms[PART_CARD] = 21999;
	s.person->spent_ms[PART_INFORMATION] = 90000;
	s.person->spent_ms[PART_CONSENT] = 999;
	s.person->spent_ms[PART_CHOICES] = 4000;
	s.person->spent_ms[PART_REVIEW] = (uint64_t)1 << 60;
	assert_int_equal(desk_save(&s, q, &keys), ERR_OK);
	rec = at_the_centre();
	assert_true(rec->steps.there);
	assert_int_equal(rec->steps.card_s, 21);
	assert_int_equal(rec->steps.information_s, 90);
	assert_int_equal(rec->steps.consent_s, 0);
	assert_int_equal(rec->steps.choices_s, 4);
	assert_true(rec->steps.review_s == UINT32_MAX);
	record_free(rec);
}

/* Whose shift it is stands in the record; where one is needed and there is
 * none, nothing is saved. */
static void
nobody_saves_for_nobody(void **state)
{
	static const struct operator who = { "99900063480",
		"PATTROIS DOMINIQUE", "préparateur" };
	struct record *rec;

	(void)state;
	shift_accounts(&s, &who, 1, ERR_OK);
	assert_int_equal(desk_save(&s, q, &keys), ERR_NO_OPERATOR);
	assert_false(s.person->saved);
	s.shift.asked = who;
	shift_open(&s);
	assert_int_equal(desk_save(&s, q, &keys), ERR_OK);
	rec = at_the_centre();
	assert_string_equal(rec->operator.id, "99900063480");
	assert_string_equal(rec->operator.name, "PATTROIS DOMINIQUE");
	assert_string_equal(rec->operator.profession, "préparateur");
	assert_string_equal(rec->place.site_id, "750000001");
	assert_string_equal(rec->place.profile, "pharmacie");
	record_free(rec);
}

static void
without_a_channel_there_are_no_secrets(void **state)
{
	struct record *rec;

	(void)state;
	lend(1);
	assert_int_equal(desk_save(&s, q, &keys), ERR_OK);
	assert_int_equal(s.person->password[0], '\0');
	assert_int_equal(s.person->identifier[0], '\0');
	rec = at_the_centre();
	assert_false(rec->account.wanted);
	assert_int_equal(rec->account.verifier[0], '\0');
	record_free(rec);
}

static void
new_secrets_need_a_channel_and_an_identifier(void **state)
{
	struct record *rec;

	(void)state;
	s.person->rec.kind = RECORD_REISSUE;
	assert_int_equal(desk_save(&s, q, &keys), ERR_RULE_ACCOUNT);
	strcpy(s.person->rec.contact.mobile, "0639981241");
	assert_int_equal(desk_save(&s, q, &keys), ERR_NO_IDENTIFIER);
	assert_false(s.person->saved);
	assert_int_equal(s.person->password[0], '\0');
	lend(123456789);
	assert_int_equal(desk_save(&s, q, &keys), ERR_OK);
	rec = at_the_centre();
	assert_int_equal(rec->kind, RECORD_REISSUE);
	assert_string_equal(rec->account.identifier, s.person->identifier);
	record_free(rec);
}

static void
a_closing_has_no_secrets_and_a_motive(void **state)
{
	struct record *rec;

	(void)state;
	lend(123456789);
	s.person->rec.kind = RECORD_CLOSE;
	s.person->rec.close.warned = true;
	strcpy(s.person->rec.contact.mobile, "0639981241");
	assert_int_equal(desk_save(&s, q, &keys), ERR_OK);
	assert_int_equal(s.person->password[0], '\0');
	rec = at_the_centre();
	assert_int_equal(rec->kind, RECORD_CLOSE);
	assert_string_equal(rec->close.motive, "demande du patient");
	assert_int_equal(rec->contact.mobile[0], '\0');
	assert_false(rec->account.wanted);
	record_free(rec);
}

static void
who_is_on_duty_and_the_law_are_in_it(void **state)
{
	struct record *rec;

	(void)state;
	set.regime = REGIME_MES;
	strcpy(s.operator.id, "99900063480");
	strcpy(s.operator.name, "ESSAI LAURENCE");
	assert_int_equal(desk_save(&s, q, &keys), ERR_OK);
	rec = at_the_centre();
	assert_string_equal(rec->operator.id, "99900063480");
	assert_string_equal(rec->operator.name, "ESSAI LAURENCE");
	assert_int_equal(rec->regime, REGIME_MES);
	record_free(rec);
	session_operator_reset(&s);
	assert_string_equal(s.operator.id, set.operator_id);
}

static void
without_an_identifier_it_opens_all_the_same(void **state)
{
	struct record *rec;

	(void)state;
	strcpy(s.person->rec.contact.email, "essai@exemple.fr");
	assert_int_equal(desk_save(&s, q, &keys), ERR_OK);
	assert_int_equal(s.person->password[0], '\0');
	rec = at_the_centre();
	assert_false(rec->account.wanted);
	assert_string_equal(rec->contact.email, "essai@exemple.fr");
	record_free(rec);
}

/* What cannot be written leaves no secret behind. */
static void
a_failure_leaves_nothing(void **state)
{
	struct queue_counts n;

	(void)state;
	lend(2);
	strcpy(s.person->rec.contact.mobile, "0639981241");
	strcpy(s.person->rec.identity.family, "\xFF");
	assert_int_not_equal(desk_save(&s, q, &keys), ERR_OK);
	assert_false(s.person->saved);
	assert_true(secret_is_zero(s.person->password,
	    sizeof(s.person->password)));
	assert_true(secret_is_zero(s.person->identifier,
	    sizeof(s.person->identifier)));
	assert_true(secret_is_zero(&s.person->rec.account,
	    sizeof(s.person->rec.account)));
	assert_int_equal(queue_count(q, &n), ERR_OK);
	assert_int_equal(n.by_state[QUEUE_READY], 0);
}

static void
keys_are_read_or_named(void **state)
{
	char folder[80], path[PATH_ROOM];
	struct desk_keys *k = NULL;

	(void)state;
	(void)snprintf(folder, sizeof(folder), "%s/keys", m.state);
	assert_int_equal(folder_make(folder), ERR_OK);
	assert_int_equal(desk_keys_load(m.state, &k), ERR_KEY_READ);
	assert_non_null(strstr(err_subject(), "sign.key"));
	assert_int_equal(path_join(folder, "sign.key", path), ERR_OK);
	assert_int_equal(keyfile_write(path, "sign-secret", m.sign_secret,
	    SIGN_SECRET_LEN, 3), ERR_OK);
	assert_int_equal(desk_keys_load(m.state, &k), ERR_KEY_READ);
	assert_non_null(strstr(err_subject(), "opening.pub"));
	assert_int_equal(path_join(folder, "opening.pub", path), ERR_OK);
	assert_int_equal(keyfile_write(path, "opening-public",
	    m.keys.opening_public, BOX_PUBLIC_LEN, 4), ERR_OK);
	assert_int_equal(desk_keys_load(m.state, &k), ERR_OK);
	assert_int_equal(k->envelope.sign_number, 3);
	assert_int_equal(k->envelope.opening_number, 4);
	assert_ptr_equal(k->envelope.sign_secret, k->sign_secret);
	desk_keys_free(k);
	desk_keys_free(NULL);
	(void)unlink(path);
	assert_int_equal(path_join(folder, "sign.key", path), ERR_OK);
	(void)unlink(path);
	(void)rmdir(folder);
}

int
main(void)
{
#define EACH(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		EACH(a_mobile_opens_an_account),
		EACH(the_time_of_each_part_is_in_it),
		EACH(nobody_saves_for_nobody),
		EACH(without_a_channel_there_are_no_secrets),
		EACH(new_secrets_need_a_channel_and_an_identifier),
		EACH(a_closing_has_no_secrets_and_a_motive),
		EACH(who_is_on_duty_and_the_law_are_in_it),
		EACH(without_an_identifier_it_opens_all_the_same),
		EACH(a_failure_leaves_nothing),
		EACH(keys_are_read_or_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
