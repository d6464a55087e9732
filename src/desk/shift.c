/* shift: it begins with a PIN, and ends between two persons. */
#include <string.h>

#include "desk/session.h"

static bool
is_listed(const struct shift *sh, const char *id)
{
	for (size_t i = 0; i < sh->n; i++)
		if (strcmp(sh->all[i].id, id) == 0)
			return true;
	return false;
}

void
shift_accounts(struct session *s, const struct operator *all, size_t n,
    enum err r)
{
	struct shift *sh = &s->shift;

	sh->all = all;
	sh->n = r == ERR_OK ? n : 0;
	sh->list = r;
	sh->needed = s->set->profile != PROFILE_BORNE && !sh->waived &&
	    (s->set->mode == MODE_PRODUCTION || n > 0 || r != ERR_OK);
	if (sh->open && !is_listed(sh, s->operator.id))
		shift_close(s);
	if (sh->needed)
		return;
	sh->open = false;
	session_operator_reset(s);
}

void
shift_open(struct session *s)
{
	s->operator = s->shift.asked;
	s->shift.open = true;
	s->shift.rested = false;
	s->shift.why = ERR_OK;
	s->shift.until_ms = 0;
}

void
shift_close(struct session *s)
{
	s->shift.open = false;
	s->shift.why = ERR_OK;
}

bool
shift_serves(const struct session *s)
{
	return s->shift.open || !s->shift.needed;
}

unsigned
shift_wait(const struct session *s)
{
	if (s->shift.until_ms <= s->elapsed_ms)
		return 0;
	return (unsigned)((s->shift.until_ms - s->elapsed_ms + 999) / 1000);
}
