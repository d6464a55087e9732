/* privacy: what is hidden, and what one is told of; no diagnosis is asked. */
#include <string.h>

#include "screens/parts.h"
#include "screens/screens.h"
#include "screens/services.h"

static void
take_news(struct record *rec, const struct event *ev)
{
	static const struct { const char *id; enum alerts is; } alerts[] = {
		{ "none", ALERTS_NONE }, { "first", ALERTS_FIRST },
		{ "each", ALERTS_EACH },
	};
	static const struct { const char *id; enum confirmation is; } by[] = {
		{ "none", CONFIRM_NONE }, { "sms", CONFIRM_SMS },
		{ "email", CONFIRM_EMAIL }, { "post", CONFIRM_POST },
	};

	for (size_t i = 0; i < sizeof(alerts) / sizeof(alerts[0]); i++)
		if (set_to(ev, "alerts", alerts[i].id))
			rec->news.alerts = alerts[i].is;
	for (size_t i = 0; i < sizeof(by) / sizeof(by[0]); i++)
		if (set_to(ev, "confirmation", by[i].id))
			rec->news.confirmation = by[i].is;
}

static enum outcome
privacy_handle(struct session *s, const struct event *ev)
{
	struct record *rec = &s->person->rec;

	if (ev->kind == EV_SET && strcmp(ev->id, "masked") == 0)
		rec->access.masked = strcmp(ev->value, "yes") == 0;
	if (ev->kind == EV_SET && strcmp(ev->id, "sensitive") == 0)
		rec->access.sensitive = strcmp(ev->value, "yes") == 0;
	take_news(rec, ev);
	return picked(ev, "continue") ? after_choices(s) : OUT_STAY;
}

static void
privacy_show(const struct session *s, struct page *p)
{
	const struct record *rec = &s->person->rec;
	const struct page_value alerts[] = {
		{ "none", _("Jamais") }, { "first", _("La première fois") },
		{ "each", _("Chaque fois") }, { NULL, NULL },
	};
	const struct page_value by[] = {
		{ "none", _("Non") }, { "sms", _("SMS") },
		{ "email", _("E-mail") }, { "post", _("Courrier") },
		{ NULL, NULL },
	};

	page_title(p, _("Votre discrétion"));
	page_tick(p, "masked", _("Cacher chaque nouveau document, sauf à mon "
				 "médecin traitant et à son auteur."),
	    rec->access.masked);
	page_tick(p, "sensitive", _("Protéger davantage ce qui est "
				    "sensible."), rec->access.sensitive);
	page_option(p, "alerts", _("Être averti quand un soignant lit votre "
				   "dossier"), alerts,
	    alerts[rec->news.alerts].id);
	page_option(p, "confirmation", _("Recevoir une confirmation de cette "
					 "demande"), by,
	    by[rec->news.confirmation].id);
	page_choice(p, "continue", 's', _("Continuer"));
}

const struct screen screen_privacy = {
	.name = "privacy",
	.part = PART_CHOICES,
	.outcomes = CAN(OK) | CAN(SETTLED) | CAN(BACK) | CAN_LEAVE,
	.private = true,
	.help = N_("Personne ne vous demande ici de quoi vous souffrez. Ce "
		   "que vous cochez vaut pour tout ce qui arrivera dans votre "
		   "dossier, et peut se changer document par document."),
	.handle = privacy_handle,
	.show = privacy_show,
};
