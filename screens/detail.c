/* detail: behind a page of the notice, all of it; how the record is kept safe;
 * and both on paper. Nobody has to read or print any of it. */
#include <stdio.h>

#include "screens/parts.h"
#include "screens/screens.h"

/* What was read is of another language: that language's first page. */
static size_t
page_of(const struct session *s)
{
	return s->person->reading == s->notice ? s->person->notice_page : 0;
}

static enum outcome
detail_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;

	if (picked(ev, "safe") && session_safety(s) != NULL)
		p->aside = ASIDE_SAFETY;
	if (picked(ev, "text"))
		return OUT_BACK;
	if (!s->paper || (!picked(ev, "print") && !picked(ev, "print-large")))
		return OUT_STAY;
	p->large = picked(ev, "print-large");
	return OUT_LEAFLET;
}

static void
say_printed(const struct person *person, struct page *p)
{
	if (!person->leaflet_tried)
		return;
	if (person->leaflet == ERR_OK) {
		page_para(p, _("Le texte est imprimé : il est pour vous."));
		return;
	}
	page_warn(p, _("Le texte n'a pas pu être imprimé."));
	page_para(p, _(err_todo(person->leaflet)));
}

static void
detail_show(const struct session *s, struct page *p)
{
	const struct person *person = s->person;
	const struct notice *safety = session_safety(s);
	bool safe = person->aside == ASIDE_SAFETY && safety != NULL;

	page_fresh(p, safe ? "safety" : "more");
	page_title(p, safe ? safety->title : _("Pour en savoir plus"));
	say_printed(person, p);
	page_notice(p, safe ? safety->page[0] :
	    s->notice->more[page_of(s)] != NULL ?
	    s->notice->more[page_of(s)] : s->notice->page[page_of(s)]);
	page_choice(p, "text", 'i', _("Revenir au texte"));
	if (!safe && safety != NULL)
		page_choice(p, "safe", 'e', _("Comment c'est protégé"));
	if (s->paper) {
		page_choice(p, "print", 'p', _("Imprimer ce texte en entier"));
		page_choice(p, "print-large", 'g',
		    _("L'imprimer en grandes lettres"));
	}
	page_focus(p, "text");
}

const struct screen screen_detail = {
	.name = "detail",
	.part = PART_INFORMATION,
	.outcomes = CAN(LEAFLET) | CAN(BACK) | CAN_LEAVE,
	.private = true,
	.help = N_("Tout ce que la page d'avant dit en bref. Vous n'êtes pas "
		   "obligé de le lire. Échap revient au texte."),
	.handle = detail_handle,
	.show = detail_show,
};
