/*
 * services: what a person may come for, in the order of the menu, and how the
 * journey of each differs. What is offered is envelope/permit.h's to say.
 */
#ifndef GUICHET_SCREENS_SERVICES_H
#define GUICHET_SCREENS_SERVICES_H

#include "desk/screen.h"
#include "desk/session.h"

struct service {
	enum record_kind kind;
	const char *id; /* of the choice at welcome */
	char key;
	const char *label; /* N_("…") */
	enum outcome after_identity; /* OK: the information comes first */
	enum outcome after_consent;  /* CHOICES, REACH or SETTLED */
	enum outcome back_at_contact, back_at_review;
};

#define SERVICES RECORD_KIND_COUNT

/* Row i of the menu, and the row of what this person came for. */
const struct service *service_row(size_t i);
const struct service *service_of(const struct session *s);

/* Once it is known who decides: ASK whether there is a dossier already, the
 * first time and where that can be asked; else OK or REQUEST. */
enum outcome after_identity(const struct session *s);

/* Once the choices are made: OK, or SETTLED where no contact is asked. */
enum outcome after_choices(const struct session *s);

/* Does the law of the day know that act? Is it on the menu, which it is not
 * where the centre has closed what it opens? Is it done in this place? */
bool service_is_lawful(const struct session *s, enum record_kind kind);
bool service_is_offered(const struct session *s, enum record_kind kind);
bool service_is_here(const struct session *s, enum record_kind kind);

/* Does anybody stand by who certifies? Nobody does at a borne. */
bool service_is_helped(const struct session *s);

#endif
