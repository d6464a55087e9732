/*
 * face_curses: a real pseudo-terminal; what is on its glass, where its cursor
 * is, what keys say, and how it is given back.
 */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <cmocka.h>

#include "base/secret.h"
#include "desk/face.h"
#include "desk/view.h"
#include "glass.h"
#include "samples.h"
#include "vt.h"

static struct page *page;
static struct layout *layout;
static struct vt vt;
static int master, orders, reports;
static pid_t child;
static char seen[1 << 18]; /* bytes that came to the terminal */
static size_t nseen;
static char report[4096];
static struct termios before;
static bool contrast;

static void
build(struct page *p, char which)
{
	switch (which) {
	case 'w': sample_welcome(p); break;
	case 'c': sample_consent(p); break;
	case 't': sample_contact(p, "", NULL); break;
	case 's': sample_secrets(p, false); break;
	case 'n': sample_notice(p); break;
	default: sample_card(p); break;
	}
}

/* Everything that the keys said, a line each. */
static void
report_events(struct face *f, const struct page *p, int fd)
{
	static const char *const names[] = {
		[EV_NONE] = "none", [EV_ENTER] = "enter", [EV_PICK] = "pick",
		[EV_SET] = "set", [EV_BACK] = "back", [EV_HELP] = "help",
		[EV_ABANDON] = "abandon", [EV_CARD] = "card",
		[EV_TICK] = "tick", [EV_DONE] = "done",
	};
	struct event ev;
	enum err r;

	while ((r = f->kind->next(f, p, &ev)) == ERR_OK &&
	    ev.kind != EV_NONE) {
		(void)dprintf(fd, "%s %s %s\n", names[ev.kind],
		    ev.id == NULL ? "" : ev.id,
		    ev.value == NULL ? "" : ev.value);
		(void)f->kind->paint(f, p);
	}
	if (r != ERR_OK)
		(void)dprintf(fd, "failed %d\n", err_number(r));
}

/* The child: paint a page, answer keys, forget, close; as it is told. */
_Noreturn static void
serve(int in, int out)
{
	struct face *f = NULL;
	enum err r;
	char order;

	(void)signal(SIGSEGV, SIG_DFL); /* cmocka's own */
	(void)signal(SIGABRT, SIG_DFL);
	r = face_curses_open(contrast, &f);
	if (r != ERR_OK) {
		(void)dprintf(out, "failed %d\n.", err_number(r));
		_exit(3);
	}
	(void)signal(SIGHUP, SIG_IGN);
	(void)dprintf(out, ".");
	while (read(in, &order, 1) == 1) {
		if (order == 'x')
			report_events(f, page, out);
		else if (order == 'f')
			f->kind->forget(f);
		else if (order == 'q')
			break;
		else {
			build(page, order);
			(void)f->kind->paint(f, page);
		}
		(void)dprintf(out, ".");
	}
	f->kind->close(f);
	(void)dprintf(out, ".");
	_exit(0);
}

/* Feed the terminal with what comes; false when nothing does. */
static bool
watch(int ms)
{
	struct pollfd p = { .fd = master, .events = POLLIN };
	char bytes[4096];
	ssize_t n;

	if (poll(&p, 1, ms) != 1 ||
	    (n = read(master, bytes, sizeof(bytes))) <= 0)
		return false;
	vt_feed(&vt, bytes, (size_t)n);
	assert_true(nseen + (size_t)n < sizeof(seen));
	memcpy(seen + nseen, bytes, (size_t)n);
	nseen += (size_t)n;
	return true;
}

/* Until the child says that the order is done, and the glass is quiet. */
static const char *
await(void)
{
	size_t n = 0;
	ssize_t got;

	for (int i = 0; i < 500; i++) {
		(void)watch(10);
		got = read(reports, report + n, sizeof(report) - 1 - n);
		n += got > 0 ? (size_t)got : 0;
		if (n > 0 && report[n - 1] == '.')
			break;
	}
	assert_true(n > 0 && report[n - 1] == '.');
	report[n - 1] = '\0';
	while (watch(30))
		;
	return report;
}

