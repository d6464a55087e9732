/*
 * join: how a terminal that has nothing but a code becomes one of the
 * centre's, from the centre's side. src/PROTOCOL section 8.5.
 *
 * A code is for one terminal of one site, is good once and for a day; the
 * ledger keeps only its hash.
 */
#ifndef GUICHET_CENTRE_JOIN_H
#define GUICHET_CENTRE_JOIN_H

#include "centre/gateway.h"
#include "envelope/joincode.h"

#define JOIN_HOURS 24
#define JOIN_DAYS  397 /* of the certificate */

/*
 * A new code for a terminal that stands there; it gets the next free number.
 * out is what its operator types. ERR_USAGE when set has no authority;
 * ERR_CERTIFICATE, ERR_FILE_READ, ERR_LEDGER.
 */
enum err join_invite(struct store *s, const struct centre_settings *set,
    const struct seat *seat, uint64_t now_ms, uint32_t *number,
    char out[JOIN_TEXT]);

/* GET /v1/authority: the certificate that the code's pin is of. */
enum err join_authority(const struct centre_settings *set,
    struct buf *answer);

/*
 * POST /v1/join. ERR_REQUEST for what is no such request or proves nothing;
 * ERR_TERMINAL_UNKNOWN for a code that there is not, was used or is too old.
 */
enum err join_take(struct gateway *g, const struct centre_settings *set,
    struct cursor body, uint64_t now_ms, struct buf *answer);

/*
 * POST /v1/renew: the body is a request for a certificate in PEM, the answer
 * {"certificate":BASE64}. The terminal came by that certificate, which stays
 * good until it renews the new one. ERR_NOT_FOUND without an authority,
 * ERR_REQUEST, ERR_TERMINAL_UNKNOWN.
 */
enum err join_renew(struct gateway *g, const struct centre_settings *set,
    uint32_t terminal, const uint8_t came_by[CERT_LEN], struct cursor body,
    uint64_t now_ms, struct buf *answer);

#endif
