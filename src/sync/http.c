/* http: curl, told what it may do. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/keyfile.h"
#include "sync/http.h"

#define CONNECT_S   10L
#define ALL_S	    60L /* a question and its answer, on a slow line */
#define URL_ROOM    512
#define RETRY_MAX_S 3600 /* what Retry-After may ask */

struct https {
	struct transport transport;
	CURL *curl;
	struct curl_slist *headers;
	char url[URL_ROOM];
};

/* Append a piece of the answer; returning less than n ends the transfer. */
static size_t
take_piece(char *p, size_t size, size_t n, void *user)
{
	struct answer *a = user;

	if (size * n > ANSWER_MAX - a->body.len ||
	    buf_put(&a->body, p, size * n) != ERR_OK)
		return 0;
	return size * n;
}

/* What went wrong before there was a whole answer. */
static enum err
explain(CURLcode rc)
{
	switch (rc) {
	case CURLE_OK:
		return ERR_OK;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_ISSUER_ERROR:
		return err_about(ERR_SYNC_TLS, "%s", curl_easy_strerror(rc));
	case CURLE_WRITE_ERROR:
	case CURLE_PARTIAL_FILE:
	case CURLE_GOT_NOTHING:
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_UNSUPPORTED_PROTOCOL:
		return err_about(ERR_SYNC_ANSWER, "%s",
		    curl_easy_strerror(rc));
	case CURLE_OUT_OF_MEMORY:
		return ERR_MEMORY;
	default:
		return err_about(ERR_SYNC_CONNECT, "%s",
		    curl_easy_strerror(rc));
	}
}

static void
read_head(CURL *curl, struct answer *out)
{
	curl_off_t wait = 0;

	(void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &out->status);
	if (curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wait) != CURLE_OK ||
	    wait < 0)
		wait = 0;
	if (wait > RETRY_MAX_S)
		wait = RETRY_MAX_S;
	out->retry_after_ms = (uint64_t)wait * 1000;
}

static enum err
https_ask(struct transport *t, const char *path, const void *p, size_t n,
    struct answer *out)
{
	struct https *h = (struct https *)t;
	char url[URL_ROOM];
	CURLcode rc;

	if (snprintf(url, sizeof(url), "%s%s", h->url, path) >=
	    (int)sizeof(url))
		return ERR_TOO_LONG;
	buf_reset(&out->body);
	out->status = 0;
	out->retry_after_ms = 0;
	if (curl_easy_setopt(h->curl, CURLOPT_URL, url) != CURLE_OK ||
	    curl_easy_setopt(h->curl, CURLOPT_WRITEDATA, out) != CURLE_OK)
		return ERR_MEMORY;
	if (p == NULL) {
		(void)curl_easy_setopt(h->curl, CURLOPT_HTTPGET, 1L);
	} else {
		(void)curl_easy_setopt(h->curl, CURLOPT_POST, 1L);
		(void)curl_easy_setopt(h->curl, CURLOPT_POSTFIELDS, p);
		(void)curl_easy_setopt(h->curl, CURLOPT_POSTFIELDSIZE_LARGE,
		    (curl_off_t)n);
	}
	rc = curl_easy_perform(h->curl);
	if (rc == CURLE_OK)
		read_head(h->curl, out);
	return explain(rc);
}

static void
https_free(struct https *h)
{
	curl_easy_cleanup(h->curl);
	curl_slist_free_all(h->headers);
	free(h);
}

static void
https_close(struct transport *t)
{
	https_free((struct https *)t);
}

/* The three files; curl reads them at the first connection. */
static enum err
set_files(CURL *curl, const char *state)
{
	static const struct {
		const char *name;
		CURLoption option;
		bool secret;
	} files[] = {
		{ "keys/tls.crt", CURLOPT_SSLCERT, false },
		{ "keys/tls.key", CURLOPT_SSLKEY, true },
		{ "keys/ca.crt", CURLOPT_CAINFO, false },
	};
	char path[PATH_ROOM];
	enum err r;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		if ((r = path_join(state, files[i].name, path)) != ERR_OK ||
		    (r = files[i].secret ? keyfile_private(path) :
		    keyfile_there(path)) != ERR_OK)
			return r;
		if (curl_easy_setopt(curl, files[i].option, path) != CURLE_OK)
			return ERR_MEMORY;
	}
	return ERR_OK;
}