static const char *
order(char c)
{
	assert_int_equal(write(orders, &c, 1), 1);
	return await();
}

static const char *
keys(const char *s)
{
	assert_int_equal(write(master, s, strlen(s)), strlen(s));
	return order('x');
}

static bool
was_sent(const char *s)
{
	size_t n = strlen(s);

	for (size_t i = 0; i + n <= nseen; i++)
		if (memcmp(seen + i, s, n) == 0)
			return true;
	return false;
}

static void
start(unsigned short rows, unsigned short cols)
{
	struct winsize ws = { .ws_row = rows, .ws_col = cols };
	int in[2], out[2], slave;

	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	assert_int_equal(openpty(&master, &slave, NULL, NULL, &ws), 0);
	assert_int_equal(tcgetattr(slave, &before), 0);
	vt_init(&vt, rows, cols);
	nseen = 0;
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		(void)close(master);
		(void)login_tty(slave);
		serve(in[0], out[1]);
	}
	(void)close(slave);
	(void)close(in[0]);
	(void)close(out[1]);
	orders = in[1];
	reports = out[0];
	(void)fcntl(reports, F_SETFL, O_NONBLOCK);
	(void)await();
}

static int
stop(void)
{
	int status;

	assert_int_equal(waitpid(child, &status, 0), child);
	child = 0;
	(void)close(master);
	(void)close(orders);
	(void)close(reports);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int
begin(void **state)
{
	(void)state;
	(void)setenv("TERM", "xterm-256color", 1);
	(void)setenv("LANG", "C.UTF-8", 1);
	(void)unsetenv("LC_ALL");
	(void)unsetenv("NO_COLOR");
	(void)unsetenv("LINES");
	(void)unsetenv("COLUMNS");
	return 0;
}

/* A test that failed leaves its child: end it. */
static int
end(void **state)
{
	(void)state;
	if (child > 0) {
		(void)kill(child, SIGKILL);
		(void)stop();
	}
	return 0;
}

/* The glass holds what the layout says, and the cursor is where it says. */
static void
glass_is(char which, struct view *v, unsigned lines, unsigned columns)
{
	struct glass g = { lines, columns, false, false };
	struct measure m;
	struct cell *cells;

	build(page, which);
	layout_measure(page, &g, &m);
	view_settle(v, page, &m);
	layout_draw(page, v, &g, &m, layout);
	cells = glass_cells(layout, &g);
	for (unsigned r = 0; r < lines; r++)
		for (unsigned c = 0; c < columns; c++) {
			const char *want = cells[r * columns + c].text;
			const char *got = vt.cell[r][c];

			want = *want == '\0' ? " " : want;
			got = *got == '\0' ? " " : got;
			if (strcmp(got, want) != 0)
				fail_msg("%u,%u: %s != %s", r, c, got, want);
		}
	free(cells);
	assert_int_equal(vt.row, layout->row);
	assert_int_equal(vt.col, layout->col);
}

static void
the_cursor_stands_at_the_focus(void **state)
{
	struct view v;

	(void)state;
	view_reset(&v);
	start(24, 80);
	(void)order('w');
	glass_is('w', &v, 24, 80);
	assert_string_equal(v.id, "open");
	assert_string_equal(keys("\033OB"), "tick  \n");
	v.focus++;
	(void)strcpy(v.id, "lost");
	glass_is('w', &v, 24, 80);
	(void)order('c');
	view_reset(&v);
	glass_is('c', &v, 24, 80);
	(void)order('t');
	view_reset(&v);
	glass_is('t', &v, 24, 80);
	(void)order('q');
	assert_int_equal(stop(), 0);
}

static void
keys_become_events(void **state)
{
	static const struct { const char *keys, *said; } table[] = {
		{ "o", "pick agree \n" }, { "N", "pick refuse \n" },
		{ "\r", "pick reread \n" }, { "\033", "back  \n" },
		{ "\033OP", "help  \n" }, { "\033[21~", "abandon  \n" },
		{ "\033[15~", "pick card-insert-pull \n" },
		{ "\033[17~", "pick card-swap \n" },
		{ "\033[A\r", "tick  \n" }, { "z", "tick  \n" },
		/* Keys that this terminal does not have, and Alt-o. */
		{ "\033[99~", "tick  \n" }, { "\033Oo", "tick  \n" },
		{ "\033o", "tick  \n" }, { "\033[1;5X", "tick  \n" },
		{ "\xFF\xC3\xC3(", "tick  \n" },
	};

	(void)state;
	start(24, 80);
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		(void)order('w'); /* the focus begins anew */
		(void)order('c');
		assert_string_equal(keys(table[i].keys), table[i].said);
	}
	(void)order('t');
	assert_string_equal(keys("é"), "set mobile é\n");
	(void)order('q');
	assert_int_equal(stop(), 0);
}

