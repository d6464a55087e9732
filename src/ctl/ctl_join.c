/* ctl_join: a terminal that has nothing but a code joins its centre. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/keyfile.h"
#include "centre/cert.h"
#include "centre/issue.h"
#include "ctl/ctl.h"
#include "envelope/joincode.h"
#include "sync/errand.h"
#include "sync/http.h"

#define STATE	  "/var/lib/guichet"
#define TEXT_ROOM BASE64_ROOM(ISSUE_PEM_MAX)

/* A terminal on its way in. */
struct join {
	const char *url, *state;
	struct join_code code;
	char keys[PATH_ROOM]; /* STATE/keys */
	uint8_t *sign;	      /* locked memory */
	uint8_t public[SIGN_PUBLIC_LEN];
	struct answer answer;
};

static enum err
in_keys(const struct join *j, const char *name, char out[PATH_ROOM])
{
	return path_join(j->keys, name, out);
}

static bool
is_there(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

/* Ask once, over a connection of its own. */
static enum err
ask(struct join *j, const char *authority, const char *path, const void *p,
    size_t n)
{
	struct transport *t;
	enum err r;

	if ((r = http_open_bare(j->url, authority, &t)) != ERR_OK)
		return r;
	if ((r = t->ask(t, path, p, n, &j->answer)) == ERR_OK)
		r = answer_check(&j->answer);
	t->close(t);
	return r;
}

/* Whoever answered: what they gave is believed when the code is of it. */
static enum err
fetch_authority(struct join *j, char path[PATH_ROOM])
{
	uint8_t sum[CERT_LEN];
	enum err r;

	if ((r = in_keys(j, "ca.crt", path)) != ERR_OK ||
	    (r = ask(j, NULL, "/v1/authority", NULL, 0)) != ERR_OK ||
	    (r = file_replace(path, j->answer.body.p, j->answer.body.len,
	    0644)) != ERR_OK)
		return r;
	r = cert_of_file(path, sum);
	if (r == ERR_OK && memcmp(sum, j->code.pin, JOIN_PIN) != 0)
		r = err_about(ERR_SYNC_TLS, "code");
	if (r != ERR_OK)
		(void)unlink(path);
	return r;
}

/* The signing key, made unless an earlier attempt did. */
static enum err
make_sign(struct join *j)
{
	char path[PATH_ROOM], public[PATH_ROOM];
	uint32_t number;
	enum err r;

	if ((j->sign = secret_alloc(SIGN_SECRET_LEN)) == NULL)
		return ERR_MEMORY;
	if ((r = in_keys(j, "sign.key", path)) != ERR_OK ||
	    (r = in_keys(j, "sign.pub", public)) != ERR_OK)
		return r;
	if (is_there(path)) {
		r = keyfile_read(path, "sign-secret", j->sign,
		    SIGN_SECRET_LEN, &number);
		if (r == ERR_OK)
			sign_public(j->sign, j->public);
		return r;
	}
	sign_keypair(j->sign, j->public);
	if ((r = keyfile_write(path, "sign-secret", j->sign, SIGN_SECRET_LEN,
	    1)) != ERR_OK)
		return r;
	return keyfile_write(public, "sign-public", j->public,
	    SIGN_PUBLIC_LEN, 1);
}

static void
set_bytes(json_t *o, const char *name, const void *p, size_t n)
{
	char text[TEXT_ROOM];

	base64_of(p, n, text);
	(void)json_object_set_new(o, name, json_string(text));
}

/* What is sent: the code's secret, both keys, and a proof of each. */
static enum err
write_question(struct join *j, struct buf *out)
{
	uint8_t proof[SIGNATURE_LEN];
	char path[PATH_ROOM];
	struct buf csr;
	json_t *o = json_object();
	enum err r;

	buf_init(&csr);
	if ((r = in_keys(j, "tls.key", path)) == ERR_OK &&
	    (r = issue_request(path, &csr)) == ERR_OK &&
	    (r = csr.len > ISSUE_PEM_MAX ? ERR_TOO_LONG : ERR_OK) ==
	    ERR_OK && (r = join_prove(j->code.secret, csr.p, csr.len,
	    j->sign, proof)) == ERR_OK) {
		set_bytes(o, "secret", j->code.secret, JOIN_SECRET);
		set_bytes(o, "sign", j->public, SIGN_PUBLIC_LEN);
		set_bytes(o, "proof", proof, sizeof(proof));
		set_bytes(o, "request", csr.p, csr.len);
		r = json_write(o, out);
	}
	json_decref(o);
	buf_clear(&csr);
	return r;
}

static enum err
keep_key(const struct join *j, const json_t *doc, const char *name,
    const char *kind, const char *file)
{
	char text[64], path[PATH_ROOM];
	uint8_t public[SIGN_PUBLIC_LEN];
	json_int_t number;
	json_t *key;
	size_t n;
	enum err r;

	if (json_get_object(doc, name, &key) != ERR_OK ||
	    json_get_int(key, "number", 1, UINT32_MAX, &number) != ERR_OK ||
	    json_get_text(key, "public", text, sizeof(text) - 1) != ERR_OK ||
	    base64_read(text, public, sizeof(public), &n) != ERR_OK ||
	    n != sizeof(public))
		return err_about(ERR_SYNC_ANSWER, "%s", name);
	if ((r = in_keys(j, file, path)) != ERR_OK)
		return r;
	(void)unlink(path); /* of an attempt that was cut short */
	return keyfile_write(path, kind, public, sizeof(public),
	    (uint32_t)number);
}

/* Last of all: a terminal that has a certificate has joined. */
static enum err
keep_certificate(const struct join *j, const json_t *doc)
{
	char text[TEXT_ROOM], path[PATH_ROOM], fresh[PATH_ROOM];
	uint8_t pem[ISSUE_PEM_MAX], sum[CERT_LEN];
	size_t n;
	enum err r;

	if (json_get_text(doc, "certificate", text, sizeof(text) - 1) !=
	    ERR_OK || base64_read(text, pem, sizeof(pem), &n) != ERR_OK)
		return err_about(ERR_SYNC_ANSWER, "certificate");
	if ((r = in_keys(j, "tls.new", fresh)) != ERR_OK ||
	    (r = in_keys(j, "tls.crt", path)) != ERR_OK ||
	    (r = file_replace(fresh, pem, n, 0644)) != ERR_OK)
		return r;
	/* What is no certificate never takes the place of one. */
	if ((r = cert_of_file(fresh, sum)) == ERR_OK)
		r = file_replace(path, pem, n, 0644);
	(void)unlink(fresh);
	return r;
}

/*
 * The first block of identifiers, so that the terminal can serve before its
 * first sending. Without one it has joined all the same: sync asks again.
 */
static enum err
fetch_lease(const struct join *j, uint32_t number, bool training)
{
	struct desk_settings set = { .terminal = number, .lease_low = 1 };
	struct transport *t = NULL;
	struct queue *q = NULL;
	struct courier c;
	enum err r;

	(void)snprintf(set.state, sizeof(set.state), "%s", j->state);
	if ((r = http_open(j->url, j->state, &t)) == ERR_OK &&
	    (r = queue_open(j->state, !training, &q)) == ERR_OK &&
	    (r = courier_init(&c, &set, q, t)) == ERR_OK)
		r = errand_lease(&c);
	queue_close(q);
	if (t != NULL)
		t->close(t);
	return r;
}

/* Lines of its settings; what the centre does not know is not there. */
static void
show_settings(const struct join *j, uint32_t number, const struct seat *seat,
    bool training, FILE *out)
{
	enum err r;

	fprintf(out, "mode = %s\nterminal = %u\nsite-id = %s\n",
	    training ? "training" : "production", number, seat->site);
	if (seat->name[0] != '\0')
		fprintf(out, "site-name = %s\n", seat->name);
	if (seat->profile[0] != '\0')
		fprintf(out, "profile = %s\n", seat->profile);
	if (seat->department[0] != '\0')
		fprintf(out, "department = %s\n", seat->department);
	fprintf(out, "centre-url = %s\n", j->url);
	if ((r = fetch_lease(j, number, training)) != ERR_OK)
		(void)err_report("guichetctl", r);
}

/* What of the place was said; nothing that could not be a setting. */
static enum err
get_seat(const json_t *doc, struct seat *out)
{
	static const char *const names[] = { [SEAT_SITE] = "site",
		[SEAT_NAME] = "site_name", [SEAT_PROFILE] = "profile",
		[SEAT_DEPARTMENT] = "department" };
	char text[sizeof(out->name)];

	memset(out, 0, sizeof(*out));
	for (int i = SEAT_SITE; i <= SEAT_DEPARTMENT; i++) {
		if (i != SEAT_SITE && json_object_get(doc, names[i]) == NULL)
			continue;
		if (json_get_text(doc, names[i], text, sizeof(text) - 1) !=
		    ERR_OK || seat_put(out, (enum seat_word)i, text) != ERR_OK)
			return err_about(ERR_SYNC_ANSWER, "%s", names[i]);
	}
	return ERR_OK;
}

static enum err
keep_answer(const struct join *j, FILE *out)
{
	struct seat seat;
	json_int_t number;
	json_t *doc = NULL;
	bool training;
	enum err r;

	if (json_read(j->answer.body.p, j->answer.body.len, &doc) != ERR_OK)
		return err_about(ERR_SYNC_ANSWER, "JSON");
	if (json_get_int(doc, "terminal", 1, UINT32_MAX, &number) !=
	    ERR_OK || json_get_bool(doc, "training", &training) != ERR_OK)
		r = err_about(ERR_SYNC_ANSWER, "terminal");
	else if ((r = get_seat(doc, &seat)) == ERR_OK &&
	    (r = keep_key(j, doc, "receipt", "receipt-public",
	    "centre.pub")) == ERR_OK &&
	    (r = keep_key(j, doc, "opening", "opening-public",
	    "opening.pub")) == ERR_OK &&
	    (r = keep_key(j, doc, "outcome", "outcome-public",
	    "opener.pub")) == ERR_OK)
		r = keep_certificate(j, doc);
	json_decref(doc);
	if (r == ERR_OK)
		show_settings(j, (uint32_t)number, &seat, training, out);
	return r;
}

static enum err
join_centre(struct join *j, FILE *out)
{
	char authority[PATH_ROOM], joined[PATH_ROOM];
	struct buf question;
	enum err r;

	if ((r = folder_make(j->state)) != ERR_OK ||
	    (r = folder_make(j->keys)) != ERR_OK ||
	    (r = in_keys(j, "tls.crt", joined)) != ERR_OK)
		return r;
	if (is_there(joined))
		return err_about(ERR_JOINED, "%s", joined);
	buf_init(&question);
	if ((r = fetch_authority(j, authority)) == ERR_OK &&
	    (r = make_sign(j)) == ERR_OK &&
	    (r = buf_init_secret(&question, 2 * TEXT_ROOM)) == ERR_OK &&
	    (r = write_question(j, &question)) == ERR_OK &&
	    (r = ask(j, authority, "/v1/join", question.p, question.len)) ==
	    ERR_OK)
		r = keep_answer(j, out);
	buf_clear(&question);
	return r;
}

static enum err
ctl_join(struct ctl *c)
{
	static const char *const names[] = { "state=", NULL };
	struct join j = { .sign = NULL };
	enum err r;

	if ((j.state = ctl_value(c, "state")) == NULL)
		j.state = STATE;
	if ((r = ctl_words(c, names, 2)) != ERR_OK ||
	    (r = path_join(j.state, "keys", j.keys)) != ERR_OK)
		return r;
	j.url = ctl_plain(c, names, 0);
	if (join_code_read(ctl_plain(c, names, 1), &j.code) != ERR_OK)
		return err_about(ERR_USAGE, "CODE");
	buf_init(&j.answer.body);
	r = join_centre(&j, c->out);
	buf_clear(&j.answer.body);
	secret_free(j.sign);
	secret_wipe(&j.code, sizeof(j.code));
	return r;
}

/* Over the line that the certificate in service gives. */
static enum err
ask_renewal(struct join *j)
{
	char path[PATH_ROOM];
	struct transport *t = NULL;
	json_t *doc = NULL;
	struct buf csr;
	enum err r;

	buf_init(&csr);
	if ((r = in_keys(j, "tls.key", path)) == ERR_OK &&
	    (r = http_open(j->url, j->state, &t)) == ERR_OK &&
	    (r = issue_request(path, &csr)) == ERR_OK &&
	    (r = t->ask(t, "/v1/renew", csr.p, csr.len, &j->answer)) ==
	    ERR_OK && (r = answer_check(&j->answer)) == ERR_OK)
		r = json_read(j->answer.body.p, j->answer.body.len, &doc);
	if (r == ERR_OK)
		r = keep_certificate(j, doc);
	json_decref(doc);
	if (t != NULL)
		t->close(t);
	buf_clear(&csr);
	return r;
}

static enum err
ctl_renew(struct ctl *c)
{
	static const char *const names[] = { NULL };
	struct desk_settings set;
	struct join j = { .sign = NULL };
	enum err r;

	if ((r = ctl_words(c, names, 0)) != ERR_OK ||
	    (r = ctl_desk(c, &set)) != ERR_OK ||
	    (r = path_join(set.state, "keys", j.keys)) != ERR_OK)
		return r;
	j.url = set.centre_url;
	j.state = set.state;
	buf_init(&j.answer.body);
	if ((r = ask_renewal(&j)) == ERR_OK && !c->json)
		fprintf(c->out, "Le certificat est renouvelé.\n");
	buf_clear(&j.answer.body);
	return r;
}

const struct ctl_verb ctl_join_verbs[] = {
	{ "join", "URL CODE [--state DOSSIER]",
	    "inscrit ce poste à son centre et montre ses réglages",
	    ctl_join },
	{ "renew", "", "renouvelle le certificat de ce poste", ctl_renew },
	{ .words = NULL },
};
