/* face_line: what is said, what a line does, and what is never repeated. */
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/secret.h"
#include "desk/face.h"
#include "samples.h"
#include "tests/golden.h"

static struct page *page;
static struct face *face;
static int to_face, from_face, ends[2];
static char heard[65536];

static int
begin(void **state)
{
	int in[2], out[2];

	(void)state;
	if (pipe(in) == -1 || pipe(out) == -1)
		return 1;
	(void)fcntl(out[0], F_SETFL, O_NONBLOCK);
	to_face = in[1];
	from_face = out[0];
	ends[0] = in[0];
	ends[1] = out[1];
	return face_line_open(in[0], out[1], &face) != ERR_OK;
}

static int
end(void **state)
{
	(void)state;
	face->kind->close(face);
	(void)close(ends[0]);
	(void)close(ends[1]);
	(void)close(from_face);
	if (to_face != -1)
		(void)close(to_face);
	return 0;
}

/* What was said since the last time. */
static const char *
hear(void)
{
	ssize_t n = read(from_face, heard, sizeof(heard) - 1);

	heard[n > 0 ? n : 0] = '\0';
	return heard;
}

static void
paint(void)
{
	assert_int_equal(face->kind->paint(face, page), ERR_OK);
}

static void
send_bytes(const char *p, size_t n)
{
	assert_int_equal(write(to_face, p, n), n);
}

static void
next_is(enum event_kind kind, const char *id, const char *value)
{
	struct event ev;

	assert_int_equal(face->kind->next(face, page, &ev), ERR_OK);
	assert_int_equal(ev.kind, kind);
	if (id != NULL)
		assert_string_equal(ev.id, id);
	if (value != NULL)
		assert_string_equal(ev.value, value);
}

static void
line(const char *text, enum event_kind kind, const char *id,
    const char *value)
{
	send_bytes(text, strlen(text));
	send_bytes("\n", 1);
	next_is(kind, id, value);
}

static void
golden(const char *name)
{
	char path[64];

	(void)snprintf(path, sizeof(path), "line/%s.txt", name);
	golden_equal(path, heard, strlen(heard));
}

static void
pages_are_spoken(void **state)
{
	(void)state;
	sample_welcome(page);
	paint();
	(void)hear();
	golden("welcome");
	sample_card(page);
	paint();
	(void)hear();
	golden("card");
	sample_consent(page);
	paint();
	(void)hear();
	golden("consent");
	line("", EV_TICK, NULL, NULL); /* the tick stays as it is */
	paint();
	(void)hear();
	golden("consent-choices");
	sample_secrets(page, false);
	paint();
	(void)hear();
	golden("secrets");
}

/* On a terminal: shown no more while it is typed, shown again after it. */
static bool
shows_typing(int fd)
{
	struct termios t;

	assert_int_equal(tcgetattr(fd, &t), 0);
	return t.c_lflag & ECHO;
}

static void
what_is_covered_is_not_shown_while_typed(void **state)
{
	int user = posix_openpt(O_RDWR | O_NOCTTY), desk;
	struct face *own;

	(void)state;
	assert_true(user != -1 && grantpt(user) == 0 && unlockpt(user) == 0);
	assert_true((desk = open(ptsname(user), O_RDWR | O_NOCTTY)) != -1);
	assert_int_equal(face_line_open(desk, ends[1], &own), ERR_OK);
	sample_pin(page, "27");
	assert_int_equal(own->kind->paint(own, page), ERR_OK);
	assert_non_null(strstr(hear(), "ne se montre pas"));
	assert_null(strstr(heard, "27"));
	assert_false(shows_typing(desk));
	sample_secrets(page, false);
	assert_int_equal(own->kind->paint(own, page), ERR_OK);
	assert_true(shows_typing(desk));
	sample_pin(page, "");
	assert_int_equal(own->kind->paint(own, page), ERR_OK);
	assert_false(shows_typing(desk));
	own->kind->close(own);
	assert_true(shows_typing(desk));
	(void)close(desk);
	(void)close(user);
}

