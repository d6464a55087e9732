/* consent: the question, a box nobody ticked, and a no as near as the yes. */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "envelope/permit.h"
#include "screens/parts.h"
#include "screens/screens.h"
#include "screens/services.h"

/* What each act asks, in the person's own words or their representative's. */
static const struct {
	const char *title, *mine, *theirs, *yes, *no, *then[2];
} asks[] = {
	[RECORD_OPEN] = {
		N_("Voulez-vous ouvrir votre Dossier médical partagé ?"),
		N_("Je consens à l'ouverture de mon Dossier médical "
		   "partagé."),
		N_("Je consens à l'ouverture du Dossier médical partagé de "
		   "la personne que je représente."),
		N_("Oui, je consens"), N_("Non, je ne souhaite pas"),
		{ N_("Votre réponse ne change rien à vos remboursements ni à "
		     "vos soins. Vous pourrez fermer votre dossier quand vous "
		     "le voudrez.") },
	},
	[RECORD_REOPEN] = {
		N_("Voulez-vous rouvrir votre Dossier médical partagé ?"),
		N_("Je consens à la réouverture de mon Dossier médical "
		   "partagé."),
		N_("Je consens à la réouverture du Dossier médical partagé "
		   "de la personne que je représente."),
		N_("Oui, je consens"), N_("Non, je ne souhaite pas"),
		{ N_("Vous y retrouverez ce qu'il contenait. Votre réponse ne "
		     "change rien à vos remboursements ni à vos soins.") },
	},
	[RECORD_REISSUE] = {
		N_("Voulez-vous de nouveaux accès ?"),
		N_("Je demande un nouvel identifiant et un nouveau mot de "
		   "passe."),
		N_("Je demande un nouvel identifiant et un nouveau mot de "
		   "passe pour la personne que je représente."),
		N_("Oui, je les demande"), N_("Non, garder les anciens"),
		{ N_("Les deux changent ensemble. Les anciens ne marcheront "
		     "plus.") },
	},
	[RECORD_PREFERENCES] = {
		N_("Voulez-vous changer vos choix ?"),
		N_("Je demande à remplacer mes choix d'accès à mon dossier."),
		N_("Je demande à remplacer les choix d'accès au dossier de la "
		   "personne que je représente."),
		N_("Oui, les changer"), N_("Non, les garder"),
		{ N_("Vos nouveaux choix remplaceront tous les anciens. Ce "
		     "guichet ne peut pas lire les anciens : répondez à "
		     "tout.") },
	},
	[RECORD_CLOSE] = {
		N_("Voulez-vous fermer votre Dossier médical partagé ?"),
		N_("Je demande la fermeture de mon Dossier médical partagé."),
		N_("Je demande la fermeture du Dossier médical partagé de la "
		   "personne que je représente."),
		N_("Oui, fermer mon dossier"), N_("Non, le garder ouvert"),
		{ N_("Fermé, il ne peut plus être lu : ni par vous, ni par "
		     "vos soignants, ni par les secours. Par exemple vos "
		     "résultats d'examens, ou vos souhaits pour votre fin de "
		     "vie (les directives anticipées)."),
		  N_("Il est gardé dix ans, puis détruit. Pendant ces dix "
		     "ans, vous pouvez le faire rouvrir. Personne ne vous "
		     "demande pourquoi.") },
	},
	[RECORD_OPPOSE] = {
		N_("Vous opposez-vous à l'ouverture de Mon espace santé ?"),
		N_("Je m'oppose à l'ouverture de Mon espace santé et de mon "
		   "Dossier médical partagé."),
		N_("Je m'oppose à l'ouverture de Mon espace santé et du "
		   "Dossier médical partagé de la personne que je "
		   "représente."),
		N_("Oui, je m'y oppose"), N_("Non, je ne m'y oppose pas"),
		{ N_("Votre réponse ne change rien à vos remboursements ni à "
		     "vos soins. Vous pourrez changer d'avis à tout "
		     "moment.") },
	},
};

static const char *
wording(const struct person *p)
{
	return p->rec.representative.there ? _(asks[p->service].theirs) :
	    _(asks[p->service].mine);
}

static bool
has_notice(const struct session *s)
{
	return record_has(s->person->service, "notice");
}

/* Nobody certifies at a borne: what comes next comes at once. */
static enum outcome
onward(const struct session *s)
{
	return service_is_helped(s) ? OUT_AGREE : service_of(s)->after_consent;
}

/* The ways to say yes; the label of the first is the act's own. */
static const struct {
	const char *id;
	char key;
	const char *label;
} ways[] = {
	[CONSENT_SCREEN] = { "agree", 'o', NULL },
	[CONSENT_ORAL] = { "spoken", 'v', N_("Oui, dit à voix haute devant la "
					     "personne qui accompagne") },
	[CONSENT_PAPER] = { "paper", 'p', N_("Oui, en signant une feuille "
					     "imprimée ici") },
};
enum { WAYS = sizeof(ways) / sizeof(ways[0]) };