static void
pastes_answer_nothing(void **state)
{
	(void)state;
	start(24, 80);
	assert_true(was_sent("\033[?2004h"));
	(void)order('c');
	assert_string_equal(keys("\033[200~o\rn\033[201~"), "tick  \n");
	assert_string_equal(keys("\033[200~on"), "tick  \n");
	assert_string_equal(keys("o\033[201~"), "tick  \n");
	assert_string_equal(keys("o"), "pick agree \n");
	(void)order('t');
	assert_string_equal(keys("\033[200~0639981241\033[201~"), "tick  \n");
	assert_string_equal(keys("0"), "set mobile 0\n");
	/* One that never ends is over after a second. */
	assert_string_equal(keys("\033[200~06"), "tick  \n");
	(void)usleep(1100000);
	assert_string_equal(keys("6"), "set mobile 6\n");
	(void)order('q');
	assert_int_equal(stop(), 0);
}

/* Down and up again on a cell, counted from 0, as xterm tells of it. */
static const char *
click(unsigned row, unsigned col)
{
	char s[64];

	(void)snprintf(s, sizeof(s), "\033[<0;%u;%uM\033[<0;%u;%um", col + 1,
	    row + 1, col + 1, row + 1);
	return keys(s);
}

/* A page takes a finger once it has stood for a moment. */
static void
settle(void)
{
	(void)usleep(310000);
}

/* Where on the glass a text begins. */
static void
find(const char *text, unsigned *row, unsigned *col)
{
	for (*row = 0; *row < vt.rows; ++*row)
		for (*col = 0; *col < vt.cols; ++*col) {
			const char *s = text;
			unsigned c = *col;

			while (*s != '\0' && c < vt.cols) {
				const char *cell = vt.cell[*row][c++];

				cell = *cell == '\0' ? " " : cell;
				if (strncmp(s, cell, strlen(cell)) != 0)
					break;
				s += strlen(cell);
			}
			if (*s == '\0')
				return;
		}
	fail_msg("no « %s » on the glass", text);
}

static const char *
click_on(const char *text)
{
	unsigned row, col;

	find(text, &row, &col);
	return click(row, col + 1);
}

static void
a_finger_does_what_a_key_would(void **state)
{
	(void)state;
	start(24, 80);
	assert_true(was_sent("\033[?1000h\033[?1006h"));
	(void)order('w');
	settle();
	assert_string_equal(click_on("Changer mes"), "pick change \n");
	assert_string_equal(click_on("Aide"), "help  \n");
	assert_string_equal(click_on("F5 mettre"),
	    "pick card-insert-pull \n");
	assert_string_equal(click_on("Bonjour"), "tick  \n");
	/* The old way: a letter for each of button, column and row. */
	assert_string_equal(keys("\033[M \"\"\033[M#\"\""), "tick  \n");
	(void)order('c');
	settle();
	assert_string_equal(click_on("Je consens à"),
	    "set consent yes\n");
	assert_string_equal(click_on("Échap"), "back  \n");
	/* A legal answer is gone to first, and said how it is taken. */
	assert_string_equal(click_on("Oui, je consens"), "tick  \n");
	find("Touchez encore, ou tapez o", &(unsigned){ 0 },
	    &(unsigned){ 0 });
	assert_string_equal(click_on("Oui, je consens"),
	    "pick agree \n");
	(void)order('q');
	assert_true(was_sent("\033[?1006l\033[?1000l"));
	assert_int_equal(stop(), 0);
}

