/*
 * gateway_own: what the files of the gateway share. Only gateway*.c and
 * join.c include this.
 */
#ifndef GUICHET_CENTRE_GATEWAY_OWN_H
#define GUICHET_CENTRE_GATEWAY_OWN_H

#include "base/json.h"
#include "centre/gateway.h"

/* `found` is what was said when *t was looked for: a terminal that may speak
 * here, or ERR_TERMINAL_UNKNOWN, or what went wrong. */
enum err gateway_admit(const struct gateway *g, enum err found,
    const struct terminal *t);

/* Name n bytes in a document, at most 8192: ERR_TOO_LONG, ERR_MEMORY. */
enum err gateway_base64(json_t *o, const char *name, const void *p, size_t n);

/* The answer to POST /v1/envelopes as it grows; init, then clear. end signs
 * the receipts together and appends the document: behind the commit. */
struct gateway_reply {
	struct buf text, receipts;
};
void gateway_reply_init(struct gateway_reply *to);
enum err gateway_reply_add(struct gateway_reply *to, const struct verdict *v);
enum err gateway_reply_end(struct gateway_reply *to, const struct gateway *g,
    struct buf *answer);
void gateway_reply_clear(struct gateway_reply *to);

/* Begin, and read the terminal inside: it may have been revoked meanwhile.
 * ERR_TERMINAL_UNKNOWN. */
enum err gateway_begin(struct gateway *g, uint32_t terminal,
    struct terminal *t);

/* Behind that: what its envelopes are judged by. */
enum err gateway_case(struct gateway *g, uint64_t missing, uint64_t now_ms,
    struct intake_case *out);

/* Keep what *t says it may still send, by gateway_opening. */
enum err gateway_sealing(struct gateway *g, const struct terminal *t,
    uint32_t sealing, uint64_t sent);

/* The statement of the newest opening key. ERR_NOT_FOUND when none was ever
 * announced. */
enum err gateway_said(struct gateway *g, uint8_t out[OPENING_LEN]);

/* The statement for that terminal, ERR_NOT_FOUND when it was told so already
 * or knows nothing of this. */
enum err gateway_switched(struct gateway *g, uint32_t terminal,
    const struct switch_told *told, uint64_t now_ms,
    uint8_t out[SWITCH_LEN]);

/* The next block for l->terminal at l->at_ms, kept, and signed into out.
 * ERR_NO_IDENTIFIER; ERR_CLOSED when its place is. */
enum err gateway_lend(struct gateway *g, struct lease *l, struct buf *out);

#endif
