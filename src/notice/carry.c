/* carry: curl, told what it may do with mail and SMS. */
#include <curl/curl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/keyfile.h"
#include "base/secret.h"
#include "notice/carry.h"

#define CONNECT_S   10L
#define ALL_S	    ((long)(CARRY_ALL_MS / 1000))
#define SOON_S	    4L /* for both, when somebody waits */
#define STOP_TURNS  50 /* to end what is under way, of STOP_MS each */
#define STOP_MS	    2
#define IDLE_MAX    64L /* to keep more than there are: none is closed early */
#define SECRET_ROOM ((size_t)512)
#define LOAD_ROOM   ((size_t)32 * 1024) /* of a mail, or an SMS's JSON */

/* One under way. */
struct load {
	CURL *curl;
	bool mail;
	void *tag;
	struct buf bytes;   /* secret: the mail, or the SMS as it is posted */
	struct cursor left; /* of the mail */
	struct curl_slist *list; /* its receiver, or the SMS's head */
	struct load *next;
};

struct carry {
	const struct centre_settings *set;
	CURLM *multi;
	struct load *loads;
	struct buf login, key; /* secret: NAME:PASSWORD; a bearer's token */
};

/* The other end is this machine, where nobody can listen on the way. */
static bool
is_here(const char *url)
{
	const char *host = strstr(url, "://");

	return host != NULL && (strncmp(host + 3, "127.0.0.1:", 10) == 0 ||
	    strncmp(host + 3, "[::1]:", 6) == 0 ||
	    strncmp(host + 3, "localhost:", 10) == 0);
}

static bool
begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static enum err
check_addresses(const struct centre_settings *set)
{
	if (set->mail[0] != '\0' && !begins(set->mail, "smtp://") &&
	    !begins(set->mail, "smtps://"))
		return err_about(ERR_SET_VALUE, "mail");
	if (set->sms[0] != '\0' && !begins(set->sms, "https://") &&
	    !(begins(set->sms, "http://") && is_here(set->sms)))
		return err_about(ERR_SET_VALUE, "sms");
	return ERR_OK;
}

/* The line of a file that is this account's alone. */
static enum err
read_secret(const char *path, struct buf *out)
{
	enum err r;

	if ((r = buf_init_secret(out, SECRET_ROOM)) != ERR_OK ||
	    path[0] == '\0')
		return r;
	if ((r = keyfile_private(path)) != ERR_OK ||
	    (r = file_read(path, SECRET_ROOM - 1, out)) != ERR_OK)
		return r;
	while (out->len > 0 && out->p[out->len - 1] == '\n')
		buf_cut(out, out->len - 1);
	if (out->len == 0 || memchr(out->p, '\n', out->len) != NULL ||
	    memchr(out->p, '\0', out->len) != NULL)
		return err_about(ERR_KEY_FORM, "%s", path);
	return buf_terminate(out);
}

enum err
carry_open(const struct centre_settings *set, struct carry **out)
{
	struct carry *c;
	enum err r;

	if ((r = check_addresses(set)) != ERR_OK)
		return r;
	if ((c = calloc(1, sizeof(*c))) == NULL)
		return ERR_MEMORY;
	c->set = set;
	buf_init(&c->login);
	buf_init(&c->key);
	if ((r = read_secret(set->mail_login, &c->login)) == ERR_OK &&
	    (r = read_secret(set->sms_key, &c->key)) == ERR_OK &&
	    (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
	    (c->multi = curl_multi_init()) == NULL ||
	    curl_multi_setopt(c->multi, CURLMOPT_MAXCONNECTS, IDLE_MAX) !=
	    CURLM_OK))
		r = ERR_MEMORY;
	if (r == ERR_OK)
		*out = c;
	else
		carry_close(c);
	return r;
}

static void
drop(struct carry *c, struct load *l)
{
	struct load **at = &c->loads;

	while (*at != NULL && *at != l)
		at = &(*at)->next;
	if (*at != NULL) {
		*at = l->next;
		(void)curl_multi_remove_handle(c->multi, l->curl);
	}
	curl_easy_cleanup(l->curl);
	curl_slist_free_all(l->list);
	buf_clear(&l->bytes);
	free(l);
}

/*
 * Of a mail that is taken from curl in the middle, curl would send the end all
 * the same, and wait for a word on it. So first the time of all is over.
 */