static void
a_page_is_said_once(void **state)
{
	(void)state;
	sample_secrets(page, true);
	paint();
	assert_non_null(strstr(hear(), "Mot de passe provisoire : caché."));
	assert_null(strstr(heard, "aZ3"));
	assert_null(strstr(heard, "a Z 3"));
	page_status(page, "Autre état");
	page_site(page, "Ailleurs", "Français", "15:00", NULL);
	paint();
	assert_string_equal(hear(), "");
	line("", EV_TICK, NULL, NULL);
	paint();
	assert_non_null(strstr(hear(), "Avez-vous le papier en main ?"));
	line("=", EV_NONE, NULL, NULL);
	assert_non_null(strstr(hear(), "Autre état"));
	sample_secrets(page, false);
	paint();
	assert_non_null(strstr(hear(), "a Z 3 ! e 7 k Q."));
}

/* A countdown is said when it begins, not at each of its seconds. */
static void
seconds_are_no_news(void **state)
{
	(void)state;
	sample_card(page);
	paint();
	(void)hear();
	page_warn(page, "Êtes-vous là ? Plus que 30 secondes.");
	paint();
	assert_string_equal(hear(), "\nLe lecteur attend la carte.\n"
	    "Attention. Êtes-vous là ? Plus que 30 secondes.\n> ");
	sample_card(page);
	page_warn(page, "Êtes-vous là ? Plus que 9 secondes.");
	paint();
	assert_string_equal(hear(), "");
	sample_card(page);
	paint();
	assert_string_equal(hear(), "\nLe lecteur attend la carte.\n> ");
}

static void
letters_numbers_and_words(void **state)
{
	(void)state;
	sample_welcome(page);
	paint();
	line("2", EV_PICK, "lost", NULL);
	line("7", EV_NONE, NULL, NULL);
	line("r", EV_BACK, NULL, NULL);
	line("q", EV_ABANDON, NULL, NULL);
	line("?", EV_HELP, NULL, NULL);
	line("aide", EV_HELP, NULL, NULL);
	line("carte", EV_PICK, CARD_INSERT_PULL, NULL);
	line("autre carte", EV_PICK, CARD_SWAP, NULL);
	sample_secrets(page, true);
	paint();
	line("O\r", EV_PICK, "ok", NULL);
	line("r", EV_PICK, "no-paper", NULL); /* the page's own goes before */
	line("revenir", EV_BACK, NULL, NULL);
	line("carte", EV_NONE, NULL, NULL); /* only in training */
}

static void
questions_come_one_by_one(void **state)
{
	(void)state;
	sample_emergency(page, "yes");
	paint();
	assert_non_null(strstr(hear(), "SAMU (15)"));
	assert_null(strstr(heard, "bris de glace"));
	line("3", EV_NONE, NULL, NULL);
	assert_string_equal(hear(), "Tapez un chiffre de la liste.\n> ");
	line("2", EV_SET, "samu", "no");
	sample_emergency(page, "no");
	paint();
	assert_non_null(strstr(hear(), "bris de glace"));
	assert_null(strstr(heard, "Étape"));
	line("", EV_TICK, NULL, NULL);
	paint();
	assert_string_equal(hear(), "1, puis Entrée : Continuer.\n"
	    "r, puis Entrée : Revenir. q, puis Entrée : Abandonner. "
	    "=, puis Entrée : État.\n> ");
	line("1", EV_PICK, "next", NULL);
	/* An answer that nobody gave yet cannot be kept. */
	sample_emergency(page, NULL);
	page_fresh(page, "2");
	paint();
	(void)hear();
	line("", EV_NONE, NULL, NULL);
	assert_string_equal(hear(), "Il faut un chiffre de la liste.\n> ");
}

