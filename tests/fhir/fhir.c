/* fhir: what a Bundle says of a dossier, act by act. tests/e2e/fhir.sh holds
 * them against the definitions of R4 themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/secret.h"
#include "envelope/vouch.h"
#include "fhir/fhir.h"
#include "tests/centre/kept.h"

static struct kept k;
static struct story *story;
static struct fhir *fhir;
static json_t *bundle;
static uint8_t id[DOSSIER_ID_LEN];

static int
setup(void **state)
{
	(void)state;
	bundle = NULL;
	story = story_new();
	fhir = fhir_new(false);
	return kept_open(&k) == ERR_OK && story != NULL && fhir != NULL ? 0
	    : -1;
}

static int
teardown(void **state)
{
	(void)state;
	json_decref(bundle);
	fhir_free(fhir);
	story_free(story);
	kept_close(&k);
	return 0;
}

static enum err
add_act(const struct story *s, const struct trace_line *l,
    const struct record *rec, void *user)
{
	(void)user;
	return fhir_act(fhir, s, l, rec);
}

/* The Bundle of now into `bundle`. */
static void
tell(void)
{
	struct buf out;

	buf_init(&out);
	fhir_reset(fhir);
	json_decref(bundle);
	assert_int_equal(story_tell(k.vault, id, 0, TRACE_LAST, story,
	    add_act, NULL), ERR_OK);
	assert_int_equal(fhir_write(fhir, story, "g1-x", &out), ERR_OK);
	assert_int_equal(json_read(out.p, out.len, &bundle), ERR_OK);
	buf_clear(&out);
}

static void
act(enum record_kind kind, enum outcome_kind outcome)
{
	k.rec->kind = kind;
	assert_int_equal(kept_act(&k, outcome), ERR_OK);
	assert_int_equal(vault_dossier_of(k.vault, &k.rec->rid, id), ERR_OK);
}

static size_t
count(const char *type)
{
	json_t *e;
	size_t i, n = 0;

	json_array_foreach(json_object_get(bundle, "entry"), i, e)
		n += strcmp(json_string_value(json_object_get(
		    json_object_get(e, "resource"), "resourceType")),
		    type) == 0;
	return n;
}

/* Is that text somewhere in the Bundle? */
static bool
has(const char *text)
{
	char *all = json_dumps(bundle, JSON_COMPACT | JSON_SORT_KEYS);
	bool there;

	assert_non_null(all);
	there = strstr(all, text) != NULL;
	free(all);
	return there;
}

#define SAMU "\"purpose\":[{\"code\":\"ETREAT\""
#define BTG  "\"purpose\":[{\"code\":\"BTG\""
#define IN_FORCE  "\"status\":\"active\""

/* As the centre vouches; who opened the record has checked it. */
static void
vouch_for(const char *to, enum reach reach, uint64_t at_ms,
    char out[VOUCH_TEXT])
{
	uint8_t secret[SIGN_SECRET_LEN], public[SIGN_PUBLIC_LEN];
	uint8_t bytes[VOUCH_LEN];
	const struct vouch v = { .terminal = 7, .about = k.rec->rid,
		.reach = reach, .to = to, .opener_key = 1, .at_ms = at_ms };

	sign_keypair(secret, public);
	assert_int_equal(vouch_write(&v, secret, bytes), ERR_OK);
	hex_of(bytes, sizeof(bytes), out);
	k.rec->verified.there = true;
}

#define RESULT "VerificationResult"
#define AT_PHONE "\"targetLocation\":[\"Patient.telecom.where(system = 'phone')\"]"
#define AT_EMAIL "\"targetLocation\":[\"Patient.telecom.where(system = 'email')\"]"

static void
a_contact_is_verified_until_it_is_another(void **state)
{
	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED);
	tell();
	assert_int_equal(count(RESULT), 0);
	vouch_for(k.rec->contact.mobile, REACH_MOBILE, 1795271600000,
	    k.rec->verified.mobile);
	act(RECORD_REISSUE, OUTCOME_REISSUED);
	tell();
	assert_int_equal(count(RESULT), 1);
	assert_true(has(AT_PHONE) && !has(AT_EMAIL));
	assert_true(has("\"status\":\"validated\",\"statusDate\":"
	    "\"2026-11-21T14:33:20Z\""));
	memset(&k.rec->verified, 0, sizeof(k.rec->verified));
	act(RECORD_REISSUE, OUTCOME_REISSUED);
	tell();
	assert_int_equal(count(RESULT), 1);
	assert_true(has("\"status\":\"req-revalid\""));
	assert_false(has("\"status\":\"validated\""));
}

static void
an_opening_says_who_and_what_was_agreed_to(void **state)
{
	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED);
	tell();
	assert_int_equal(count("Patient"), 1);
	assert_int_equal(count("RelatedPerson"), 0);
	assert_int_equal(count("Consent"), 4); /* itself, SAMU, two lists */
	assert_int_equal(count("Provenance"), 1);
	assert_int_equal(count("AuditEvent"), 1);
	assert_true(has(SAMU) && !has(BTG));
	assert_true(has("\"birthDate\":\"1942\"") && has("19421901"));
	assert_true(has("\"value\":\"142196296516794\""));
	assert_true(has("99900038839") && has("PATBQUATRE LAURENCE"));
	assert_true(has("\"code\":\"HTEST\""));
	assert_true(has("\"system\":\"urn:oid:1.2.250.1.71.4.2.1\","
	    "\"value\":\"899700024450\"") == false);
	assert_false(has("argon2") || has("4821KFTP"));
}