static void
a_finger_that_bounces_answers_nothing(void **state)
{
	unsigned row, col;
	char s[64];

	(void)state;
	start(24, 80);
	(void)order('w');
	(void)order('c');
	find("Je consens à", &row, &col);
	assert_string_equal(click(row, col), "tick  \n"); /* just come up */
	settle();
	/* Another button, a move, half a touch, and one that slips away. */
	(void)snprintf(s, sizeof(s), "\033[<2;%u;%uM\033[<2;%u;%um", col + 1,
	    row + 1, col + 1, row + 1);
	assert_string_equal(keys(s), "tick  \n");
	(void)snprintf(s, sizeof(s), "\033[<0;%u;%uM\033[<0;%u;%um", col + 1,
	    row + 1, col + 1, row + 3);
	assert_string_equal(keys(s), "tick  \n");
	(void)snprintf(s, sizeof(s), "\033[<0;%u;%um", col + 1, row + 1);
	assert_string_equal(keys(s), "tick  \n");
	/* One that is no number, off the glass, cut; and one that is pasted. */
	assert_string_equal(keys("\033[<0;99999999;1M\033[<;;mX"), "tick  \n");
	assert_string_equal(keys("\033[<0;500;500M\033[<0;500;500m"),
	    "tick  \n");
	assert_string_equal(keys("\033[<0;0;0M\033[<0;1"), "tick  \n");
	(void)snprintf(s, sizeof(s), "\033[200~\033[<0;%u;%uM\033[<0;%u;%um"
	    "\033[201~", col + 1, row + 1, col + 1, row + 1);
	assert_string_equal(keys(s), "tick  \n");
	assert_string_equal(click(row, col), "set consent yes\n");
	(void)order('q');
	assert_int_equal(stop(), 0);
}

/* A wheel reads a text to its end, and back. */
static void
a_wheel_scrolls(void **state)
{
	(void)state;
	start(24, 80);
	(void)order('n');
	assert_string_equal(keys("\033[<65;5;5M\033[<65;5;5M\033[<65;5;5M"),
	    "tick  \nset notice end\n");
	assert_string_equal(keys("\033[<64;5;5M\033[<64;5;5M\033[<64;5;5M"),
	    "tick  \n");
	find("Le Dossier", &(unsigned){ 0 }, &(unsigned){ 0 });
	settle();
	assert_string_equal(click_on("▼"), "tick  \n");
	find("▲", &(unsigned){ 0 }, &(unsigned){ 0 });
	(void)order('q');
	assert_int_equal(stop(), 0);
}

/* Ctrl-C, Ctrl-Z, Ctrl-\, Ctrl-S: no signal, no stop, no event. */
static void
control_keys_stop_nothing(void **state)
{
	int status;

	(void)state;
	start(24, 80);
	(void)order('c');
	assert_string_equal(keys("\003\032\034\023\021\004"), "tick  \n");
	assert_int_equal(kill(child, SIGTSTP), 0);
	assert_string_equal(keys("o"), "pick agree \n");
	assert_int_equal(waitpid(child, &status, WNOHANG | WUNTRACED), 0);
	(void)order('q');
	assert_int_equal(stop(), 0);
}

