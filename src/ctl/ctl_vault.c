/* ctl_vault: the verbs of who has the keys of the dossiers. */
#include "ctl/ctl.h"

const struct ctl_verb ctl_vault_verbs[] = {
	{ "centre fhir", "--person RÉFÉRENCE | --day AAAA-MM-JJ | "
	    "--since MARQUE [--create]",
	    "écrit des dossiers en FHIR R4, un lot par ligne", ctl_fhir },
	{ "centre trace", "--person RÉFÉRENCE | --check",
	    "montre ce qui a été fait d'un dossier, ou si rien n'y manque",
	    ctl_trace },
	{ "centre deceased", "RÉFÉRENCE",
	    "ferme le dossier d'une personne décédée", ctl_deceased },
	{ "centre destroy", "RÉFÉRENCE --form NUMÉRO",
	    "détruit un dossier fermé, à la demande écrite de la personne",
	    ctl_destroy },
	{ "centre majority", "",
	    "annule les codes des mineurs devenus majeurs", ctl_majority },
	{ "centre rekey", "[--data]",
	    "change la clé maîtresse, ou celles des dossiers, en service",
	    ctl_rekey },
	{ "centre opening list", "",
	    "montre les clés d'ouverture, et à qui chacune sert encore",
	    ctl_opening_list },
	{ "centre opening rotate", "",
	    "met en service la clé d'ouverture suivante",
	    ctl_opening_rotate },
	{ "centre opening retire", "[--force MOTIF]",
	    "retire la plus ancienne clé d'ouverture, et la détruit",
	    ctl_opening_retire },
	{ .words = NULL },
};
