/* glyph: one table for the signs and digits, and a rule for the letters. */
#include <stdio.h>
#include <stdlib.h>

#include "slip/glyph.h"

static const char *const signs[128] = {
	['0'] = "zéro",
	['1'] = "un",
	['2'] = "deux",
	['3'] = "trois",
	['4'] = "quatre",
	['5'] = "cinq",
	['6'] = "six",
	['7'] = "sept",
	['8'] = "huit",
	['9'] = "neuf",
	['!'] = "point d'exclamation",
	['"'] = "guillemet droit",
	['#'] = "dièse",
	['$'] = "signe dollar",
	['%'] = "pour cent",
	['&'] = "et commercial",
	['\''] = "apostrophe",
	['('] = "parenthèse ouvrante",
	[')'] = "parenthèse fermante",
	['*'] = "étoile",
	['+'] = "signe plus",
	[','] = "virgule",
	['-'] = "tiret",
	['.'] = "point",
	['/'] = "barre oblique",
	[':'] = "deux-points",
	[';'] = "point-virgule",
	['<'] = "signe inférieur",
	['='] = "signe égal",
	['>'] = "signe supérieur",
	['?'] = "point d'interrogation",
	['@'] = "arobase",
	['['] = "crochet ouvrant",
	['\\'] = "barre oblique inverse",
	[']'] = "crochet fermant",
	['^'] = "accent circonflexe",
	['_'] = "tiret bas",
	['`'] = "accent grave",
	['{'] = "accolade ouvrante",
	['|'] = "barre verticale",
	['}'] = "accolade fermante",
	['~'] = "tilde",
};

void
glyph_name(char c, char out[GLYPH_NAME])
{
	if (c >= 'a' && c <= 'z')
		(void)snprintf(out, GLYPH_NAME, "lettre %c minuscule", c);
	else if (c >= 'A' && c <= 'Z')
		(void)snprintf(out, GLYPH_NAME, "lettre %c majuscule",
		    c - 'A' + 'a');
	else if (c > ' ' && c <= '~')
		(void)snprintf(out, GLYPH_NAME, "%s", signs[(int)c]);
	else
		abort();
}
