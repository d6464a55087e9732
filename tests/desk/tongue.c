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

/* A catalogue of one sentence, as msgfmt --endianness=big writes it. */
static void
one_sentence(struct buf *out)
{
	static const char from[] = "Encore %u", to[] = "Again %u";

	buf_init(out);
	(void)buf_put_u32(out, 0x950412DE);
	(void)buf_put_u32(out, 0);
	(void)buf_put_u32(out, 1);
	(void)buf_put_u32(out, 28);
	(void)buf_put_u32(out, 36);
	(void)buf_put_u64(out, 0);
	(void)buf_put_u32(out, sizeof(from) - 1);
	(void)buf_put_u32(out, 44);
	(void)buf_put_u32(out, sizeof(to) - 1);
	(void)buf_put_u32(out, 44 + sizeof(from));
	(void)buf_put(out, from, sizeof(from));
	(void)buf_put(out, to, sizeof(to));
}

/* French and nothing else: neither a blank nor half a language. */
static void
only_french_is_left(const char *words, const char *damage)
{
	struct tongues t;

	assert_int_equal(tongues_load(texts, words, &t), ERR_OK);
	if (t.n != 1)
		fail_msg("offered in spite of %s", damage);
	assert_string_equal(t.tongue[0].code, "fr");
	assert_string_equal(tongues_name(&t, "yy"), "yy");
	i18n_use(t.tongue[0].words);
	assert_string_equal(_("Encore %u"), "Encore %u");
	for (size_t i = 0; i < NOTICE_COUNT; i++)
		assert_true(t.tongue[0].notice[i].npages > 0);
	tongues_clear(&t);
}

/* Whole notices of French and of yy, and where yy's catalogue goes. */
static void
begin_yy(const char *in, const char *words_in, char words[PATH_ROOM],
    char path[PATH_ROOM])
{
	assert_int_equal(path_join(temp_dir, in, texts), ERR_OK);
	assert_int_equal(path_join(temp_dir, words_in, words), ERR_OK);
	assert_int_equal(mkdir(texts, 0700), 0);
	assert_int_equal(mkdir(words, 0700), 0);
	assert_int_equal(path_join(words, "yy.mo", path), ERR_OK);
	notices_of("fr");
	notices_of("yy");
}

static void
a_damaged_catalogue_is_not_offered(void **state)
{
	/* Where a byte is changed, and into what. */
	static const struct { const char *damage; size_t at; uint8_t to; }
	bytes[] = {
		{ "another magic number", 0, 0xDE },
		{ "a little-endian file", 3, 0x95 },
		{ "another revision", 7, 1 },
		{ "no sentence", 11, 0 }, { "more sentences", 11, 2 },
		{ "a table behind the end", 14, 9 },
		{ "a table in the texts", 19, 60 },
		{ "a text behind the end", 34, 1 },
		{ "a text that is too long", 31, 200 },
		{ "a text that ends too early", 39, 4 },
		{ "a value of another kind", 61, 's' },
		{ "a broken letter", 55, 0xFF },
		{ "a control character", 55, 27 },
	};
	char words[PATH_ROOM], path[PATH_ROOM];
	struct tongues t;
	struct buf b;

	(void)state;
	begin_yy("yy", "words", words, path);
	only_french_is_left(words, "no file");
	one_sentence(&b);
	assert_int_equal(file_replace(path, b.p, b.len, 0600), ERR_OK);
	assert_int_equal(tongues_load(texts, words, &t), ERR_OK);
	assert_int_equal(t.n, 2);
	tongues_clear(&t);
	for (size_t i = 0; i < sizeof(bytes) / sizeof(bytes[0]); i++) {
		uint8_t was = b.p[bytes[i].at];

		b.p[bytes[i].at] = bytes[i].to;
		assert_int_equal(file_replace(path, b.p, b.len, 0600),
		    ERR_OK);
		only_french_is_left(words, bytes[i].damage);
		b.p[bytes[i].at] = was;
	}
	for (size_t n = 0; n < b.len; n++) {
		assert_int_equal(file_replace(path, b.p, n, 0600), ERR_OK);
		only_french_is_left(words, "an end too early");
	}
	assert_int_equal(remove(path), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	only_french_is_left(words, "a folder in its place");
	buf_clear(&b);
}

static void
a_damaged_notice_takes_its_language_away(void **state)
{
	static const struct { const char *damage, *text; } rows[] = {
		{ "an empty notice", "" },
		{ "no page", "id: mes-info\nversion: 1\nlang: yy\ntitle: T\n" },
		{ "no title", "id: mes-info\nversion: 1\nlang: yy\n\nText\n" },
		{ "another language",
		  "id: mes-info\nversion: 1\nlang: en\ntitle: T\n\nText\n" },
		{ "another notice",
		  "id: dmp-info\nversion: 1\nlang: yy\ntitle: T\n\nText\n" },
		{ "half a question", "id: mes-info\nversion: 1\nlang: yy\n"
		  "title: T\nquestion: Q ?\n\nText\n" },
		{ "a control character",
		  "id: mes-info\nversion: 1\nlang: yy\ntitle: T\n\n\033[2J\n" },
		{ "a broken letter",
		  "id: mes-info\nversion: 1\nlang: yy\ntitle: T\n\n\xff\n" },
	};
	char words[PATH_ROOM], path[PATH_ROOM];
	struct tongues t;
	struct buf b;

	(void)state;
	begin_yy("notices", "whole", words, path);
	one_sentence(&b);
	assert_int_equal(file_replace(path, b.p, b.len, 0600), ERR_OK);
	buf_clear(&b);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		write_in("yy/mes-info.txt", rows[i].text);
		only_french_is_left(words, rows[i].damage);
	}
	assert_int_equal(path_join(texts, "yy/mes-info.txt", path), ERR_OK);
	assert_int_equal(remove(path), 0);
	only_french_is_left(words, "a missing notice");
	write_in("yy/mes-info.txt",
	    "id: mes-info\nversion: 1\nlang: yy\ntitle: T\n\nText\n");
	assert_int_equal(tongues_load(texts, words, &t), ERR_OK);
	assert_int_equal(t.n, 2);
	tongues_clear(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_whole_is_offered),
		cmocka_unit_test(a_damaged_catalogue_is_not_offered),
		cmocka_unit_test(a_damaged_notice_takes_its_language_away),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
