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

int
age_at(const char *birth, uint64_t now_ms)
{
	char today[9];
	int year, date, month, day;

	if (strlen(birth) < 4 || (year = digits(birth, 4)) <= 0)
		return -1;
	date = strlen(birth) == 8 ? digits(birth + 4, 4) : -1;
	month = date / 100;
	day = date % 100;
	if (date < 0 || month < 1 || month > 12 || day < 1 ||
	    day > days_of(year, month))
		date = 101;
	clock_day(now_ms, today);
	year = digits(today, 4) - year - (digits(today + 4, 4) < date);
	return year < 0 ? -1 : year;
}
