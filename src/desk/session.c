/* session: the terminal's facts, and the person beside them. */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "desk/session.h"

enum err
session_init(struct session *s, const struct desk_settings *set,
    const struct notice *notice)
{
	memset(s, 0, sizeof(*s));
	if ((s->person = secret_alloc(sizeof(*s->person))) == NULL)
		return ERR_MEMORY;
	s->set = set;
	s->notice = notice;
	session_operator_reset(s);
	s->face = "";
	s->reader = READER_NO_SERVICE;
	s->paper = strcmp(set->printer, "none") != 0;
	return ERR_OK;
}

void
session_clear(struct session *s)
{
	secret_free(s->person);
	memset(s, 0, sizeof(*s));
}

void
session_speak(struct session *s, size_t tongue)
{
	const struct tongue *t;

	if (s->tongues == NULL || tongue >= s->tongues->n)
		return;
	t = &s->tongues->tongue[tongue];
	s->tongue = tongue;
	s->notice = &t->notice[s->person->service == RECORD_OPPOSE ?
	    NOTICE_MES : NOTICE_DMP];
	i18n_use(t->words);
}

const struct notice *
session_safety(const struct session *s)
{
	return s->tongues == NULL ? NULL :
	    &s->tongues->tongue[s->tongue].notice[NOTICE_SAFETY];
}

void
session_name_record(struct session *s)
{
	struct rid *rid = &s->person->rec.rid;

	if (secret_is_zero(rid->b, sizeof(rid->b)))
		rid_make(s->now_ms, rid);
}

void
session_forget(struct session *s)
{
	secret_wipe(s->person, sizeof(*s->person));
}

#define COPY(to, from) (void)snprintf((to), sizeof(to), "%s", (from))

void
session_operator_reset(struct session *s)
{
	COPY(s->operator.id, s->set->operator_id);
	COPY(s->operator.name, s->set->operator_name);
	COPY(s->operator.profession, s->set->operator_profession);
}

bool
session_card_holds(const struct session *s)
{
	return s->person->epoch != 0 && s->person->epoch == s->epoch;
}

const struct bearer *
session_bearer(const struct session *s)
{
	return &s->person->bearers[s->person->which];
}
