/*
 * newcomer: a new language is a catalogue and notices, no code.
 *
 * One is made of files alone, of longer words than any, beside French. Every
 * screen shows it in every face with nothing cut and nothing left in French.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "tests/screens/whole.h"
#include "tests/temp.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define NEW	 1 /* behind French */

static struct world w;
static struct buf known; /* the catalogue of English */
static uint32_t nwords, first_known;

/* Each vowel twice, but none of a value such as %zu. */
static void
stretch(const char *from, struct buf *out)
{
	for (; *from != '\0'; from++) {
		if (*from == '%' && from[1] != '\0') {
			size_t n = strcspn(from + 1, "cdisuxX%") + 2;

			(void)buf_put(out, from, n);
			from += n - 1;
			continue;
		}
		(void)buf_put(out, from, 1);
		if (strchr("aeiouy", *from) != NULL)
			(void)buf_put(out, from, 1);
	}
}

static uint32_t
number(const struct buf *b, size_t at)
{
	struct cursor c = cursor_of(b->p, b->len), skipped;
	uint32_t v;

	assert_int_equal(cursor_sub(&c, at, &skipped), ERR_OK);
	assert_int_equal(cursor_u32(&c, &v), ERR_OK);
	return v;
}

/* Sentence i of those that the English catalogue says, in French. */
static const char *
french(uint32_t i)
{
	return (const char *)known.p + number(&known, first_known + 8 * i + 4);
}

/* Every French sentence, stretched. */
static void
write_catalogue(const char *path)
{
	struct buf texts, head;

	buf_init(&texts);
	buf_init(&head);
	(void)buf_put_u32(&head, 0x950412DE);
	(void)buf_put_u32(&head, 0);
	(void)buf_put_u32(&head, nwords);
	(void)buf_put_u32(&head, 28);
	(void)buf_put_u32(&head, 28 + 8 * nwords);
	(void)buf_put_u64(&head, 0);
	for (uint32_t to = 0; to < 2; to++)
		for (uint32_t i = 0; i < nwords; i++) {
			size_t at = texts.len;

			if (to == 0)
				(void)buf_put_text(&texts, french(i));
			else if (i == 0) /* the head of a catalogue */
				(void)buf_put_text(&texts, "x");
			else
				stretch(french(i), &texts);
			(void)buf_put_u32(&head, (uint32_t)(texts.len - at));
			(void)buf_put_u32(&head,
			    28 + 16 * nwords + (uint32_t)at);
			(void)buf_put_u8(&texts, 0);
		}
	(void)buf_put(&head, texts.p, texts.len);
	assert_int_equal(file_replace(path, head.p, head.len, 0600), ERR_OK);
	buf_clear(&texts);
	buf_clear(&head);
}

/* The French notice in the new language, with a question of its own. */
static void
write_notice(const char *id)
{
	struct notice n;
	char path[PATH_ROOM];
	struct buf out;

	buf_init(&out);
	assert_int_equal(notice_load("screens/text", "fr", id, &n), ERR_OK);
	(void)buf_putf(&out, "id: %s\nversion: %s\nlang: zz\nquestion: Oouii ?\n"
	    "answer: yes\nbecause: Oouii !\ntitle: ", n.id, n.version);
	stretch(n.title, &out);
	(void)buf_put_text(&out, "\n\n");
	for (size_t i = 0; i < n.npages; i++) {
		(void)buf_put_text(&out, i == 0 ? "" : "---\n");
		stretch(n.page[i], &out);
		(void)buf_put_u8(&out, '\n');
	}
	(void)snprintf(path, sizeof(path), "%s/text/zz/%s.txt", temp_dir, id);
	assert_int_equal(file_replace(path, out.p, out.len, 0600), ERR_OK);
	buf_clear(&out);
	notice_clear(&n);
}

static const char *
below(const char *folder, const char *name)
{
	static char path[PATH_ROOM];

	assert_int_equal(path_join(folder, name, path), ERR_OK);
	return path;
}