static void
stop(struct carry *c)
{
	int under_way = c->loads != NULL;

	for (struct load *l = c->loads; l != NULL; l = l->next)
		(void)curl_easy_setopt(l->curl, CURLOPT_TIMEOUT_MS, 1L);
	for (int i = 0; under_way > 0 && i < STOP_TURNS; i++) {
		(void)curl_multi_poll(c->multi, NULL, 0, STOP_MS, NULL);
		(void)curl_multi_perform(c->multi, &under_way);
	}
}

void
carry_close(struct carry *c)
{
	if (c == NULL)
		return;
	stop(c);
	while (c->loads != NULL)
		drop(c, c->loads);
	(void)curl_multi_cleanup(c->multi);
	buf_clear(&c->login);
	buf_clear(&c->key);
	free(c);
}

/* Nothing that they answer is of use. */
static size_t
pass_over(char *p, size_t size, size_t n, void *user)
{
	(void)p;
	(void)user;
	return size * n;
}

/* A name server that says nothing is waited for in a thread of curl's own: by
 * QUICK_EXIT it is left alone there when the time is over. */
static bool
set_limits(CURL *c, const char *url, const char *protocols, bool soon)
{
	return curl_easy_setopt(c, CURLOPT_URL, url) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, protocols) ==
	    CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_SSLVERSION,
	    (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_QUICK_EXIT, 1L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, soon ? SOON_S :
	    CONNECT_S) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_TIMEOUT, soon ? SOON_S : ALL_S) ==
	    CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, pass_over) == CURLE_OK;
}

/* Which answers are for ever: about this one address, not about us or the
 * hour of the day. */
static bool
is_final(long status, bool mail)
{
	if (mail)
		return status >= 550 && status < 560;
	return status == 400 || status == 404 || status == 410 ||
	    status == 422;
}

/* What came of one. */
static enum err
verdict(const struct load *l, CURLcode rc)
{
	long status = 0;

	(void)curl_easy_getinfo(l->curl, CURLINFO_RESPONSE_CODE, &status);
	if (rc == CURLE_OK && (l->mail || (status >= 200 && status < 300)))
		return ERR_OK;
	if (is_final(status, l->mail))
		return err_about(ERR_NOTICE_REFUSED, "%ld", status);
	return err_about(ERR_NOTICE_LINE, "%s", status != 0 &&
	    rc == CURLE_OK ? "HTTP" : curl_easy_strerror(rc));
}

static enum err
new_load(bool mail, void *tag, struct load **out)
{
	struct load *l = calloc(1, sizeof(*l));
	enum err r;

	if (l == NULL)
		return ERR_MEMORY;
	l->mail = mail;
	l->tag = tag;
	if ((l->curl = curl_easy_init()) == NULL ||
	    (r = buf_init_secret(&l->bytes, LOAD_ROOM)) != ERR_OK) {
		curl_easy_cleanup(l->curl);
		free(l);
		return ERR_MEMORY;
	}
	*out = l;
	return ERR_OK;
}

/* It is on its way, and c's. */
static enum err
begin(struct carry *c, struct load *l)
{
	if (curl_easy_setopt(l->curl, CURLOPT_PRIVATE, l) != CURLE_OK ||
	    curl_multi_add_handle(c->multi, l->curl) != CURLM_OK)
		return ERR_MEMORY;
	l->next = c->loads;
	c->loads = l;
	return ERR_OK;
}

/* What is left of a mail under way. */
static size_t
give_piece(char *p, size_t size, size_t n, void *user)
{
	struct cursor *left = user;
	size_t k = size * n < left->n ? size * n : left->n;

	return cursor_copy(left, p, k) == ERR_OK ? k : CURL_READFUNC_ABORT;
}

