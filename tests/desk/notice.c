/* notice: a text is taken whole and in its form, or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/secret.h"
#include "desk/notice.h"

#define HEAD "id: n\nversion: 1\nlang: fr\ntitle: T\n"

static char dir[] = "/tmp/notice-XXXXXX", file[sizeof(dir) + 16];

static int
begin(void **state)
{
	char sub[sizeof(dir) + 8];

	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	(void)snprintf(sub, sizeof(sub), "%s/fr", dir);
	(void)snprintf(file, sizeof(file), "%s/fr/n.txt", dir);
	return mkdir(sub, 0700);
}

static int
end(void **state)
{
	char sub[sizeof(dir) + 8];

	(void)state;
	(void)snprintf(sub, sizeof(sub), "%s/fr", dir);
	(void)unlink(file);
	(void)rmdir(sub);
	return rmdir(dir);
}

static enum err
load(const char *text, size_t n, struct notice *out)
{
	assert_int_equal(file_replace(file, text, n, 0600), ERR_OK);
	return notice_load(dir, "fr", "n", out);
}

/* All of the question, or none of it. */
static void
a_notice_may_ask_back(void **state)
{
	static const struct { const char *head; bool ok; } heads[] = {
		{ "question: Q\nanswer: no\nbecause: B\n", true },
		{ "question: Q\nanswer: no\nbecause: B\nbecause: C\n",
		  true },
		{ "question: Q\nquestion: R\nanswer: no\nbecause: B\n",
		  false },
		{ "question: Q\nanswer: no\nbecause: B\nbecause: \n",
		  false },
		{ "question: Q\nanswer: maybe\nbecause: B\n", false },
		{ "question: Q\nanswer: yes\n", false },
		{ "answer: yes\nbecause: B\n", false },
	};
	char text[256];
	struct notice n;
	enum err r;

	(void)state;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		(void)snprintf(text, sizeof(text), HEAD "%s\nText\n",
		    heads[i].head);
		r = load(text, strlen(text), &n);
		assert_int_equal(r, heads[i].ok ? ERR_OK : ERR_NOTICE);
		if (r != ERR_OK)
			continue;
		assert_string_equal(n.answer, "no");
		assert_string_equal(n.because, i == 1 ? "B\nC" : "B");
		notice_clear(&n);
	}
}

static void
the_committed_notice_is_whole(void **state)
{
	struct notice n;

	(void)state;
	assert_int_equal(notice_load("screens/text", "fr", "dmp-info", &n),
	    ERR_OK);
	assert_string_equal(n.id, "dmp-info");
	assert_string_equal(n.version, "3.0");
	assert_int_equal(n.npages, 2);
	for (size_t i = 0; i < n.npages; i++)
		assert_non_null(n.more[i]);
	notice_clear(&n);
	notice_clear(&n);
}

static void
pages_are_parted(void **state)
{
	static const char text[] = HEAD "\nun\n\ndeux\n---\ntrois\n";
	struct notice n;

	(void)state;
	assert_int_equal(load(text, sizeof(text) - 1, &n), ERR_OK);
	assert_string_equal(n.title, "T");
	assert_int_equal(n.npages, 2);
	assert_string_equal(n.page[0], "un\n\ndeux");
	assert_string_equal(n.page[1], "trois");
	notice_clear(&n);
}

/* Behind each page what there is more, one piece; both levels are hashed. */
static void
levels_are_parted(void **state)
{
	static const char text[] = HEAD
	    "\nun\n+++\nplus\n\nencore\n---\ndeux\n---\ntrois\n+++\nfin\n";
	static const char *const none[] = {
		HEAD "\n+++\nplus\n", HEAD "\nun\n+++\n",
		HEAD "\nun\n+++\n\nplus\n", HEAD "\nun\n+++\na\n+++\nb\n",
		HEAD "\nun\n+++\n---\ndeux\n", HEAD "\nun\n+++\n+++\nb\n",
	};
	char sha[65];
	struct notice n;

	(void)state;
	assert_int_equal(load(text, sizeof(text) - 1, &n), ERR_OK);
	assert_int_equal(n.npages, 3);
	assert_string_equal(n.page[0], "un");
	assert_string_equal(n.more[0], "plus\n\nencore");
	assert_string_equal(n.page[1], "deux");
	assert_null(n.more[1]);
	assert_string_equal(n.page[2], "trois");
	assert_string_equal(n.more[2], "fin");
	memcpy(sha, n.sha, sizeof(sha));
	notice_clear(&n);
	assert_int_equal(load(HEAD "\nun\n+++\nPlus\n", sizeof(HEAD) - 1 + 13,
	    &n), ERR_OK);
	assert_string_not_equal(n.sha, sha);
	notice_clear(&n);
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (load(none[i], strlen(none[i]), &n) != ERR_NOTICE)
			fail_msg("%zu", i);
}

