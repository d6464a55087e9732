/* ctl_age: how long what waits has waited, and when it goes next. */
#include "base/clock.h"
#include "base/keyfile.h"
#include "ctl/ctl_queue.h"
#include "ctl/list.h"
#include "sync/round.h"

/* Classes of age, the last without an end. */
static const struct age {
	uint64_t below_s;
	const char *said;
} ages[] = {
	{ 60, "moins d'une minute" },
	{ 600, "moins de 10 minutes" },
	{ 3600, "moins d'une heure" },
	{ 86400, "moins d'un jour" },
	{ 604800, "moins d'une semaine" },
	{ 0, "une semaine ou plus" },
};
enum { AGES = sizeof(ages) / sizeof(ages[0]) };

struct ages_seen {
	uint64_t now_ms, n[AGES];
	struct queue_counts counts;
	struct round_state round;
	struct queue_switch place;
	uint32_t opening; /* the key that is sealed to; 0: none can be read */
};

static enum err
see_row(const struct queue_row *row, void *user)
{
	struct ages_seen *s = user;
	uint64_t age = s->now_ms > row->made_ms ?
	    (s->now_ms - row->made_ms) / 1000 : 0;
	int i = 0;

	if (row->state != QUEUE_READY)
		return ERR_OK;
	while (i < AGES - 1 && age >= ages[i].below_s)
		i++;
	s->n[i]++;
	return ERR_OK;
}

static json_t *
ages_array(const struct ages_seen *s)
{
	json_t *list = json_array();

	for (int i = 0; i < AGES; i++) {
		json_t *o = json_object();

		if (ages[i].below_s != 0)
			list_number(o, "below_s", ages[i].below_s);
		list_number(o, "count", s->n[i]);
		(void)json_array_append_new(list, o);
	}
	return list;
}

/* The contract of guichetctl(1). */
static enum err
show_object(struct ctl *c, const struct ages_seen *s)
{
	struct list l = { .c = c };
	json_t *o = json_object();

	for (int i = QUEUE_READY; i <= QUEUE_DAMAGED; i++)
		list_number(o, queue_state_word((enum queue_state)i),
		    s->counts.by_state[i]);
	list_time(o, "oldest", s->counts.oldest_ready_ms);
	list_time(o, "last_sent", s->counts.last_sent_ms);
	list_time(o, "next", s->round.next_ms);
	list_number(o, "failures", s->round.failures);
	list_number(o, "reason", (uint64_t)s->round.reason);
	list_number(o, "opening_key", s->opening);
	list_bool(o, "closed", !s->place.told.open);
	list_time(o, "switched", s->place.since_ms);
	(void)json_object_set_new(o, "ages", ages_array(s));
	return list_object(&l, o);
}

static void
show_time(FILE *out, const char *name, uint64_t ms, const char *none)
{
	char at[CLOCK_TEXT];

	if (ms != 0)
		clock_text(ms, at);
	fprintf(out, "%s%s\n", name, ms != 0 ? at : none);
}

static void
show_words(FILE *out, const struct ages_seen *s)
{
	for (int i = 0; i < AGES; i++)
		fprintf(out, "%7llu  %s\n", (unsigned long long)s->n[i],
		    ages[i].said);
	fprintf(out, "Retenus, refusés, abîmés : %llu, %llu, %llu\n",
	    (unsigned long long)s->counts.by_state[QUEUE_HELD],
	    (unsigned long long)s->counts.by_state[QUEUE_REFUSED],
	    (unsigned long long)s->counts.by_state[QUEUE_DAMAGED]);
	show_time(out, "Dernier envoi  ", s->counts.last_sent_ms, "jamais");
	show_time(out, "Prochain essai ", s->round.next_ms, "dès que possible");
	if (!s->place.told.open)
		show_time(out, "Lieu fermé     ", s->place.since_ms, "");
	if (s->opening > 0)
		fprintf(out, "Clé d'ouverture %u\n", s->opening);
	if (s->round.failures > 0)
		fprintf(out, "Échecs         %llu de suite, G-%03d %s\n",
		    (unsigned long long)s->round.failures, s->round.reason,
		    err_what(err_of_number(s->round.reason)));
}

static uint32_t
opening_key(const struct desk_settings *set)
{
	uint8_t public[BOX_PUBLIC_LEN];
	uint32_t number;

	return keyfile_read_in(set->state, "opening.pub", "opening-public",
	    public, sizeof(public), &number) == ERR_OK ? number : 0;
}

enum err
ctl_queue_ages(struct ctl *c)
{
	static const char *const names[] = { NULL };
	struct ages_seen s = { .now_ms = clock_wall_ms() };
	struct desk_settings set;
	struct queue *q = NULL;
	enum err r;

	if ((r = ctl_words(c, names, 0)) == ERR_OK &&
	    (r = ctl_queue_open(c, &set, &q)) == ERR_OK &&
	    (r = queue_each(q, see_row, &s)) == ERR_OK &&
	    (r = queue_count(q, &s.counts)) == ERR_OK &&
	    (r = queue_switch(q, &s.place)) == ERR_OK &&
	    (r = round_look(q, &s.round)) == ERR_OK) {
		s.opening = opening_key(&set);
		if (c->json)
			r = show_object(c, &s);
		else
			show_words(c->out, &s);
	}
	queue_close(q);
	return r;
}
