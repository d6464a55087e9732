/* information: the notice, page by page, each shown to its end. */
#include <stdio.h>

#include "screens/parts.h"
#include "screens/screens.h"

static bool
is_seen(const struct person *p)
{
	return (p->notice_seen >> p->notice_page) & 1;
}

static bool
is_last(const struct session *s)
{
	return s->person->notice_page + 1 == s->notice->npages;
}

/* Which text it was, and that all of it was on the screen. */
static enum outcome
keep_notice(struct session *s)
{
	const struct notice *n = s->notice;
	struct person *p = s->person;
	struct record *rec = &p->rec;

	p->notice_s += (unsigned)((s->elapsed_ms - p->notice_from_ms) / 1000);
	(void)snprintf(rec->notice.id, sizeof(rec->notice.id), "%s", n->id);
	(void)snprintf(rec->notice.version, sizeof(rec->notice.version), "%s",
	    n->version);
	(void)snprintf(rec->notice.lang, sizeof(rec->notice.lang), "%s",
	    n->lang);
	(void)snprintf(rec->notice.sha, sizeof(rec->notice.sha), "%s", n->sha);
	rec->notice.shown_s = p->notice_s;
	rec->notice.whole = p->notice_seen == (1u << n->npages) - 1;
	p->informed = rec->notice.whole;
	if (!p->informed)
		return OUT_STAY;
	return n->question[0] != '\0' ? OUT_ASK : OUT_OK;
}

static enum outcome
turn_on(struct session *s)
{
	if (!is_seen(s->person))
		return OUT_STAY;
	if (is_last(s))
		return keep_notice(s);
	s->person->notice_page++;
	return OUT_STAY;
}

static enum outcome
information_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;

	if (ev->kind == EV_ENTER) {
		p->informed = false;
		if (p->reading != s->notice) {
			p->notice_seen = 0;
			p->notice_s = 0;
		}
		if (p->reading != s->notice || p->aside == ASIDE_NONE) {
			p->notice_page = 0;
			p->notice_from_ms = s->elapsed_ms;
		}
		/* What was read beside it was of the notice too. */
		p->reading = s->notice;
		p->aside = ASIDE_NONE;
	}
	if (set_to(ev, NOTICE_ID, "end"))
		p->notice_seen |= 1u << p->notice_page;
	if (picked(ev, "more")) {
		p->aside = ASIDE_MORE;
		p->leaflet_tried = false;
		return OUT_MORE;
	}
	if (picked(ev, "again"))
		p->notice_page = 0;
	return picked(ev, "continue") ? turn_on(s) : OUT_STAY;
}

static void
information_show(const struct session *s, struct page *p)
{
	const struct person *person = s->person;
	char mark[32], title[sizeof(s->notice->title) + 64];

	(void)snprintf(mark, sizeof(mark), "%zu", person->notice_page);
	page_fresh(p, mark);
	(void)snprintf(title, sizeof(title), _("%s (page %zu sur %zu)"),
	    s->notice->title, person->notice_page + 1, s->notice->npages);
	page_title(p, title);
	page_notice(p, s->notice->page[person->notice_page]);
	page_choice(p, "continue", 's', is_last(s) ?
	    _("J'ai lu, continuer") : _("Page suivante"));
	page_choice(p, "more", 'd', s->paper ?
	    _("En savoir plus, ou imprimer ce texte") : _("En savoir plus"));
	if (is_last(s) && s->notice->npages > 2)
		page_choice(p, "again", 'i', _("Tout relire"));
	page_focus(p, "continue");
}

const struct screen screen_information = {
	.name = "information",
	.part = PART_INFORMATION,
	.outcomes = CAN(OK) | CAN(ASK) | CAN(MORE) | CAN(BACK) | CAN_LEAVE,
	.private = true,
	.help = N_("La loi veut que vous sachiez tout cela avant de répondre. "
		   "Prenez votre temps. Vous pouvez demander qu'on vous lise "
		   "le texte à voix haute."),
	.handle = information_handle,
	.show = information_show,
};
