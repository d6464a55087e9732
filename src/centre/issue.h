/*
 * issue: a terminal's TLS key and its request, and the certificate that the
 * centre's authority makes of it. A door of gnutls.
 */
#ifndef GUICHET_CENTRE_ISSUE_H
#define GUICHET_CENTRE_ISSUE_H

#include "base/buf.h"
#include "centre/store.h"

#define ISSUE_PEM_MAX ((size_t)8 * 1024)

/*
 * Append a request for a certificate, in PEM, signed by the key in the file,
 * which is made (P-256, 0600) when it is not there. ERR_KEY_*,
 * ERR_FILE_WRITE, ERR_CERTIFICATE.
 */
enum err issue_request(const char *key_path, struct buf *out);

/*
 * Append the certificate of that terminal, in PEM, valid for `days` from now;
 * cert is its fingerprint. Of the request only its key is taken, when it is
 * strong enough and signed by itself. ERR_REQUEST when it is none;
 * ERR_KEY_*, ERR_FILE_READ or ERR_CERTIFICATE of the authority's files.
 */
enum err issue_make(const char *ca_cert, const char *ca_key,
    const void *request, size_t n, uint32_t terminal, unsigned days,
    uint64_t now_ms, struct buf *out, uint8_t cert[CERT_LEN]);

#endif
