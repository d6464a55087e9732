/*
 * age: the whole years of a person, from the raw date of a card.
 *
 * One rule for both ends: the screen that asks for a representative and the
 * centre that checks it.
 */
#ifndef GUICHET_ENVELOPE_AGE_H
#define GUICHET_ENVELOPE_AGE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The whole years at now_ms, in local time, of a birth date "AAAAMMJJ" as on
 * the card; a lunar or broken month or day counts as 1 January of its year
 * (facts/card.md 4.3). -1 when there is no year in it, or one to come, or
 * now_ms is beyond the year 9999.
 */
int age_at(const char *birth, uint64_t now_ms);

/* True for eight digits that are a day of the calendar. */
bool birth_is_calendar(const char *birth);

#endif
