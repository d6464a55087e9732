/* mobile: French as they are, others by E.164. */
#include <string.h>

#include "base/secret.h"
#include "envelope/mobile.h"

#define FRANCE "+33"

static bool
is_french(const char *s)
{
	return strlen(s) == 10 && strspn(s, "0123456789") == 10 &&
	    s[0] == '0' && (s[1] == '6' || s[1] == '7');
}

/* No country's code begins with 0. */
static bool
is_abroad(const char *s)
{
	size_t n = strlen(s);

	return s[0] == '+' && n >= 1 + 8 && n <= 1 + 15 &&
	    strspn(s + 1, "0123456789") == n - 1 && s[1] != '0' &&
	    strncmp(s, FRANCE, strlen(FRANCE)) != 0;
}

bool
mobile_check(const char *number, bool abroad)
{
	return is_french(number) || (abroad && is_abroad(number));
}

/* Only the plus sign at the front and the digits; false when there is
 * anything else, or too much. */
static bool
strip(const char *typed, char out[MOBILE_TEXT])
{
	size_t n = 0;

	for (; *typed != '\0'; typed++) {
		if (strchr(" .-()", *typed) != NULL)
			continue;
		if (n == MOBILE_TEXT - 1 ||
		    (strchr("0123456789", *typed) == NULL &&
		    (*typed != '+' || n > 0)))
			return false;
		out[n++] = *typed;
	}
	out[n] = '\0';
	return true;
}

/* "0049…" → "+49…", then "+33 6…" and "+33 (0)6…" → "06…". */
static void
settle(char s[MOBILE_TEXT])
{
	if (strncmp(s, "00", 2) == 0) {
		s[0] = '+';
		memmove(s + 1, s + 2, strlen(s + 2) + 1);
	}
	if (strncmp(s, FRANCE, strlen(FRANCE)) == 0) {
		const char *rest = s + strlen(FRANCE);

		rest += *rest == '0';
		s[0] = '0';
		memmove(s + 1, rest, strlen(rest) + 1);
	}
}

bool
mobile_read(const char *typed, bool abroad, char out[MOBILE_TEXT])
{
	char s[MOBILE_TEXT] = "";
	bool ok = strip(typed, s);

	if (ok && abroad)
		settle(s);
	if ((ok = ok && mobile_check(s, abroad)))
		memcpy(out, s, strlen(s) + 1);
	secret_wipe(s, sizeof(s));
	return ok;
}
