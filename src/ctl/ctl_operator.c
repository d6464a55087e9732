/* ctl_operator: the accounts of those who serve at this desk. */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "ctl/list.h"
#include "ctl/pin.h"

static enum err
open_operators(const struct ctl *c, struct operators **out)
{
	struct desk_settings set;
	enum err r;

	if ((r = ctl_desk(c, &set)) != ERR_OK)
		return r;
	return operator_open(set.state, out);
}

/* The value of --NAME in its place, which it must fit and fill. */
static enum err
take(const struct ctl *c, const char *name, char *out, size_t room)
{
	const char *value = ctl_value(c, name);

	if (value == NULL)
		return err_about(ERR_USAGE, "--%s", name);
	if (snprintf(out, room, "%s", value) >= (int)room)
		return err_about(ERR_OPERATOR_FORM, "--%s", name);
	return ERR_OK;
}

static enum err
describe(const struct ctl *c, struct operator *who)
{
	static const char *const names[] = { "number=", "name=",
		"profession=", NULL };
	enum err r;

	if ((r = ctl_words(c, names, 0)) != ERR_OK ||
	    (r = take(c, "number", who->id, sizeof(who->id))) != ERR_OK ||
	    (r = take(c, "name", who->name, sizeof(who->name))) != ERR_OK)
		return r;
	return take(c, "profession", who->profession,
	    sizeof(who->profession));
}

/* Say what was done, where people read. */
static void
say(const struct ctl *c, const char *id, const char *done)
{
	if (!c->json)
		fprintf(c->out, "Le compte %s est %s.\n", id, done);
}

static enum err
run_add(struct ctl *c)
{
	struct operators *o = NULL;
	struct operator who;
	char *pin = secret_alloc(PIN_ROOM);
	enum err r;

	if (pin == NULL)
		return ERR_MEMORY;
	if ((r = describe(c, &who)) == ERR_OK &&
	    (r = open_operators(c, &o)) == ERR_OK &&
	    (r = pin_read(pin)) == ERR_OK &&
	    (r = operator_add(o, &who, pin)) == ERR_OK)
		say(c, who.id, "ouvert");
	secret_free(pin);
	operator_close(o);
	return r;
}

/* The only word of a verb, and the list. */
static enum err
one_account(struct ctl *c, const char **id, struct operators **o)
{
	static const char *const names[] = { NULL };
	enum err r;

	if ((r = ctl_words(c, names, 1)) != ERR_OK)
		return r;
	*id = ctl_plain(c, names, 0);
	return open_operators(c, o);
}

static enum err
run_pin(struct ctl *c)
{
	struct operators *o = NULL;
	char *pin = secret_alloc(PIN_ROOM);
	const char *id;
	enum err r;

	if (pin == NULL)
		return ERR_MEMORY;
	if ((r = one_account(c, &id, &o)) == ERR_OK &&
	    (r = pin_read(pin)) == ERR_OK &&
	    (r = operator_pin(o, id, pin)) == ERR_OK)
		say(c, id, "sous un nouveau code");
	secret_free(pin);
	operator_close(o);
	return r;
}

static enum err
run_remove(struct ctl *c)
{
	struct operators *o = NULL;
	const char *id;
	enum err r;

	if ((r = one_account(c, &id, &o)) == ERR_OK &&
	    (r = operator_remove(o, id)) == ERR_OK)
		say(c, id, "retiré");
	operator_close(o);
	return r;
}

static enum err
run_unlock(struct ctl *c)
{
	struct operators *o = NULL;
	const char *id;
	enum err r;

	if ((r = one_account(c, &id, &o)) == ERR_OK &&
	    (r = operator_unlock(o, id)) == ERR_OK)
		say(c, id, "débloqué");
	operator_close(o);
	return r;
}

static enum err
show(struct list *l, const struct operator *who)
{
	json_t *o;

	list_row(l, "numéro                           profession"
	    "              nom");
	if (!l->c->json) {
		fprintf(l->c->out, "%-31s  %-22s  %s\n", who->id,
		    who->profession, who->name);
		return ERR_OK;
	}
	o = json_object();
	list_text(o, "number", who->id);
	list_text(o, "name", who->name);
	list_text(o, "profession", who->profession);
	return list_object(l, o);
}

static enum err
run_list(struct ctl *c)
{
	static const char *const names[] = { NULL };
	const struct operator *all;
	struct list l = { .c = c };
	struct operators *o = NULL;
	size_t n;
	enum err r;

	if ((r = ctl_words(c, names, 0)) == ERR_OK &&
	    (r = open_operators(c, &o)) == ERR_OK &&
	    (r = operator_list(o, &all, &n)) == ERR_OK) {
		for (size_t i = 0; r == ERR_OK && i < n; i++)
			r = show(&l, &all[i]);
		list_end(&l, "Aucun compte : un vrai guichet reste fermé ; en "
		    "formation, le professionnel des réglages sert.");
	}
	operator_close(o);
	return r;
}

const struct ctl_verb ctl_operator_verbs[] = {
	{ "operator add", "--number N --name NOM --profession MÉTIER",
	    "ouvre un compte ; le code se tape, ou vient sur l'entrée",
	    run_add },
	{ "operator list", "", "montre les comptes de ce poste", run_list },
	{ "operator pin", "N", "change le code d'un compte", run_pin },
	{ "operator unlock", "N", "met fin à l'attente d'un compte",
	    run_unlock },
	{ "operator remove", "N", "retire un compte", run_remove },
	{ .words = NULL },
};
