/* send: every terminal's requests, many at a time, in one loop. */
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "tests/load/load.h"

#include "base/json.h"

#define VERIFY_EVERY 100
#define WAIT_S	     60

/* A terminal's connection while it has something to send. */
struct slot {
	CURL *easy;
	struct curl_slist *headers;
	struct desk *desk;
	struct buf answer;
	double begun_s;
};

struct run {
	struct load *l;
	CURLM *multi;
	unsigned next, open; /* next desk; slots under way */
	double *ms;
	size_t count;
	uint64_t receipts;
};

static size_t
take(char *p, size_t one, size_t n, void *user)
{
	return buf_put(user, p, one * n) == ERR_OK ? one * n : 0;
}

static void
check_receipt(struct run *r, const struct desk *d, const json_t *one)
{
	uint8_t bytes[RECEIPT_LEN];
	char text[BASE64_ROOM(RECEIPT_LEN)];
	struct receipt rc;
	size_t n;

	if (r->receipts++ % VERIFY_EVERY != 0)
		return;
	must(json_get_text(one, "receipt", text, sizeof(text) - 1));
	must(base64_read(text, bytes, sizeof(bytes), &n));
	must(receipt_read(bytes, n, r->l->receipt_public, &rc));
	if (rc.terminal != d->number)
		must(err_about(ERR_RECEIPT, "%u", rc.terminal));
}

/* What the gateway said of each envelope of the body. */
static void
check_answer(struct run *r, struct slot *s)
{
	json_t *doc, *list, *one;
	char word[16];
	size_t i;

	must(json_read(s->answer.p, s->answer.len, &doc));
	must(json_get_array(doc, "envelopes", &list));
	if (json_array_size(list) != s->desk->post[s->desk->sent].envelopes)
		must(err_about(ERR_RECEIPT, "%zu", json_array_size(list)));
	json_array_foreach(list, i, one) {
		must(json_get_text(one, "status", word, sizeof(word) - 1));
		if (strcmp(word, "stored") != 0)
			must(err_about(ERR_RECEIPT, "%s", word));
		check_receipt(r, s->desk, one);
	}
	json_decref(doc);
}

static void
post(struct run *r, struct slot *s)
{
	const struct buf *body = &s->desk->post[s->desk->sent].body;

	buf_reset(&s->answer);
	curl_easy_setopt(s->easy, CURLOPT_POSTFIELDSIZE, (long)body->len);
	curl_easy_setopt(s->easy, CURLOPT_POSTFIELDS, body->p);
	s->begun_s = load_wall();
	if (curl_multi_add_handle(r->multi, s->easy) != CURLM_OK)
		must(ERR_MEMORY);
}

/* The address, and who asks: a certificate, or what a web server would say. */
static void
address(struct run *r, struct slot *s, unsigned number)
{
	const struct centre_settings *set = &r->l->set;
	struct curl_blob cert = { s->desk->cert, strlen(s->desk->cert),
		CURL_BLOB_COPY };
	char text[PATH_ROOM + 32], from[64];
	char *header;

	if (strncmp(set->listen, "unix:", 5) == 0) {
		header = malloc(strlen(s->desk->escaped) + 64);
		if (header == NULL)
			must(ERR_MEMORY);
		(void)sprintf(header, "X-Guichet-Certificate: %s",
		    s->desk->escaped);
		s->headers = curl_slist_append(s->headers, header);
		s->headers = curl_slist_append(s->headers,
		    "X-Guichet-Verified: SUCCESS");
		free(header);
		curl_easy_setopt(s->easy, CURLOPT_UNIX_SOCKET_PATH,
		    set->listen + 5);
		(void)snprintf(text, sizeof(text),
		    "http://centre/v1/envelopes");
	} else {
		/* Few of one address: as many as there are desks at once. */
		(void)snprintf(from, sizeof(from), "host!127.2.%u.%u",
		    number / 250 % 250, number % 250 + 1);
		curl_easy_setopt(s->easy, CURLOPT_INTERFACE, from);
		curl_easy_setopt(s->easy, CURLOPT_CAINFO, set->tls_ca);
		curl_easy_setopt(s->easy, CURLOPT_SSLCERT_BLOB, &cert);
		curl_easy_setopt(s->easy, CURLOPT_SSLKEY, r->l->key_path);
		(void)snprintf(text, sizeof(text),
		    "https://%s/v1/envelopes", set->listen);
	}
	curl_easy_setopt(s->easy, CURLOPT_URL, text);
}

/* The next terminal begins. */
static void
begin(struct run *r)
{
	struct slot *s = calloc(1, sizeof(*s));

	if (s == NULL || (s->easy = curl_easy_init()) == NULL)
		must(ERR_MEMORY);
	s->desk = &r->l->desk[r->next++];
	buf_init(&s->answer);
	s->headers = curl_slist_append(NULL, "Expect:");
	address(r, s, r->next);
	curl_easy_setopt(s->easy, CURLOPT_HTTPHEADER, s->headers);
	curl_easy_setopt(s->easy, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(s->easy, CURLOPT_WRITEDATA, &s->answer);
	curl_easy_setopt(s->easy, CURLOPT_PRIVATE, s);
	curl_easy_setopt(s->easy, CURLOPT_TIMEOUT, (long)WAIT_S);
	r->open++;
	post(r, s);
}

static void
end(struct run *r, struct slot *s)
{
	curl_easy_cleanup(s->easy);
	curl_slist_free_all(s->headers);
	buf_clear(&s->answer);
	free(s);
	r->open--;
}

/* A request is over: the same terminal's next one, or the next terminal. */
static void
advance(struct run *r, const CURLMsg *m)
{
	struct slot *s;
	long status = 0;

	curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &s);
	curl_easy_getinfo(m->easy_handle, CURLINFO_RESPONSE_CODE, &status);
	if (m->data.result != CURLE_OK || status != 200)
		must(err_about(ERR_SYNC_ANSWER, "%s, %ld, %.*s",
		    curl_easy_strerror(m->data.result), status,
		    (int)s->answer.len, (const char *)s->answer.p));
	r->ms[r->count++] = (load_wall() - s->begun_s) * 1e3;
	check_answer(r, s);
	(void)curl_multi_remove_handle(r->multi, s->easy);
	if (++s->desk->sent < s->desk->posts) {
		post(r, s);
		return;
	}
	end(r, s);
	if (r->next < r->l->desks)
		begin(r);
}

double *
send_all(struct load *l, size_t *count)
{
	struct run r = { .l = l };
	const CURLMsg *m;
	int busy, left;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0 ||
	    (r.multi = curl_multi_init()) == NULL)
		must(ERR_MEMORY);
	r.ms = calloc((size_t)l->desks * l->desk[0].posts, sizeof(*r.ms));
	if (r.ms == NULL)
		must(ERR_MEMORY);
	curl_multi_setopt(r.multi, CURLMOPT_MAXCONNECTS, (long)l->at_once);
	while (r.open < l->at_once && r.next < l->desks)
		begin(&r);
	while (r.open > 0) {
		if (curl_multi_perform(r.multi, &busy) != CURLM_OK)
			must(ERR_SYNC_ANSWER);
		while ((m = curl_multi_info_read(r.multi, &left)) != NULL)
			if (m->msg == CURLMSG_DONE)
				advance(&r, m);
		if (r.open > 0)
			(void)curl_multi_poll(r.multi, NULL, 0, 1000, NULL);
	}
	(void)curl_multi_cleanup(r.multi);
	*count = r.count;
	return r.ms;
}