static void
forgetting_leaves_nothing(void **state)
{
	(void)state;
	start(24, 80);
	(void)order('s');
	assert_true(was_sent("provisoire"));
	nseen = 0;
	(void)order('f');
	assert_true(was_sent("\033[3J"));
	assert_false(was_sent("provisoire"));
	for (unsigned r = 0; r < 24; r++)
		for (unsigned c = 0; c < 80; c++)
			assert_true(*vt.cell[r][c] == '\0' ||
			    *vt.cell[r][c] == ' ');
	(void)order('w');
	(void)order('q');
	assert_int_equal(stop(), 0);
}

static void
the_size_is_followed(void **state)
{
	static const struct winsize sizes[] = {
		{ .ws_row = 1, .ws_col = 1 }, { .ws_row = 3, .ws_col = 200 },
		{ .ws_row = 50, .ws_col = 2 }, { .ws_row = 12, .ws_col = 40 },
	};
	struct view v;

	(void)state;
	start(24, 80);
	(void)order('c');
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		assert_int_equal(ioctl(master, TIOCSWINSZ, &sizes[i]), 0);
		(void)usleep(20000);
		vt_init(&vt, sizes[i].ws_row, sizes[i].ws_col);
		(void)keys("");
	}
	(void)order('w');
	(void)order('c');
	view_reset(&v);
	glass_is('c', &v, 12, 40);
	(void)order('q');
	assert_int_equal(stop(), 0);
}

static void
a_notice_is_told_at_its_end(void **state)
{
	(void)state;
	start(24, 80);
	(void)order('n');
	assert_string_equal(order('x'), "");
	assert_string_equal(keys("\033[6~"), "tick  \nset notice end\n");
	assert_string_equal(keys("\033[5~\033[6~"), "tick  \n");
	(void)order('q');
	assert_int_equal(stop(), 0);
}

static void
the_terminal_is_given_back(void **state)
{
	struct termios after;

	(void)state;
	start(24, 80);
	(void)order('c');
	assert_int_equal(tcgetattr(master, &after), 0);
	assert_false(after.c_lflag & (ISIG | ECHO | ICANON));
	assert_false(after.c_iflag & IXON);
	assert_true(was_sent("\033[?1049h"));
	nseen = 0;
	(void)order('q');
	assert_true(was_sent("\033[3J"));
	assert_true(was_sent("\033[?2004l"));
	assert_true(was_sent("\033[?1049l"));
	assert_int_equal(tcgetattr(master, &after), 0);
	assert_memory_equal(&after.c_lflag, &before.c_lflag,
	    sizeof(after.c_lflag));
	assert_memory_equal(&after.c_iflag, &before.c_iflag,
	    sizeof(after.c_iflag));
	assert_int_equal(stop(), 0);
}

/* Even a fault leaves nobody on the glass, and the line as it was. */
static void
a_fault_leaves_nobody(void **state)
{
	static const int faults[] = { SIGSEGV, SIGABRT };
	struct termios after;
	int status;

	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		start(24, 80);
		(void)order('s');
		assert_true(was_sent("provisoire"));
		assert_int_equal(kill(child, faults[i]), 0);
		assert_int_equal(waitpid(child, &status, 0), child);
		child = 0;
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), faults[i]);
		assert_int_equal(tcgetattr(master, &after), 0);
		assert_memory_equal(&after.c_lflag, &before.c_lflag,
		    sizeof(after.c_lflag));
		while (watch(100))
			;
		assert_true(was_sent("\033[?1000l"));
		assert_true(was_sent("\033[3J"));
		for (unsigned r = 0; r < 24; r++)
			for (unsigned c = 0; c < 80; c++)
				assert_true(*vt.cell[r][c] == '\0' ||
				    *vt.cell[r][c] == ' ');
		(void)close(master);
		(void)close(orders);
		(void)close(reports);
	}
}

