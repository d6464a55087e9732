/*
 * parts: what several screens say or ask in the same way.
 */
#ifndef GUICHET_SCREENS_PARTS_H
#define GUICHET_SCREENS_PARTS_H

#include <stdbool.h>

#include "base/i18n.h"
#include "desk/screen.h"
#include "desk/session.h"
#include "envelope/mobile.h"

/* Was that choice made? Was that option set to that value? */
bool picked(const struct event *ev, const char *id);
bool set_to(const struct event *ev, const char *id, const char *value);

/* What a screen between the card and the save can always say. */
#define CAN_LEAVE (CAN(ABANDON) | CAN(IDLE) | CAN(CARD_GONE))

/* The record says who decides: the person, or who represents them. */
void say_who_decides(struct session *s);

/* What was typed into that field, when it can be kept: clean, and no longer
 * than there is room. */
void keep_field(const struct event *ev, const char *id, char *out,
    size_t room);

/* Ten digits, the first 0, of what was typed with blanks, dots, hyphens. */
#define PHONE_ROOM 11
bool read_phone(const char *typed, char out[PHONE_ROOM]);

/* A professional's number (RPPS), its key right, of what was typed. */
bool read_rpps(const char *typed, char out[RPPS_TEXT]);

#define WRONG_EMAIL N_("Une adresse s'écrit comme nom@exemple.fr, sans espace.")
bool is_email(const char *s);

/* After a try that failed: what is wrong, and the page begins anew. */
void again(struct page *p, unsigned tries, const char *text);

/* Is what the centre said of a dossier another thing than this person came
 * for? */
bool already_matters(const struct session *s);

/* On to the first of the contacts given, behind person->reach, that no code
 * has reached yet; false, and nothing changed, when there is none. */
bool next_contact(struct person *p);

/* Waiting for the centre: one need not. */
void wait_or_go_on(struct page *p, const char *text);

/* A goodbye: nothing of the person is left, one key leads back to welcome. */
#define CAN_CLOSE (CAN(OK) | CAN(IDLE))
enum outcome goodbye_handle(struct session *s, const struct event *ev);
void goodbye_close(struct page *p);

/* "La carte ne répond pas." as a warning, then what to do, then its code. */
void say_error(struct page *p, enum err r);

/* It is kept here, under which reference, and what happens next. */
void say_kept(const struct session *s, struct page *p);

/* The two names as on the card, cut to room. */
void names_of(const struct bearer *b, char *out, size_t room);

/* "1 42 19 62 ... ... clé 94": enough to know one's own number again, not
 * enough to take it down. */
#define NUMBER_ROOM 64
void number_masked(const struct bearer *b, char out[NUMBER_ROOM]);

/* "06 12 34 56 78" of ten digits; "06 .. .. .. 78" when veiled. One of another
 * country likewise: "+49 15 11 23 45 67 8", "+49 .. .. .. .. .7 8". */
#define MOBILE_ROOM (2 * MOBILE_TEXT)
void mobile_words(const char *mobile, bool veiled, char out[MOBILE_ROOM]);

/* The two codes, the password under dots until it is asked for. */
void codes_show(const struct session *s, struct page *p);

#endif