static void
what_was_opposed_and_is_no_more_is_inactive(void **state)
{
	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED);
	k.rec->access.samu_opposed = false;
	k.rec->access.break_glass_opposed = true;
	memset(k.rec->access.blocked, 0, sizeof(k.rec->access.blocked));
	act(RECORD_PREFERENCES, OUTCOME_UPDATED);
	tell();
	assert_int_equal(count("Consent"), 5);
	assert_true(has(SAMU) && has(BTG));
	assert_true(has("99900038839")); /* whom an inactive one had blocked */
	assert_true(has("\"status\":\"inactive\""));
	assert_int_equal(count("Provenance"), 2);
}

/* How it was said, and of a signed sheet its number. */
static void
a_consent_says_its_method(void **state)
{
	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED);
	tell();
	assert_true(has("\"code\":\"oral-attested\""));
	assert_false(has("sourceReference"));
}

static void
a_signed_sheet_is_pointed_at(void **state)
{
	(void)state;
	k.rec->consent.method = CONSENT_PAPER;
	k.rec->form.there = true;
	memset(k.rec->form.number.b, 7, RID_LEN);
	act(RECORD_OPEN, OUTCOME_OPENED);
	tell();
	assert_true(has("\"code\":\"signed-paper\""));
	assert_true(has("\"sourceReference\":{\"display\":\"Feuille signée\","
	    "\"identifier\":{") && has("\"type\":\"DocumentReference\""));
}

static void
a_child_is_spoken_for(void **state)
{
	(void)state;
	make_minor(k.rec);
	act(RECORD_OPEN, OUTCOME_OPENED);
	tell();
	assert_int_equal(count("RelatedPerson"), 1);
	assert_true(has("\"code\":\"MTH\""));
	assert_true(has("\"birthDate\":\"2016-02-29\""));
}

static void
closed_nothing_is_in_force(void **state)
{
	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED);
	make_kind(k.rec, RECORD_CLOSE);
	act(RECORD_CLOSE, OUTCOME_CLOSED);
	tell();
	assert_false(has(IN_FORCE));
	assert_true(has("\"active\":false"));
	make_kind(k.rec, RECORD_REOPEN);
	act(RECORD_REOPEN, OUTCOME_REOPENED);
	tell();
	assert_true(has(IN_FORCE) && has("\"active\":true"));
	assert_true(has(SAMU)); /* the choices are as they were */
}

static void
an_opposition_is_a_denial(void **state)
{
	(void)state;
	make_kind(k.rec, RECORD_OPPOSE);
	act(RECORD_OPPOSE, OUTCOME_OPPOSED);
	tell();
	assert_int_equal(count("Consent"), 1);
	assert_true(has("\"type\":\"deny\"") && has("OPTOUT"));
	assert_false(has("OPTIN"));
	assert_true(has(IN_FORCE) && has("\"active\":false"));
}

static void
of_a_destroyed_one_nobody_is_named(void **state)
{
	unsigned destroyed;

	(void)state;
	make_minor(k.rec);
	act(RECORD_OPEN, OUTCOME_OPENED);
	make_kind(k.rec, RECORD_CLOSE);
	make_minor(k.rec);
	k.rec->access.samu_opposed = false;
	act(RECORD_CLOSE, OUTCOME_CLOSED);
	assert_int_equal(vault_purge(k.vault, k.now_ms +
	    11ull * 366 * 86400000, &destroyed), ERR_OK);
	assert_int_equal(destroyed, 1);
	tell();
	assert_false(has("ESSAI") || has("CAMILLE") || has("2016"));
	assert_false(has("14219629651679"));
	assert_int_equal(count("Patient"), 1);
	assert_int_equal(count("RelatedPerson"), 0);
	assert_int_equal(count("AuditEvent"), 3);
	assert_true(has("\"action\":\"D\""));
}

static void
ids_are_the_same_each_time_and_left_out_when_created(void **state)
{
	json_t *first;

	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED);
	tell();
	first = json_incref(bundle);
	tell();
	assert_true(json_equal(first, bundle));
	json_decref(first);
	assert_true(has("\"method\":\"PUT\"") && has("\"id\":\""));
	fhir_free(fhir);
	fhir = fhir_new(true);
	assert_non_null(fhir);
	tell();
	assert_true(has("\"method\":\"POST\"") && !has("\"id\":\""));
	assert_true(has("\"value\":\"g1-x\""));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(an_opening_says_who_and_what_was_agreed_to),
		TEST(a_contact_is_verified_until_it_is_another),
		TEST(what_was_opposed_and_is_no_more_is_inactive),
		TEST(a_consent_says_its_method),
		TEST(a_signed_sheet_is_pointed_at),
		TEST(a_child_is_spoken_for),
		TEST(closed_nothing_is_in_force),
		TEST(an_opposition_is_a_denial),
		TEST(of_a_destroyed_one_nobody_is_named),
		TEST(ids_are_the_same_each_time_and_left_out_when_created),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
