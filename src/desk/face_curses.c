/*
 * face_curses: rows on the glass. With face_curses_*.c, the door of curses.
 *
 * The real cursor stands at the focus after each refresh, for whoever follows
 * it with a screen reader or a Braille display; leaveok() is never set
 * (facts/lessons.md, C17).
 */
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define NCURSES_NOMACROS 1
#include <curses.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/secret.h"
#include "desk/face_curses.h"
#include "desk/rescue.h"
#include "desk/touch.h"
#include "desk/wake.h"

#define BEAT_MS	   400
#define BOUNCE_MS  300 /* a page takes no finger before */
#define NO_HISTORY "\033[3J" /* forget what was scrolled off the glass */

struct curses_face {
	struct face face;
	SCREEN *screen;
	struct wake wake;
	struct glass glass;
	struct view view;
	struct measure measure;
	struct hand hand;
	struct layout *layout; /* borrows the page's texts; no secret */
	struct spot under;     /* a finger that is down */
	bool down, held;
	uint64_t turned_ms; /* elapsed: when the page came up */
	struct sigaction winch, tstp; /* as they were */
	bool fixed; /* LINES or COLUMNS say the size */
	struct ink ink;
	bool told;	     /* the end of a notice is still to be said */
	struct keyboard keyboard;
};

/* For the handler of SIGWINCH; there is one terminal. */
static volatile sig_atomic_t resized;
static struct wake *bell;

static struct curses_face *
curses_of(struct face *f)
{
	return (struct curses_face *)f;
}

static void
on_resize(int sig)
{
	(void)sig;
	resized = 1;
	if (bell != NULL)
		wake_ring(bell);
}

static bool
is_set(const char *name)
{
	const char *v = getenv(name);

	return v != NULL && *v != '\0';
}

/* Where the signs of a UTF-8 terminal cannot be counted on. */
static bool
wants_ascii(bool utf8)
{
	static const char *const plain[] = { "linux", "vt100", "vt220",
		"ansi", "dumb" };
	const char *term = getenv("TERM");

	if (is_set("GUICHET_ASCII") || !utf8 || term == NULL)
		return true;
	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++)
		if (strcmp(term, plain[i]) == 0)
			return true;
	return false;
}

static void
take_size(struct curses_face *c)
{
	int lines = getmaxy(stdscr), columns = getmaxx(stdscr);

	c->glass.lines = lines > GLASS_MAX ? GLASS_MAX : (unsigned)lines;
	c->glass.columns = columns > GLASS_MAX ? GLASS_MAX :
	    (unsigned)columns;
}

/* However many times the size changed, it is read once. */
static void
follow_size(struct curses_face *c)
{
	struct winsize ws;

	if (!resized)
		return;
	resized = 0;
	if (!c->fixed && ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 &&
	    ws.ws_row > 0 && ws.ws_col > 0)
		(void)resizeterm(ws.ws_row, ws.ws_col);
	(void)clearok(curscr, TRUE);
	take_size(c);
}

/* The keys that only change how it looks; no screen knows of them. */
static bool
take_look(struct curses_face *c, enum stroke_kind key)
{
	if (key == STROKE_F3)
		c->glass.large = !c->glass.large;
	else if (key == STROKE_F4)
		c->ink.contrast = !c->ink.contrast;
	else
		return false;
	ink_use(&c->ink);
	return true;
}

static enum err
curses_paint(struct face *f, const struct page *p)
{
	struct curses_face *c = curses_of(f);

	follow_size(c);
	layout_measure(p, &c->glass, &c->measure);
	if (view_settle(&c->view, p, &c->measure)) {
		c->turned_ms = clock_elapsed_ms();
		c->down = false;
	}
	c->view.beat = (unsigned)(clock_elapsed_ms() / BEAT_MS);
	layout_draw(p, &c->view, &c->glass, &c->measure, c->layout);
	(void)erase();
	ink_pieces(&c->ink, c->layout);
	(void)move((int)c->layout->row, (int)c->layout->col);
	(void)refresh();
	if (view_notice_end(&c->view, p, &c->measure)) {
		c->told = true;
		wake_ring(&c->wake);
	}
	return ERR_OK;
}

