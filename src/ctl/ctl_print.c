/* ctl_print: the journal of the secrets: owed, begun, in hand, void. */
#include "ctl/ctl_queue.h"

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

static enum err
prints(struct queue *q, struct list *l)
{
	return queue_each_print(q, list_print, l);
}

enum err
ctl_queue_prints(struct ctl *c)
{
	return ctl_queue_rows(c, prints, "Aucun code d'accès n'a été donné.");
}
