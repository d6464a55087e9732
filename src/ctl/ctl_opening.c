/* ctl_opening: the opening keys of a centre: what each is still needed for,
 * the next one, and the end of the oldest. */
#include <string.h>

#include "base/clock.h"
#include "centre/opening.h"
#include "ctl/keeper.h"
#include "ctl/list.h"

/* The keeper, and the ledger beside. */
struct both {
	struct keeper keeper;
	struct store *ledger;
};

static enum err
open_both(struct ctl *c, struct both *b)
{
	enum err r = keeper_open(c, &b->keeper);

	return r == ERR_OK ? store_open(&b->keeper.set, false, &b->ledger) :
	    r;
}

static void
close_both(struct both *b)
{
	store_close(b->ledger);
	keeper_close(&b->keeper);
}

/* Its state: a word of the contract, and what is said in ten columns. */
struct state {
	const char *word, *said;
};

static struct state
state_of(const struct opening_state *o)
{
	if (o->retired_ms != 0)
		return o->here ? (struct state){ "kept", "gardée    " } :
		    (struct state){ "retired", "retirée   " };
	if (o->here)
		return (struct state){ "in-force", "en service" };
	return (struct state){ "missing", "perdue    " };
}

/* The contract of guichetctl(1). */
static enum err
show_key(struct list *l, const struct opening_state *o)
{
	char since[CLOCK_TEXT];
	json_t *obj;

	clock_text(o->since_ms, since);
	list_row(l, "  clé  depuis                état       postes  "
	    "à ouvrir");
	if (!l->c->json) {
		fprintf(l->c->out, "%5u  %s  %s  %6llu  %8llu\n", o->number,
		    since, state_of(o).said, (unsigned long long)o->terminals,
		    (unsigned long long)o->waiting);
		return ERR_OK;
	}
	obj = json_object();
	list_number(obj, "number", o->number);
	list_text(obj, "state", state_of(o).word);
	list_time(obj, "since", o->since_ms);
	list_time(obj, "retired", o->retired_ms);
	list_number(obj, "terminals", o->terminals);
	list_number(obj, "waiting", o->waiting);
	return list_object(l, obj);
}

static enum err
show_keys(struct ctl *c, const struct both *b)
{
	struct list l = { .c = c };
	struct openings all;
	enum err r;

	if ((r = opening_look(b->ledger, b->keeper.keys, &all)) != ERR_OK)
		return r;
	for (size_t i = 0; i < all.n && r == ERR_OK; i++)
		r = show_key(&l, &all.key[i]);
	if (r == ERR_OK)
		list_end(&l, "Aucune clé d'ouverture n'est annoncée.");
	return r;
}

enum err
ctl_opening_list(struct ctl *c)
{
	static const char *const names[] = { NULL };
	struct both b = { .ledger = NULL };
	enum err r;

	if ((r = ctl_words(c, names, 0)) == ERR_OK &&
	    (r = open_both(c, &b)) == ERR_OK)
		r = show_keys(c, &b);
	close_both(&b);
	return r;
}

#define DAY_MS ((uint64_t)24 * 3600 * 1000)

static struct opening_terms
terms(const struct both *b, bool force)
{
	return (struct opening_terms){ .folder = b->keeper.set.vault,
		.now_ms = clock_wall_ms(), .force = force,
		.keep_ms = (uint64_t)b->keeper.set.keep_days * DAY_MS };
}

/* Of no dossier in particular. */
static enum err
leave_trace(struct both *b, const char *action)
{
	static const uint8_t none[DOSSIER_ID_LEN];

	return keeper_trace(&b->keeper, none, action);
}

static enum err
say_number(struct ctl *c, uint32_t number, const char *is)
{
	struct list l = { .c = c };
	json_t *o;

	if (!c->json) {
		fprintf(c->out, "La clé d'ouverture %u est %s.\n", number,
		    is);
		return ERR_OK;
	}
	o = json_object();
	list_number(o, "number", number);
	return list_object(&l, o);
}

enum err
ctl_opening_rotate(struct ctl *c)
{
	static const char *const names[] = { NULL };
	struct both b = { .ledger = NULL };
	struct opening_terms by;
	uint32_t number = 0;
	enum err r;

	if ((r = ctl_words(c, names, 0)) != ERR_OK ||
	    (r = open_both(c, &b)) != ERR_OK)
		goto out;
	by = terms(&b, false);
	if ((r = opening_rotate(b.ledger, b.keeper.keys, &by, &number)) ==
	    ERR_OK && (r = leave_trace(&b, "opening-key-changed")) == ERR_OK)
		r = say_number(c, number, "en service. Sauvegardez les clés "
		    "du\ncoffre maintenant : les postes vont sceller à "
		    "celle-là");
out:
	close_both(&b);
	return r;
}

