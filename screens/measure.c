/* measure: an adult under protection: who decides, the person or another? */
#include <string.h>

#include "screens/parts.h"
#include "screens/screens.h"
#include "screens/services.h"

static const struct {
	const char *id;
	char key;
	enum protection measure;
	const char *label;
} measures[] = {
	{ "sauvegarde", 's', MEASURE_SAUVEGARDE, N_("Sauvegarde de justice") },
	{ "curatelle", 'c', MEASURE_CURATELLE, N_("Curatelle simple") },
	{ "curatelle-plus", 'u', MEASURE_CURATELLE_PLUS,
	  N_("Curatelle renforcée") },
	{ "assistance", 'a', MEASURE_ASSISTANCE,
	  N_("Habilitation familiale, pour assister") },
	{ "tutelle", 't', MEASURE_TUTELLE, N_("Tutelle") },
	{ "representation", 'h', MEASURE_REPRESENTATION,
	  N_("Habilitation familiale, pour représenter") },
};
#define COUNT (sizeof(measures) / sizeof(measures[0]))

/* The person decides, helped or not, unless the measure says otherwise. */
static enum outcome
keep_measure(struct session *s, enum protection measure)
{
	struct record *rec = &s->person->rec;

	rec->subject.measure = measure;
	if (!record_is_represented(rec)) {
		say_who_decides(s);
		return after_identity(s);
	}
	memset(rec->subject.assistant, 0, sizeof(rec->subject.assistant));
	return OUT_REPRESENTED;
}

static enum outcome
measure_handle(struct session *s, const struct event *ev)
{
	struct record *rec = &s->person->rec;

	if (ev->kind == EV_ENTER)
		rec->subject.measure = MEASURE_NONE;
	keep_field(ev, "assistant", rec->subject.assistant,
	    sizeof(rec->subject.assistant));
	for (size_t i = 0; i < COUNT; i++)
		if (picked(ev, measures[i].id))
			return keep_measure(s, measures[i].measure);
	return OUT_STAY;
}

static void
measure_show(const struct session *s, struct page *p)
{
	const struct record *rec = &s->person->rec;

	page_title(p, _("Quelle est la mesure de protection ?"));
	page_focus(p, "");
	page_para(p, _("Elle est écrite sur le jugement. Appuyez sur sa "
		       "lettre."));
	for (size_t i = 0; i < COUNT; i++)
		page_legal(p, measures[i].id, measures[i].key,
		    _(measures[i].label));
	page_field(p, "assistant", _("Qui assiste la personne, si quelqu'un "
				     "l'assiste"), rec->subject.assistant,
	    sizeof(rec->subject.assistant) - 1, _("nom et prénom"), NULL);
}

const struct screen screen_measure = {
	.name = "measure",
	.part = PART_CARD,
	.outcomes = CAN(OK) | CAN(ASK) | CAN(REQUEST) | CAN(REPRESENTED) |
	    CAN(BACK) | CAN_LEAVE,
	.private = true,
	.help = N_("Avec une tutelle, ou une habilitation pour représenter, "
		   "une autre personne décide, et l'avis de la personne "
		   "protégée est demandé. Dans les autres cas, c'est la "
		   "personne elle-même qui décide."),
	.handle = measure_handle,
	.show = measure_show,
};
