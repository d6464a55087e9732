/*
 * face_curses_keys: the keyboard, through curses' table of what keys send, and
 * the pointer, in the two ways in which terminals tell of it.
 *
 * Curses' own mouse is not used: in the middle of a pointer's bytes it waits
 * for the rest, and a cut line would stop the clock that forgets people.
 *
 * A paste is heard and ignored: it answers nothing and is nobody's name. Keys
 * that would stop a program, and keys that this terminal does not know, do
 * nothing: no byte of theirs is taken for a letter.
 */
#include <poll.h>
#include <unistd.h>

#define NCURSES_NOMACROS 1
#include <curses.h>

#include "base/clock.h"
#include "base/file.h"
#include "desk/face_curses.h"

#define ESCAPE_MS 50   /* after Escape: is it the front of another key? */
#define PASTE_MS  1000 /* a paste that never says its end is over then */
#define MODES_ON  "\033[?2004h\033[?1000h\033[?1006h"
#define MODES_OFF "\033[?1006l\033[?1000l\033[?2004l"

enum { KEY_PASTE = KEY_MAX + 1, KEY_PASTED, KEY_POINTER, KEY_OLD_POINTER };

/* What a pointer's bytes say that it did, in bits. */
enum {
	POINTER_BUTTON = 3,  /* 0: the first, 3 in the old way: let go */
	POINTER_HELD = 0x1C, /* Shift, Alt, Ctrl */
	POINTER_WHEEL = 0x40
};

static const struct {
	int key;
	enum stroke_kind kind;
} known[] = {
	{ '\r', STROKE_ENTER },		 { '\n', STROKE_ENTER },
	{ KEY_ENTER, STROKE_ENTER },	 { '\t', STROKE_TAB },
	{ KEY_BTAB, STROKE_BACKTAB },	 { KEY_UP, STROKE_UP },
	{ KEY_DOWN, STROKE_DOWN },	 { KEY_LEFT, STROKE_LEFT },
	{ KEY_RIGHT, STROKE_RIGHT },	 { KEY_HOME, STROKE_HOME },
	{ KEY_END, STROKE_END },	 { KEY_PPAGE, STROKE_PAGE_UP },
	{ KEY_NPAGE, STROKE_PAGE_DOWN }, { KEY_BACKSPACE, STROKE_BACKSPACE },
	{ 0x7F, STROKE_BACKSPACE },	 { '\b', STROKE_BACKSPACE },
	{ KEY_DC, STROKE_DELETE },	 { KEY_F(1), STROKE_F1 },
	{ KEY_F(2), STROKE_F2 },	 { KEY_F(3), STROKE_F3 },
	{ KEY_F(4), STROKE_F4 },	 { KEY_F(5), STROKE_F5 },
	{ KEY_F(6), STROKE_F6 },	 { KEY_F(10), STROKE_F10 },
};

/* The rest of a letter that takes several bytes; broken ones are nothing. */
static void
read_letter(int lead, struct stroke *k)
{
	size_t n = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

	if (lead < ' ' || (lead >= 0x80 && lead < 0xC2) || lead > 0xF4)
		return;
	k->text[0] = (char)lead;
	for (size_t i = 1; i < n; i++) {
		int next = getch();

		if (next == ERR)
			return;
		if (next < 0x80 || next > 0xBF) {
			(void)ungetch(next);
			return;
		}
		k->text[i] = (char)next;
	}
	k->text[n] = '\0';
	k->kind = STROKE_CHAR;
}

/* The next byte of what has begun, also when the line is slow. */
static int
getch_on(void)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
	int c = getch();

	return c == ERR && poll(&p, 1, ESCAPE_MS) == 1 ? getch() : c;
}

/* Of a first button that goes down or up, and of a wheel. */
static void
point(unsigned what, bool up, unsigned col, unsigned row, struct stroke *k)
{
	unsigned button = what & ~(unsigned)POINTER_HELD;

	if (button == POINTER_WHEEL)
		k->kind = STROKE_ROLL_UP;
	else if (button == POINTER_WHEEL + 1)
		k->kind = STROKE_ROLL_DOWN;
	else if (button == 0 || (up && button == POINTER_BUTTON))
		k->kind = up ? STROKE_LET_GO : STROKE_TOUCH;
	if (row == 0 || col == 0)
		k->kind = STROKE_NONE;
	k->row = row - 1;
	k->col = col - 1;
}

