/* demo: the published test numbers. */
#include <stddef.h>
#include <string.h>

#include "desk/demo.h"

static const char *const published[] = {
	"1421962965167", /* ESSAI ALAINBIS, test cards */
	"1550672000101", "1680172181372", "2550814168025", /* key examples */
	"1501962965225", /* the negative test of a key */
	"1500815051040", /* the INS-C example */
	"2790351215189", "2070585756270", /* public test identities */
	"2951099126111", "253072A073004", "253072B073004", /* python-stdnum */
	"1234567890122", /* an example of fr-core */
	"1700175101123", "1940522032289", /* public samples, wrong keys */
};

bool
is_demonstration(const struct bearer *b)
{
	for (size_t i = 0; i < sizeof(published) / sizeof(published[0]); i++)
		if (strcmp(b->nir, published[i]) == 0)
			return true;
	return false;
}
