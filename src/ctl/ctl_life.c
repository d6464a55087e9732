/* ctl_life: what an operator of the centre does with dossiers, without seeing
 * any. */
#include <string.h>

#include "base/clock.h"
#include "centre/night.h"
#include "centre/rekey.h"
#include "ctl/keeper.h"
#include "ctl/list.h"

typedef enum err saying(struct vault *v, const uint8_t id[DOSSIER_ID_LEN],
    struct trace t);

/* Say it, as one transaction. */
static enum err
say(struct keeper *k, const uint8_t id[DOSSIER_ID_LEN], saying *what)
{
	enum err r;

	if ((r = vault_begin(k->vault)) != ERR_OK)
		return r;
	if ((r = what(k->vault, id, keeper_line(k, id, ""))) == ERR_OK)
		r = vault_commit(k->vault);
	vault_rollback(k->vault);
	return r;
}

/* The one word, and what is said of the dossier that it means. */
static enum err
say_of(struct ctl *c, struct keeper *k, const char *const names[],
    saying *what)
{
	uint8_t id[DOSSIER_ID_LEN];
	enum err r;

	if ((r = keeper_find(k, ctl_plain(c, names, 0), id)) != ERR_OK)
		return r;
	return say(k, id, what);
}

enum err
ctl_deceased(struct ctl *c)
{
	static const char *const names[] = { NULL };
	struct keeper k = { .keys = NULL };
	enum err r;

	if ((r = ctl_words(c, names, 1)) == ERR_OK &&
	    (r = keeper_open(c, &k)) == ERR_OK)
		r = say_of(c, &k, names, vault_deceased);
	keeper_close(&k);
	return r;
}

enum err
ctl_destroy(struct ctl *c)
{
	static const char *const names[] = { "form=", NULL };
	struct keeper k = { .keys = NULL };
	enum err r;

	if ((r = ctl_words(c, names, 1)) == ERR_OK &&
	    (r = keeper_open(c, &k)) == ERR_OK &&
	    (r = keeper_note(&k, "form", "formulaire",
	    ctl_value(c, "form"))) == ERR_OK &&
	    (r = say_of(c, &k, names, vault_destroy)) == ERR_OK)
		r = vault_scrub(k.vault);
	keeper_close(&k);
	return r;
}

enum err
ctl_majority(struct ctl *c)
{
	static const char *const names[] = { NULL };
	struct list l = { .c = c };
	struct keeper k = { .keys = NULL };
	unsigned adults;
	json_t *o;
	enum err r;

	if ((r = ctl_words(c, names, 0)) == ERR_OK &&
	    (r = keeper_open(c, &k)) == ERR_OK)
		r = night_run(k.vault, clock_wall_ms(),
		    (int)k.set.adult_age, &adults);
	keeper_close(&k);
	if (r != ERR_OK)
		return r;
	if (c->json) {
		o = json_object();
		list_number(o, "adults", adults);
		return list_object(&l, o);
	}
	fprintf(c->out, "%u devenus majeurs.\n", adults);
	return ERR_OK;
}

/* Of no dossier in particular. */
static enum err
trace_rekey(struct keeper *k, bool data)
{
	static const uint8_t none[DOSSIER_ID_LEN];

	return keeper_trace(k, none, data ? "data-keys-renewed"
	    : "master-key-changed");
}

enum err
ctl_rekey(struct ctl *c)
{
	static const char *const names[] = { "data", NULL };
	const bool data = ctl_flag(c, "data");
	struct keeper k = { .keys = NULL };
	enum err r;

	if ((r = ctl_words(c, names, 0)) == ERR_OK &&
	    (r = keeper_open(c, &k)) == ERR_OK &&
	    (r = data ? rekey_data(k.vault, clock_wall_ms())
	    : rekey_master(k.vault, k.keys, k.set.vault)) == ERR_OK)
		r = trace_rekey(&k, data);
	keeper_close(&k);
	return r;
}
