/* glyph: one table for the signs and digits, and a rule for the letters. */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "slip/glyph.h"

static const char *const signs[128] = {
	['0'] = N_("zéro"),
	['1'] = N_("un"),
	['2'] = N_("deux"),
	['3'] = N_("trois"),
	['4'] = N_("quatre"),
	['5'] = N_("cinq"),
	['6'] = N_("six"),
	['7'] = N_("sept"),
	['8'] = N_("huit"),
	['9'] = N_("neuf"),
	['!'] = N_("point d'exclamation"),
	['"'] = N_("guillemet droit"),
	['#'] = N_("dièse"),
	['$'] = N_("signe dollar"),
	['%'] = N_("pour cent"),
	['&'] = N_("et commercial"),
	['\''] = N_("apostrophe"),
	['('] = N_("parenthèse ouvrante"),
	[')'] = N_("parenthèse fermante"),
	['*'] = N_("étoile"),
	['+'] = N_("signe plus"),
	[','] = N_("virgule"),
	['-'] = N_("tiret"),
	['.'] = N_("point"),
	['/'] = N_("barre oblique"),
	[':'] = N_("deux-points"),
	[';'] = N_("point-virgule"),
	['<'] = N_("signe inférieur"),
	['='] = N_("signe égal"),
	['>'] = N_("signe supérieur"),
	['?'] = N_("point d'interrogation"),
	['@'] = N_("arobase"),
	['['] = N_("crochet ouvrant"),
	['\\'] = N_("barre oblique inverse"),
	[']'] = N_("crochet fermant"),
	['^'] = N_("accent circonflexe"),
	['_'] = N_("tiret bas"),
	['`'] = N_("accent grave"),
	['{'] = N_("accolade ouvrante"),
	['|'] = N_("barre verticale"),
	['}'] = N_("accolade fermante"),
	['~'] = N_("tilde"),
};

void
glyph_name(char c, char out[GLYPH_NAME])
{
	if (c >= 'a' && c <= 'z')
		(void)snprintf(out, GLYPH_NAME, _("lettre %c minuscule"), c);
	else if (c >= 'A' && c <= 'Z')
		(void)snprintf(out, GLYPH_NAME,
		    _("lettre %c majuscule"), c - 'A' + 'a');
	else if (c > ' ' && c <= '~')
		(void)snprintf(out, GLYPH_NAME, "%s",
		    _(signs[(int)c]));
	else
		abort();
}
