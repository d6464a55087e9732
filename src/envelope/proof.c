/* proof: a signed statement with the badge of its signer, in base 45. */
#include <string.h>

#include "base/base45.h"
#include "base/secret.h"
#include "envelope/proof.h"
#include "envelope/stamp.h"

#define FRONT "GC1:"

enum { TRAINING = 1, SAMU = 2, BREAK_GLASS = 4, ACCOUNT = 8, FLAGS = 15 };

static const struct stamp stamp = {
	.magic = { 'G', 'U', 'C', '1' },
	.version = PROOF_VERSION,
	.domain = PROOF_DOMAIN,
};

#define ONE(name, word) +1
enum { METHODS = 0 CONSENT_METHODS(ONE), GRANTED_BY = 0 GRANTORS(ONE) };
#undef ONE

void
proof_principal(const struct record *rec, uint8_t out[PROOF_PRINCIPAL])
{
	const char *const traits[] = { rec->identity.family,
		rec->identity.given, rec->identity.birth, rec->identity.nir };
	uint8_t hash[DIGEST_LEN];
	struct buf b;
	enum err r;

	memset(out, 0, PROOF_PRINCIPAL);
	if (buf_init_secret(&b, 1024) != ERR_OK)
		return;
	r = buf_put(&b, rec->rid.b, RID_LEN);
	for (size_t i = 0; i < sizeof(traits) / sizeof(traits[0]); i++)
		if (r == ERR_OK && (r = buf_put_text(&b, traits[i])) == ERR_OK)
			r = buf_put_u8(&b, 0);
	if (r == ERR_OK) {
		digest(b.p, b.len, hash);
		memcpy(out, hash, PROOF_PRINCIPAL);
	}
	buf_clear(&b);
}

enum err
proof_of(const struct record *rec, struct proof *out)
{
	memset(out, 0, sizeof(*out));
	out->rid = rec->rid;
	out->at_ms = rec->consent.at_ms;
	out->method = rec->consent.method;
	out->grantor = rec->grantor;
	out->training = rec->training;
	out->samu_opposed = rec->access.samu_opposed;
	out->break_glass_opposed = rec->access.break_glass_opposed;
	out->account = rec->account.wanted;
	memcpy(out->notice_id, rec->notice.id, sizeof(out->notice_id));
	memcpy(out->notice_version, rec->notice.version,
	    sizeof(out->notice_version));
	memcpy(out->notice_lang, rec->notice.lang, sizeof(out->notice_lang));
	proof_principal(rec, out->principal);
	return hex_read(rec->notice.sha, out->notice_sha, DIGEST_LEN) ==
	    ERR_OK ? ERR_OK : err_about(ERR_RECORD_FORM, "notice.sha");
}

static uint8_t
flags_of(const struct proof *p)
{
	return (uint8_t)((p->training ? TRAINING : 0) |
	    (p->samu_opposed ? SAMU : 0) |
	    (p->break_glass_opposed ? BREAK_GLASS : 0) |
	    (p->account ? ACCOUNT : 0));
}

static enum err
put_text(struct buf *out, const char *s)
{
	enum err r = buf_put_u8(out, (uint8_t)strlen(s));

	return r == ERR_OK ? buf_put_text(out, s) : r;
}

static enum err
put_all(const struct proof *p, const uint8_t badge[BADGE_LEN],
    const uint8_t secret[SIGN_SECRET_LEN], struct buf *b)
{
	enum err r;

	if ((r = stamp_begin(&stamp, b)) != ERR_OK ||
	    (r = buf_put(b, p->rid.b, RID_LEN)) != ERR_OK ||
	    (r = buf_put_u64(b, p->at_ms)) != ERR_OK ||
	    (r = buf_put_u8(b, (uint8_t)p->method)) != ERR_OK ||
	    (r = buf_put_u8(b, (uint8_t)p->grantor)) != ERR_OK ||
	    (r = buf_put_u8(b, flags_of(p))) != ERR_OK ||
	    (r = put_text(b, p->notice_id)) != ERR_OK ||
	    (r = put_text(b, p->notice_version)) != ERR_OK ||
	    (r = put_text(b, p->notice_lang)) != ERR_OK ||
	    (r = buf_put(b, p->notice_sha, DIGEST_LEN)) != ERR_OK ||
	    (r = buf_put(b, p->principal, PROOF_PRINCIPAL)) != ERR_OK ||
	    (r = buf_put(b, badge, BADGE_LEN)) != ERR_OK)
		return r;
	return stamp_end(&stamp, secret, b);
}

static bool
canonical(const struct proof *p)
{
	return (int)p->method < METHODS && (int)p->grantor < GRANTED_BY &&
	    p->at_ms <= INT64_MAX && p->notice_id[0] != '\0' &&
	    p->notice_version[0] != '\0' && p->notice_lang[0] != '\0';
}

