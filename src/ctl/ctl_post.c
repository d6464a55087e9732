/* ctl_post: the centre's side of a site with no line: a bundle in, a reply
 * out. */
#include "base/clock.h"
#include "base/file.h"
#include "centre/gateway.h"
#include "ctl/list.h"

static const char *const names[] = { "lease", NULL };

static enum err
say(struct ctl *c, const struct gateway_bundle *b, const char *path)
{
	struct list l = { .c = c };
	json_t *o;

	if (!c->json) {
		fprintf(c->out, "Poste %u : %u enveloppe(s) gardée(s), %u "
		    "refusée(s). La réponse est dans %s.\n", b->terminal,
		    b->stored, b->refused, path);
		if (b->closed)
			fputs("Son lieu est fermé (guichetctl centre switch) : "
			    "aucun identifiant n'est prêté.\n", c->out);
		return ERR_OK;
	}
	o = json_object();
	list_number(o, "terminal", b->terminal);
	list_number(o, "stored", b->stored);
	list_number(o, "refused", b->refused);
	list_number(o, "outcomes", b->outcomes);
	list_bool(o, "closed", b->closed);
	list_text(o, "reply", path);
	return list_object(&l, o);
}

/* The bundle's envelopes in the ledger, then the reply in its file: when that
 * cannot be written, the same bundle again gets the same receipts. */
static enum err
take(struct ctl *c, struct gateway *g, const struct buf *file,
    struct gateway_bundle *b)
{
	const char *path = ctl_plain(c, names, 1);
	struct buf reply;
	enum err r;

	buf_init(&reply);
	if ((r = gateway_bundle(g, file->p, file->len, ctl_flag(c, "lease"),
	    clock_wall_ms(), &reply, b)) == ERR_OK &&
	    (r = file_replace(path, reply.p, reply.len, 0644)) == ERR_OK)
		r = say(c, b, path);
	buf_clear(&reply);
	return r;
}

static enum err
centre_import(struct ctl *c)
{
	struct gateway_bundle b = { .why = ERR_OK };
	struct gateway g = { .keys = NULL };
	struct centre_settings set;
	struct store *s = NULL;
	struct buf file;
	enum err r;

	buf_init(&file);
	if ((r = ctl_words(c, names, 2)) == ERR_OK &&
	    (r = file_read(ctl_plain(c, names, 0), BUF_MAX - 1, &file)) ==
	    ERR_OK && (r = ctl_ledger(c, false, &set, &s)) == ERR_OK &&
	    (r = gateway_init(&g, s, &set)) == ERR_OK &&
	    (r = take(c, &g, &file, &b)) == ERR_OK && b.refused != 0)
		r = err_about(b.why, "%u", b.refused);
	gateway_clear(&g);
	store_close(s);
	buf_clear(&file);
	return r;
}

const struct ctl_verb ctl_post_verbs[] = {
	{ "centre import", "LOT RÉPONSE [--lease]",
	    "garde un lot apporté à la main, et écrit la réponse",
	    centre_import },
	{ .words = NULL },
};
