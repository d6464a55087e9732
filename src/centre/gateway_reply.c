/* gateway_reply: what is said of each envelope, written as it is known. */
#include "centre/gateway_own.h"

/* Many are answered each second: no tree is made of what is only to be
 * written. Every word is of letters, or base64. */
static enum err
name(struct buf *b, const char *field)
{
	enum err r;

	if (b->p[b->len - 1] != '{' && (r = buf_put_u8(b, ',')) != ERR_OK)
		return r;
	if ((r = buf_put_u8(b, '"')) != ERR_OK ||
	    (r = buf_put_text(b, field)) != ERR_OK)
		return r;
	return buf_put_text(b, "\":");
}

static enum err
put_word(struct buf *b, const char *field, const char *word)
{
	enum err r;

	if ((r = name(b, field)) != ERR_OK ||
	    (r = buf_put_u8(b, '"')) != ERR_OK ||
	    (r = buf_put_text(b, word)) != ERR_OK)
		return r;
	return buf_put_u8(b, '"');
}

static enum err
put_number(struct buf *b, const char *field, uint64_t n)
{
	enum err r = name(b, field);

	return r == ERR_OK ? buf_putf(b, "%llu", (unsigned long long)n) : r;
}

static enum err
put_bytes(struct buf *b, const char *field, const void *p, size_t n)
{
	char text[BASE64_ROOM((size_t)256)];

	if (n > 256)
		return ERR_TOO_LONG;
	base64_of(p, n, text);
	return put_word(b, field, text);
}

static const char *
verdict_word(enum verdict_kind k)
{
#define VERDICT_WORD(name, word) [VERDICT_##name] = word,
	static const char *const words[] = { VERDICTS(VERDICT_WORD) };

	return words[k];
}

void
gateway_reply_init(struct gateway_reply *to)
{
	buf_init(&to->text);
	buf_init(&to->receipts);
}

void
gateway_reply_clear(struct gateway_reply *to)
{
	buf_clear(&to->text);
	buf_clear(&to->receipts);
}

/* In the order of their names, as of every document. */
enum err
gateway_reply_add(struct gateway_reply *to, const struct verdict *v)
{
	const bool stored = v->kind == VERDICT_STORED;
	struct buf *b = &to->text;
	char rid[RID_TEXT];
	enum err r;

	if (v->known)
		rid_text(&v->rid, rid);
	if ((r = buf_put_text(b, b->len == 0 ? "{\"envelopes\":[{" : ",{")) !=
	    ERR_OK ||
	    (v->badged && (r = put_bytes(b, "badge", v->badge, BADGE_LEN)) !=
	    ERR_OK) ||
	    (!stored && (r = put_number(b, "code",
	    (uint64_t)err_number(v->why))) != ERR_OK) ||
	    (v->kind == VERDICT_GAP && (r = put_number(b, "next", v->next)) !=
	    ERR_OK) ||
	    (stored && ((r = put_bytes(b, "receipt", v->receipt,
	    RECEIPT_LEN)) != ERR_OK || (r = buf_put(&to->receipts,
	    v->receipt, RECEIPT_LEN)) != ERR_OK)) ||
	    (v->known && (r = put_word(b, "rid", rid)) != ERR_OK) ||
	    (r = put_word(b, "status", verdict_word(v->kind))) != ERR_OK)
		return r;
	return buf_put_u8(b, '}');
}

/* One signature more, so that the terminal need not check each. */
static enum err
sign_together(struct gateway_reply *to, const struct gateway *g)
{
	uint8_t signature[SIGNATURE_LEN];
	enum err r;

	if (to->receipts.len <= RECEIPT_LEN)
		return ERR_OK;
	if ((r = sign(RECEIPTS_DOMAIN, to->receipts.p, to->receipts.len,
	    g->receipt.secret, signature)) != ERR_OK)
		return r;
	return put_bytes(&to->text, "signature", signature,
	    sizeof(signature));
}

enum err
gateway_reply_end(struct gateway_reply *to, const struct gateway *g,
    struct buf *answer)
{
	enum err r;

	if ((r = buf_put_u8(&to->text, ']')) != ERR_OK ||
	    (r = sign_together(to, g)) != ERR_OK ||
	    (r = buf_put_u8(&to->text, '}')) != ERR_OK)
		return r;
	return buf_put(answer, to->text.p, to->text.len);
}
