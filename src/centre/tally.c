/* tally: equal rows are one, and all go in by one order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "centre/tally.h"

uint32_t
tally_day(uint64_t at_ms)
{
	char day[9];

	clock_day(at_ms, day);
	return (uint32_t)strtoul(day, NULL, 10);
}

void
tally_of(uint32_t day, enum outcome_kind kind, const struct record *rec,
    struct tally *out)
{
	memset(out, 0, sizeof(*out));
	out->day = day;
	out->kind = kind;
	out->n = 1;
	if (rec == NULL)
		return;
	(void)snprintf(out->channel, sizeof(out->channel), "%s",
	    rec->place.profile);
	(void)snprintf(out->department, sizeof(out->department), "%s",
	    rec->place.department);
}

void
tallies_add(struct tallies *all, const struct tally *one)
{
	for (unsigned i = 0; i < all->n; i++)
		if (tally_order(&all->row[i], one) == 0) {
			all->row[i].n += one->n;
			return;
		}
	all->row[all->n++] = *one;
}

enum err
tallies_write(struct tallies *all, struct store *s)
{
	enum err r = ERR_OK;

	qsort(all->row, all->n, sizeof(all->row[0]), tally_order);
	for (unsigned i = 0; i < all->n && r == ERR_OK; i++)
		r = s->ops->tally_add(s, &all->row[i]);
	return r;
}
