/* ctl_day: how the visits of each day ended: counts, and nobody in them. */
#include "ctl/ctl_queue.h"
#include "ctl/list.h"

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

enum err
ctl_queue_days(struct ctl *c)
{
	static const char *const names[] = { NULL };
	struct list l = { .c = c };
	struct desk_settings set;
	struct queue *q = NULL;
	enum err r;

	if ((r = ctl_words(c, names, 0)) == ERR_OK &&
	    (r = ctl_queue_open(c, &set, &q)) == ERR_OK &&
	    (r = queue_each_tally(q, list_day, &l)) == ERR_OK)
		list_end(&l, "Aucune visite n'a eu lieu.");
	queue_close(q);
	return r;
}
