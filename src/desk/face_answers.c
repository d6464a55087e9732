/* face_answers: a file answers, in training mode, where nobody sits. */
#include <string.h>

#include "base/file.h"
#include "base/secret.h"
#include "base/text.h"
#include "desk/face.h"

#define ANSWERS_MAX  1024
#define ANSWERS_ROOM ((size_t)256 * 1024)
#define VALUE_MAX    256

/* In the order in which a visit uses them. */
enum part { PART_SET, PART_CARD, PART_CHOICE };

struct answer {
	const char *screen, *id, *value;
	enum part part;
	unsigned line;
	bool used;
	bool turns; /* it left a page of a notice */
};

struct answers {
	struct face face;
	char path[PATH_ROOM];
	struct buf text; /* the file; locked, for it may name a person */
	struct answer answer[ANSWERS_MAX];
	size_t n;
	face_card *card;
	void *user;
	char at[PAGE_ID];    /* the screen of the last page */
	enum part part;	     /* the first that this visit may still use */
	uint8_t told[DIGEST_LEN]; /* digest of the notice already said read */
	uint8_t left[DIGEST_LEN]; /* of the one that was left last */
	const struct answer *turned; /* the line that left it */
};

static struct answers *
answers_of(struct face *f)
{
	return (struct answers *)f;
}

static enum err
refuse(const struct answers *a, unsigned line)
{
	return err_about(ERR_ANSWERS, "%s:%u", a->path, line);
}

static char *
trim(char *s)
{
	size_t n;

	s += strspn(s, " \t");
	for (n = strlen(s); n > 0 && strchr(" \t\r", s[n - 1]) != NULL;)
		s[--n] = '\0';
	return s;
}

/* Lower-case letters, digits and hyphens, not too many. */
static bool
is_name(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n > 0 && n < PAGE_ID && s[n] == '\0';
}

static bool
is_verb(const char *s)
{
	return strcmp(s, "pull") == 0 || strcmp(s, "insert") == 0 ||
	    strcmp(s, "swap") == 0;
}

/* What the line answers; false when the value does not suit it. */
static bool
sort(struct answer *a)
{
	if (strcmp(a->id, "card") == 0) {
		a->part = PART_CARD;
		return is_verb(a->value);
	}
	if (strcmp(a->id, "choice") == 0) {
		a->part = PART_CHOICE;
		return is_name(a->value);
	}
	a->part = PART_SET;
	return strlen(a->value) <= VALUE_MAX && text_is_clean(a->value);
}

/* "SCREEN.ID = VALUE", a comment or an empty line. */
static enum err
parse_line(struct answers *a, char *s, unsigned line)
{
	struct answer *one;
	char *dot, *equals;

	s = trim(s);
	if (*s == '\0' || *s == '#')
		return ERR_OK;
	if (a->n == ANSWERS_MAX || (equals = strchr(s, '=')) == NULL)
		return refuse(a, line);
	*equals = '\0';
	s = trim(s);
	if ((dot = strchr(s, '.')) == NULL)
		return refuse(a, line);
	*dot = '\0';
	one = &a->answer[a->n];
	*one = (struct answer){
		.screen = s, .id = dot + 1, .value = trim(equals + 1),
		.line = line
	};
	if (!is_name(one->screen) || !is_name(one->id) || !sort(one))
		return refuse(a, line);
	a->n++;
	return ERR_OK;
}

static enum err
parse(struct answers *a)
{
	char *s = (char *)a->text.p, *end;
	enum err r = ERR_OK;

	/* A NUL would hide what stands behind it. */
	if (memchr(s, '\0', a->text.len) != NULL)
		return refuse(a, 1);
	for (unsigned line = 1; r == ERR_OK && *s != '\0'; line++) {
		end = s + strcspn(s, "\n");
		if (*end == '\n')
			*end++ = '\0';
		r = parse_line(a, s, line);
		s = end;
	}
	return r;
}

/* The first line for this screen that is still to be used. */
static struct answer *
pending(struct answers *a, const char *screen)
{
	for (size_t i = 0; i < a->n; i++)
		if (!a->answer[i].used &&
		    strcmp(a->answer[i].screen, screen) == 0)
			return &a->answer[i];
	return NULL;
}

static const struct item *
find_kind(const struct page *p, enum item_kind kind)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->item[i].kind == kind)
			return &p->item[i];
	return NULL;
}

/* A notice counts as shown the first time its text is on the page. */
static bool
is_notice_new(struct answers *a, const struct page *p)
{
	const struct item *it = find_kind(p, ITEM_NOTICE);
	uint8_t sum[DIGEST_LEN];

	if (it == NULL)
		return false;
	digest(it->label, strlen(it->label), sum);
	if (memcmp(sum, a->told, sizeof(sum)) == 0)
		return false;
	memcpy(a->told, sum, sizeof(sum));
	return true;
}

static bool
is_for(const struct answer *one, const struct page *p)
{
	bool choice = one->part == PART_CHOICE;
	const struct item *it = page_find(p, choice ? one->value : one->id);

	return it != NULL && choice == (it->kind == ITEM_CHOICE);
}

/* A notice has as many pages as it needs: the line that left one leaves the
 * next ones too, unless they have their own. */