/* Behind "\033[<": three numbers, and M for down or m for up. */
static void
read_pointer(struct stroke *k)
{
	unsigned n[3] = { 0, 0, 0 };
	size_t at = 0;
	int c;

	while ((c = getch_on()) != ERR && (c < 0x40 || c > 0x7E)) {
		if (c == ';')
			at++;
		else if (at < 3 && c >= '0' && c <= '9' && n[at] <= 0xFFFF)
			n[at] = n[at] * 10 + (unsigned)(c - '0');
	}
	if (at == 2 && (c == 'M' || c == 'm'))
		point(n[0], c == 'm', n[1], n[2], k);
}

/* Behind "\033[M": three bytes, each more by what makes it a letter. */
static void
read_old_pointer(struct stroke *k)
{
	unsigned n[3] = { 0, 0, 0 };

	for (size_t i = 0; i < 3; i++) {
		int c = getch_on();

		if (c < 0x20 || c > 0xFF)
			return;
		n[i] = (unsigned)c - 0x20;
	}
	point(n[0], (n[0] & POINTER_BUTTON) == POINTER_BUTTON, n[1], n[2], k);
}

/* What ends the sequence of a key that terminfo forgot to name. */
static enum stroke_kind
arrow(int final)
{
	static const struct {
		char final;
		enum stroke_kind kind;
	} arrows[] = {
		{ 'A', STROKE_UP }, { 'B', STROKE_DOWN },
		{ 'C', STROKE_RIGHT }, { 'D', STROKE_LEFT },
		{ 'H', STROKE_HOME }, { 'F', STROKE_END },
		{ 'Z', STROKE_BACKTAB },
	};

	for (size_t i = 0; i < sizeof(arrows) / sizeof(*arrows); i++)
		if (arrows[i].final == final)
			return arrows[i].kind;
	return STROKE_NONE;
}

/*
 * Escape alone is a key. With more behind it, it is the front of another:
 * an arrow, or one that this terminal does not know, and then none of its
 * bytes is anybody's answer.
 */
static void
read_escape(struct stroke *k)
{
	int next = getch(), n = 0;

	if (next == ERR)
		k->kind = STROKE_ESCAPE;
	if (next != '[' && next != 'O')
		return;
	do {
		next = getch_on();
		n++;
	} while (next != ERR && (next < 0x40 || next > 0x7E));
	if (n == 1)
		k->kind = arrow(next);
}

/* True while the bytes are those of a paste. */
static bool
is_paste(struct keyboard *b, int key)
{
	uint64_t now = clock_elapsed_ms();

	if (b->pasting && now - b->paste_ms > PASTE_MS)
		b->pasting = false;
	if (key == KEY_PASTE)
		b->pasting = true;
	if (!b->pasting)
		return key == KEY_PASTED;
	b->paste_ms = now;
	if (key == KEY_PASTED)
		b->pasting = false;
	return true;
}

bool
keyboard_read(struct keyboard *b, struct stroke *k)
{
	int key = getch();

	*k = (struct stroke){ .kind = STROKE_NONE };
	if (key == ERR)
		return false;
	if (is_paste(b, key))
		return true;
	if (key == KEY_POINTER)
		read_pointer(k);
	if (key == KEY_OLD_POINTER)
		read_old_pointer(k);
	if (key == 0x0C) /* Ctrl-L: the line was noisy, draw all anew */
		(void)clearok(curscr, TRUE);
	if (key == 0x1B) {
		read_escape(k);
		return true;
	}
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (known[i].key == key)
			k->kind = known[i].kind;
	if (k->kind == STROKE_NONE && key <= 0xFF)
		read_letter(key, k);
	return true;
}

void
keyboard_start(void)
{
	(void)raw(); /* no signals from keys, no flow control */
	(void)noecho();
	(void)nonl();
	(void)set_escdelay(ESCAPE_MS);
	(void)keypad(stdscr, TRUE);
	(void)nodelay(stdscr, TRUE);
	(void)define_key("\033[200~", KEY_PASTE);
	(void)define_key("\033[201~", KEY_PASTED);
	(void)define_key("\033[<", KEY_POINTER);
	(void)define_key("\033[M", KEY_OLD_POINTER);
	(void)fd_write_all(STDOUT_FILENO, MODES_ON, sizeof(MODES_ON) - 1);
}

void
keyboard_stop(void)
{
	(void)fd_write_all(STDOUT_FILENO, MODES_OFF, sizeof(MODES_OFF) - 1);
}
