/* age: a subtraction of dates, and the dates that are none. */
#include <string.h>

#include "base/clock.h"
#include "envelope/age.h"

/* The number that n digits say, or -1. */
static int
digits(const char *p, int n)
{
	int v = 0;

	for (; n > 0; n--, p++) {
		if (*p < '0' || *p > '9')
			return -1;
		v = v * 10 + (*p - '0');
	}
	return v;
}

static int
days_of(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

bool
birth_is_calendar(const char *birth)
{
	int year, month, day;

	if (strlen(birth) != 8 || (year = digits(birth, 4)) < 0)
		return false;
	month = digits(birth + 4, 2);
	day = digits(birth + 6, 2);
	return month >= 1 && month <= 12 && day >= 1 &&
	    day <= days_of(year, month);
}

int
age_at(const char *birth, uint64_t now_ms)
{
	char today[9];
	int year, date = 101;

	if (strlen(birth) < 4 || (year = digits(birth, 4)) <= 0)
		return -1;
	if (birth_is_calendar(birth))
		date = digits(birth + 4, 4);
	clock_day(now_ms, today);
	if (today[0] == '\0')
		return -1; /* no such day: a clock gone mad */
	year = digits(today, 4) - year - (digits(today + 4, 4) < date);
	return year < 0 ? -1 : year;
}
