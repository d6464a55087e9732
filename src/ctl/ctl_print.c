/* ctl_print: the journal of the secrets: owed, begun, in hand, void. */
#include "ctl/ctl_queue.h"
#include "ctl/list.h"

static enum err
list_print(const struct handover_row *row, void *user)
{
	static const char *const said[] = {
		[HANDOVER_OWED] = "à remettre", [HANDOVER_INTENT] = "en cours",
		[HANDOVER_DONE] = "remis", [HANDOVER_VOID] = "annulés",
	};
	struct list *l = user;
	char rid[RID_TEXT];
	json_t *o;

	rid_text(&row->rid, rid);
	list_row(l, "référence                   essais  codes d'accès");
	if (!l->c->json) {
		fprintf(l->c->out, "%s %7u  %s\n", rid, row->prints,
		    said[row->state]);
		return ERR_OK;
	}
	o = json_object();
	list_text(o, "rid", rid);
	list_text(o, "state", handover_word(row->state));
	list_number(o, "prints", row->prints);
	return list_object(l, o);
}

enum err
ctl_queue_prints(struct ctl *c)
{
	static const char *const names[] = { NULL };
	struct list l = { .c = c };
	struct desk_settings set;
	struct queue *q = NULL;
	enum err r;

	if ((r = ctl_words(c, names, 0)) == ERR_OK &&
	    (r = ctl_queue_open(c, &set, &q)) == ERR_OK &&
	    (r = queue_each_print(q, list_print, &l)) == ERR_OK)
		list_end(&l, "Aucun code d'accès n'a été donné.");
	queue_close(q);
	return r;
}