enum err
proof_write(const struct proof *p, const uint8_t badge[BADGE_LEN],
    const uint8_t secret[SIGN_SECRET_LEN], struct buf *out)
{
	uint8_t public[SIGN_PUBLIC_LEN];
	struct badge b;
	struct buf bytes;
	enum err r;

	sign_public(secret, public);
	if (badge_look(badge, BADGE_LEN, &b) != ERR_OK ||
	    memcmp(b.public, public, sizeof(public)) != 0 || !canonical(p))
		return ERR_RECEIPT;
	buf_init(&bytes);
	if ((r = put_all(p, badge, secret, &bytes)) == ERR_OK &&
	    (r = buf_put_text(out, FRONT)) == ERR_OK)
		r = base45_of(bytes.p, bytes.len, out);
	buf_clear(&bytes);
	return r;
}

static enum err
take_text(struct cursor *c, char *out, size_t room)
{
	uint8_t n;

	if (cursor_u8(c, &n) != ERR_OK || n >= room ||
	    cursor_copy(c, out, n) != ERR_OK)
		return ERR_PROOF_FORM;
	out[n] = '\0';
	return strlen(out) == n ? ERR_OK : ERR_PROOF_FORM;
}

/* What stands between the badge's two sides, and where the badge is. */
static enum err
take_body(struct cursor *c, struct proof *p, struct cursor *badge)
{
	uint8_t method, grantor, flags;

	memset(p, 0, sizeof(*p));
	if (cursor_copy(c, p->rid.b, RID_LEN) != ERR_OK ||
	    cursor_u64(c, &p->at_ms) != ERR_OK ||
	    cursor_u8(c, &method) != ERR_OK ||
	    cursor_u8(c, &grantor) != ERR_OK ||
	    cursor_u8(c, &flags) != ERR_OK || flags > FLAGS ||
	    take_text(c, p->notice_id, sizeof(p->notice_id)) != ERR_OK ||
	    take_text(c, p->notice_version, sizeof(p->notice_version)) !=
	    ERR_OK ||
	    take_text(c, p->notice_lang, sizeof(p->notice_lang)) != ERR_OK ||
	    cursor_copy(c, p->notice_sha, DIGEST_LEN) != ERR_OK ||
	    cursor_copy(c, p->principal, PROOF_PRINCIPAL) != ERR_OK ||
	    cursor_sub(c, BADGE_LEN, badge) != ERR_OK ||
	    cursor_end(c) != ERR_OK ||
	    badge_look(badge->p, badge->n, &p->badge) != ERR_OK)
		return ERR_PROOF_ALTERED;
	p->method = (enum consent_method)method;
	p->grantor = (enum grantor)grantor;
	p->training = (flags & TRAINING) != 0;
	p->samu_opposed = (flags & SAMU) != 0;
	p->break_glass_opposed = (flags & BREAK_GLASS) != 0;
	p->account = (flags & ACCOUNT) != 0;
	return canonical(p) ? ERR_OK : ERR_PROOF_ALTERED;
}

/*
 * The signer's own key stands in the badge, so that what was altered can be
 * told from what another centre's terminal signed: first the signature, then
 * whose terminal it is, then whether it was one at that time.
 */
static enum err
judge(const struct buf *bytes, const uint8_t centre[SIGN_PUBLIC_LEN],
    struct proof *out)
{
	struct cursor c = cursor_of(bytes->p, bytes->len), badge, body;
	struct badge known;
	struct proof p;

	if (bytes->len < STAMP_LEN ||
	    cursor_sub(&c, bytes->len - SIGNATURE_LEN, &body) != ERR_OK ||
	    cursor_sub(&body, 5, &c) != ERR_OK ||
	    take_body(&body, &p, &badge) != ERR_OK ||
	    stamp_open(&stamp, bytes->p, bytes->len, p.badge.public, &body) !=
	    ERR_OK)
		return ERR_PROOF_ALTERED;
	if (badge_read(badge.p, badge.n, centre, &known) != ERR_OK)
		return ERR_PROOF_FOREIGN;
	*out = p;
	return p.at_ms < p.badge.from_ms || p.at_ms >= p.badge.until_ms
	    ? ERR_PROOF_EXPIRED : ERR_OK;
}

enum err
proof_read(const char *text, size_t n,
    const uint8_t centre[SIGN_PUBLIC_LEN], struct proof *out)
{
	const size_t front = sizeof(FRONT) - 1;
	struct buf bytes;
	enum err r;

	/* A blank at the end is a digit. */
	while (n > 0 && strchr("\r\n", text[n - 1]) != NULL)
		n--;
	while (n > 0 && strchr(" \t\r\n", *text) != NULL)
		text++, n--;
	if (n < front || n > 2 * PROOF_ROOM ||
	    memcmp(text, FRONT, front) != 0)
		return ERR_PROOF_FORM;
	buf_init(&bytes);
	r = base45_read(text + front, n - front, &bytes);
	r = r == ERR_TEXT ? ERR_PROOF_ALTERED : r == ERR_OK
	    ? judge(&bytes, centre, out) : r;
	buf_clear(&bytes);
	return r;
}
