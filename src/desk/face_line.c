/*
 * face_line: one question at a time, in plain lines.
 *
 * For a screen reader, a Braille display or a serial line. A page is said
 * when its content changes; the hour, the state of the reader and the seconds
 * of a countdown are no reason to say it again.
 */
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "desk/face_line.h"
#include "desk/say.h"

#define CLEAR "\033[H\033[2J\033[3J" /* the glass and its history */

static struct line_face *
line_of(struct face *f)
{
	return (struct line_face *)f;
}

/* Replace a digest by that of what is in the text; was it another? */
static bool
is_news(const struct buf *text, uint8_t seen[DIGEST_LEN])
{
	uint8_t sum[DIGEST_LEN];
	bool same;

	digest(text->p, text->len, sum);
	same = memcmp(sum, seen, sizeof(sum)) == 0;
	memcpy(seen, sum, sizeof(sum));
	return !same;
}

static size_t
first_error(const struct page *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (line_asks(&p->item[i]) && p->item[i].error != NULL)
			return i;
	return PAGE_ITEMS;
}

/* Everything that makes it another page: its texts and its choices. */
static enum err
put_identity(const struct page *p, struct buf *out)
{
	enum err r;

	if ((r = buf_putf(out, "%s\n%s\n", p->name,
		 p->fresh == NULL ? "" : p->fresh)) != ERR_OK ||
	    (r = say_page(p, out)) != ERR_OK ||
	    (r = say_choices(p, out)) != ERR_OK)
		return r;
	for (size_t i = 0; i < p->n && r == ERR_OK; i++)
		if (line_asks(&p->item[i]))
			r = buf_putf(out, "%s\n", p->item[i].label);
	return r;
}

static bool
has_notice(const struct page *p)
{
	const struct item *it = page_find(p, NOTICE_ID);

	return it != NULL && it->kind == ITEM_NOTICE;
}

/* What was uncovered and is not any more leaves the glass and its history. */
static enum err
cover(struct line_face *l, const struct page *p)
{
	size_t codes = 0, covered = 0;
	bool was = l->bare;

	for (size_t i = 0; i < p->n; i++)
		if (p->item[i].kind == ITEM_CODE) {
			codes++;
			covered += (p->item[i].flags & ITEM_HIDDEN) != 0;
		}
	l->bare = codes > 0 && covered == 0;
	return was && !l->bare && isatty(l->out) ? fd_write_all(l->out, CLEAR,
	    sizeof(CLEAR) - 1) : ERR_OK;
}

/* The page from its beginning, when it is another than was said. */
static enum err
say_new_page(struct line_face *l, const struct page *p)
{
	enum err r;
	bool news;

	if ((r = put_identity(p, &l->text)) != ERR_OK)
		return r;
	news = is_news(&l->text, l->said.page);
	buf_reset(&l->text);
	if (!news)
		return ERR_OK;
	if ((r = cover(l, p)) != ERR_OK)
		return r;
	l->at = line_question(p, 0);
	l->asked = false;
	memset(l->said.remarks, 0, sizeof(l->said.remarks));
	memset(l->said.errors, 0, sizeof(l->said.errors));
	if (has_notice(p)) {
		l->told = true;
		wake_ring(&l->wake);
	}
	if ((r = buf_put_text(&l->text, "\n")) != ERR_OK ||
	    (r = say_page(p, &l->text)) != ERR_OK)
		return r;
	return line_flush(l);
}

/* Warnings and work going on, when they changed by more than a number. */
static enum err
say_new_remarks(struct line_face *l, const struct page *p)
{
	enum err r;
	size_t n = 0;
	bool news;

	if ((r = say_remarks(p, &l->text)) != ERR_OK)
		return r;
	for (size_t i = 0; i < l->text.len; i++)
		if (l->text.p[i] < '0' || l->text.p[i] > '9')
			l->text.p[n++] = l->text.p[i];
	l->text.len = n;
	news = is_news(&l->text, l->said.remarks);
	buf_reset(&l->text);
	if (!news || n == 0)
		return ERR_OK;
	if ((l->asked && (r = buf_put_text(&l->text, "\n")) != ERR_OK) ||
	    (r = say_remarks(p, &l->text)) != ERR_OK ||
	    (l->asked && (r = buf_put_text(&l->text, PROMPT)) != ERR_OK))
		return r;
	return line_flush(l);
}

