/*
 * permit: what may be done where, for whom, and under which law.
 *
 * One table for both ends (DESIGN section 4): the desk offers nothing else,
 * the centre takes nothing else.
 */
#ifndef GUICHET_ENVELOPE_PERMIT_H
#define GUICHET_ENVELOPE_PERMIT_H

#include <stdbool.h>

#include "base/settings.h"
#include "envelope/record.h"

/* May that act be done at all under that law? */
bool permit_regime(enum record_kind kind, enum regime regime);

/* May it be done in such a place? */
bool permit_place(enum record_kind kind, enum profile profile);

/* May it be done in one that the centre has closed (src/PROTOCOL section 8.9)?
 * Not what opens a dossier, nor what needs a new identifier. */
bool permit_closed(enum record_kind kind);

/* May such a person be served in such a place? */
bool permit_subject(enum subject_status status, enum profile profile);

/*
 * May a yes be said that way in such a place, where `allowed` has a bit for
 * each method that its settings allow? What is said aloud or signed somebody
 * attests, and nobody is at a borne.
 */
bool permit_method(enum consent_method method, enum profile profile,
    int allowed);

/* Can a yes be said at all at that desk? */
bool permit_desk(const struct desk_settings *set);

/* The profile of the record's word, or -1. */
int permit_profile(const char *word);

/* The word of a profile; static storage. */
const char *permit_profile_word(enum profile profile);

#endif
