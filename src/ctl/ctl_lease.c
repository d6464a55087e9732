/* ctl_lease: every identifier ever lent, and what became of it. */
#include "base/clock.h"
#include "centre/store.h"
#include "ctl/list.h"

static const char names_row[] =
	"  lot  poste  prêté le               prêtés  employés   annulés"
	"  dehors";

struct sum {
	struct list l;
	struct lease_account all;
};

static void
print_row(FILE *out, const char *head, const struct lease_account *a)
{
	fprintf(out, "%s %7llu   %7llu   %7llu %7llu\n", head,
	    (unsigned long long)a->count, (unsigned long long)a->used,
	    (unsigned long long)a->voided, (unsigned long long)a->out);
}

static enum err
print_object(const struct list *l, const struct lease_account *a)
{
	json_t *o = json_object();

	list_number(o, "block", a->block);
	list_number(o, "terminal", a->terminal);
	list_time(o, "lent", a->at_ms);
	list_number(o, "count", a->count);
	list_number(o, "used", a->used);
	list_number(o, "void", a->voided);
	list_number(o, "outstanding", a->out);
	return list_object(l, o);
}

static enum err
show_lease(const struct lease_account *a, void *user)
{
	char head[64], at[CLOCK_TEXT];
	struct sum *s = user;

	s->all.count += a->count;
	s->all.used += a->used;
	s->all.voided += a->voided;
	s->all.out += a->out;
	list_row(&s->l, names_row);
	if (s->l.c->json)
		return print_object(&s->l, a);
	clock_text(a->at_ms, at);
	(void)snprintf(head, sizeof(head), "%5u %6u  %s", a->block,
	    a->terminal, at);
	print_row(s->l.c->out, head, a);
	return ERR_OK;
}

enum err
ctl_leases(struct ctl *c)
{
	static const char *const names[] = { NULL };
	struct sum s = { .l = { .c = c } };
	struct centre_settings set;
	struct store *store = NULL;
	enum err r;

	if ((r = ctl_words(c, names, 0)) == ERR_OK &&
	    (r = ctl_ledger(c, false, &set, &store)) == ERR_OK &&
	    (r = store->ops->lease_each(store, show_lease, &s)) == ERR_OK) {
		if (!c->json && s.l.rows > 0)
			print_row(c->out, "                     en tout  ",
			    &s.all);
		list_end(&s.l, "Aucun identifiant n'a été prêté.");
	}
	store_close(store);
	return r;
}
