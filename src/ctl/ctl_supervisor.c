/* ctl_supervisor: who may see the centre's overview. */
#include "base/secret.h"
#include "centre/supervisor.h"
#include "ctl/list.h"
#include "ctl/pin.h"

/* The only word, or none, and the folder of the list. */
static enum err
one_name(struct ctl *c, int plain, const char **name,
    struct centre_settings *set)
{
	static const char *const names[] = { NULL };
	enum err r;

	if ((r = ctl_words(c, names, plain)) != ERR_OK)
		return r;
	*name = ctl_plain(c, names, 0);
	return ctl_centre(c, set);
}

static enum err
run_add(struct ctl *c)
{
	char *password = secret_alloc(PIN_ROOM);
	struct centre_settings set;
	const char *name;
	enum err r;

	if (password == NULL)
		return ERR_MEMORY;
	if ((r = one_name(c, 1, &name, &set)) == ERR_OK &&
	    (r = pin_read(password)) == ERR_OK &&
	    (r = supervisor_add(set.state, name, password)) == ERR_OK &&
	    !c->json)
		fprintf(c->out, "%s peut voir la page de supervision.\n",
		    name);
	secret_free(password);
	return r;
}

static enum err
run_remove(struct ctl *c)
{
	struct centre_settings set;
	const char *name;
	enum err r;

	if ((r = one_name(c, 1, &name, &set)) == ERR_OK &&
	    (r = supervisor_remove(set.state, name)) == ERR_OK && !c->json)
		fprintf(c->out, "%s ne la verra plus.\n", name);
	return r;
}

static enum err
show(const char *name, void *user)
{
	struct list *l = user;
	json_t *o;

	list_row(l, "nom");
	if (!l->c->json) {
		fprintf(l->c->out, "%s\n", name);
		return ERR_OK;
	}
	o = json_object();
	list_text(o, "name", name);
	return list_object(l, o);
}

static enum err
run_list(struct ctl *c)
{
	struct list l = { .c = c };
	struct centre_settings set;
	const char *name;
	enum err r;

	if ((r = one_name(c, 0, &name, &set)) == ERR_OK &&
	    (r = supervisor_each(set.state, show, &l)) == ERR_OK)
		list_end(&l, "Personne ne voit la page de supervision.");
	return r;
}

const struct ctl_verb ctl_supervisor_verbs[] = {
	{ "centre supervisor add", "NOM",
	    "ouvre la page de supervision ; le mot de passe se tape, ou vient "
	    "sur l'entrée", run_add },
	{ "centre supervisor list", "", "montre qui la voit", run_list },
	{ "centre supervisor remove", "NOM", "la ferme à quelqu'un",
	    run_remove },
	{ .words = NULL },
};
