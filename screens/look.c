/* look: presses, repeats, and what they add up to. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "screens/look.h"
#include "screens/parts.h"

#define REPEATS_MS 1000 /* a keyboard has begun to repeat by then */
#define LAST_MS	   300	/* behind the last repeat */

/* One more, if there is one. */
static bool
begin(struct session *s, const struct looks *most, unsigned *taken)
{
	struct person *person = s->person;

	if (*taken >= most->times)
		return false;
	++*taken;
	person->look_end_ms = s->elapsed_ms + 1000u * most->seconds;
	return true;
}

static void
uncover_until(struct session *s, uint64_t ms)
{
	uint64_t end = s->person->look_end_ms;

	s->person->reveal_until_ms = ms < end ? ms : end;
}

/* The key is down, or was pressed. */
static void
key_is_down(struct session *s, const struct looks *most, unsigned *taken)
{
	struct person *person = s->person;
	uint64_t before = person->look_key_ms, now = s->elapsed_ms;

	person->look_key_ms = now;
	if (before == 0 || now - before >= REPEATS_MS)
		person->look_end_ms = 0; /* of another hand, or none */
	else if (person->look_end_ms != 0 || begin(s, most, taken))
		uncover_until(s, now + LAST_MS);
}

void
look_take(struct session *s, const struct event *ev,
    const struct looks *most, unsigned *taken)
{
	bool finger = ev->value != NULL;

	if (finger && strcmp(ev->value, HOLD_UP) == 0)
		uncover_until(s, s->elapsed_ms);
	else if (s->holds && !finger)
		key_is_down(s, most, taken);
	else if (s->elapsed_ms >= s->person->reveal_until_ms &&
	    begin(s, most, taken))
		uncover_until(s, s->person->look_end_ms);
}

/* A look that is being had, or that the hand may still go on with. */
static bool
is_had(const struct session *s)
{
	const struct person *person = s->person;
	uint64_t now = s->elapsed_ms;

	return now < person->look_end_ms && (now < person->reveal_until_ms ||
	    now - person->look_key_ms < REPEATS_MS);
}

void
look_show(const struct session *s, struct page *p, const struct looks *most,
    unsigned taken)
{
	const bool now = is_had(s), again = taken > 0 && !now;
	char label[128];

	if (s->holds && (taken < most->times || now)) {
		page_hold(p, "show", 'v', again
		    ? _("Revoir le mot de passe, une dernière fois : "
			"garder v appuyée")
		    : _("Voir le mot de passe : garder v appuyée"));
	} else if (taken < most->times) {
		(void)snprintf(label, sizeof(label), again
		    ? _("Le revoir %u secondes, une dernière fois")
		    : _("Voir le mot de passe pendant %u secondes"),
		    most->seconds);
		page_choice(p, "show", 'v', label);
	}
}
