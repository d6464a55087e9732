/* slip_secrets: what the document must say (EX_GEN-1470), case by case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "tests/deadly.h"
#include "tests/slip/sample.h"

static struct slip *s;
static struct slip_facts f;

static int
setup(void **state)
{
	(void)state;
	f = *sample_facts();
	return (s = slip_new()) == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	slip_free(s);
	return 0;
}

/* The value of the line of that label, or NULL. */
static const char *
value_of(const char *label)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->line[i].label, label) == 0)
			return s->line[i].value;
	return NULL;
}

static bool
says(const char *words)
{
	for (size_t i = 0; i < s->n; i++)
		if (strstr(s->line[i].label, words) != NULL)
			return true;
	return false;
}

static void
who_and_both_secrets(void **state)
{
	(void)state;
	slip_secrets(s, &f);
	assert_string_equal(s->ref, f.ref);
	assert_true(s->training);
	assert_string_equal(value_of("Nom :"), "ESSAI");
	assert_string_equal(value_of("Prénom :"), "ALAINBIS");
	assert_string_equal(value_of("Naissance :"), "19 janvier 1942");
	assert_string_equal(value_of("Numéro de l'assuré :"),
	    "1 42 19 62 965 167 clé 94");
	assert_string_equal(value_of("Identifiant"), "4821 KFTP");
	assert_string_equal(value_of("Mot de passe provisoire"),
	    "aB2! k-Q#");
	assert_string_equal(value_of("Référence :"), "01JD-7Q4M");
}

static void
what_to_do_and_when(void **state)
{
	static const char *const words[] = { "première connexion",
		"votre propre mot de passe", "code à 6 chiffres",
		"trois essais", "quinze minutes",
		"quand votre dossier sera ouvert", "anciens codes restent",
		"Besoin d'aide" };

	(void)state;
	slip_secrets(s, &f);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		assert_true(says(words[i]));
}

static void
the_channel_is_the_one_given(void **state)
{
	(void)state;
	slip_secrets(s, &f);
	assert_true(says("par SMS ou par e-mail"));
	f.by_email = false;
	slip_secrets(s, &f);
	assert_true(says("par SMS") && !says("e-mail"));
	f.by_sms = false;
	f.by_email = true;
	slip_secrets(s, &f);
	assert_true(says("par e-mail") && !says("SMS"));
}

static void
no_help_line_without_support(void **state)
{
	(void)state;
	f.support[0] = '\0';
	slip_secrets(s, &f);
	assert_false(says("Besoin d'aide"));
}

/* A provisional or foreign number is shown as it stands. */
static void
an_odd_number_is_left_alone(void **state)
{
	(void)state;
	strcpy(f.nir, "7000000001");
	strcpy(f.key, "");
	slip_secrets(s, &f);
	assert_string_equal(value_of("Numéro de l'assuré :"), "7000000001");
	strcpy(f.nir, "2A12A45678901");
	slip_secrets(s, &f);
	assert_string_equal(value_of("Numéro de l'assuré :"),
	    "2 A1 2A 45 678 901");
	strcpy(f.nir, "");
	slip_secrets(s, &f);
	assert_null(value_of("Numéro de l'assuré :"));
}

static void
without_identifier(void)
{
	f.identifier[0] = '\0';
	slip_secrets(s, &f);
}

static void
without_channel(void)
{
	f.by_sms = f.by_email = false;
	slip_secrets(s, &f);
}

static void
secrets_without_a_need_abort(void **state)
{
	(void)state;
	assert_true(aborts(without_identifier));
	assert_true(aborts(without_channel));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(who_and_both_secrets),
		TEST(what_to_do_and_when),
		TEST(the_channel_is_the_one_given),
		TEST(no_help_line_without_support),
		TEST(an_odd_number_is_left_alone),
		TEST(secrets_without_a_need_abort),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
