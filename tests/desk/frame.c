/* frame: the lines around a screen say what they should. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "desk/frame.h"

#define MINUTE ((uint64_t)60000)
#define NOW    ((uint64_t)1795270800000)

static struct desk_settings set = { .mode = MODE_TRAINING, .lease_low = 20,
	.site_name = "Toys", .printer = "none" };

static void
the_status_is_in_words(void **state)
{
	static const struct {
		enum reader_state reader;
		uint64_t waiting, refused, ago;
		uint32_t identifiers;
		const char *line;
	} says[] = {
		{ READER_EMPTY, 0, 0, 0, 180, "Lecteur prêt · Rien en attente "
		    "· envoyé à l'instant" },
		{ READER_VITALE, 3, 0, 5, 20, "Carte présente · 3 en attente "
		    "· envoyé il y a 5 min" },
		{ READER_CPS, 0, 2, 119, 19, "Carte de professionnel · Rien en "
		    "attente · 2 à revoir · envoyé il y a 119 min · "
		    "19 identifiants" },
		{ READER_MUTE, 0, 0, 120, 0, "Carte à retourner · Rien en "
		    "attente · envoyé il y a 2 h · Plus d'identifiants" },
		{ READER_BUSY, 0, 0, 2880, 99, "Carte occupée · Rien en "
		    "attente · envoyé il y a 2 jours" },
	};
	char line[256];

	(void)state;
	for (size_t i = 0; i < sizeof(says) / sizeof(says[0]); i++) {
		struct session s = { .set = &set, .now_ms = NOW,
			.reader = says[i].reader, .waiting = says[i].waiting,
			.refused = says[i].refused,
			.last_sent_ms = NOW - says[i].ago * MINUTE,
			.identifiers = says[i].identifiers };

		frame_status(&s, line, sizeof(line));
		assert_string_equal(line, says[i].line);
	}
}

/* A clock that was set back, and a terminal that never sent. */
static void
odd_times_are_no_numbers(void **state)
{
	struct session s = { .set = &set, .now_ms = NOW,
		.last_sent_ms = NOW + 5 * MINUTE, .identifiers = 180 };
	char line[256];

	(void)state;
	frame_status(&s, line, sizeof(line));
	assert_non_null(strstr(line, "à l'instant"));
	s.last_sent_ms = 0;
	frame_status(&s, line, sizeof(line));
	assert_null(strstr(line, "envoyé"));
}

/* Where no identifiers are lent, none are missed. */
static void
a_closed_place_is_said_with_its_day(void **state)
{
	struct session s = { .set = &set, .now_ms = NOW, .closed = true,
		.closed_ms = NOW - 3 * 24 * 60 * MINUTE };
	char line[256];

	(void)state;
	frame_status(&s, line, sizeof(line));
	assert_non_null(strstr(line, " · Lieu fermé le 18/11"));
	assert_null(strstr(line, "identifiants"));
}

/* How many wait is said with since when, and whether to mind. */
static void
what_waits_is_said_in_words(void **state)
{
	static const struct {
		uint64_t minutes;
		const char *words;
	} says[] = {
		{ 0, " · 2 en attente · " },
		{ 1, " · 2 en attente depuis 1 min, c'est normal · " },
		{ 59, " depuis 59 min, c'est normal · " },
		{ 60, " depuis 1 h : la ligne est-elle coupée ? · " },
		{ 1439, " depuis 23 h : la ligne est-elle coupée ? · " },
		{ 1440, " depuis 24 h : appelez l'assistance · " },
	};
	char line[256];

	(void)state;
	for (size_t i = 0; i < sizeof(says) / sizeof(says[0]); i++) {
		struct session s = { .set = &set, .now_ms = NOW, .waiting = 2,
			.oldest_ms = NOW - says[i].minutes * MINUTE };

		frame_status(&s, line, sizeof(line));
		assert_non_null(strstr(line, says[i].words));
	}
}

static void
a_line_is_cut_at_its_room(void **state)
{
	struct session s = { .set = &set };
	char line[8];

	(void)state;
	frame_status(&s, line, sizeof(line));
	assert_int_equal(strlen(line), sizeof(line) - 1);
}

static void
show(const struct session *s, struct page *p)
{
	(void)s;
	page_title(p, "Toy");
}

static void
keys_are_what_the_screen_can_say(void **state)
{
	const struct screen all = { .name = "all", .help = "Help.",
		.outcomes = CAN(BACK) | CAN(ABANDON), .private = true,
		.show = show };
	const struct screen none = { .name = "none", .show = show };
	struct session s = { .set = &set, .now_ms = NOW };
	struct page *p = page_new();

	(void)state;
	assert_non_null(p);
	frame_page(&all, &s, p);
	assert_int_equal(p->nkeys, 3);
	assert_string_equal(p->keys[0].label, "Revenir");
	assert_string_equal(p->keys[2].key, "F10");
	assert_true(p->private);
	frame_page(&none, &s, p);
	assert_int_equal(p->nkeys, 0);
	assert_false(p->private);
	page_free(p);
}

static void
training_is_on_every_page(void **state)
{
	const struct screen scr = { .name = "toy", .help = "Help.",
		.show = show };
	struct session s = { .set = &set, .now_ms = NOW };
	struct page *p = page_new();

	(void)state;
	assert_non_null(p);
	for (int helping = 0; helping < 2; helping++) {
		s.helping = helping;
		set.mode = MODE_TRAINING;
		frame_page(&scr, &s, p);
		assert_non_null(strstr(p->banner, "FORMATION"));
		assert_string_equal(p->site, "Toys");
		set.mode = MODE_PRODUCTION;
		frame_page(&scr, &s, p);
		assert_null(p->banner);
	}
	page_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_status_is_in_words),
		cmocka_unit_test(odd_times_are_no_numbers),
		cmocka_unit_test(a_closed_place_is_said_with_its_day),
		cmocka_unit_test(what_waits_is_said_in_words),
		cmocka_unit_test(a_line_is_cut_at_its_room),
		cmocka_unit_test(keys_are_what_the_screen_can_say),
		cmocka_unit_test(training_is_on_every_page),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