static void
fields_and_their_errors(void **state)
{
	char longest[4200];

	(void)state;
	sample_contact(page, "", NULL);
	paint();
	assert_non_null(strstr(hear(), "laisser vide"));
	line("0123456789012345678901234", EV_NONE, NULL, NULL);
	assert_non_null(strstr(hear(), "trop long"));
	line("06", EV_SET, "mobile", "06");
	sample_contact(page, "06", NULL);
	paint();
	assert_non_null(strstr(hear(), "Adresse électronique"));
	line("", EV_TICK, NULL, NULL);
	paint();
	line("1", EV_PICK, "next", NULL);
	sample_contact(page, "06", "Il manque des chiffres.");
	(void)hear();
	paint();
	assert_non_null(strstr(hear(), "À corriger. Il manque des"));
	line("-", EV_SET, "mobile", "");
	memset(longest, 'x', sizeof(longest));
	send_bytes(longest, sizeof(longest));
	line("", EV_NONE, NULL, NULL);
	line("\xFF\xFE", EV_NONE, NULL, NULL);
	assert_non_null(strstr(hear(), "n'est pas comprise"));
	assert_non_null(strstr(heard, "caractères refusés"));
	send_bytes("a\0b\n", 4);
	next_is(EV_NONE, NULL, NULL);
	line("a@example.org", EV_SET, "email", "a@example.org");
}

static void
ticks_are_told(void **state)
{
	(void)state;
	sample_consent(page);
	paint();
	assert_non_null(strstr(hear(), "pas coché"));
	line("o", EV_NONE, NULL, NULL); /* not yet the time to agree */
	line("2", EV_SET, "consent", "yes");
	paint();
	line("o", EV_PICK, "agree", NULL);
}

static void
a_notice_is_told_once(void **state)
{
	struct pollfd p = { .fd = face->fd, .events = POLLIN };

	(void)state;
	sample_notice(page);
	paint();
	assert_int_equal(poll(&p, 1, 0), 1); /* though nobody typed */
	next_is(EV_SET, NOTICE_ID, "end");
	paint();
	assert_int_equal(poll(&p, 1, 0), 0);
	next_is(EV_NONE, NULL, NULL);
}

static void
the_end_of_the_input(void **state)
{
	struct event ev;

	(void)state;
	sample_welcome(page);
	paint();
	send_bytes("1", 1); /* no Enter: no answer */
	(void)close(to_face);
	to_face = -1;
	next_is(EV_ABANDON, NULL, NULL);
	assert_int_equal(face->kind->next(face, page, &ev), ERR_INPUT_END);
	face->kind->forget(face);
}

static void
files_are_inputs_too(void **state)
{
	int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
	int file = open("tests/desk/face_line.c", O_RDONLY | O_CLOEXEC);
	struct face *f;

	(void)state;
	assert_int_equal(face_line_open(file, ends[1], &f), ERR_OK);
	assert_int_equal(f->fd, file); /* always ready */
	f->kind->close(f);
	assert_int_equal(face_line_open(in, ends[1], &f), ERR_OK);
	f->kind->close(f);
	assert_int_equal(close(in), 0); /* it stayed ours */
	assert_int_equal(close(file), 0);
	assert_int_equal(face_line_open(in, ends[1], &f), ERR_TERMINAL);
	assert_int_equal(face_line_open(ends[0], in, &f), ERR_TERMINAL);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		T(pages_are_spoken), T(what_is_covered_is_not_shown_while_typed),
		T(pages_are_spoken), T(a_page_is_said_once),
		T(seconds_are_no_news), T(letters_numbers_and_words),
		T(questions_come_one_by_one), T(fields_and_their_errors),
		T(ticks_are_told), T(a_notice_is_told_once),
		T(the_end_of_the_input), T(files_are_inputs_too),
	};

	if (secret_start() != ERR_OK || (page = page_new()) == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
