/* ctl_receipt: certify a terminal's key, and say what a receipt is worth. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/keyfile.h"
#include "base/secret.h"
#include "centre/store.h"
#include "ctl/list.h"
#include "envelope/proof.h"

#define DAY_MS	  ((uint64_t)24 * 3600 * 1000)
#define DAYS	  1096 /* three years, unless said otherwise */
#define DAYS_MAX  3660
#define TEXT_ROOM 4096 /* of what was scanned */

static enum err
read_count(const char *text, unsigned long standard, unsigned long max,
    unsigned long *out)
{
	char *end;
	unsigned long n;

	if (text == NULL && standard != 0) {
		*out = standard;
		return ERR_OK;
	}
	if (text == NULL || *text < '1' || *text > '9')
		return err_about(ERR_USAGE, "%s", text == NULL ? "--number"
		    : text);
	n = strtoul(text, &end, 10);
	if (*end != '\0' || n > max)
		return err_about(ERR_USAGE, "%s", text);
	*out = n;
	return ERR_OK;
}

/* The ledger's terminal of that number, as a badge of so many days. */
static enum err
badge_of(const struct centre_settings *set, uint32_t number,
    unsigned long days, struct badge *b)
{
	struct terminal t;
	struct store *s = NULL;
	enum err r;

	if ((r = store_sqlite_open(set->state, false, &s)) == ERR_OK &&
	    (r = s->ops->terminal_find(s, number, &t)) == ERR_OK) {
		b->terminal = t.number;
		b->sign_key = t.sign_key;
		memcpy(b->public, t.sign_public, SIGN_PUBLIC_LEN);
		b->from_ms = clock_wall_ms() / DAY_MS * DAY_MS;
		b->until_ms = b->from_ms + days * DAY_MS;
		if (t.state != TERMINAL_ACTIVE)
			r = err_about(ERR_TERMINAL_UNKNOWN, "%u", number);
	}
	store_close(s);
	return r;
}

static enum err
sign_badge(const struct centre_settings *set, struct badge *b,
    const char *path)
{
	uint8_t bytes[BADGE_LEN], *key = secret_alloc(SIGN_SECRET_LEN);
	enum err r;

	if (key == NULL)
		return ERR_MEMORY;
	if ((r = keyfile_read_in(set->state, "receipt.key", "receipt-secret",
	    key, SIGN_SECRET_LEN, &b->centre_key)) == ERR_OK &&
	    (r = badge_write(b, key, bytes)) == ERR_OK)
		r = keyfile_write(path, "badge", bytes, sizeof(bytes),
		    b->centre_key);
	secret_free(key);
	return r;
}

static enum err
certify(struct ctl *c)
{
	static const char *const names[] = { "number=", "badge=", "days=",
		NULL };
	const char *path = ctl_value(c, "badge");
	struct centre_settings set;
	unsigned long number, days;
	struct badge b;
	enum err r;

	if ((r = ctl_words(c, names, 0)) != ERR_OK ||
	    (r = read_count(ctl_value(c, "number"), 0, UINT32_MAX,
	    &number)) != ERR_OK ||
	    (r = read_count(ctl_value(c, "days"), DAYS, DAYS_MAX, &days)) !=
	    ERR_OK)
		return r;
	if (path == NULL)
		return err_about(ERR_USAGE, "--badge");
	if ((r = ctl_centre(c, &set)) != ERR_OK ||
	    (r = badge_of(&set, (uint32_t)number, days, &b)) != ERR_OK)
		return r;
	return sign_badge(&set, &b, path);
}

static enum err
read_text(const char *path, struct buf *out)
{
	enum err r = ERR_OK;

	if (strcmp(path, "-") != 0)
		return file_read(path, TEXT_ROOM, out);
	while (r == ERR_OK && out->len <= TEXT_ROOM) {
		ssize_t n;

		if ((r = buf_reserve(out, 512)) != ERR_OK)
			break;
		n = read(STDIN_FILENO, out->p + out->len, 512);
		if (n == 0)
			return ERR_OK;
		if (n < 0)
			return err_about(ERR_FILE_READ, "-");
		out->len += (size_t)n;
	}
	return r == ERR_OK ? err_about(ERR_TOO_LONG, "-") : r;
}

/* --key, or the centre's key of the terminal whose settings these are. */
static enum err
read_key(const struct ctl *c, uint8_t centre[SIGN_PUBLIC_LEN])
{
	const char *path = ctl_value(c, "key");
	struct desk_settings set;
	uint32_t number;
	enum err r;

	if (path != NULL)
		return keyfile_read(path, "receipt-public", centre,
		    SIGN_PUBLIC_LEN, &number);
	if ((r = ctl_desk(c, &set)) != ERR_OK)
		return r;
	return keyfile_read_in(set.state, "centre.pub", "receipt-public",
	    centre, SIGN_PUBLIC_LEN, &number);
}