/* Nobody will ever type again: the line is cut, the window closed. */
static bool
is_gone(void)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };

	return poll(&p, 1, 0) == 1 &&
	    (p.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

/* A finger acts where it went down, once it goes up there; never on a page
 * that came up under it. */
static void
take_finger(struct curses_face *c, const struct page *p,
    const struct stroke *k, struct event *ev)
{
	const struct spot *spot = layout_spot(c->layout, k->row, k->col);
	bool same = spot != NULL && c->down && touch_same(spot, &c->under);

	c->down = false;
	if (c->held) {
		c->held = false;
		touch_let_go(p, &c->hand, ev);
		return;
	}
	if (spot == NULL || clock_elapsed_ms() - c->turned_ms < BOUNCE_MS)
		return;
	if (k->kind == STROKE_TOUCH) {
		c->under = *spot;
		c->held = touch_hold(p, spot, &c->hand, ev);
		c->down = !c->held;
	} else if (same && !take_look(c, spot->key.kind)) {
		touch_take(&c->view, p, &c->measure, spot, &c->hand, ev);
	}
}

static enum err
curses_next(struct face *f, const struct page *p, struct event *ev)
{
	struct curses_face *c = curses_of(f);
	bool typed = false;
	struct stroke k;

	wake_hush(&c->wake);
	secret_wipe(&c->hand, sizeof(c->hand));
	*ev = (struct event){ .kind = EV_NONE };
	if (c->told) {
		c->told = false;
		*ev = (struct event){ .kind = EV_SET, .id = NOTICE_ID,
			.value = "end" };
		return ERR_OK;
	}
	while (ev->kind == EV_NONE && keyboard_read(&c->keyboard, &k)) {
		typed = true;
		if (k.kind == STROKE_NONE)
			continue; /* a long paste costs no layout a letter */
		(void)take_look(c, k.kind);
		layout_measure(p, &c->glass, &c->measure);
		if (k.kind == STROKE_TOUCH || k.kind == STROKE_LET_GO)
			take_finger(c, p, &k, ev);
		else
			keys_take(&c->view, p, &c->measure, &k, &c->hand, ev);
	}
	secret_wipe(&k, sizeof(k));
	if (!typed && is_gone())
		return err_about(ERR_TERMINAL, "stdin");
	if (typed && ev->kind == EV_NONE)
		ev->kind = EV_TICK; /* somebody is there; paint the move */
	return resized && ev->kind == EV_NONE ? curses_paint(f, p) : ERR_OK;
}

/* Everything that was seen is overwritten, erased, and out of curses' own
 * two pictures of the glass; then the terminal's history goes. */
static void
curses_forget(struct face *f)
{
	struct curses_face *c = curses_of(f);

	(void)erase();
	(void)refresh();
	(void)clearok(curscr, TRUE);
	(void)refresh();
	(void)fd_write_all(STDOUT_FILENO, NO_HISTORY, sizeof(NO_HISTORY) - 1);
	(void)flushinp();
	view_reset(&c->view);
	secret_wipe(&c->hand, sizeof(c->hand));
	c->layout->n = c->layout->nspots = 0;
	c->told = c->down = c->held = false;
}

static void
curses_free(struct curses_face *c)
{
	if (c->screen != NULL) {
		(void)endwin();
		delscreen(c->screen);
		rescue_disarm();
		(void)sigaction(SIGWINCH, &c->winch, NULL);
		(void)sigaction(SIGTSTP, &c->tstp, NULL);
	}
	bell = NULL;
	wake_close(&c->wake);
	free(c->layout);
	secret_free(c);
}

static void
curses_close(struct face *f)
{
	struct curses_face *c = curses_of(f);

	c->ink.contrast = false; /* the terminal's own paper */
	ink_use(&c->ink);
	curses_forget(f);
	keyboard_stop();
	curses_free(c);
}

static const struct face_kind curses_kind = {
	.name = "curses",
	.holds = true,
	.paint = curses_paint,
	.next = curses_next,
	.forget = curses_forget,
	.close = curses_close,
};

/* Ours before curses would put its own, which are for lesser secrets: a
 * stopped program would leave a person on the glass. */
static void
start_signals(struct curses_face *c)
{
	struct sigaction sa = { .sa_handler = on_resize,
		.sa_flags = SA_RESTART };

	bell = &c->wake;
	resized = 0;
	(void)sigaction(SIGWINCH, &sa, &c->winch);
	sa.sa_handler = SIG_IGN;
	(void)sigaction(SIGTSTP, &sa, &c->tstp);
}

static bool
is_utf8(void)
{
	(void)setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
		return true;
	(void)setlocale(LC_CTYPE, "C.UTF-8"); /* texts are UTF-8 anyhow */
	return false;
}

enum err
face_curses_open(bool contrast, struct face **out)
{
	const char *term = getenv("TERM");
	struct curses_face *c;
	enum err r = ERR_MEMORY;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_about(ERR_TERMINAL, "stdin, stdout");
	if ((c = secret_alloc(sizeof(*c))) == NULL)
		return ERR_MEMORY;
	c->face.kind = &curses_kind;
	c->wake = (struct wake){ .fd = -1, .bell = -1 };
	view_reset(&c->view);
	if ((c->layout = calloc(1, sizeof(*c->layout))) == NULL ||
	    (r = wake_open(&c->wake, STDIN_FILENO)) != ERR_OK)
		goto fail;
	c->glass.ascii = wants_ascii(is_utf8());
	c->glass.large = is_set("GUICHET_LARGE");
	c->ink.contrast = contrast;
	c->fixed = is_set("LINES") || is_set("COLUMNS");
	start_signals(c);
	rescue_arm();
	if ((c->screen = newterm(NULL, stdout, stdin)) == NULL) {
		(void)sigaction(SIGWINCH, &c->winch, NULL);
		(void)sigaction(SIGTSTP, &c->tstp, NULL);
		rescue_disarm();
		r = err_about(ERR_TERMINAL, "TERM=%s",
		    term == NULL ? "" : term);
		goto fail;
	}
	keyboard_start();
	c->face.fd = c->wake.fd;
	(void)leaveok(stdscr, FALSE);
	(void)curs_set(1);
	ink_start(&c->ink, !is_set("NO_COLOR"));
	take_size(c);
	*out = &c->face;
	return ERR_OK;
fail:
	curses_free(c);
	return r;
}