static void
colours_are_a_third_sign(void **state)
{
	(void)state;
	start(24, 80);
	(void)order('w');
	assert_true(was_sent("38;5;29"));
	(void)order('q');
	assert_int_equal(stop(), 0);
	(void)setenv("NO_COLOR", "1", 1);
	start(24, 80);
	(void)order('w');
	assert_false(was_sent("38;5;"));
	assert_false(was_sent("\033[3"));
	(void)order('q');
	assert_int_equal(stop(), 0);
	(void)unsetenv("NO_COLOR");
	(void)setenv("TERM", "linux", 1); /* eight colours, and no signs */
	start(24, 80);
	(void)order('w');
	assert_true(was_sent("\033[35m") || was_sent(";35m"));
	assert_false(was_sent("▶"));
	(void)order('q');
	assert_int_equal(stop(), 0);
}

/* White and yellow on black, everywhere; F4 does and undoes it. */
static void
contrast_is_chosen_on_any_page(void **state)
{
	(void)state;
	start(24, 80);
	(void)order('c');
	assert_false(was_sent("48;5;16"));
	nseen = 0;
	assert_string_equal(keys("\033OS"), "tick  \n");
	assert_true(was_sent("48;5;16"));
	assert_true(was_sent("38;5;226"));
	nseen = 0;
	assert_string_equal(keys("\033OS"), "tick  \n");
	assert_false(was_sent("48;5;16"));
	(void)order('q');
	assert_int_equal(stop(), 0);
	contrast = true;
	start(24, 80);
	(void)order('c');
	assert_true(was_sent("48;5;16"));
	(void)order('q');
	assert_int_equal(stop(), 0);
	(void)setenv("NO_COLOR", "1", 1); /* goes before */
	start(24, 80);
	(void)order('c');
	assert_false(was_sent("48;5;16"));
	(void)order('q');
	contrast = false;
	assert_int_equal(stop(), 0);
}

static void
lines_and_columns_are_honoured(void **state)
{
	struct view v;

	(void)state;
	(void)setenv("LINES", "12", 1);
	(void)setenv("COLUMNS", "40", 1);
	start(24, 80);
	(void)order('c');
	view_reset(&v);
	glass_is('c', &v, 12, 40);
	(void)order('q');
	assert_int_equal(stop(), 0);
}

static void
a_cut_line_is_the_end(void **state)
{
	(void)state;
	start(24, 80);
	(void)order('c');
	assert_string_equal(order('x'), "");
	(void)close(master);
	master = -1;
	assert_string_equal(order('x'), "failed 404\n");
	(void)order('q');
	assert_int_equal(stop(), 0);
}

static void
no_terminal_is_an_error(void **state)
{
	int slave;

	(void)state;
	(void)setenv("TERM", "no-such-terminal", 1);
	start(24, 80);
	assert_string_equal(report, "failed 404\n");
	assert_int_equal(stop(), 3);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct face *f;

		(void)close(STDIN_FILENO);
		slave = open("/dev/null", O_RDWR | O_CLOEXEC);
		_exit(slave == 0 &&
		    face_curses_open(false, &f) == ERR_TERMINAL);
	}
	assert_int_equal(waitpid(child, &slave, 0), child);
	child = 0;
	assert_int_equal(WEXITSTATUS(slave), 1);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		T(the_cursor_stands_at_the_focus), T(keys_become_events),
		T(pastes_answer_nothing), T(control_keys_stop_nothing),
		T(a_finger_does_what_a_key_would),
		T(a_finger_that_bounces_answers_nothing),
		T(a_wheel_scrolls), T(a_fault_leaves_nobody),
		T(forgetting_leaves_nothing), T(the_size_is_followed),
		T(a_notice_is_told_at_its_end), T(the_terminal_is_given_back),
		T(colours_are_a_third_sign),
		T(contrast_is_chosen_on_any_page),
		T(lines_and_columns_are_honoured), T(a_cut_line_is_the_end),
		T(no_terminal_is_an_error),
	};

	if (secret_start() != ERR_OK || (page = page_new()) == NULL ||
	    (layout = calloc(1, sizeof(*layout))) == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