/* In this place, by its settings; and no sheet without a printer. */
static bool
may_say(const struct session *s, enum consent_method method)
{
	return permit_method(method, (enum profile)s->set->profile,
	    s->set->consent_methods) &&
	    (method != CONSENT_PAPER || s->paper);
}

/*
 * Yes on the screen needs the box, its own gesture, and its own key. What is
 * signed is not said yet: screens/sign.c.
 */
static enum outcome
agree(struct session *s, enum consent_method method)
{
	struct person *p = s->person;
	struct record *rec = &p->rec;

	if (method == CONSENT_SCREEN && !p->box) {
		p->box_missed++;
		return OUT_STAY;
	}
	if (p->service == RECORD_REISSUE && s->identifiers == 0) {
		s->problem = ERR_NO_IDENTIFIER;
		return OUT_FAILED;
	}
	rec->consent.given = method != CONSENT_PAPER;
	rec->consent.method = method;
	rec->consent.at_ms = s->now_ms;
	rec->close.warned = p->service == RECORD_CLOSE;
	(void)snprintf(rec->consent.wording, sizeof(rec->consent.wording),
	    "%s", wording(p));
	(void)snprintf(rec->consent.face, sizeof(rec->consent.face), "%s",
	    s->face);
	return method == CONSENT_PAPER ? OUT_SIGN : onward(s);
}

static enum outcome
consent_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;

	if (ev->kind == EV_ENTER) {
		p->box = false;
		p->box_missed = 0;
		p->rec.consent.given = false;
		memset(&p->rec.form, 0, sizeof(p->rec.form));
	} else if (ev->kind != EV_TICK && ev->kind != EV_NONE) {
		p->form = ERR_OK;
	}
	if (set_to(ev, "box", "yes"))
		p->box = true;
	if (set_to(ev, "box", "no"))
		p->box = false;
	for (int m = 0; m < WAYS; m++)
		if (picked(ev, ways[m].id) &&
		    may_say(s, (enum consent_method)m))
			return agree(s, (enum consent_method)m);
	if (picked(ev, "refuse"))
		return OUT_REFUSE;
	if (ev->kind == EV_BACK && !has_notice(s))
		return OUT_RETURN;
	return picked(ev, "reread") && has_notice(s) ? OUT_REREAD : OUT_STAY;
}

/* The text that was read, which stays the one read in its own language; in
 * another one it may be read anew. */
static void
show_notice(const struct session *s, struct page *p)
{
	const struct record *rec = &s->person->rec;

	page_parf(p, _("Texte %s %s, lu en entier."), rec->notice.id,
	    rec->notice.version);
	if (strcmp(rec->notice.lang, s->notice->lang) != 0)
		page_parf(p, _("Vous l'avez lu dans cette langue : %s. "
			       "Pour le lire ici, appuyez sur i."),
		    tongues_name(s->tongues, rec->notice.lang));
}

/* The box first, where there is one; then every way that is open here. */
static void
show_ways(const struct session *s, struct page *p)
{
	const struct person *person = s->person;

	if (may_say(s, CONSENT_SCREEN))
		page_tick(p, "box", wording(person), person->box);
	else
		page_para(p, wording(person));
	if (person->box_missed > 0 && !person->box) {
		again(p, person->box_missed,
		    _("Pour dire oui, cochez d'abord la case avec la barre "
		      "d'espace, puis appuyez sur o."));
		page_focus(p, "box");
	}
	for (int m = 0; m < WAYS; m++)
		if (may_say(s, (enum consent_method)m))
			page_legal(p, ways[m].id, ways[m].key,
			    _(ways[m].label != NULL ? ways[m].label :
			    asks[person->service].yes));
}

static void
consent_show(const struct session *s, struct page *p)
{
	const struct person *person = s->person;
	enum record_kind kind = person->service;

	page_title(p, _(asks[kind].title));
	if (person->form != ERR_OK) {
		page_warn(p, _("La feuille n'est pas sortie. Réessayez, ou "
			       "répondez d'une autre façon."));
		page_para(p, _(err_todo(person->form)));
	}
	show_ways(s, p);
	page_legal(p, "refuse", 'n', _(asks[kind].no));
	if (has_notice(s))
		page_legal(p, "reread", 'i', _("Relire l'information"));
	for (size_t i = 0; i < 2 && asks[kind].then[i] != NULL; i++)
		page_para(p, _(asks[kind].then[i]));
	if (has_notice(s))
		show_notice(s, p);
}

const struct screen screen_consent = {
	.name = "consent",
	.part = PART_CONSENT,
	.outcomes = CAN(AGREE) | CAN(SIGN) | CAN(CHOICES) | CAN(REACH) |
	    CAN(SETTLED) | CAN(REFUSE) | CAN(REREAD) | CAN(BACK) |
	    CAN(RETURN) | CAN(FAILED) | CAN_LEAVE,
	.private = true,
	.help = N_("C'est vous qui décidez. Pour dire oui : cochez la case "
		   "avec la barre d'espace, puis appuyez sur o. Pour dire "
		   "non : appuyez sur n. Personne ne vous demandera pourquoi."),
	.handle = consent_handle,
	.show = consent_show,
};
