/* outcome: 104 signed bytes. */
#include <string.h>

#include "envelope/outcome.h"
#include "envelope/stamp.h"

static const struct stamp stamp = {
	.magic = { 'G', 'U', 'O', '1' },
	.version = OUTCOME_VERSION,
	.domain = OUTCOME_DOMAIN,
};

_Static_assert(STAMP_LEN + 1 + 4 + 4 + 2 + 8 + RID_LEN == OUTCOME_LEN,
    "outcome");

#define OUTCOME_WORD(name, number, word) [OUTCOME_##name] = word,
static const char *const words[] = { OUTCOMES(OUTCOME_WORD) };

const char *
outcome_word(enum outcome_kind k)
{
	size_t i = (size_t)k;

	return i < sizeof(words) / sizeof(words[0]) && words[i] != NULL
	    ? words[i] : "";
}

/* A refusal has its reason, and nothing else has one. */
static bool
canonical(const struct outcome_note *o)
{
	return outcome_word(o->kind)[0] != '\0' &&
	    o->kind != OUTCOME_EPOCH && o->terminal != 0 &&
	    o->opener_key != 0 && o->at_ms <= INT64_MAX &&
	    (o->reason != 0) == (o->kind == OUTCOME_REFUSED);
}

static enum err
put_all(const struct outcome_note *o, const uint8_t secret[SIGN_SECRET_LEN],
    struct buf *b)
{
	enum err r;

	if ((r = stamp_begin(&stamp, b)) != ERR_OK ||
	    (r = buf_put_u8(b, (uint8_t)o->kind)) != ERR_OK ||
	    (r = buf_put_u32(b, o->terminal)) != ERR_OK ||
	    (r = buf_put_u32(b, o->opener_key)) != ERR_OK ||
	    (r = buf_put_u16(b, o->reason)) != ERR_OK ||
	    (r = buf_put_u64(b, o->at_ms)) != ERR_OK ||
	    (r = buf_put(b, o->rid.b, RID_LEN)) != ERR_OK)
		return r;
	return stamp_end(&stamp, secret, b);
}

enum err
outcome_write(const struct outcome_note *o,
    const uint8_t secret[SIGN_SECRET_LEN], uint8_t out[OUTCOME_LEN])
{
	struct buf b;
	enum err r;

	if (!canonical(o))
		return ERR_RECEIPT;
	buf_init(&b);
	if ((r = put_all(o, secret, &b)) == ERR_OK)
		memcpy(out, b.p, OUTCOME_LEN);
	buf_clear(&b);
	return r;
}

enum err
outcome_read(const void *p, size_t n, const uint8_t public[SIGN_PUBLIC_LEN],
    struct outcome_note *out)
{
	struct cursor c;
	struct outcome_note o;
	uint8_t kind;

	if (stamp_open(&stamp, p, n, public, &c) != ERR_OK ||
	    cursor_u8(&c, &kind) != ERR_OK ||
	    cursor_u32(&c, &o.terminal) != ERR_OK ||
	    cursor_u32(&c, &o.opener_key) != ERR_OK ||
	    cursor_u16(&c, &o.reason) != ERR_OK ||
	    cursor_u64(&c, &o.at_ms) != ERR_OK ||
	    cursor_copy(&c, o.rid.b, RID_LEN) != ERR_OK ||
	    cursor_end(&c) != ERR_OK)
		return ERR_RECEIPT;
	o.kind = (enum outcome_kind)kind;
	if (!canonical(&o))
		return ERR_RECEIPT;
	*out = o;
	return ERR_OK;
}
