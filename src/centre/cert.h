/*
 * cert: the SHA-256 of a certificate's DER: the name under which a terminal's
 * certificate stands in the ledger. The door of gnutls.
 */
#ifndef GUICHET_CENTRE_CERT_H
#define GUICHET_CENTRE_CERT_H

#include "centre/store.h"

/*
 * The first certificate of a PEM file. ERR_FILE_READ, ERR_CERTIFICATE; the
 * subject is the path. `openssl x509 -fingerprint -sha256` shows the same.
 */
enum err cert_of_file(const char *path, uint8_t out[CERT_LEN]);

/* The same of a PEM text in which %XX stands for a byte, as a web server hands
 * on whom it let in. ERR_CERTIFICATE. */
enum err cert_of_escaped(const char *text, uint8_t out[CERT_LEN]);

/*
 * The certificate that the other side of a TLS session proved to hold, when
 * the authority given to the session certified it and it is in its time.
 * `session` is a gnutls_session_t. ERR_TERMINAL_UNKNOWN otherwise.
 */
enum err cert_of_peer(void *session, uint8_t out[CERT_LEN]);

#endif
