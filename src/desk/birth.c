/* birth: a card's birth date in words. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "desk/birth.h"
#include "envelope/age.h"

static const char *const months[] = { N_("janvier"), N_("février"), N_("mars"),
	N_("avril"), N_("mai"), N_("juin"), N_("juillet"), N_("août"),
	N_("septembre"), N_("octobre"), N_("novembre"), N_("décembre") };

void
birth_words(const char *birth, char *out, size_t room)
{
	long date = strtol(birth, NULL, 10);
	long day = date % 100, month = date / 100 % 100;

	if (!birth_is_calendar(birth))
		(void)snprintf(out, room, "%s", birth);
	else
		(void)snprintf(out, room, "%ld%s %s %ld", day,
		    day == 1 ? _("er") : "", _(months[month - 1]),
		    date / 10000);
}
