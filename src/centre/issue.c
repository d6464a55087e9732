/* issue: gnutls asked for a key, a request and a certificate. */
#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/keyfile.h"
#include "centre/cert.h"
#include "centre/issue.h"

#define SERIAL_LEN 16
#define SKEW_S	   3600 /* a terminal's clock may be behind */

/* A file's text in locked memory, as gnutls wants it. */
static enum err
read_secret(const char *path, struct buf *out)
{
	enum err r;

	if ((r = keyfile_private(path)) != ERR_OK ||
	    (r = buf_init_secret(out, ISSUE_PEM_MAX)) != ERR_OK)
		return r;
	return file_read(path, ISSUE_PEM_MAX, out);
}

static enum err
import_key(const char *path, gnutls_x509_privkey_t key)
{
	gnutls_datum_t text;
	struct buf pem;
	enum err r;

	buf_init(&pem);
	if ((r = read_secret(path, &pem)) == ERR_OK) {
		text = (gnutls_datum_t){ pem.p, (unsigned)pem.len };
		if (gnutls_x509_privkey_import(key, &text,
		    GNUTLS_X509_FMT_PEM) != 0)
			r = err_about(ERR_KEY_FORM, "%s", path);
	}
	buf_clear(&pem);
	return r;
}

static enum err
make_key(const char *path, gnutls_x509_privkey_t key)
{
	gnutls_datum_t pem = { NULL, 0 };
	enum err r = ERR_CERTIFICATE;

	if (gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA,
	    GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0) == 0 &&
	    gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM, NULL,
	    GNUTLS_PKCS_PLAIN, &pem) == 0)
		r = file_replace(path, pem.data, pem.size, 0600);
	if (pem.data != NULL)
		secret_wipe(pem.data, pem.size);
	gnutls_free(pem.data);
	return r;
}

static enum err
put_text(struct buf *out, gnutls_datum_t *pem)
{
	enum err r = buf_put(out, pem->data, pem->size);

	gnutls_free(pem->data);
	return r;
}

static enum err
sign_request(gnutls_x509_privkey_t key, struct buf *out)
{
	gnutls_x509_crq_t crq = NULL;
	gnutls_datum_t pem = { NULL, 0 };
	enum err r = ERR_CERTIFICATE;

	if (gnutls_x509_crq_init(&crq) == 0 &&
	    gnutls_x509_crq_set_version(crq, 1) == 0 &&
	    gnutls_x509_crq_set_dn(crq, "CN=guichet", NULL) == 0 &&
	    gnutls_x509_crq_set_key(crq, key) == 0 &&
	    gnutls_x509_crq_sign2(crq, key, GNUTLS_DIG_SHA256, 0) == 0 &&
	    gnutls_x509_crq_export2(crq, GNUTLS_X509_FMT_PEM, &pem) == 0)
		r = put_text(out, &pem);
	gnutls_x509_crq_deinit(crq);
	return r;
}

enum err
issue_request(const char *key_path, struct buf *out)
{
	gnutls_x509_privkey_t key = NULL;
	struct stat st;
	enum err r;

	if (gnutls_x509_privkey_init(&key) != 0)
		return ERR_MEMORY;
	r = lstat(key_path, &st) == 0 ? import_key(key_path, key) :
	    make_key(key_path, key);
	if (r == ERR_OK)
		r = sign_request(key, out);
	gnutls_x509_privkey_deinit(key);
	return r;
}

/* The authority, and the certificate that becomes the terminal's. */
struct issue {
	gnutls_x509_crt_t ca, crt;
	gnutls_x509_privkey_t key;
	gnutls_x509_crq_t crq;
	gnutls_pubkey_t public; /* of the request: all that is taken */
};

static enum err
read_authority(struct issue *i, const char *ca_cert, const char *ca_key)
{
	gnutls_datum_t text;
	struct buf pem;
	enum err r;

	buf_init(&pem);
	if ((r = file_read(ca_cert, ISSUE_PEM_MAX, &pem)) == ERR_OK) {
		text = (gnutls_datum_t){ pem.p, (unsigned)pem.len };
		if (gnutls_x509_crt_import(i->ca, &text,
		    GNUTLS_X509_FMT_PEM) != 0)
			r = err_about(ERR_CERTIFICATE, "%s", ca_cert);
	}
	buf_clear(&pem);
	return r == ERR_OK ? import_key(ca_key, i->key) : r;
}

