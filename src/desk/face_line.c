/*
 * face_line: one question at a time, in plain lines.
 *
 * For a screen reader, a Braille display or a serial line. A page is said
 * when its content changes; the hour, the state of the reader and the seconds
 * of a countdown are no reason to say it again.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/secret.h"
#include "base/text.h"
#include "desk/face.h"
#include "desk/keys.h"
#include "desk/say.h"
#include "desk/typed.h"
#include "desk/wake.h"

#define PROMPT	       "> "
#define CLEAR	       "\033[H\033[2J\033[3J" /* the glass and its history */

/* What was said last, as digests, so that nothing of it is kept. */
struct said {
	uint8_t page[DIGEST_LEN], remarks[DIGEST_LEN], errors[DIGEST_LEN];
};

struct line_face {
	struct face face;
	struct wake wake;
	int out;
	struct said said;
	size_t at;  /* item that is asked; PAGE_ITEMS: the choices */
	bool asked; /* and that was said */
	bool told;  /* the end of a notice is still to be said */
	bool gone;  /* no more input, and EV_ABANDON was said */
	struct buf text; /* locked: what is being said */
	struct typed in;
	struct hand hand;
};

static struct line_face *
line_of(struct face *f)
{
	return (struct line_face *)f;
}

static enum err
flush(struct line_face *l)
{
	enum err r = fd_write_all(l->out, l->text.p, l->text.len);

	buf_reset(&l->text);
	return r == ERR_OK ? r : err_about(ERR_TERMINAL, "--face line");
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

static bool
is_question(const struct item *it)
{
	return it->kind == ITEM_OPTION || it->kind == ITEM_FIELD;
}

/* The first question from item i on, or the choices. */
static size_t
question_from(const struct page *p, size_t i)
{
	while (i < p->n && !is_question(&p->item[i]))
		i++;
	return i < p->n ? i : PAGE_ITEMS;
}

static size_t
first_error(const struct page *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (is_question(&p->item[i]) && p->item[i].error != NULL)
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
		if (is_question(&p->item[i]))
			r = buf_putf(out, "%s\n", p->item[i].label);
	return r;
}

static bool
has_notice(const struct page *p)
{
	const struct item *it = page_find(p, NOTICE_ID);

	return it != NULL && it->kind == ITEM_NOTICE;
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
	l->at = question_from(p, 0);
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
	return flush(l);
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
	return flush(l);
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

static enum err
ask(struct line_face *l, const struct page *p)
{
	enum err r;

	if (l->asked)
		return ERR_OK;
	l->asked = true;
	if (l->at < p->n)
		r = say_question(&p->item[l->at], &l->text);
	else
		r = say_choices(p, &l->text);
	if (r != ERR_OK || (r = buf_put_text(&l->text, PROMPT)) != ERR_OK)
		return r;
	return flush(l);
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
answer(struct line_face *l, const char *text)
{
	enum err r = buf_putf(&l->text, "%s\n" PROMPT, text);

	return r == ERR_OK ? flush(l) : r;
}

static void
event_of(struct line_face *l, struct event *ev, enum event_kind kind,
    const char *id, const char *value)
{
	ev->kind = kind;
	if (id != NULL) {
		memcpy(l->hand.id, id, strlen(id) + 1);
		ev->id = l->hand.id;
	}
	if (value != NULL) {
		memcpy(l->hand.value, value, strlen(value) + 1);
		ev->value = l->hand.value;
	}
}

/* Is the line a command? A choice of the same letter goes before. */
static bool
is_command(struct line_face *l, const struct page *p, struct event *ev)
{
#define COMMAND_ROW(letter, word, event) { letter, word, event },
	static const struct {
		const char *letter, *word;
		enum event_kind kind;
	} commands[] = { SAY_COMMANDS(COMMAND_ROW) };
#undef COMMAND_ROW
	bool choosing = l->at >= p->n;

	if (p->banner != NULL && strcmp(l->in.text, SAY_CARD) == 0)
		event_of(l, ev, EV_PICK, CARD_INSERT_PULL, NULL);
	if (p->banner != NULL && strcmp(l->in.text, SAY_SWAP) == 0)
		event_of(l, ev, EV_PICK, CARD_SWAP, NULL);
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		bool taken = choosing &&
		    say_chosen(p, commands[i].letter) != NULL;

		if (strcmp(l->in.text, commands[i].word) == 0 ||
		    (!taken && strcmp(l->in.text, commands[i].letter) == 0)) {
			ev->kind = commands[i].kind;
			return true;
		}
	}
	return ev->kind != EV_NONE;
}

/* On to the next question; it is asked at the next paint. */
static void
go_on(struct line_face *l, const struct page *p, struct event *ev)
{
	l->at = question_from(p, l->at + 1);
	l->asked = false;
	if (ev->kind == EV_NONE)
		ev->kind = EV_TICK;
}

static enum err
take_option(struct line_face *l, const struct page *p, struct event *ev)
{
	const struct item *it = &p->item[l->at];
	size_t i = (size_t)(l->in.text[0] - '1');

	if (l->in.len == 0) {
		if (*it->value != '\0')
			go_on(l, p, ev);
		else
			return answer(l, "Il faut un chiffre de la liste.");
		return ERR_OK;
	}
	if (l->in.len != 1 || i >= it->nvalues)
		return answer(l, "Tapez un chiffre de la liste.");
	event_of(l, ev, EV_SET, it->id, it->values[i]);
	go_on(l, p, ev);
	return ERR_OK;
}

static enum err
take_field(struct line_face *l, const struct page *p, struct event *ev)
{
	const struct item *it = &p->item[l->at];

	if (l->in.len > it->max || l->in.len >= FIELD_ROOM)
		return answer(l, "C'est trop long ; tapez la réponse en plus "
		    "court.");
	if (l->in.len > 0)
		event_of(l, ev, EV_SET, it->id,
		    strcmp(l->in.text, "-") == 0 ? "" : l->in.text);
	go_on(l, p, ev);
	return ERR_OK;
}

static enum err
take_choice(struct line_face *l, const struct page *p, struct event *ev)
{
	const struct item *it = say_chosen(p, l->in.text);
	enum err r;

	if (it != NULL) {
		/* The page may stay, ask again, and say what is wrong. */
		l->asked = false;
		memset(l->said.errors, 0, sizeof(l->said.errors));
		l->at = question_from(p, 0);
		event_of(l, ev, EV_PICK, it->id, NULL);
		return ERR_OK;
	}
	if (strcmp(l->in.text, "=") == 0) {
		r = say_status(p, &l->text);
		return r == ERR_OK ? answer(l, "") : r;
	}
	if (l->in.len > 0)
		return answer(l, "Ce n'est pas dans la liste. Entrée seule "
		    "la répète.");
	memset(&l->said, 0, sizeof(l->said)); /* say it all again */
	ev->kind = EV_TICK;
	return ERR_OK;
}

static enum err
take_line(struct line_face *l, const struct page *p, struct event *ev)
{
	if (l->in.skips || strlen(l->in.text) != l->in.len)
		return answer(l, "Cette ligne n'est pas comprise ; tapez-la "
		    "de nouveau.");
	if (!text_is_clean(l->in.text))
		return answer(l, "Cette ligne contient des caractères "
		    "refusés ; tapez-la de nouveau.");
	if (is_command(l, p, ev))
		return ERR_OK;
	if (l->at >= p->n)
		return take_choice(l, p, ev);
	if (p->item[l->at].kind == ITEM_FIELD)
		return take_field(l, p, ev);
	return take_option(l, p, ev);
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
		event_of(l, ev, EV_SET, NOTICE_ID, "end");
		return ERR_OK;
	}
	while (r == ERR_OK && ev->kind == EV_NONE && typed_read(&l->in)) {
		r = take_line(l, p, ev);
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
