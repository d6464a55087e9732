/* layout: golden layouts, and what holds on every page at every size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/secret.h"
#include "desk/view.h"
#include "glass.h"
#include "samples.h"

static struct page *page;
static struct layout *layout;

static void
emergency(struct page *p)
{
	sample_emergency(p, "yes");
}

static void
contact(struct page *p)
{
	sample_contact(p, "06 12 34", "Il manque des chiffres : dix en tout.");
}

static void
secrets(struct page *p)
{
	sample_secrets(p, true);
}

static const struct {
	const char *name;
	void (*build)(struct page *p);
} samples[] = {
	{ "welcome", sample_welcome },	{ "card", sample_card },
	{ "consent", sample_consent },	{ "emergency", emergency },
	{ "contact", contact },		{ "secrets", secrets },
	{ "notice", sample_notice },
};
#define SAMPLES (sizeof(samples) / sizeof(*samples))

static const struct {
	const char *name;
	struct glass glass;
} sizes[] = {
	{ "80x24", { 24, 80, false, false } },
	{ "40x12", { 12, 40, false, false } },
	{ "large", { 24, 80, true, false } },
	{ "ascii", { 24, 80, false, true } },
};

static void
lay_out(const struct glass *g, struct view *v, struct measure *m)
{
	layout_measure(page, g, m);
	view_settle(v, page, m);
	layout_draw(page, v, g, m, layout);
}

/* The picture, the cursor, and the same after each page down. */
static void
picture(const struct glass *g, struct buf *out)
{
	struct view v;
	struct measure m;
	size_t before;

	view_reset(&v);
	do {
		lay_out(g, &v, &m);
		glass_text(layout, g, out);
		assert_int_equal(buf_putf(out, "curseur %u,%u\n", layout->row,
		    layout->col), ERR_OK);
		before = v.scroll;
		view_leaf(&v, page, &m, 1);
	} while (v.scroll != before);
	assert_int_equal(buf_terminate(out), ERR_OK);
}

/* The file holds the picture; UPDATE_GOLDEN=1 writes it anew. */
static void
same_as_golden(const char *name, const char *size, const struct buf *got)
{
	char path[128];
	struct buf want;

	(void)snprintf(path, sizeof(path), "tests/golden/layout/%s-%s.txt",
	    name, size);
	if (getenv("UPDATE_GOLDEN") != NULL) {
		FILE *f = fopen(path, "w");

		assert_non_null(f);
		assert_int_equal(fwrite(got->p, 1, got->len, f), got->len);
		assert_int_equal(fclose(f), 0);
	}
	buf_init(&want);
	assert_int_equal(file_read(path, 1 << 20, &want), ERR_OK);
	assert_int_equal(buf_terminate(&want), ERR_OK);
	assert_string_equal((const char *)got->p, (const char *)want.p);
	buf_clear(&want);
}

static void
layouts_are_golden(void **state)
{
	struct buf b;

	(void)state;
	for (size_t i = 0; i < SAMPLES; i++)
		for (size_t k = 0; k < sizeof(sizes) / sizeof(*sizes); k++) {
			buf_init(&b);
			samples[i].build(page);
			picture(&sizes[k].glass, &b);
			same_as_golden(samples[i].name, sizes[k].name, &b);
			buf_clear(&b);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layouts_are_golden),
	};

	if (secret_start() != ERR_OK || (page = page_new()) == NULL ||
	    (layout = calloc(1, sizeof(*layout))) == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
