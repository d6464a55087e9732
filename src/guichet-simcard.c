/* guichet-simcard: a card file on the socket of vpcd's virtual reader. */
#include <stdlib.h>

#include "base/program.h"
#include "base/settings.h"
#include "card/vpcd.h"

#define NAME "guichet-simcard"

enum { OPT_CARD = OPT_OWN, OPT_PORT, OPT_SLOT };

static const struct option_row table[] = {
	OPTIONS_COMMON,
	{ '\0', "card", "FICHIER", "le fichier de carte" },
	{ '\0', "port", "N", "le port de vpcd, 35963 sinon" },
	{ '\0', "slot", "N", "la carte de la fente 1 ou 2 du fichier" },
	{ '\0', NULL, NULL, NULL },
};

/* The option's number, from 1 to max; `otherwise` when it is not given. */
static enum err
number(const struct options *o, int row, int max, int otherwise, int *out)
{
	const char *text = o->value[row];
	char *end;
	long n = otherwise;

	if (text != NULL) {
		n = strtol(text, &end, 10);
		if (end == text || *end != '\0' || n < 1 || n > max)
			return err_about(ERR_USAGE, "--%s %s",
			    table[row].name, text);
	}
	*out = (int)n;
	return ERR_OK;
}

static enum err
run(const struct options *o)
{
	struct sim_deck deck = { { NULL } };
	int port, slot;
	enum err r;

	if (o->value[OPT_CARD] == NULL)
		return err_about(ERR_USAGE, "--card");
	if ((r = number(o, OPT_PORT, 65535, VPCD_PORT, &port)) != ERR_OK ||
	    (r = number(o, OPT_SLOT, SIM_SLOTS, 1, &slot)) != ERR_OK ||
	    (r = cardfile_load(o->value[OPT_CARD], &deck)) != ERR_OK)
		return r;
	if (deck.slot[slot - 1] == NULL)
		r = err_about(ERR_CARD_FILE, "%s", o->value[OPT_CARD]);
	else if (o->value[OPT_TEST] == NULL)
		r = vpcd_serve(port, deck.slot[slot - 1]);
	cardfile_clear(&deck);
	return r;
}

int
main(int argc, char *argv[])
{
	struct desk_settings set;
	struct options o;
	bool done;
	enum err r;

	r = program_start(NAME,
	    "[-c FICHIER] [-thV] --card FICHIER [--port N] [--slot N]",
	    table, argc, argv, &o, &done);
	if (r == ERR_OK && done)
		return EXIT_DONE;
	if (r == ERR_OK && o.rest != argc)
		r = err_about(ERR_USAGE, "%s", argv[o.rest]);
	if (r == ERR_OK && o.value[OPT_CONFIG] != NULL)
		r = desk_load(o.value[OPT_CONFIG], &set);
	if (r == ERR_OK)
		r = run(&o);
	return r == ERR_OK ? EXIT_DONE : err_report(NAME, r);
}