/* An error brings its question back. */
static enum err
find_new_error(struct line_face *l, const struct page *p)
{
	size_t i = first_error(p);
	enum err r = ERR_OK;

	for (size_t k = i; k < p->n && r == ERR_OK; k++)
		if (p->item[k].error != NULL)
			r = buf_putf(&l->text, "%zu %s\n", k,
			    p->item[k].error);
	if (r == ERR_OK && is_news(&l->text, l->said.errors) &&
	    i != PAGE_ITEMS) {
		l->at = i;
		l->asked = false;
	}
	buf_reset(&l->text);
	return r;
}

/* The terminal shows what is typed, or does not; where it is one. */
static void
hush(struct line_face *l, bool on)
{
	struct termios t;

	if (l->hushed == on || tcgetattr(l->in.fd, &t) != 0)
		return;
	t.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
	t.c_lflag |= on ? ECHONL : ECHO;
	l->hushed = tcsetattr(l->in.fd, TCSANOW, &t) == 0 && on;
}

static enum err
ask(struct line_face *l, const struct page *p)
{
	enum err r;

	if (l->asked)
		return ERR_OK;
	l->asked = true;
	hush(l, l->at < p->n && p->item[l->at].flags & ITEM_HIDDEN);
	if (l->at < p->n)
		r = say_question(&p->item[l->at], &l->text);
	else
		r = say_choices(p, &l->text);
	if (r != ERR_OK || (r = buf_put_text(&l->text, PROMPT)) != ERR_OK)
		return r;
	return line_flush(l);
}

static enum err
line_paint(struct face *f, const struct page *p)
{
	struct line_face *l = line_of(f);
	enum err r;

	if ((r = say_new_page(l, p)) != ERR_OK ||
	    (r = say_new_remarks(l, p)) != ERR_OK ||
	    (r = find_new_error(l, p)) != ERR_OK)
		return r;
	return ask(l, p);
}

static enum err
at_end(struct line_face *l, struct event *ev)
{
	if (l->gone)
		return err_about(ERR_INPUT_END, "--face line");
	l->gone = true;
	ev->kind = EV_ABANDON;
	return ERR_OK;
}

static enum err
line_next(struct face *f, const struct page *p, struct event *ev)
{
	struct line_face *l = line_of(f);
	enum err r = ERR_OK;

	wake_hush(&l->wake);
	secret_wipe(&l->hand, sizeof(l->hand));
	*ev = (struct event){ .kind = EV_NONE };
	if (l->told) {
		l->told = false;
		*ev = (struct event){ .kind = EV_SET, .id = NOTICE_ID,
			.value = "end" };
		return ERR_OK;
	}
	while (r == ERR_OK && ev->kind == EV_NONE && typed_read(&l->in)) {
		r = line_take(l, p, ev);
		typed_clear(&l->in);
	}
	if (r == ERR_OK && ev->kind == EV_NONE && l->in.ended)
		r = at_end(l, ev);
	return r;
}

static void
line_forget(struct face *f)
{
	struct line_face *l = line_of(f);

	hush(l, false);
	buf_reset(&l->text);
	secret_wipe(&l->said, sizeof(l->said));
	secret_wipe(&l->hand, sizeof(l->hand));
	typed_clear(&l->in);
	if (isatty(l->out))
		(void)fd_write_all(l->out, CLEAR, sizeof(CLEAR) - 1);
}

static void
line_close(struct face *f)
{
	struct line_face *l = line_of(f);

	line_forget(f);
	wake_close(&l->wake);
	buf_clear(&l->text);
	secret_free(l);
}

static const struct face_kind line_kind = {
	.name = "line",
	.paint = line_paint,
	.next = line_next,
	.forget = line_forget,
	.close = line_close,
};

enum err
face_line_open(int in, int out_fd, struct face **out)
{
	struct line_face *l;
	enum err r;

	if (fcntl(in, F_GETFL) == -1 || fcntl(out_fd, F_GETFL) == -1)
		return err_about(ERR_TERMINAL, "--face line");
	if ((l = secret_alloc(sizeof(*l))) == NULL)
		return ERR_MEMORY;
	l->in.fd = in;
	l->out = out_fd;
	if ((r = buf_init_secret(&l->text, 3 * PAGE_ROOM)) != ERR_OK ||
	    (r = wake_open(&l->wake, in)) != ERR_OK) {
		buf_clear(&l->text);
		secret_free(l);
		return r;
	}
	l->face = (struct face){ .kind = &line_kind, .fd = l->wake.fd };
	*out = &l->face;
	return ERR_OK;
}
