/* ctl_terminal: who may speak to the centre: invited, added, moved, revoked. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/keyfile.h"
#include "centre/cert.h"
#include "centre/join.h"
#include "ctl/list.h"

static enum err
read_number(const char *text, uint32_t *out)
{
	unsigned long n;
	char *end;

	if (text == NULL || text[0] < '0' || text[0] > '9')
		return err_about(ERR_USAGE, "%s",
		    text == NULL ? "numéro de poste" : text);
	n = strtoul(text, &end, 10);
	if (*end != '\0' || n == 0 || n > UINT32_MAX)
		return err_about(ERR_USAGE, "%s", text);
	*out = (uint32_t)n;
	return ERR_OK;
}

/* The words of a place, as ctl_words wants them. */
#define SEAT_WORDS "site=", "site-name=", "profile=", "department="

/* What is said of it; the rest stays. */
static enum err
read_seat(const struct ctl *c, struct seat *seat)
{
	enum err r;

	if ((r = seat_put(seat, SEAT_SITE, ctl_value(c, "site"))) != ERR_OK ||
	    (r = seat_put(seat, SEAT_NAME, ctl_value(c, "site-name"))) !=
	    ERR_OK || (r = seat_put(seat, SEAT_PROFILE,
	    ctl_value(c, "profile"))) != ERR_OK)
		return r;
	return seat_put(seat, SEAT_DEPARTMENT, ctl_value(c, "department"));
}

static enum err
describe_terminal(const struct ctl *c, struct terminal *t)
{
	const char *cert = ctl_value(c, "cert"), *key = ctl_value(c, "sign");
	enum err r;

	memset(t, 0, sizeof(*t));
	t->state = TERMINAL_ACTIVE;
	t->training = ctl_flag(c, "training");
	if (ctl_value(c, "site") == NULL || cert == NULL || key == NULL)
		return err_about(ERR_USAGE, "--site, --cert ou --sign");
	if ((r = read_seat(c, &t->seat)) != ERR_OK ||
	    (r = read_number(ctl_value(c, "number"), &t->number)) != ERR_OK ||
	    (r = cert_of_file(cert, t->cert)) != ERR_OK)
		return r;
	return keyfile_read(key, "sign-public", t->sign_public,
	    sizeof(t->sign_public), &t->sign_key);
}

static enum err
invite(struct ctl *c, struct store *s, const struct centre_settings *set,
    const struct seat *seat)
{
	struct list l = { .c = c };
	char code[JOIN_TEXT];
	uint32_t number;
	json_t *o;
	enum err r;

	if ((r = join_invite(s, set, seat, clock_wall_ms(), &number, code)) !=
	    ERR_OK)
		return r;
	if (c->json) {
		o = json_object();
		list_number(o, "terminal", number);
		list_text(o, "code", code);
		return list_object(&l, o);
	}
	fprintf(c->out, "Poste %u, lieu %s. Sur ce poste, dans les %d "
	    "heures :\n\n    guichetctl join URL %s\n", number, seat->site,
	    JOIN_HOURS, code);
	return ERR_OK;
}

/* With nothing but a site it is the terminal that makes its keys. */
static bool
is_invitation(const struct ctl *c)
{
	return ctl_value(c, "number") == NULL &&
	    ctl_value(c, "cert") == NULL && ctl_value(c, "sign") == NULL &&
	    ctl_value(c, "site") != NULL && !ctl_flag(c, "training");
}

static enum err
add_invited(struct ctl *c)
{
	struct seat seat = { .site = "" };
	struct centre_settings set;
	struct store *s = NULL;
	enum err r;

	if ((r = read_seat(c, &seat)) == ERR_OK &&
	    (r = ctl_ledger(c, true, &set, &s)) == ERR_OK)
		r = invite(c, s, &set, &seat);
	store_close(s);
	return r;
}

static enum err
centre_terminal_add(struct ctl *c)
{
	static const char *const names[] = { "number=", "cert=", "sign=",
		"training", SEAT_WORDS, NULL };
	struct centre_settings set;
	struct store *s = NULL;
	struct terminal t;
	enum err r;

	if ((r = ctl_words(c, names, 0)) == ERR_OK && is_invitation(c))
		return add_invited(c);
	if (r == ERR_OK &&
	    (r = describe_terminal(c, &t)) == ERR_OK &&
	    (r = ctl_ledger(c, true, &set, &s)) == ERR_OK &&
	    (r = s->ops->begin(s)) == ERR_OK) {
		if ((r = s->ops->terminal_add(s, &t)) == ERR_OK)
			r = s->ops->commit(s);
		s->ops->rollback(s);
	}
	if (r == ERR_OK && !c->json)
		fprintf(c->out, "Le poste %u est inscrit.\n", t.number);
	store_close(s);
	return r;
}

