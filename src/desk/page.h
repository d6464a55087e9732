/*
 * page: what a screen shows, without saying where: title, paragraphs, choices,
 * options, fields, codes, keys, status. Faces lay it out (DESIGN section 3).
 *
 * A page may show a person, so it lives in locked memory and is wiped each
 * time it is begun anew. Texts given to the builders are copied. Building
 * never fails: a page that is too full is our fault and aborts.
 */
#ifndef GUICHET_DESK_PAGE_H
#define GUICHET_DESK_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define PAGE_ITEMS 64
#define PAGE_ID	   32 /* bytes of an id or a name, with its NUL */
#define PAGE_ROOM  ((size_t)48 * 1024)
#define PAGE_WIDTH 66 /* columns of text at most (LOOK) */

enum item_kind {
	ITEM_PARA,    /* a paragraph */
	ITEM_HEADING, /* a question or part inside a page */
	ITEM_NOTICE,  /* a long text, read by scrolling */
	ITEM_CHOICE,  /* something to press: acts at once */
	ITEM_OPTION,  /* one of two or three answers, changed in place */
	ITEM_FIELD,   /* a line to type in */
	ITEM_FACT,    /* label and value, not to be changed */
	ITEM_CODE,    /* big groups to copy or read aloud */
	ITEM_DRAWING, /* lines of art; `text` says the same in words */
	ITEM_WAIT     /* work going on: a sign of life is due */
};

enum {
	ITEM_LEGAL = 1,	 /* never on Enter, never preselected: its key only */
	ITEM_HIDDEN = 2, /* a code or field covered by dots */
	ITEM_WARN = 4,	 /* stands out, with a word or sign as well */
	ITEM_CHECKED = 8,
	ITEM_ALARM = 16, /* a warning that is seen wherever one is reading */
	ITEM_HOLD = 32	 /* a choice that holds while its key is down */
};

#define ITEM_VALUES 4
struct item {
	enum item_kind kind;
	unsigned flags;
	const char *id;	   /* of a choice, option or field: [a-z-]+ */
	char key;	   /* the letter that acts, 0: none */
	const char *label; /* or the text, of PARA, HEADING, NOTICE, DRAWING */
	const char *value; /* FIELD: what was typed; FACT; CODE: groups */
	const char *hint;  /* FIELD: the rule, shown before typing */
	const char *error; /* FIELD, OPTION: what is wrong with it, or NULL */
	size_t max;	   /* FIELD: bytes that may be typed */
	const char *values[ITEM_VALUES]; /* OPTION: ids */
	const char *labels[ITEM_VALUES]; /* OPTION: words; none: a tick */
	size_t nvalues;
	const char *art; /* DRAWING: lines parted by newlines */
};

/* A key that the bottom line names. */
struct page_key {
	const char *key, *label;
};
#define PAGE_KEYS 8

struct page {
	const char *name;  /* of the screen: [a-z-]+ */
	const char *step;  /* "Étape 3 sur 6 · Votre accord", or NULL */
	const char *title; /* the question */
	const char *site; /* the place; faces write "Guichet · " before it */
	const char *lang, *hour, *banner; /* the rest of the top line */
	const char *status;			 /* the bottom line */
	/* Id where the focus starts; NULL: the first; "": nowhere, where a
	 * letter answers and a field would take it. */
	const char *focus;
	const char *fresh; /* changes when the focus must start over */
	struct item item[PAGE_ITEMS];
	size_t n;
	struct page_key keys[PAGE_KEYS];
	size_t nkeys;
	bool private; /* shows a person */
	char *room;   /* where the texts are; locked */
	size_t used;
};

/* On the heap, with its locked room; NULL when there is none. Free wipes. */
struct page *page_new(void);
void page_free(struct page *p);

/* Wipe, and begin the page of that name. */
void page_begin(struct page *p, const char *name);

void page_step(struct page *p, unsigned n, unsigned of, const char *part);
void page_title(struct page *p, const char *text);
void page_site(struct page *p, const char *site, const char *lang,
    const char *hour, const char *banner);
void page_status(struct page *p, const char *text);
void page_key(struct page *p, const char *key, const char *label);
void page_focus(struct page *p, const char *id);

/* A mark of what the page is about: focus and scroll start over when it is
 * no longer the same. Pages of one name and no mark are one page. */
void page_fresh(struct page *p, const char *mark);

void page_para(struct page *p, const char *text);
void page_parf(struct page *p, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void page_warn(struct page *p, const char *text);
void page_alarm(struct page *p, const char *text);
void page_heading(struct page *p, const char *text);

/* Long text; its id is NOTICE_ID, and faces say EV_SET NOTICE_ID "end" once
 * when it has been on the glass to its end. */
#define NOTICE_ID "notice"
void page_notice(struct page *p, const char *text);
void page_fact(struct page *p, const char *label, const char *value);
void page_choice(struct page *p, const char *id, char key, const char *label);

/* A choice that means something while its key is held, or a finger is on it:
 * a face says it at each repeat of the key; of a finger, EV_PICK with the
 * value HOLD_DOWN or HOLD_UP. */
#define HOLD_DOWN "down"
#define HOLD_UP	  "up"
void page_hold(struct page *p, const char *id, char key, const char *label);

/* A choice with legal weight: only its own key makes it. */
void page_legal(struct page *p, const char *id, char key, const char *label);

/* An option: ids and words of its values, ended by a NULL id; `value` is the
 * id that holds now. */
struct page_value {
	const char *id, *label;
};
void page_option(struct page *p, const char *id, const char *label,
    const struct page_value *values, const char *value);

/* A box to tick: values "yes" and "no", drawn as a box. */
void page_tick(struct page *p, const char *id, const char *label, bool on);
bool item_is_tick(const struct item *it);

void page_field(struct page *p, const char *id, const char *label,
    const char *value, size_t max, const char *hint, const char *error);

/* A field whose text no face shows: a dot for each letter. */
void page_secret(struct page *p, const char *id, const char *label,
    const char *value, size_t max, const char *hint);

/* Groups parted by blanks, read aloud group by group. Only dots are kept of
 * hidden groups, so that no face ever holds them. */
void page_code(struct page *p, const char *label, const char *groups,
    bool hidden);
void page_drawing(struct page *p, const char *art, const char *words);
void page_wait(struct page *p, const char *text);

/* Does it do something: can it have the focus? */
bool item_acts(const struct item *it);

/* The item of that id, or NULL. */
const struct item *page_find(const struct page *p, const char *id);

/*
 * The page as plain text, one item after the other: the golden form. Each
 * line begins with a word in eight columns (title, para, choice, field…).
 * ERR_MEMORY, ERR_TOO_LONG.
 */
enum err page_text(const struct page *p, struct buf *out);

#endif
