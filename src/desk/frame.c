/* frame: the lines around a screen. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "desk/frame.h"

#define STATUS_ROOM 256
#define MINUTE_MS   ((uint64_t)60 * 1000)

static const char *const reader_says[] = {
	[READER_NO_SERVICE] = N_("Lecteurs arrêtés"),
	[READER_NO_READER] = N_("Pas de lecteur"),
	[READER_EMPTY] = N_("Lecteur prêt"),
	[READER_MUTE] = N_("Carte à retourner"),
	[READER_VITALE] = N_("Carte présente"),
	[READER_VITALE1] = N_("Ancienne carte"),
	[READER_CPS] = N_("Carte de professionnel"),
	[READER_FOREIGN] = N_("Autre carte"),
	[READER_BUSY] = N_("Carte occupée"),
	[READER_ERROR] = N_("Carte non lue"),
};

/* Append to a line that is cut at its room. */
static void __attribute__((format(printf, 3, 4)))
add(char *out, size_t room, const char *fmt, ...)
{
	size_t n = strlen(out);
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(out + n, room - n, fmt, ap);
	va_end(ap);
}

static void
add_last(const struct session *s, char *out, size_t room)
{
	uint64_t m;

	if (s->last_sent_ms == 0)
		return;
	m = s->now_ms > s->last_sent_ms ?
	    (s->now_ms - s->last_sent_ms) / MINUTE_MS : 0;
	if (m == 0)
		add(out, room, _(" · envoyé à l'instant"));
	else if (m < 120)
		add(out, room, _(" · envoyé il y a %u min"), (unsigned)m);
	else if (m < 2 * 24 * 60)
		add(out, room, _(" · envoyé il y a %u h"), (unsigned)(m / 60));
	else
		add(out, room, _(" · envoyé il y a %u jours"),
		    (unsigned)(m / (24 * 60)));
}

/* How many, since when, and whether that is normal: a line may be down for
 * some hours, and nobody need mind. */
static void
add_waiting(const struct session *s, char *out, size_t room)
{
	uint64_t m = s->oldest_ms == 0 || s->now_ms < s->oldest_ms ? 0 :
	    (s->now_ms - s->oldest_ms) / MINUTE_MS;

	add(out, room, _(" · %u en attente"), (unsigned)s->waiting);
	if (m == 0)
		return;
	if (m < 60)
		add(out, room, _(" depuis %u min, c'est normal"),
		    (unsigned)m);
	else if (m < (uint64_t)24 * 60)
		add(out, room, _(" depuis %u h : la ligne est-elle coupée ?"),
		    (unsigned)(m / 60));
	else
		add(out, room, _(" depuis %u h : appelez l'assistance"),
		    (unsigned)(m / 60));
}

/* It needs no identifiers then. */
static void
add_closed(const struct session *s, char *out, size_t room)
{
	char day[9];

	clock_day(s->closed_ms, day);
	add(out, room, _(" · Lieu fermé le %.2s/%.2s"), day + 6,
	    day + 4);
}

void
frame_status(const struct session *s, char *out, size_t room)
{
	out[0] = '\0';
	add(out, room, "%s", _(reader_says[s->reader]));
	if (s->waiting == 0)
		add(out, room, "%s", _(" · Rien en attente"));
	else
		add_waiting(s, out, room);
	if (s->refused > 0)
		add(out, room, _(" · %u à revoir"), (unsigned)s->refused);
	add_last(s, out, room);
	if (s->closed)
		add_closed(s, out, room);
	else if (s->identifiers == 0)
		add(out, room, "%s", _(" · Plus d'identifiants"));
	else if (s->identifiers < (uint64_t)s->set->lease_low)
		add(out, room, _(" · %u identifiants"), s->identifiers);
}

static void
top_line(const struct session *s, struct page *p)
{
	char hour[6];

	clock_hour(s->now_ms, hour);
	page_site(p, s->set->site_name, _("Français"), hour,
	    s->set->mode != MODE_TRAINING ? NULL :
	    _("FORMATION : pas un vrai dossier · F5 mettre ou retirer la "
	      "carte · F6 changer"));
}

static void
step_line(const struct screen *scr, struct page *p)
{
	static const char *const names[] = {
		[PART_CARD] = N_("Votre carte"),
		[PART_INFORMATION] = N_("L'information"),
		[PART_CONSENT] = N_("Votre accord"),
		[PART_CHOICES] = N_("Vos choix"),
		[PART_REVIEW] = N_("Vérification"),
		[PART_SECRETS] = N_("Vos accès"),
	};

	if (scr->part != PART_NONE)
		page_step(p, scr->part, PARTS, _(names[scr->part]));
}

static void
keys(const struct screen *scr, const struct session *s, struct page *p)
{
	if (scr->ends)
		page_key(p, _("Entrée"), _("Terminer"));
	if (scr->outcomes & CAN(BACK))
		page_key(p, _("Échap"), _("Revenir"));
	if (scr->help != NULL)
		page_key(p, "F1", _("Aide"));
	if (s->tongues != NULL && s->tongues->n > 1)
		page_key(p, "F2", _("Langue"));
	if (scr->outcomes & CAN(ABANDON))
		page_key(p, "F10", _("Abandonner"));
}

static void
help(const struct screen *scr, struct page *p)
{
	page_begin(p, "help");
	page_title(p, _("Aide"));
	page_para(p, _(scr->help));
	if (scr->outcomes & CAN(ABANDON))
		page_para(p, _("F10 arrête tout à n'importe quel moment : "
			       "rien n'est gardé tant que ce n'est pas "
			       "enregistré."));
	page_choice(p, "close", 'f', _("Fermer l'aide"));
	page_key(p, _("Échap"), _("Fermer l'aide"));
}

static void
idle_warning(const struct session *s, struct page *p)
{
	char text[160];

	(void)snprintf(text, sizeof(text),
	    _("Êtes-vous toujours là ? Dans %u secondes, cet écran sera "
	      "effacé. Appuyez sur une touche pour continuer."), s->idle_left);
	page_alarm(p, text);
}

void
frame_page(const struct screen *scr, const struct session *s, struct page *p)
{
	char status[STATUS_ROOM];

	if (s->helping) {
		help(scr, p);
	} else {
		page_begin(p, scr->name);
		p->private = scr->private;
		if (s->idle_left > 0)
			idle_warning(s, p);
		step_line(scr, p);
		scr->show(s, p);
		keys(scr, s, p);
	}
	top_line(s, p);
	frame_status(s, status, sizeof(status));
	page_status(p, status);
}
