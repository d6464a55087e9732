/* words: the papers in each language that the tree has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "base/secret.h"
#include "slip/words.h"
#include "tests/golden.h"
#include "tests/slip/one.h"
#include "tests/slip/sample.h"

static const char *const languages[] = { "fr", "fr-falc", "en" };
#define COUNT (sizeof(languages) / sizeof(languages[0]))

/* NULL: French, which has no catalogue. */
static struct catalogue *
speak(const char *lang)
{
	const char *b = getenv("B");
	struct catalogue *c = NULL;
	char path[PATH_ROOM];

	if (strcmp(lang, "fr") != 0) {
		(void)snprintf(path, sizeof(path), "%s/locale/%s.mo",
		    b == NULL ? "build" : b, lang);
		assert_int_equal(catalogue_load(path, &c), ERR_OK);
	}
	i18n_use(c);
	return c;
}

static void
paper_is(const char *lang, const char *what)
{
	struct buf text, line;
	char name[64];

	buf_init(&line);
	assert_int_equal(slip_write(s, &line), ERR_OK);
	buf_clear(&line);
	(void)snprintf(name, sizeof(name), "slip/%s-%s.txt", what, lang);
	assert_int_equal(buf_init_secret(&text, SLIP_PLAIN_ROOM), ERR_OK);
	assert_int_equal(slip_plain(s, 48, &text), ERR_OK);
	golden_equal(name, text.p, text.len);
	buf_clear(&text);
}

static void
each_paper_in_each_language(void **state)
{
	struct receipt_facts closing = *sample_receipt();

	(void)state;
	closing.kind = RECORD_CLOSE;
	closing.grantor = GRANTOR_REPRESENTATIVE;
	for (size_t i = 0; i < COUNT; i++) {
		struct catalogue *c = speak(languages[i]);

		slip_secrets(s, sample_facts());
		paper_is(languages[i], "secrets");
		slip_receipt(s, sample_receipt());
		paper_is(languages[i], "receipt");
		slip_receipt(s, &closing);
		paper_is(languages[i], "closing");
		catalogue_free(c);
	}
}

/* Who checks a paper in France, or copies from it to a French page, finds
 * the official names on it in any language. */
static void
official_names_stay_in_english(void **state)
{
	static const char *const names[] = { "Dossier médical partagé",
		"(identifiant)", "(mot de passe provisoire)" };
	struct catalogue *c = speak("en");

	(void)state;
	slip_secrets(s, sample_facts());
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_true(says(names[i]));
	slip_receipt(s, sample_receipt());
	assert_true(says("Dossier médical partagé") && says("SAMU") &&
	    says("Caisse nationale de l'assurance maladie") && says("CNIL"));
	catalogue_free(c);
}

/* One idea a line: a language may part a paragraph. */
static void
a_newline_begins_a_paragraph(void **state)
{
	(void)state;
	s->n = 0;
	words_title(s, "T");
	words_para(s, "un\ndeux\n\ntrois");
	assert_int_equal(s->n, 4);
	assert_string_equal(s->line[3].label, "trois");
	words_help(s, "");
	assert_int_equal(s->n, 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_paper_in_each_language),
		cmocka_unit_test(official_names_stay_in_english),
		cmocka_unit_test(a_newline_begins_a_paragraph),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, setup, teardown);
}