/* All of it fits on paper: so many lines, none too long for a slip's. */
static void
what_no_paper_holds_is_refused(void **state)
{
	static char text[sizeof(HEAD) + NOTICE_WIDE + 3 * NOTICE_LINES];
	struct notice n;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		(void)strcpy(text, HEAD "\n");
		for (size_t k = 0; k < NOTICE_LINES + i; k++)
			(void)strcat(text, k % 9 == 8 ? "\nx\n" : "x\n");
		assert_int_equal(load(text, strlen(text), &n),
		    i == 0 ? ERR_OK : ERR_NOTICE);
		if (i == 0)
			notice_clear(&n);
		(void)strcpy(text, HEAD "\n");
		memset(text + strlen(text), 'x', NOTICE_WIDE + i + 1);
		text[sizeof(HEAD) + NOTICE_WIDE + i] = '\n';
		text[sizeof(HEAD) + NOTICE_WIDE + i + 1] = '\0';
		assert_int_equal(load(text, strlen(text), &n),
		    i == 0 ? ERR_OK : ERR_NOTICE);
		if (i == 0)
			notice_clear(&n);
	}
}

/* The hash is of the file's bytes: sha of the record, PROTOCOL section 2. */
static void
the_hash_is_of_the_bytes(void **state)
{
	static const char text[] = HEAD "\nun\n";
	uint8_t d[DIGEST_LEN];
	char hex[2 * DIGEST_LEN + 1], first[sizeof(hex)];
	struct notice n;

	(void)state;
	digest(text, sizeof(text) - 1, d);
	hex_of(d, sizeof(d), hex);
	assert_int_equal(load(text, sizeof(text) - 1, &n), ERR_OK);
	assert_string_equal(n.sha, hex);
	memcpy(first, n.sha, sizeof(first));
	notice_clear(&n);
	assert_int_equal(load(HEAD "\nuN\n", sizeof(text) - 1, &n), ERR_OK);
	assert_string_not_equal(n.sha, first);
	notice_clear(&n);
}

static void
any_other_form_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "\n", "un\n", HEAD, HEAD "\n", HEAD "\nun", /* no end */
		HEAD "\nun\n---\n", HEAD "\nun\n---\n---\ndeux\n",
		HEAD "title: U\n\nun\n",		/* twice */
		HEAD "more: x\n\nun\n",			/* unknown */
		"id: n\nversion: 1\nlang: fr\n\nun\n",	/* absent */
		"id: n\nversion: 1\nlang: fr\ntitle: \n\nun\n",
		"id: n\nversion: 12345678901234567\nlang: fr\ntitle: T\n\nu\n",
		"id: m\nversion: 1\nlang: fr\ntitle: T\n\nun\n",
		"id: n\nversion: 1\nlang: en\ntitle: T\n\nun\n",
		HEAD "\nu\033[1mn\n", HEAD "\nu\xff\n",
		HEAD "\n\xe2\x80\xaeun\n",
	};
	struct notice n;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (load(bad[i], strlen(bad[i]), &n) != ERR_NOTICE)
			fail_msg("accepted: %s", bad[i]);
		assert_string_equal(err_subject(), file);
	}
	assert_int_equal(load(HEAD "\nu\0n\n", sizeof(HEAD) + 4, &n),
	    ERR_NOTICE);
}

static void
too_many_pages_are_refused(void **state)
{
	char text[1024];
	struct notice n;

	(void)state;
	(void)snprintf(text, sizeof(text), "%s\n", HEAD);
	for (size_t i = 0; i < NOTICE_PAGES; i++)
		(void)strcat(text, "un\n---\n");
	(void)strcat(text, "un\n");
	assert_int_equal(load(text, strlen(text), &n), ERR_NOTICE);
	text[strlen(text) - 7] = '\0';
	assert_int_equal(load(text, strlen(text), &n), ERR_OK);
	assert_int_equal(n.npages, NOTICE_PAGES);
	notice_clear(&n);
}

static void
one_that_is_not_there_is_named(void **state)
{
	struct notice n;

	(void)state;
	assert_int_equal(notice_load(dir, "fr", "absent", &n), ERR_NOTICE);
	assert_non_null(strstr(err_subject(), "/fr/absent.txt"));
	assert_int_equal(notice_load(dir, "fr", "a-name-that-is-longer-than-"
	    "any-name-of-a-notice-would-ever-come-to-be", &n), ERR_NOTICE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_committed_notice_is_whole),
		cmocka_unit_test(a_notice_may_ask_back),
		cmocka_unit_test(pages_are_parted),
		cmocka_unit_test(levels_are_parted),
		cmocka_unit_test(what_no_paper_holds_is_refused),
		cmocka_unit_test(the_hash_is_of_the_bytes),
		cmocka_unit_test(any_other_form_is_refused),
		cmocka_unit_test(too_many_pages_are_refused),
		cmocka_unit_test(one_that_is_not_there_is_named),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, begin, end);
}