/* A server that refuses us says so before the body is sent. */
static enum err
set_headers(struct https *h)
{
	h->headers = curl_slist_append(NULL, "Expect: 100-continue");
	if (h->headers == NULL || curl_slist_append(h->headers,
	    "Content-Type: application/octet-stream") == NULL ||
	    curl_easy_setopt(h->curl, CURLOPT_HTTPHEADER, h->headers) !=
	    CURLE_OK)
		return ERR_MEMORY;
	return ERR_OK;
}

static enum err
set_limits(CURL *c)
{
	if (curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https") != CURLE_OK ||
	    curl_easy_setopt(c, CURLOPT_SSLVERSION,
	    (long)CURL_SSLVERSION_TLSv1_2) != CURLE_OK ||
	    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) != CURLE_OK ||
	    curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L) != CURLE_OK ||
	    curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L) != CURLE_OK ||
	    curl_easy_setopt(c, CURLOPT_CAPATH, NULL) != CURLE_OK ||
	    curl_easy_setopt(c, CURLOPT_PROXY, "") != CURLE_OK ||
	    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) != CURLE_OK ||
	    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, CONNECT_S) !=
	    CURLE_OK ||
	    curl_easy_setopt(c, CURLOPT_TIMEOUT, ALL_S) != CURLE_OK ||
	    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_piece) !=
	    CURLE_OK)
		return ERR_MEMORY;
	return ERR_OK;
}

/* Everything but the files. */
static enum err
open_any(const char *url, struct https **out)
{
	struct https *h;
	size_t n = strlen(url);
	enum err r;

	while (n > 0 && url[n - 1] == '/')
		n--;
	if (strncmp(url, "https://", 8) != 0 || n <= 8 || n >= URL_ROOM)
		return err_about(ERR_SET_VALUE, "centre-url");
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
	    (h = calloc(1, sizeof(*h))) == NULL)
		return ERR_MEMORY;
	h->transport.ask = https_ask;
	h->transport.close = https_close;
	memcpy(h->url, url, n);
	if ((h->curl = curl_easy_init()) == NULL)
		r = ERR_MEMORY;
	else if ((r = set_limits(h->curl)) == ERR_OK)
		r = set_headers(h);
	if (r == ERR_OK)
		*out = h;
	else
		https_free(h);
	return r;
}

enum err
http_open(const char *url, const char *state, struct transport **out)
{
	struct https *h;
	enum err r;

	if ((r = open_any(url, &h)) != ERR_OK)
		return r;
	if ((r = set_files(h->curl, state)) == ERR_OK)
		*out = &h->transport;
	else
		https_free(h);
	return r;
}

enum err
http_hurry(struct transport *t, unsigned ms)
{
	struct https *h = (struct https *)t;

	if (curl_easy_setopt(h->curl, CURLOPT_TIMEOUT_MS, (long)ms) !=
	    CURLE_OK || curl_easy_setopt(h->curl, CURLOPT_CONNECTTIMEOUT_MS,
	    (long)ms) != CURLE_OK)
		return ERR_MEMORY;
	return ERR_OK;
}

enum err
http_open_bare(const char *url, const char *authority,
    struct transport **out)
{
	struct https *h;
	CURLcode rc;
	enum err r;

	if ((r = open_any(url, &h)) != ERR_OK)
		return r;
	if (authority != NULL) {
		rc = curl_easy_setopt(h->curl, CURLOPT_CAINFO, authority);
	} else {
		rc = curl_easy_setopt(h->curl, CURLOPT_SSL_VERIFYPEER, 0L);
		if (rc == CURLE_OK)
			rc = curl_easy_setopt(h->curl,
			    CURLOPT_SSL_VERIFYHOST, 0L);
	}
	if (rc == CURLE_OK)
		*out = &h->transport;
	else
		https_free(h);
	return rc == CURLE_OK ? ERR_OK : ERR_MEMORY;
}
