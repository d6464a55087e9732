/* ctl_day: how the visits of each day ended: counts, and nobody in them. */
#include "ctl/ctl_queue.h"

static enum err
list_day(const struct queue_tally_row *row, void *user)
{
	struct list *l = user;
	json_t *o;

	list_row(l, "jour      visites  fin");
	if (!l->c->json) {
		fprintf(l->c->out, "%s %8llu  %s\n", row->day,
		    (unsigned long long)row->n, row->what);
		return ERR_OK;
	}
	o = json_object();
	list_text(o, "day", row->day);
	list_text(o, "end", row->what);
	list_number(o, "count", row->n);
	return list_object(l, o);
}

static enum err
days(struct queue *q, struct list *l)
{
	return queue_each_tally(q, list_day, l);
}

enum err
ctl_queue_days(struct ctl *c)
{
	return ctl_queue_rows(c, days, "Aucune visite n'a eu lieu.");
}
