/* already: what the centre has of them, and what they may want instead. */
#include "screens/parts.h"
#include "screens/screens.h"
#include "screens/services.h"

#define WORD(name) (1u << RESPONSE_##name)

/* What one may have who comes for that: nothing need be said. */
static const unsigned expected[RECORD_KIND_COUNT] = {
	[RECORD_OPEN] = WORD(NONE),
	[RECORD_REISSUE] = WORD(OPENED),
	[RECORD_PREFERENCES] = WORD(OPENED),
	[RECORD_CLOSE] = WORD(OPENED),
	[RECORD_REOPEN] = WORD(CLOSED),
	[RECORD_OPPOSE] = WORD(NONE) | WORD(OPPOSED),
};

/* What is said of each, and what is offered. */
static const struct {
	enum response_word word;
	const char *title, *text;
	unsigned offers; /* a bit for each enum record_kind */
} rows[] = {
	{ RESPONSE_NONE, N_("Vous n'avez pas de dossier"),
	  N_("Le centre n'a pas de dossier à votre nom."),
	  1u << RECORD_OPEN },
	{ RESPONSE_OPENED, N_("Votre dossier est déjà ouvert"),
	  N_("Chaque personne a un seul dossier. Vous pouvez demander de "
	     "nouveaux codes, ou changer vos choix."),
	  1u << RECORD_REISSUE | 1u << RECORD_PREFERENCES },
	{ RESPONSE_CLOSED, N_("Votre dossier est fermé"),
	  N_("Il est gardé dix ans. Vous pouvez le rouvrir."),
	  1u << RECORD_REOPEN },
	{ RESPONSE_OPPOSED, N_("Vous avez dit non à l'ouverture"),
	  N_("Le centre a gardé votre opposition. Parlez-en avec lui pour "
	     "changer d'avis."), 0 },
	{ RESPONSE_DECEASED, N_("Ce dossier ne peut plus servir"),
	  N_("Le centre a noté le décès de cette personne. Si c'est une "
	     "erreur, appelez-le."), 0 },
};
#define COUNT (sizeof(rows) / sizeof(rows[0]))

bool
already_matters(const struct session *s)
{
	return (expected[s->person->service] &
	    1u << s->person->told.word) == 0;
}

static bool
is_offered(const struct session *s, size_t row, enum record_kind kind)
{
	return (rows[row].offers & 1u << kind) != 0 &&
	    kind != s->person->service && service_is_offered(s, kind) &&
	    service_is_here(s, kind);
}

/* The row of what was said; already_matters() saw to it that there is one. */
static size_t
row_of(const struct session *s)
{
	size_t i = 0;

	while (i + 1 < COUNT && rows[i].word != s->person->told.word)
		i++;
	return i;
}

/* They came for another thing, as it turns out; nothing was agreed to yet. */
static enum outcome
change(struct session *s, enum record_kind kind)
{
	s->person->service = kind;
	s->person->rec.kind = kind;
	session_speak(s, s->tongue); /* its own notice */
	return service_of(s)->after_identity;
}

static enum outcome
already_handle(struct session *s, const struct event *ev)
{
	if (picked(ev, "continue"))
		return service_of(s)->after_identity;
	for (size_t i = 0; i < SERVICES; i++)
		if (picked(ev, service_row(i)->id) &&
		    is_offered(s, row_of(s), service_row(i)->kind))
			return change(s, service_row(i)->kind);
	return OUT_STAY;
}

static void
already_show(const struct session *s, struct page *p)
{
	const size_t row = row_of(s);

	page_title(p, _(rows[row].title));
	page_para(p, _(rows[row].text));
	for (size_t i = 0; i < SERVICES; i++) {
		const struct service *one = service_row(i);

		if (is_offered(s, row, one->kind))
			page_choice(p, one->id, one->key, _(one->label));
	}
	page_choice(p, "continue", 's', _("Continuer quand même"));
	page_para(p, _("Si vous continuez, le centre décidera plus tard. Vous "
		       "pouvez aussi vous arrêter ici."));
}

const struct screen screen_already = {
	.name = "already",
	.part = PART_CARD,
	.outcomes = CAN(OK) | CAN(REQUEST) | CAN(BACK) | CAN_LEAVE,
	.private = true,
	.help = N_("Le centre dit seulement si un dossier est à votre nom. Il "
		   "ne dit rien de ce qu'il y a dedans. F10 pour arrêter : "
		   "rien n'est gardé."),
	.handle = already_handle,
	.show = already_show,
};