/* A request that its own key signed, and a key worth certifying. */
static enum err
read_request(struct issue *i, const void *p, size_t n)
{
	uint8_t copy[ISSUE_PEM_MAX];
	const gnutls_datum_t text = { copy, (unsigned)n };
	unsigned bits = 0;
	int kind;

	if (n > sizeof(copy))
		return err_about(ERR_REQUEST, "certificat");
	memcpy(copy, p, n);
	if (gnutls_x509_crq_import(i->crq, &text, GNUTLS_X509_FMT_PEM) != 0 ||
	    gnutls_x509_crq_verify(i->crq, 0) != 0 ||
	    gnutls_pubkey_import_x509_crq(i->public, i->crq, 0) != 0)
		return err_about(ERR_REQUEST, "certificat");
	kind = gnutls_x509_crq_get_pk_algorithm(i->crq, &bits);
	if (gnutls_pk_bits_to_sec_param((gnutls_pk_algorithm_t)kind, bits) <
	    GNUTLS_SEC_PARAM_MEDIUM)
		return err_about(ERR_REQUEST, "clé faible");
	return ERR_OK;
}

static enum err
fill_in(struct issue *i, uint32_t terminal, unsigned days, uint64_t now_ms)
{
	time_t now = (time_t)(now_ms / 1000);
	uint8_t serial[SERIAL_LEN];
	char name[64];

	(void)snprintf(name, sizeof(name), "CN=poste %u", terminal);
	secret_random(serial, sizeof(serial));
	serial[0] &= 0x7F; /* a positive number */
	if (gnutls_x509_crt_set_version(i->crt, 3) != 0 ||
	    gnutls_x509_crt_set_pubkey(i->crt, i->public) != 0 ||
	    gnutls_x509_crt_set_dn(i->crt, name, NULL) != 0 ||
	    gnutls_x509_crt_set_serial(i->crt, serial, sizeof(serial)) != 0 ||
	    gnutls_x509_crt_set_activation_time(i->crt, now - SKEW_S) != 0 ||
	    gnutls_x509_crt_set_expiration_time(i->crt,
	    now + (time_t)days * 86400) != 0 ||
	    gnutls_x509_crt_set_basic_constraints(i->crt, 0, -1) != 0 ||
	    gnutls_x509_crt_set_key_usage(i->crt,
	    GNUTLS_KEY_DIGITAL_SIGNATURE) != 0 ||
	    gnutls_x509_crt_set_key_purpose_oid(i->crt,
	    GNUTLS_KP_TLS_WWW_CLIENT, 0) != 0)
		return ERR_CERTIFICATE;
	return gnutls_x509_crt_sign2(i->crt, i->ca, i->key,
	    GNUTLS_DIG_SHA256, 0) == 0 ? ERR_OK : ERR_CERTIFICATE;
}

static enum err
put_certificate(struct issue *i, struct buf *out, uint8_t cert[CERT_LEN])
{
	gnutls_datum_t pem = { NULL, 0 };
	size_t n = CERT_LEN;

	if (gnutls_x509_crt_get_fingerprint(i->crt, GNUTLS_DIG_SHA256, cert,
	    &n) != 0 || gnutls_x509_crt_export2(i->crt, GNUTLS_X509_FMT_PEM,
	    &pem) != 0)
		return ERR_CERTIFICATE;
	return put_text(out, &pem);
}

enum err
issue_make(const char *ca_cert, const char *ca_key, const void *request,
    size_t n, uint32_t terminal, unsigned days, uint64_t now_ms,
    struct buf *out, uint8_t cert[CERT_LEN])
{
	struct issue i = { .ca = NULL };
	enum err r = ERR_MEMORY;

	if (gnutls_x509_crt_init(&i.ca) == 0 &&
	    gnutls_x509_crt_init(&i.crt) == 0 &&
	    gnutls_x509_privkey_init(&i.key) == 0 &&
	    gnutls_x509_crq_init(&i.crq) == 0 &&
	    gnutls_pubkey_init(&i.public) == 0 &&
	    (r = read_authority(&i, ca_cert, ca_key)) == ERR_OK &&
	    (r = read_request(&i, request, n)) == ERR_OK &&
	    (r = fill_in(&i, terminal, days, now_ms)) == ERR_OK)
		r = put_certificate(&i, out, cert);
	gnutls_pubkey_deinit(i.public);
	gnutls_x509_crq_deinit(i.crq);
	gnutls_x509_privkey_deinit(i.key);
	gnutls_x509_crt_deinit(i.crt);
	gnutls_x509_crt_deinit(i.ca);
	return r;
}
