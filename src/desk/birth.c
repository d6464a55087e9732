/* birth: a card's birth date in words. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "desk/birth.h"

struct date {
	int year, month, day;
};

static const char *const months[] = { N_("janvier"), N_("février"), N_("mars"),
	N_("avril"), N_("mai"), N_("juin"), N_("juillet"), N_("août"),
	N_("septembre"), N_("octobre"), N_("novembre"), N_("décembre") };

/* n digits as a number, -1 when one is missing. */
static int
digits(const char *s, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = 10 * v + (s[i] - '0');
	}
	return v;
}

static int
days_of(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

static bool
read_date(const char *birth, struct date *d)
{
	if (strlen(birth) != 8 || digits(birth, 8) < 0)
		return false;
	d->year = digits(birth, 4);
	d->month = digits(birth + 4, 2);
	d->day = digits(birth + 6, 2);
	return d->month >= 1 && d->month <= 12 && d->day >= 1 &&
	    d->day <= days_of(d->year, d->month);
}

bool
birth_is_calendar(const char *birth)
{
	struct date d;

	return read_date(birth, &d);
}

void
birth_words(const char *birth, char *out, size_t room)
{
	struct date d;

	if (!read_date(birth, &d))
		(void)snprintf(out, room, "%s", birth);
	else
		(void)snprintf(out, room, "%d%s %s %d", d.day,
		    d.day == 1 ? _("er") : "", _(months[d.month - 1]), d.year);
}