#define NAMED 20 /* terminals at most: who has more looks at the list */

struct naming {
	uint32_t number; /* of the key */
	unsigned n;
};

/* A line for one that may still need the key: somebody goes there. */
static enum err
name_terminal(const struct terminal *t, void *user)
{
	struct naming *naming = user;
	char seen[CLOCK_TEXT];

	if (t->state != TERMINAL_ACTIVE || t->opening_key > naming->number ||
	    naming->n++ >= NAMED)
		return ERR_OK;
	clock_text(t->seen_ms, seen);
	fprintf(stderr, "  poste %u, site %s, vu le %s\n", t->number,
	    t->seat.site,
	    t->seen_ms == 0 ? "(jamais)" : seen);
	return ERR_OK;
}

/* What is about to be lost, before it is. */
static enum err
warn(const struct ctl *c, struct both *b, const struct opening_state *o)
{
	struct naming naming = { .number = o->number };

	if (c->json || o->terminals + o->waiting == 0)
		return ERR_OK;
	fprintf(stderr, "Clé %u : %llu poste(s) peuvent encore envoyer ce qui "
	    "y est scellé, %llu enveloppe(s)\nattendent. Cela ne s'ouvre plus "
	    "sans elle et ne se rescelle pas : le centre le\nrefusera "
	    "(G-523), et l'acte sera à refaire avec la personne.\n",
	    o->number, (unsigned long long)o->terminals,
	    (unsigned long long)o->waiting);
	return o->terminals == 0 ? ERR_OK :
	    b->ledger->ops->terminal_each(b->ledger, name_terminal, &naming);
}

/* The oldest in force, when it is the next to go; and not one that is kept. */
static enum err
warn_before(const struct ctl *c, struct both *b)
{
	const struct opening_state *o = NULL;
	struct openings all;
	enum err r;

	if ((r = opening_look(b->ledger, b->keeper.keys, &all)) != ERR_OK)
		return r;
	for (size_t i = 0; i < all.n; i++)
		if (all.key[i].retired_ms != 0 && all.key[i].here)
			return ERR_OK;
		else if (o == NULL && all.key[i].retired_ms == 0)
			o = &all.key[i];
	return o == NULL ? ERR_OK : warn(c, b, o);
}

/* What is lost by it is said first, and then only with a reason. */
static enum err
retire(struct ctl *c, struct both *b, bool force, struct opening_state *o)
{
	struct opening_terms by = terms(b, force);
	enum err r, said = ERR_OK;

	if (force && (r = warn_before(c, b)) != ERR_OK)
		return r;
	r = opening_retire(b->ledger, b->keeper.keys, &by, o);
	if (r == ERR_OPENING_NEEDED && !force)
		said = warn(c, b, o);
	return said == ERR_OK ? r : said;
}

/* It is retired; its secret may be there still. */
static enum err
say_retired(struct ctl *c, struct both *b, uint32_t number)
{
	struct openings all;
	bool here = false;
	enum err r;

	if ((r = opening_look(b->ledger, b->keeper.keys, &all)) != ERR_OK)
		return r;
	for (size_t i = 0; i < all.n; i++)
		here = here || (all.key[i].number == number &&
		    all.key[i].here);
	if ((r = leave_trace(b, here ? "opening-key-retired" :
	    "opening-key-destroyed")) != ERR_OK)
		return r;
	return say_number(c, number, here ? "retirée, et gardée pour une "
	    "sauvegarde\nqui reviendrait. Dans keep-days jours, la même "
	    "commande la détruit" : "retirée, et détruite");
}

enum err
ctl_opening_retire(struct ctl *c)
{
	static const char *const names[] = { "force=", NULL };
	const char *why = ctl_value(c, "force");
	struct both b = { .ledger = NULL };
	struct opening_state o = { .number = 0 };
	enum err r;

	if ((r = ctl_words(c, names, 0)) == ERR_OK &&
	    (r = open_both(c, &b)) == ERR_OK && (why == NULL ||
	    (r = keeper_note(&b.keeper, "force", "motif", why)) == ERR_OK) &&
	    (r = retire(c, &b, why != NULL, &o)) == ERR_OK)
		r = say_retired(c, &b, o.number);
	close_both(&b);
	return r;
}