/* Only files: a folder of notices beside the French one, and a catalogue. */
static int
write_language(void **state)
{
#define ID_OF(name, id) id,
	static const char *const ids[] = { NOTICES(ID_OF) };
	static char texts[PATH_ROOM], words[PATH_ROOM];
	char *notices = realpath("screens/text/fr", NULL);

	if (temp_setup(state) != 0 || notices == NULL)
		return -1;
	buf_init(&known);
	assert_int_equal(file_read(below(world_locales(), "en.mo"), BUF_MAX,
	    &known), ERR_OK);
	nwords = number(&known, 8);
	first_known = number(&known, 12);
	(void)snprintf(texts, sizeof(texts), "%s", below(temp_dir, "text"));
	(void)snprintf(words, sizeof(words), "%s", below(temp_dir, "locale"));
	assert_int_equal(mkdir(texts, 0700), 0);
	assert_int_equal(mkdir(words, 0700), 0);
	assert_int_equal(symlink(notices, below(texts, "fr")), 0);
	assert_int_equal(mkdir(below(texts, "zz"), 0700), 0);
	for (size_t i = 0; i < COUNT(ids); i++)
		write_notice(ids[i]);
	write_catalogue(below(words, "zz.mo"));
	world_texts = texts;
	world_words = words;
	free(notices);
	return 0;
}

static int
remove_language(void **state)
{
	buf_clear(&known);
	return temp_teardown(state);
}

static void
it_is_offered_beside_french(void **state)
{
	(void)state;
	world_open(&w, &screens_flow);
	assert_int_equal(w.tongues.n, 2);
	assert_string_equal(w.tongues.tongue[NEW].code, "zz");
	assert_string_equal(tongues_name(&w.tongues, "zz"), "Fraançaaiis");
	session_speak(&w.s, NEW);
	flow_show(w.flow, &w.s, w.page);
	assert_string_equal(w.page->lang, "Fraançaaiis");
	assert_string_equal(w.page->title, "Boonjoouur");
	world_close(&w);
}

static void
nothing_of_it_is_cut_in_any_face(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pages); i++) {
		stand(&w, &pages[i]);
		session_speak(&w.s, NEW);
		flow_show(w.flow, &w.s, w.page);
		assert_string_equal(w.s.notice->lang, "zz");
		nothing_is_cut(&w, pages[i].name);
		world_close(&w);
	}
}

/* Is it a sentence that stretching would have changed? */
static bool
is_french(const char *text)
{
	if (text == NULL || strpbrk(text, "aeiouy") == NULL)
		return false;
	for (uint32_t i = 1; i < nwords; i++)
		if (strcmp(text, french(i)) == 0)
			return true;
	return false;
}

static void
not_french(const char *page, const char *text)
{
	/* What was agreed to stays in the words in which it was. */
	if (is_french(text) &&
	    strcmp(text, w.s.person->rec.consent.wording) != 0)
		fail_msg("%s: still in French: %s", page, text);
}

/* No screen has words that a catalogue cannot reach. */
static void
nothing_is_left_in_french(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pages); i++) {
		const char *name = pages[i].name;
		const struct page *p;

		stand(&w, &pages[i]);
		session_speak(&w.s, NEW);
		flow_show(w.flow, &w.s, w.page);
		p = w.page;
		not_french(name, p->title);
		not_french(name, p->banner);
		for (size_t k = 0; k < p->n; k++) {
			const struct item *it = &p->item[k];

			not_french(name, it->label);
			not_french(name, it->hint);
			not_french(name, it->error);
			if (it->kind == ITEM_FACT)
				not_french(name, it->value);
			for (size_t v = 0; v < it->nvalues; v++)
				not_french(name, it->labels[v]);
		}
		for (size_t k = 0; k < p->nkeys; k++)
			not_french(name, p->keys[k].label);
		world_close(&w);
	}
}

/* A walk through all of it, with everything that can happen on the way. */
static uint32_t
dice(void *source)
{
	uint32_t *seed = source;

	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void
the_journey_is_the_same_in_it(void **state)
{
	uint32_t seed = 5;

	(void)state;
	world_open(&w, &screens_flow);
	w.next = dice;
	w.source = &seed;
	world_begin(&w);
	for (int i = 0; i < 300; i++) {
		session_speak(&w.s, NEW);
		world_walk(&w, 16);
	}
	assert_true(w.saves > 0);
	assert_true(w.visits[SCR_READBACK] > 0);
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_offered_beside_french),
		cmocka_unit_test(nothing_of_it_is_cut_in_any_face),
		cmocka_unit_test(nothing_is_left_in_french),
		cmocka_unit_test(the_journey_is_the_same_in_it),
	};

	(void)setenv("TZ", "UTC", 1);
	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, write_language, remove_language);
}
