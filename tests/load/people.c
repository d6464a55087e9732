/* people: terminals, and people who come to them. */
#include <stdlib.h>
#include <string.h>

#include "tests/envelope/made.h"
#include "tests/load/load.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/keyfile.h"
#include "centre/issue.h"

/* Every byte that is no letter or digit as %XX. */
static char *
escape(const char *text)
{
	char *out = malloc(3 * strlen(text) + 1), *at = out;

	if (out == NULL)
		must(ERR_MEMORY);
	for (; *text != '\0'; text++)
		at += sprintf(at, strchr("+/=-\n ", *text) != NULL ? "%%%02X"
		    : "%c", (unsigned char)*text);
	*at = '\0';
	return out;
}

static void
certify(struct load *l, struct desk *d, const struct buf *request)
{
	struct terminal t = { .number = d->number, .sign_key = 1,
		.state = TERMINAL_ACTIVE, .training = true };
	struct buf pem;

	buf_init(&pem);
	must(issue_make(l->set.tls_ca, l->set.tls_ca_key, request->p,
	    request->len, d->number, 30, clock_wall_ms(), &pem, t.cert));
	must(buf_terminate(&pem));
	if ((d->cert = strdup((const char *)pem.p)) == NULL)
		must(ERR_MEMORY);
	d->escaped = escape(d->cert);
	buf_clear(&pem);
	MADE_COPY(t.seat.site, "2A0000017");
	memcpy(t.sign_public, d->sign_public, SIGN_PUBLIC_LEN);
	must(l->store->ops->terminal_add(l->store, &t));
}

static void
lend(struct load *l, struct desk *d)
{
	struct buf answer, bytes;
	char text[8192];
	json_t *doc;
	size_t n;

	buf_init(&answer);
	buf_init(&bytes);
	must(gateway_lease(&l->g, d->number, clock_wall_ms(), &answer));
	must(json_read(answer.p, answer.len, &doc));
	must(json_get_text(doc, "lease", text, sizeof(text) - 1));
	must(buf_reserve(&bytes, sizeof(text)));
	must(base64_read(text, bytes.p, sizeof(text), &n));
	must(lease_read(bytes.p, n, l->receipt_public, &d->lease));
	json_decref(doc);
	buf_clear(&answer);
	buf_clear(&bytes);
	d->lent = 0;
}

/* Somebody else each time, with a channel and so an account; who asks for no
 * notice, which would be a work of its own. */
static void
somebody(struct load *l, struct desk *d, struct record *rec)
{
	static uint64_t people;
	const uint64_t now = clock_wall_ms();

	if (d->lent == d->lease.count)
		lend(l, d);
	make_record(rec);
	rid_make(now, &rec->rid);
	rec->terminal = d->number;
	rec->news.confirmation = CONFIRM_NONE;
	rec->identity.read_ms = now - 125000;
	rec->consent.at_ms = now - 65000;
	rec->certified.at_ms = now - 55000;
	rec->made_ms = now;
	(void)snprintf(rec->identity.given, sizeof(rec->identity.given),
	    "CAMILLE %llX", (unsigned long long)(now << 20 | people++));
	identifier_text(d->lease.number[d->lent++], false,
	    rec->account.identifier);
}

/* The next envelope of the terminal, behind its length. */
static void
add(struct load *l, struct desk *d, struct record *rec, struct post *p)
{
	struct envelope_keys keys = { .sign_number = 1,
		.opening_number = l->opening_number, .sign_secret = d->sign };
	struct envelope e = { .suite = ENVELOPE_SUITE, .terminal = d->number,
		.sign_key = 1, .opening_key = l->opening_number,
		.sequence = ++d->sequence, .rid = rec->rid };
	struct buf document, sealed, one;

	memcpy(keys.opening_public, l->opening_public, BOX_PUBLIC_LEN);
	memcpy(e.previous, d->previous, DIGEST_LEN);
	buf_init(&document);
	buf_init(&sealed);
	buf_init(&one);
	must(record_write(rec, &document));
	must(envelope_seal(&document, &keys, &sealed));
	e.sealed = cursor_of(sealed.p, sealed.len);
	must(envelope_write(&e, &keys, &one));
	envelope_hash(one.p, one.len, d->previous);
	must(buf_put_u32(&p->body, (uint32_t)one.len));
	must(buf_put(&p->body, one.p, one.len));
	p->envelopes++;
	buf_clear(&document);
	buf_clear(&sealed);
	buf_clear(&one);
}

static void
fill(struct load *l, struct desk *d, struct record *rec)
{
	d->posts = (l->each + l->batch - 1) / l->batch;
	if ((d->post = calloc(d->posts, sizeof(*d->post))) == NULL)
		must(ERR_MEMORY);
	for (unsigned i = 0; i < l->each; i++) {
		somebody(l, d, rec);
		add(l, d, rec, &d->post[i / l->batch]);
	}
}

void
people_make(struct load *l, const char *folder)
{
	struct record *rec = record_new();
	struct buf request;

	buf_init(&request);
	must(path_join(folder, "load.key", l->key_path));
	must(issue_request(l->key_path, &request));
	if (rec == NULL ||
	    (l->desk = calloc(l->desks, sizeof(*l->desk))) == NULL)
		must(ERR_MEMORY);
	for (unsigned i = 0; i < l->desks; i++) {
		struct desk *d = &l->desk[i];

		d->number = l->first + i;
		sign_keypair(d->sign, d->sign_public);
		certify(l, d, &request);
		fill(l, d, rec);
	}
	record_free(rec);
	buf_clear(&request);
}

void
people_clear(struct load *l)
{
	for (unsigned i = 0; i < l->desks; i++) {
		for (unsigned k = 0; k < l->desk[i].posts; k++)
			buf_clear(&l->desk[i].post[k].body);
		free(l->desk[i].post);
		free(l->desk[i].cert);
		free(l->desk[i].escaped);
	}
	free(l->desk);
}