#define WORD(name, word) word,
static const char *const methods[] = { CONSENT_METHODS(WORD) };
static const char *const grantors[] = { GRANTORS(WORD) };
#undef WORD

static enum err
show_object(struct ctl *c, const struct proof *p, enum err worth)
{
	struct list l = { .c = c };
	char rid[RID_TEXT], sha[2 * DIGEST_LEN + 1];
	char principal[2 * PROOF_PRINCIPAL + 1], key[2 * SIGN_PUBLIC_LEN + 1];
	json_t *o = json_object();

	rid_text(&p->rid, rid);
	hex_of(p->notice_sha, DIGEST_LEN, sha);
	hex_of(p->principal, PROOF_PRINCIPAL, principal);
	hex_of(p->badge.public, SIGN_PUBLIC_LEN, key);
	list_text(o, "worth", worth == ERR_OK ? "valid" : "expired");
	list_number(o, "code", (uint64_t)err_number(worth));
	list_number(o, "schema", PROOF_VERSION);
	list_text(o, "rid", rid);
	list_text(o, "principal", principal);
	list_time(o, "consented", p->at_ms);
	list_text(o, "method", methods[p->method]);
	list_text(o, "grantor", grantors[p->grantor]);
	list_number(o, "terminal", p->badge.terminal);
	list_text(o, "key", key);
	list_text(o, "notice", p->notice_id);
	list_text(o, "version", p->notice_version);
	list_text(o, "lang", p->notice_lang);
	list_text(o, "sha", sha);
	list_bool(o, "samu_opposed", p->samu_opposed);
	list_bool(o, "break_glass_opposed", p->break_glass_opposed);
	list_bool(o, "account", p->account);
	list_bool(o, "training", p->training);
	return list_object(&l, o);
}

static void
show_words(FILE *out, const struct proof *p)
{
	char rid[RID_TEXT], at[CLOCK_TEXT], sha[2 * DIGEST_LEN + 1];

	rid_text(&p->rid, rid);
	clock_text(p->at_ms, at);
	hex_of(p->notice_sha, DIGEST_LEN, sha);
	if (p->training)
		fprintf(out, "FORMATION : ce reçu n'engage personne.\n");
	fprintf(out, "Référence     %s\n", rid);
	fprintf(out, "Accord du     %s\n", at);
	fprintf(out, "Recueilli     %s, de %s, par le poste %u\n",
	    methods[p->method], grantors[p->grantor], p->badge.terminal);
	fprintf(out, "Information   %s %s (%s)\n", p->notice_id,
	    p->notice_version, p->notice_lang);
	fprintf(out, "Empreinte     %s\n", sha);
	fprintf(out, "SAMU          %s\n", p->samu_opposed ? "opposé"
	    : "non opposé");
	fprintf(out, "Bris de glace %s\n", p->break_glass_opposed ? "opposé"
	    : "non opposé");
	fprintf(out, "Compte        %s\n", p->account ? "oui" : "non");
}

static enum err
verify(struct ctl *c)
{
	static const char *const names[] = { "key=", NULL };
	uint8_t centre[SIGN_PUBLIC_LEN];
	struct proof p;
	struct buf text;
	enum err r, said;

	buf_init(&text);
	if ((r = ctl_words(c, names, 1)) == ERR_OK &&
	    (r = read_key(c, centre)) == ERR_OK &&
	    (r = read_text(ctl_plain(c, names, 0), &text)) == ERR_OK)
		r = proof_read((const char *)text.p, text.len, centre, &p);
	buf_clear(&text);
	if (r != ERR_OK && r != ERR_PROOF_EXPIRED)
		return r;
	if (!c->json) {
		if (r == ERR_OK)
			fprintf(c->out, "Ce reçu est valable.\n");
		show_words(c->out, &p);
		return r;
	}
	return (said = show_object(c, &p, r)) == ERR_OK ? r : said;
}

const struct ctl_verb ctl_receipt_verbs[] = {
	{ "centre terminal certify", "--number N --badge FICHIER [--days N]",
	    "certifie la clé d'un poste, pour les reçus remis aux personnes",
	    certify },
	{ "receipt verify", "FICHIER|- [--key FICHIER]",
	    "dit ce que vaut un reçu scanné, sans réseau", verify },
	{ .words = NULL },
};
