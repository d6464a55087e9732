/* who: everyone on the card; the person says who they are. */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "desk/birth.h"
#include "screens/parts.h"
#include "screens/screens.h"

/* A letter for each of at most twenty bearers. */
_Static_assert(BEARERS_MAX <= 20, "the letters a to t name the bearers");

/* What another person on the card may have answered is void. */
static void
start_over(struct person *p)
{
	size_t bearers = offsetof(struct person, bearers) +
	    sizeof(p->bearers);

	secret_wipe((char *)p + bearers, sizeof(*p) - bearers);
}

static enum outcome
who_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;

	if (ev->kind == EV_ENTER)
		start_over(p);
	if (picked(ev, "none"))
		return OUT_NOT_ME;
	if (ev->kind != EV_PICK || ev->id[0] < 'a' || ev->id[1] != '\0' ||
	    (size_t)(ev->id[0] - 'a') >= p->nbearers)
		return OUT_STAY;
	p->which = (size_t)(ev->id[0] - 'a');
	p->chosen = true;
	p->rec.news.alerts = ALERTS_FIRST;
	return OUT_OK;
}

static void
offer(struct page *p, const struct bearer *b, size_t i)
{
	char id[2] = { (char)('a' + i), '\0' }, birth[32];
	char label[2 * BEARER_NAME_ROOM + 40];

	birth_words(b->birth, birth, sizeof(birth));
	(void)snprintf(label, sizeof(label), "%s %s · %s", b->family, b->given,
	    birth);
	page_choice(p, id, id[0], label);
	secret_wipe(label, sizeof(label));
	secret_wipe(birth, sizeof(birth));
}

static void
who_show(const struct session *s, struct page *p)
{
	const struct person *person = s->person;

	page_title(p, _("Qui êtes-vous ?"));
	page_para(p, person->nbearers == 1 ?
	    _("Voici la personne inscrite sur la carte. Appuyez sur la "
	      "lettre placée devant votre nom.") :
	    _("Voici les personnes inscrites sur la carte. Appuyez sur la "
	      "lettre placée devant votre nom."));
	for (size_t i = 0; i < person->nbearers; i++)
		offer(p, &person->bearers[i], i);
	page_choice(p, "none", 'z', _("Je ne suis pas dans cette liste"));
	page_focus(p, ""); /* nobody is chosen beforehand */
}

const struct screen screen_who = {
	.name = "who",
	.part = PART_CARD,
	.outcomes = CAN(OK) | CAN(BACK) | CAN(NOT_ME) | CAN_LEAVE,
	.private = true,
	.help = N_("Une carte peut porter plusieurs personnes, par exemple un "
		   "parent et ses enfants. Choisissez la personne dont on "
		   "ouvre le dossier. Elle doit être ici."),
	.handle = who_handle,
	.show = who_show,
};