/* The terminal that a verb names, in its ledger. */
struct named {
	struct centre_settings set;
	struct store *s;
	uint32_t number;
};

static enum err
named_open(struct ctl *c, const char *const names[], struct named *out)
{
	enum err r;

	out->s = NULL;
	if ((r = ctl_words(c, names, 1)) != ERR_OK ||
	    (r = read_number(ctl_plain(c, names, 0), &out->number)) != ERR_OK)
		return r;
	return ctl_ledger(c, false, &out->set, &out->s);
}

static enum err
named_close(struct named *n, enum err r)
{
	if (r == ERR_NOT_FOUND && n->s != NULL)
		r = err_about(r, "poste %u", n->number);
	store_close(n->s);
	return r;
}

static enum err
move(const struct ctl *c, struct store *s, uint32_t number)
{
	struct terminal t;
	enum err r;

	if ((r = s->ops->terminal_find(s, number, &t)) != ERR_OK ||
	    (r = read_seat(c, &t.seat)) != ERR_OK ||
	    (r = s->ops->terminal_move(s, number, &t.seat)) != ERR_OK)
		return r;
	return s->ops->commit(s);
}

/* It has its settings: they change when it joins anew. */
static enum err
centre_terminal_set(struct ctl *c)
{
	static const char *const names[] = { SEAT_WORDS, NULL };
	struct named n;
	enum err r;

	if ((r = named_open(c, names, &n)) == ERR_OK && c->argc == 1)
		r = err_about(ERR_USAGE, "--site, --site-name, --profile ou "
		    "--department");
	if (r == ERR_OK && (r = n.s->ops->begin(n.s)) == ERR_OK) {
		r = move(c, n.s, n.number);
		n.s->ops->rollback(n.s);
	}
	if (r == ERR_OK && !c->json)
		fprintf(c->out, "Le lieu du poste %u est noté.\n", n.number);
	return named_close(&n, r);
}

static enum err
centre_terminal_revoke(struct ctl *c)
{
	static const char *const names[] = { NULL };
	struct named n;
	enum err r;

	if ((r = named_open(c, names, &n)) == ERR_OK &&
	    (r = n.s->ops->terminal_state(n.s, n.number,
	    TERMINAL_REVOKED)) == ERR_OK && !c->json)
		fprintf(c->out, "Le poste %u est révoqué.\n", n.number);
	return named_close(&n, r);
}

/* A stolen or broken one: nothing more of it, and a code for the next. */
static enum err
centre_terminal_replace(struct ctl *c)
{
	static const char *const names[] = { NULL };
	struct named n;
	struct terminal t;
	enum err r;

	if ((r = named_open(c, names, &n)) == ERR_OK &&
	    (r = n.s->ops->terminal_find(n.s, n.number, &t)) == ERR_OK &&
	    (r = n.s->ops->terminal_state(n.s, n.number,
	    TERMINAL_REVOKED)) == ERR_OK)
		r = invite(c, n.s, &n.set, &t.seat);
	return named_close(&n, r);
}

const struct ctl_verb ctl_terminal_verbs[] = {
	{ "centre terminal add", "--site NUMÉRO [--site-name NOM] "
	    "[--profile PROFIL] [--department D] [--number N --cert FICHIER "
	    "--sign FICHIER [--training]]",
	    "donne un code à un nouveau poste, ou inscrit celui qui a ses "
	    "clés", centre_terminal_add },
	{ "centre terminal set", "N [--site NUMÉRO] [--site-name NOM] "
	    "[--profile PROFIL] [--department D]",
	    "note le lieu d'un poste", centre_terminal_set },
	{ "centre terminal revoke", "N", "révoque un poste",
	    centre_terminal_revoke },
	{ "centre terminal replace", "N",
	    "révoque un poste volé et donne un code à son remplaçant",
	    centre_terminal_replace },
	{ .words = NULL },
};
