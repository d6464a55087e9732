/* people: a doctor to declare, who may read, who may not; all of it free. */
#include <string.h>

#include "base/secret.h"
#include "screens/parts.h"
#include "screens/screens.h"
#include "screens/services.h"

/* The one who helps may be allowed, as may any other: never by itself. */
static bool
is_ours_possible(const struct session *s)
{
	return service_is_helped(s) && rpps_check(s->operator.id);
}

/* A number that is given must be one. */
static const char *
number_error(const char *typed)
{
	char number[RPPS_TEXT];

	return typed[0] == '\0' || read_rpps(typed, number) ? NULL :
	    _("Ce numéro n'est pas juste. Il a 11 chiffres.");
}

static const char *
doctor_error(const struct person *p)
{
	if ((p->doctor[0] == '\0') != (p->rec.doctor.name[0] == '\0'))
		return _("Il faut le nom et le numéro.");
	return number_error(p->doctor);
}

/* No number is allowed twice, nor allowed and blocked. */
static const char *
blocked_error(const struct session *s)
{
	const struct person *p = s->person;
	char blocked[RPPS_TEXT] = "", allowed[RPPS_TEXT] = "";

	if (number_error(p->blocked) != NULL)
		return number_error(p->blocked);
	(void)read_rpps(p->blocked, blocked);
	(void)read_rpps(p->allowed, allowed);
	if (blocked[0] != '\0' && (strcmp(blocked, allowed) == 0 ||
	    (p->ours && strcmp(blocked, s->operator.id) == 0)))
		return _("Ce soignant est aussi autorisé.");
	return NULL;
}

static void
keep_lists(struct session *s)
{
	struct person *p = s->person;
	struct record *rec = &p->rec;
	size_t n = 0;

	secret_wipe(rec->access.allowed, sizeof(rec->access.allowed));
	secret_wipe(rec->access.blocked, sizeof(rec->access.blocked));
	secret_wipe(rec->doctor.rpps, sizeof(rec->doctor.rpps));
	if (p->doctor[0] != '\0')
		(void)read_rpps(p->doctor, rec->doctor.rpps);
	if (p->ours)
		memcpy(rec->access.allowed[n++], s->operator.id, RPPS_TEXT);
	if (p->allowed[0] != '\0')
		(void)read_rpps(p->allowed, rec->access.allowed[n++]);
	if (n == 2 && strcmp(rec->access.allowed[0],
	    rec->access.allowed[1]) == 0)
		secret_wipe(rec->access.allowed[1], RPPS_TEXT);
	if (p->blocked[0] != '\0')
		(void)read_rpps(p->blocked, rec->access.blocked[0]);
}

static enum outcome
people_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;

	if (ev->kind == EV_ENTER)
		p->tries = 0;
	keep_field(ev, "doctor", p->rec.doctor.name,
	    sizeof(p->rec.doctor.name));
	keep_field(ev, "number", p->doctor, sizeof(p->doctor));
	keep_field(ev, "allowed", p->allowed, sizeof(p->allowed));
	keep_field(ev, "blocked", p->blocked, sizeof(p->blocked));
	if (set_to(ev, "ours", "yes"))
		p->ours = is_ours_possible(s);
	if (set_to(ev, "ours", "no"))
		p->ours = false;
	if (!picked(ev, "continue"))
		return OUT_STAY;
	if (doctor_error(p) != NULL || number_error(p->allowed) != NULL ||
	    blocked_error(s) != NULL) {
		p->tries++;
		return OUT_STAY;
	}
	keep_lists(s);
	return OUT_OK;
}

static void
people_show(const struct session *s, struct page *p)
{
	const struct person *person = s->person;
	bool checked = person->tries > 0;
	const char *hint = _("11 chiffres (RPPS), écrits sur ses ordonnances");

	page_title(p, _("Vos soignants"));
	page_para(p, _("Tout est facultatif. Vous pourrez changer à tout "
		       "moment."));
	if (checked)
		again(p, person->tries, _("Un numéro est à corriger."));
	page_field(p, "doctor", _("Votre médecin traitant"),
	    person->rec.doctor.name, sizeof(person->rec.doctor.name) - 1,
	    _("nom et prénom"), NULL);
	page_field(p, "number", _("Son numéro"), person->doctor,
	    sizeof(person->doctor) - 1, hint,
	    checked ? doctor_error(person) : NULL);
	if (is_ours_possible(s))
		page_tick(p, "ours", _("J'autorise la personne qui m'aide "
				       "aujourd'hui à lire mon dossier."),
		    person->ours);
	page_field(p, "allowed", _("Un autre soignant que vous autorisez"),
	    person->allowed, sizeof(person->allowed) - 1, hint,
	    checked ? number_error(person->allowed) : NULL);
	page_field(p, "blocked", _("Un soignant que vous bloquez"),
	    person->blocked, sizeof(person->blocked) - 1, hint,
	    checked ? blocked_error(s) : NULL);
	page_choice(p, "continue", 0, _("Continuer"));
}

const struct screen screen_people = {
	.name = "people",
	.part = PART_CHOICES,
	.outcomes = CAN(OK) | CAN(BACK) | CAN_LEAVE,
	.private = true,
	.help = N_("Le médecin traitant voit tout. Les autres soignants voient "
		   "ce que leur métier demande, si vous les autorisez. Laissez "
		   "vide ce que vous ne savez pas."),
	.handle = people_handle,
	.show = people_show,
};
