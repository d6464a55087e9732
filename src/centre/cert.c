/* cert: gnutls asked for two fingerprints. */
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

#include "base/file.h"
#include "centre/cert.h"

#define CERT_FILE_MAX ((size_t)64 * 1024)

static enum err
fingerprint(const gnutls_datum_t *der, uint8_t out[CERT_LEN])
{
	return gnutls_hash_fast(GNUTLS_DIG_SHA256, der->data, der->size,
	    out) == 0 ? ERR_OK : ERR_CERTIFICATE;
}

static bool
is_certificate(const gnutls_datum_t *der)
{
	gnutls_x509_crt_t crt = NULL;
	bool is = gnutls_x509_crt_init(&crt) == 0 &&
	    gnutls_x509_crt_import(crt, der, GNUTLS_X509_FMT_DER) == 0;

	gnutls_x509_crt_deinit(crt);
	return is;
}

/* A PEM that decodes; when `look` says so, to a certificate. */
static enum err
of_pem(const struct buf *pem, bool look, uint8_t out[CERT_LEN])
{
	const gnutls_datum_t text = { pem->p, (unsigned)pem->len };
	gnutls_datum_t der = { NULL, 0 };
	enum err r = ERR_CERTIFICATE;

	if (gnutls_pem_base64_decode2("CERTIFICATE", &text, &der) == 0 &&
	    (!look || is_certificate(&der)))
		r = fingerprint(&der, out);
	gnutls_free(der.data);
	return r;
}

enum err
cert_of_file(const char *path, uint8_t out[CERT_LEN])
{
	struct buf pem;
	enum err r;

	buf_init(&pem);
	if ((r = file_read(path, CERT_FILE_MAX, &pem)) == ERR_OK &&
	    (r = of_pem(&pem, true, out)) != ERR_OK)
		r = err_about(r, "%s", path);
	buf_clear(&pem);
	return r;
}

static int
hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c);

	return c == '\0' || at == NULL ? -1 : (int)(at - digits);
}

/* What stands there without its escapes; *p is behind it then. -1: nothing. */
static int
unescape(const char **p)
{
	const char *at = (*p)++;
	int high, low;

	if (*at != '%')
		return (uint8_t)*at;
	if ((high = hex_digit(at[1])) < 0 || (low = hex_digit(at[2])) < 0)
		return -1;
	*p = at + 3;
	return high << 4 | low;
}

/* The web server in front has seen that it is a certificate, and whose: this is
 * only its name, which no other bytes have. */
enum err
cert_of_escaped(const char *text, uint8_t out[CERT_LEN])
{
	struct buf pem;
	int byte = 0;
	enum err r;

	buf_init(&pem);
	if ((r = strlen(text) > CERT_FILE_MAX ? ERR_CERTIFICATE :
	    buf_reserve(&pem, strlen(text) + 1)) == ERR_OK) {
		while (*text != '\0' && (byte = unescape(&text)) >= 0)
			pem.p[pem.len++] = (uint8_t)byte;
		r = byte < 0 ? ERR_CERTIFICATE : of_pem(&pem, false, out);
	}
	buf_clear(&pem);
	return r;
}

enum err
cert_of_peer(void *session, uint8_t out[CERT_LEN])
{
	const gnutls_datum_t *chain;
	unsigned n = 0, status = ~0u;

	if (session == NULL ||
	    gnutls_certificate_type_get(session) != GNUTLS_CRT_X509 ||
	    (chain = gnutls_certificate_get_peers(session, &n)) == NULL ||
	    n == 0)
		return err_about(ERR_TERMINAL_UNKNOWN, "sans certificat");
	if (gnutls_certificate_verify_peers2(session, &status) != 0 ||
	    status != 0)
		return err_about(ERR_TERMINAL_UNKNOWN, "certificat refusé");
	return fingerprint(&chain[0], out);
}
