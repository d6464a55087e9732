/* manual: short source lines, a sentence a line, every error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/manual.h"

static char *said;
static size_t length;

static void
assert_text(const char *text, const char *want)
{
	FILE *f = open_memstream(&said, &length);

	assert_non_null(f);
	manual_text(text, f);
	assert_int_equal(fclose(f), 0);
	assert_string_equal(said, want);
	free(said);
}

static void
lines_are_short_and_sentences_apart(void **state)
{
	(void)state;
	assert_text("", "");
	assert_text("Une phrase.", "Une phrase.\n");
	assert_text("Une phrase. Une autre.", "Une phrase.\nUne autre.\n");
	assert_text(".profile n'est pas une macro", "\\&.profile n'est pas "
	    "une macro\n");
	assert_text("un deux trois quatre cinq six sept huit neuf dix onze "
	    "douze treize quatorze quinze", "un deux trois quatre cinq six "
	    "sept huit neuf dix onze douze treize quatorze\nquinze\n");
	assert_text("é é é é é é é é é é", "é é é é é é é é\né é\n");
}

static void
every_error_is_there(void **state)
{
	FILE *f = open_memstream(&said, &length);

	(void)state;
	assert_non_null(f);
	manual_errors(f);
	assert_int_equal(fclose(f), 0);
	for (int e = 1; e < ERR_COUNT; e++) {
		char item[16];

		(void)snprintf(item, sizeof(item), ".It Sy G-%03d\n",
		    err_number((enum err)e));
		assert_non_null(strstr(said, item));
	}
	for (char *p = strtok(said, "\n"); p != NULL; p = strtok(NULL, "\n"))
		assert_true(strlen(p) <= 90);
	free(said);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_short_and_sentences_apart),
		cmocka_unit_test(every_error_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
