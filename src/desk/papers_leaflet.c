/* papers_leaflet: a notice with all that stands behind its pages, on paper. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "desk/papers.h"
#include "desk/papers_own.h"
#include "slip/words.h"

/* Its lines, a rule before each page and behind the last, title, name, hash. */
_Static_assert(NOTICE_LINES + NOTICE_PAGES + 4 <= SLIP_LINES &&
    NOTICE_WIDE < SLIP_TEXT, "all of it fits");

static void
put_text(struct slip *s, const char *text)
{
	char line[SLIP_TEXT];

	for (size_t n; *text != '\0'; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		(void)snprintf(line, sizeof(line), "%.*s", (int)n, text);
		if (n > 0)
			slip_add(s, SLIP_PARA, line, NULL);
	}
}

static void
fill(const struct session *s, const struct notice *n, struct slip *out)
{
	char name[sizeof(n->id) + sizeof(n->version) + 4];
	struct rid ref;

	rid_make(s->now_ms, &ref);
	rid_text(&ref, out->ref);
	out->paper = PAPER_NOTICE;
	out->training = s->set->mode == MODE_TRAINING;
	out->large = s->person->large;
	slip_add(out, SLIP_TITLE, n->title, NULL);
	(void)snprintf(name, sizeof(name), "%s %s", n->id, n->version);
	papers_name(name);
	words_fact(out, N_("Texte"), name);
	for (size_t i = 0; i < n->npages; i++) {
		words_rule(out);
		put_text(out, n->page[i]);
		if (n->more[i] != NULL)
			put_text(out, n->more[i]);
	}
	words_rule(out);
	words_fact(out, N_("Empreinte du texte"), n->sha);
}

enum err
papers_leaflet(struct session *s, struct printlink *l)
{
	const struct notice *n = s->person->aside == ASIDE_SAFETY ?
	    session_safety(s) : s->notice;
	struct slip *slip;
	enum err r;

	if (l == NULL || n == NULL)
		return ERR_PRINT_NONE;
	if ((slip = slip_new()) == NULL)
		return ERR_MEMORY;
	fill(s, n, slip);
	r = printlink_print(l, slip);
	slip_free(slip);
	return r;
}
