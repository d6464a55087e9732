/* response: signed bytes in a box for one key. */
#include "base/secret.h"
#include "envelope/response.h"
#include "envelope/stamp.h"

static const struct stamp stamp = {
	.magic = { 'G', 'U', 'S', '1' },
	.version = RESPONSE_VERSION,
	.domain = RESPONSE_DOMAIN,
};

/* Does that word answer that kind? Whoever asks for a code or tries one may
 * be told to wait. */
static bool
answers(enum response_word word, enum question_kind kind)
{
#define ANSWERS(name, number, of) [RESPONSE_##name] = QUESTION_##of + 1,
	static const uint8_t kinds[] = { RESPONSES(ANSWERS) };

	if (word == RESPONSE_WAIT)
		return kind == QUESTION_SEND || kind == QUESTION_CHECK;
	return (size_t)word < sizeof(kinds) && kinds[word] == kind + 1;
}

static bool
canonical(const struct response *a)
{
	return a->terminal != 0 && a->at_ms <= INT64_MAX &&
	    answers(a->word, a->kind) &&
	    (a->wait_s != 0) == (a->word == RESPONSE_WAIT) &&
	    (a->tries != 0) == (a->word == RESPONSE_WRONG) &&
	    secret_is_zero(a->vouch, sizeof(a->vouch)) ==
	    (a->word != RESPONSE_RIGHT);
}

static enum err
put_all(const struct response *a, const uint8_t secret[SIGN_SECRET_LEN],
    struct buf *b)
{
	enum err r;

	if ((r = stamp_begin(&stamp, b)) != ERR_OK ||
	    (r = buf_put_u32(b, a->terminal)) != ERR_OK ||
	    (r = buf_put(b, a->id.b, RID_LEN)) != ERR_OK ||
	    (r = buf_put_u8(b, (uint8_t)a->kind)) != ERR_OK ||
	    (r = buf_put_u8(b, (uint8_t)a->word)) != ERR_OK ||
	    (r = buf_put_u16(b, a->wait_s)) != ERR_OK ||
	    (r = buf_put_u8(b, a->tries)) != ERR_OK ||
	    (r = buf_put_u64(b, a->at_ms)) != ERR_OK ||
	    (r = buf_put(b, a->vouch, VOUCH_LEN)) != ERR_OK)
		return r;
	return stamp_end(&stamp, secret, b);
}

enum err
response_write(const struct response *a,
    const uint8_t secret[SIGN_SECRET_LEN],
    const uint8_t reply[BOX_PUBLIC_LEN], struct buf *out)
{
	struct buf b;
	enum err r;

	if (!canonical(a))
		return ERR_RECEIPT;
	if ((r = buf_init_secret(&b, RESPONSE_PLAIN)) != ERR_OK)
		return r;
	if ((r = put_all(a, secret, &b)) == ERR_OK)
		r = box_seal(b.p, b.len, reply, out);
	buf_clear(&b);
	return r;
}

static enum err
take_all(struct cursor *c, struct response *a)
{
	uint8_t kind, word;

	if (cursor_u32(c, &a->terminal) != ERR_OK ||
	    cursor_copy(c, a->id.b, RID_LEN) != ERR_OK ||
	    cursor_u8(c, &kind) != ERR_OK || cursor_u8(c, &word) != ERR_OK ||
	    cursor_u16(c, &a->wait_s) != ERR_OK ||
	    cursor_u8(c, &a->tries) != ERR_OK ||
	    cursor_u64(c, &a->at_ms) != ERR_OK ||
	    cursor_copy(c, a->vouch, VOUCH_LEN) != ERR_OK ||
	    cursor_end(c) != ERR_OK)
		return ERR_RECEIPT;
	a->kind = (enum question_kind)kind;
	a->word = (enum response_word)word;
	return canonical(a) ? ERR_OK : ERR_RECEIPT;
}

enum err
response_open(const void *p, size_t n,
    const uint8_t reply_secret[BOX_SECRET_LEN],
    const uint8_t public[SIGN_PUBLIC_LEN], struct response *out)
{
	struct cursor body;
	struct response a;
	struct buf b;
	enum err r;

	if (n != RESPONSE_LEN)
		return ERR_RECEIPT;
	if ((r = buf_init_secret(&b, RESPONSE_PLAIN)) != ERR_OK)
		return r;
	if ((r = box_open(p, n, reply_secret, &b)) == ERR_OK &&
	    (stamp_open(&stamp, b.p, b.len, public, &body) != ERR_OK ||
	    take_all(&body, &a) != ERR_OK))
		r = ERR_RECEIPT;
	if (r == ERR_OK)
		*out = a;
	buf_clear(&b);
	return r;
}