static bool
prepare_mail(struct carry *c, struct load *l, bool soon)
{
	const char *url = c->set->mail;
	CURL *e = l->curl;

	if (!set_limits(e, url, "smtp,smtps", soon) ||
	    curl_easy_setopt(e, CURLOPT_USE_SSL, (long)(is_here(url) ?
	    CURLUSESSL_TRY : CURLUSESSL_ALL)) != CURLE_OK ||
	    curl_easy_setopt(e, CURLOPT_MAIL_FROM, c->set->mail_from)
	    != CURLE_OK ||
	    curl_easy_setopt(e, CURLOPT_MAIL_RCPT, l->list) != CURLE_OK ||
	    curl_easy_setopt(e, CURLOPT_UPLOAD, 1L) != CURLE_OK ||
	    curl_easy_setopt(e, CURLOPT_READFUNCTION, give_piece) !=
	    CURLE_OK ||
	    curl_easy_setopt(e, CURLOPT_READDATA, &l->left) != CURLE_OK)
		return false;
	return c->login.len == 0 || curl_easy_setopt(e,
	    CURLOPT_USERPWD, (const char *)c->login.p) == CURLE_OK;
}

enum err
carry_mail(struct carry *c, const char *to, const struct buf *mail, bool soon,
    void *tag)
{
	struct load *l;
	enum err r;

	if (c->set->mail[0] == '\0')
		return err_about(ERR_NOTICE_NONE, "mail");
	if ((r = new_load(true, tag, &l)) != ERR_OK)
		return r;
	if ((r = buf_put(&l->bytes, mail->p, mail->len)) == ERR_OK) {
		l->left = cursor_of(l->bytes.p, l->bytes.len);
		l->list = curl_slist_append(NULL, to);
		r = l->list != NULL && prepare_mail(c, l, soon) ?
		    begin(c, l) : ERR_MEMORY;
	}
	if (r != ERR_OK)
		drop(c, l);
	return r;
}

static enum err
write_sms(const char *id, const char *to, const struct buf *text,
    struct buf *out)
{
	json_t *doc = json_pack("{s:s,s:s,s:s%}", "id", id, "to", to, "text",
	    (const char *)text->p, text->len);
	enum err r = doc == NULL ? ERR_MEMORY : json_write(doc, out);

	json_decref(doc);
	return r;
}

static bool
prepare_sms(struct carry *c, struct load *l, bool soon)
{
	CURL *e = l->curl;

	if (!set_limits(e, c->set->sms, "http,https", soon) ||
	    curl_easy_setopt(e, CURLOPT_HTTPHEADER, l->list) != CURLE_OK ||
	    curl_easy_setopt(e, CURLOPT_POSTFIELDS, l->bytes.p) !=
	    CURLE_OK || curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE_LARGE,
	    (curl_off_t)l->bytes.len) != CURLE_OK)
		return false;
	return c->key.len == 0 || (curl_easy_setopt(e,
	    CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER) == CURLE_OK &&
	    curl_easy_setopt(e, CURLOPT_XOAUTH2_BEARER,
	    (const char *)c->key.p) == CURLE_OK);
}

enum err
carry_sms(struct carry *c, const char *id, const char *to,
    const struct buf *text, bool soon, void *tag)
{
	struct load *l;
	enum err r;

	if (c->set->sms[0] == '\0')
		return err_about(ERR_NOTICE_NONE, "sms");
	if ((r = new_load(false, tag, &l)) != ERR_OK)
		return r;
	if ((r = write_sms(id, to, text, &l->bytes)) == ERR_OK) {
		l->list = curl_slist_append(NULL,
		    "Content-Type: application/json");
		r = l->list != NULL && prepare_sms(c, l, soon) ?
		    begin(c, l) : ERR_MEMORY;
	}
	if (r != ERR_OK)
		drop(c, l);
	return r;
}

/* One that curl says has ended, or NULL. */
static CURLMsg *
ended(struct carry *c)
{
	CURLMsg *m;
	int more;

	while ((m = curl_multi_info_read(c->multi, &more)) != NULL &&
	    m->msg != CURLMSG_DONE)
		continue;
	return m;
}

enum err
carry_next(struct carry *c, int wait_ms, void **tag, enum err *got)
{
	struct load *l = NULL;
	CURLMsg *m;
	int under_way;

	(void)curl_multi_perform(c->multi, &under_way);
	if ((m = ended(c)) == NULL && under_way > 0 && wait_ms > 0) {
		(void)curl_multi_poll(c->multi, NULL, 0, wait_ms, NULL);
		(void)curl_multi_perform(c->multi, &under_way);
		m = ended(c);
	}
	if (m == NULL)
		return ERR_NOT_FOUND;
	(void)curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &l);
	*got = verdict(l, m->data.result);
	*tag = l->tag;
	drop(c, l);
	return ERR_OK;
}
