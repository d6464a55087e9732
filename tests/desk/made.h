/* made: settings of a terminal, and a person who has answered everything. */
#ifndef GUICHET_TESTS_DESK_MADE_H
#define GUICHET_TESTS_DESK_MADE_H

#include "desk/session.h"
#include "tests/queue/made.h"

static inline void
made_settings(struct desk_settings *set)
{
	memset(set, 0, sizeof(*set));
	set->mode = MODE_TRAINING;
	set->terminal = MADE_TERMINAL;
	strcpy(set->site_id, "750000001");
	strcpy(set->site_name, "Pharmacie d'essai");
	strcpy(set->department, "44");
	strcpy(set->operator_id, "99700024450");
	strcpy(set->operator_name, "Camille Officine");
	strcpy(set->operator_profession, "pharmacien");
	set->idle_warn = set->idle_grace = 60;
}

/* As the screens would have filled the record in. */
static inline void
made_person(struct person *p)
{
	struct record *rec = &p->rec;

	strcpy(rec->identity.family, "ESSAI");
	strcpy(rec->identity.given, "ALAINBIS");
	strcpy(rec->identity.birth, "19421901");
	strcpy(rec->identity.nir, "1421962965167");
	strcpy(rec->identity.key, "94");
	rec->identity.key_right = true;
	rec->identity.epoch = 1;
	strcpy(rec->notice.id, "dmp-info");
	strcpy(rec->notice.version, "2.1");
	strcpy(rec->notice.lang, "fr");
	memset(rec->notice.sha, 'a', 64);
	rec->consent.given = rec->certified.given = true;
	strcpy(rec->consent.wording, "Je consens.");
	strcpy(rec->consent.face, "line");
	strcpy(rec->certified.operator_id, "99700024450");
}

#endif
