/* rpps: eleven digits under Luhn's rule. */
#include <string.h>

#include "envelope/rpps.h"

bool
rpps_check(const char *text)
{
	int sum = 0;

	if (strlen(text) != RPPS_TEXT - 1 ||
	    strspn(text, "0123456789") != RPPS_TEXT - 1)
		return false;
	/* From the right every second digit counts double, by its digits:
	 * with eleven of them, those at odd places from the left. */
	for (int i = 0; i < RPPS_TEXT - 1; i++) {
		int d = (text[i] - '0') << (i & 1);

		sum += d > 9 ? d - 9 : d;
	}
	return sum % 10 == 0;
}
