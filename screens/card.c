/* card: wait for the card, and say in words what the reader holds. */
#include <string.h>

#include "desk/demo.h"
#include "screens/parts.h"
#include "screens/screens.h"

#define CARD_IN								\
	"+--------------------------+\n"				\
	"|  carte Vitale            |\n"				\
	"|   +---+                  |\n"				\
	"|   | # |            ^     |\n"				\
	"|   +---+            |     |\n"				\
	"+--------------------------+"
#define CARD_TURN							\
	"+----------------+      +----------------+\n"			\
	"| (dos)          |      |  carte Vitale  |\n"			\
	"|                |  ->  |  [#]           |\n"			\
	"+----------------+      +----------------+"
#define CARD_OTHER							\
	"+----------------+      +----------------+\n"			\
	"|  autre carte   |  ->  |  carte Vitale  |\n"			\
	"|  [#]           |      |  [#]           |\n"			\
	"+----------------+      +----------------+"
#define CARD_NEWER							\
	"+----------------+      +----------------+\n"			\
	"|  carte Vitale  |  ->  |  carte Vitale  |\n"			\
	"|  [#]           |      |  [#]   (photo) |\n"			\
	"+----------------+      +----------------+"
#define CARD_BESIDE							\
	"+----------------+      +----------------+\n"			\
	"|  professionnel |  et  |  carte Vitale  |\n"			\
	"|  [#]           |      |  [#]           |\n"			\
	"+----------------+      +----------------+\n"			\
	"  reste en place           autre fente"
#define CARD_WAIT							\
	"+----------------+\n"						\
	"|  carte Vitale  |\n"						\
	"|  [#]   . . .   |\n"						\
	"+----------------+"
#define CARD_AGAIN							\
	"+----------------+   ^   |\n"					\
	"|  carte Vitale  |   |   |\n"					\
	"|  [#]           |   |   v\n"					\
	"+----------------+   1   2"
#define READER_OFF							\
	"+----------------+\n"						\
	"|  lecteur     x |\n"						\
	"|  ============  |\n"						\
	"+----------------+"
#define READER_PLUG							\
	"+----------------+           +------------+\n"			\
	"|  lecteur       |           |            |\n"			\
	"|  ============  +-----[=  ->| ordinateur |\n"			\
	"+----------------+           +------------+"

/* What each state of the reader means, and a drawing of what to do. */
static const struct advice {
	enum err err;
	const char *art, *words;
} advice[] = {
	[READER_NO_SERVICE] = { ERR_CARD_SERVICE, READER_OFF,
	    N_("Le lecteur est arrêté : appelez qui s'en occupe.") },
	[READER_NO_READER] = { ERR_CARD_NO_READER, READER_PLUG,
	    N_("Le câble du lecteur va dans l'ordinateur.") },
	[READER_EMPTY] = { ERR_OK, CARD_IN,
	    N_("La puce vers le haut et vers le lecteur, dans la fente.") },
	[READER_MUTE] = { ERR_CARD_MUTE, CARD_TURN,
	    N_("Retournez la carte : on doit voir la puce.") },
	[READER_VITALE] = { ERR_OK, CARD_WAIT,
	    N_("La carte est dans le lecteur.") },
	[READER_VITALE1] = { ERR_CARD_VITALE1, CARD_NEWER,
	    N_("Il faut une carte Vitale plus récente, avec une photo.") },
	[READER_CPS] = { ERR_CARD_CPS, CARD_BESIDE,
	    N_("La carte de professionnel reste ; la carte Vitale va à "
	       "côté.") },
	[READER_FOREIGN] = { ERR_CARD_FOREIGN, CARD_OTHER,
	    N_("À la place de cette carte, la carte Vitale.") },
	[READER_BUSY] = { ERR_CARD_BUSY, CARD_WAIT,
	    N_("Laissez la carte en place.") },
	[READER_ERROR] = { ERR_CARD_TALK, CARD_AGAIN,
	    N_("Retirez la carte, puis remettez-la.") },
};

/* Test and real identities never meet (EX_GEN-1430). */
static enum err
check_mode(const struct session *s, const struct card_news *n)
{
	bool training = s->set->mode == MODE_TRAINING;

	for (size_t i = 0; i < n->n; i++)
		if (is_demonstration(&n->bearers[i]) != training)
			return training ? ERR_REAL_CARD : ERR_DEMO_CARD;
	return ERR_OK;
}

/* From here on everything belongs to this insertion. */
static enum outcome
take_card(struct session *s, const struct card_news *n)
{
	struct person *p = s->person;

	if (n->n == 0 || n->n > BEARERS_MAX) {
		s->reader = READER_ERROR;
		s->reader_err = ERR_CARD_DATA;
		return OUT_STAY;
	}
	if ((s->problem = check_mode(s, n)) != ERR_OK)
		return OUT_BAD_CARD;
	p->epoch = n->epoch;
	p->read_ms = s->now_ms;
	p->nbearers = n->n;
	memcpy(p->bearers, n->bearers, n->n * sizeof(n->bearers[0]));
	return OUT_OK;
}

static enum outcome
card_handle(struct session *s, const struct event *ev)
{
	if (ev->kind == EV_CARD && ev->news->kind == NEWS_CARD)
		return take_card(s, ev->news);
	return OUT_STAY;
}

static void
card_show(const struct session *s, struct page *p)
{
	const struct advice *a = &advice[s->reader];
	enum err r = s->reader_err != ERR_OK && s->reader == READER_ERROR ?
	    s->reader_err : a->err;

	page_title(p, s->reader == READER_VITALE ?
	    _("Nous lisons votre carte") : _("Insérez votre carte Vitale"));
	if (s->reader == READER_VITALE)
		page_wait(p, _("Un instant. Laissez la carte en place."));
	else if (r != ERR_OK)
		say_error(p, r);
	page_drawing(p, a->art, _(a->words));
	page_para(p, _("Nous lisons seulement les noms, les dates de "
		       "naissance et le numéro de Sécurité sociale qui sont "
		       "sur la carte."));
	if (r == ERR_OK && s->reader != READER_VITALE &&
	    record_has(s->person->service, "contact"))
		page_para(p, _("Avez-vous sur vous votre téléphone mobile, ou "
			       "votre adresse e-mail ? Ils servent à lire "
			       "votre dossier sur internet."));
}

const struct screen screen_card = {
	.name = "card",
	.part = PART_CARD,
	.outcomes = CAN(OK) | CAN(BACK) | CAN(ABANDON) | CAN(IDLE) |
	    CAN(BAD_CARD),
	.help = N_("Glissez la carte Vitale dans la fente, la puce vers le "
		   "haut et vers le lecteur. Laissez-la jusqu'à la fin. Si "
		   "vous la retirez avant, nous oublions tout."),
	.handle = card_handle,
	.show = card_show,
};