static bool
turns_page(struct answers *a, const struct page *p, struct event *ev)
{
	if (a->turned == NULL || !is_for(a->turned, p) ||
	    find_kind(p, ITEM_NOTICE) == NULL ||
	    memcmp(a->left, a->told, sizeof(a->told)) == 0)
		return false;
	memcpy(a->left, a->told, sizeof(a->left));
	*ev = (struct event){ .kind = EV_PICK, .id = a->turned->value };
	return true;
}

/* No answer is left for this visit: wait, or say that one is missing. */
static enum err
none_left(const struct answers *a, const struct page *p)
{
	if (find_kind(p, ITEM_WAIT) != NULL || a->part != PART_SET ||
	    find_kind(p, ITEM_CHOICE) == NULL)
		return ERR_OK;
	return err_about(ERR_UNANSWERED, "%s", p->name);
}

/* Use the line: an event, or a word to the played card. */
static void
use(struct answers *a, const struct page *p, struct answer *one,
    struct event *ev)
{
	one->used = true;
	if (one->part == PART_CHOICE &&
	    find_kind(p, ITEM_NOTICE) != NULL) {
		one->turns = true;
		a->turned = one;
		memcpy(a->left, a->told, sizeof(a->left));
	}
	/* After a choice the screen may ask again: a new group. */
	a->part = one->part == PART_CARD ? PART_CHOICE : PART_SET;
	switch (one->part) {
	case PART_SET:
		*ev = (struct event){ .kind = EV_SET, .id = one->id,
			.value = one->value };
		break;
	case PART_CARD:
		a->card(a->user, one->value);
		break;
	case PART_CHOICE:
		*ev = (struct event){ .kind = EV_PICK, .id = one->value };
		break;
	}
}

static enum err
answers_next(struct face *f, const struct page *p, struct event *ev)
{
	struct answers *a = answers_of(f);
	struct answer *one;

	*ev = (struct event){ .kind = EV_NONE };
	if (strcmp(a->at, p->name) != 0) {
		memcpy(a->at, p->name, strlen(p->name) + 1);
		a->part = PART_SET;
		memset(a->told, 0, sizeof(a->told));
		a->turned = NULL;
	}
	if (is_notice_new(a, p)) {
		*ev = (struct event){ .kind = EV_SET, .id = NOTICE_ID,
			.value = "end" };
		return ERR_OK;
	}
	one = pending(a, p->name);
	if ((one == NULL || one->part < a->part) && turns_page(a, p, ev))
		return ERR_OK;
	if (one == NULL || one->part < a->part)
		return none_left(a, p);
	if (one->part != PART_CARD && !is_for(one, p))
		return find_kind(p, ITEM_WAIT) != NULL ? ERR_OK :
		    refuse(a, one->line);
	use(a, p, one, ev);
	return ERR_OK;
}

static enum err
answers_paint(struct face *f, const struct page *p)
{
	(void)f;
	(void)p;
	return ERR_OK;
}

static void
answers_forget(struct face *f)
{
	answers_of(f)->at[0] = '\0';
}

static void
answers_close(struct face *f)
{
	struct answers *a = answers_of(f);

	buf_clear(&a->text);
	secret_free(a);
}

static const struct face_kind answers_kind = {
	.name = "answers",
	.paint = answers_paint,
	.next = answers_next,
	.forget = answers_forget,
	.close = answers_close,
};

enum err
face_answers_open(const char *path, face_card *card, void *user,
    struct face **out)
{
	struct answers *a = secret_alloc(sizeof(*a));
	enum err r;

	if (a == NULL)
		return ERR_MEMORY;
	a->face = (struct face){ .kind = &answers_kind, .fd = -1 };
	a->card = card;
	a->user = user;
	if (strlen(path) >= sizeof(a->path)) {
		secret_free(a);
		return err_about(ERR_TOO_LONG, "--answers");
	}
	memcpy(a->path, path, strlen(path) + 1);
	if ((r = buf_init_secret(&a->text, ANSWERS_ROOM)) != ERR_OK ||
	    (r = file_read(path, ANSWERS_ROOM - 1, &a->text)) != ERR_OK ||
	    (r = buf_terminate(&a->text)) != ERR_OK ||
	    (r = parse(a)) != ERR_OK) {
		answers_close(&a->face);
		return r;
	}
	*out = &a->face;
	return ERR_OK;
}

bool
face_answers_know(const struct face *f, const char *screen)
{
	const struct answers *a = (const struct answers *)f;

	for (size_t i = 0; f->kind == &answers_kind && i < a->n; i++)
		if (strcmp(a->answer[i].screen, screen) == 0)
			return true;
	return false;
}

/* One line more than the notice had pages is none too many. */
static bool
is_spare(const struct answers *a, const struct answer *one)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->answer[i].turns &&
		    strcmp(a->answer[i].screen, one->screen) == 0 &&
		    strcmp(a->answer[i].id, one->id) == 0 &&
		    strcmp(a->answer[i].value, one->value) == 0)
			return true;
	return false;
}

enum err
face_answers_finish(const struct face *f)
{
	const struct answers *a = (const struct answers *)f;

	if (f->kind != &answers_kind)
		return ERR_OK;
	for (size_t i = 0; i < a->n; i++)
		if (!a->answer[i].used && !is_spare(a, &a->answer[i]))
			return refuse(a, a->answer[i].line);
	return ERR_OK;
}
