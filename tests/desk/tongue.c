/* tongue: whole languages are offered, the others are left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/secret.h"
#include "desk/tongue.h"
#include "tests/temp.h"

static char texts[PATH_ROOM];

static void
write_in(const char *name, const char *text)
{
	char path[PATH_ROOM];

	assert_int_equal(path_join(texts, name, path), ERR_OK);
	assert_int_equal(file_replace(path, text, strlen(text), 0600),
	    ERR_OK);
}

static void
notices_of(const char *lang)
{
#define NAME_OF(kind, id) id,
	static const char *const ids[] = { NOTICES(NAME_OF) };
	char name[64], text[128], path[PATH_ROOM];

	assert_int_equal(path_join(texts, lang, path), ERR_OK);
	assert_int_equal(mkdir(path, 0700), 0);
	for (size_t i = 0; i < NOTICE_COUNT; i++) {
		(void)snprintf(name, sizeof(name), "%s/%s.txt", lang, ids[i]);
		(void)snprintf(text, sizeof(text), "id: %s\nversion: 1\n"
		    "lang: %s\ntitle: T\n\nText\n", ids[i], lang);
		write_in(name, text);
	}
}

static const char *
locales(void)
{
	static char path[PATH_ROOM];
	const char *b = getenv("B");

	(void)snprintf(path, sizeof(path), "%s/locale",
	    b == NULL ? "build" : b);
	return path;
}

static void
what_is_whole_is_offered(void **state)
{
	struct tongues t;

	(void)state;
	assert_int_equal(path_join(temp_dir, "text", texts), ERR_OK);
	assert_int_equal(mkdir(texts, 0700), 0);
	assert_int_equal(tongues_load(texts, locales(), &t), ERR_NOTICE);
	notices_of("fr");
	notices_of("en");
	notices_of("xx"); /* no catalogue */
	write_in("en/more.txt", "anything");
	assert_int_equal(tongues_load(texts, locales(), &t), ERR_OK);
	assert_int_equal(t.n, 2);
	assert_string_equal(t.tongue[0].code, "fr");
	assert_null(t.tongue[0].words);
	assert_string_equal(t.tongue[1].code, "en");
	assert_non_null(t.tongue[1].words);
	tongues_clear(&t);
	write_in("en/dmp-info.txt", "no notice at all");
	assert_int_equal(tongues_load(texts, locales(), &t), ERR_OK);
	assert_int_equal(t.n, 1);
	tongues_clear(&t);
	assert_int_equal(tongues_load(texts, "/nowhere", &t), ERR_OK);
	assert_int_equal(t.n, 1);
	tongues_clear(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_whole_is_offered),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
