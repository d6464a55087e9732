/* clock: clock_gettime and strftime. */
#include <time.h>

#include "base/clock.h"

static uint64_t
now_ms(clockid_t which)
{
	struct timespec ts;

	(void)clock_gettime(which, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

uint64_t
clock_wall_ms(void)
{
	return now_ms(CLOCK_REALTIME);
}

uint64_t
clock_elapsed_ms(void)
{
	return now_ms(CLOCK_BOOTTIME);
}

void
clock_text(uint64_t wall_ms, char out[CLOCK_TEXT])
{
	time_t t = (time_t)(wall_ms / 1000);
	struct tm tm;

	(void)gmtime_r(&t, &tm);
	if (strftime(out, CLOCK_TEXT, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		out[0] = '\0';
}

static struct tm
local(uint64_t wall_ms)
{
	time_t t = (time_t)(wall_ms / 1000);
	struct tm tm;

	(void)localtime_r(&t, &tm);
	return tm;
}

void
clock_hour(uint64_t wall_ms, char out[6])
{
	struct tm tm = local(wall_ms);

	if (strftime(out, 6, "%H:%M", &tm) == 0)
		out[0] = '\0';
}

void
clock_day(uint64_t wall_ms, char out[9])
{
	struct tm tm = local(wall_ms);

	if (strftime(out, 9, "%Y%m%d", &tm) == 0)
		out[0] = '\0';
}
