/* message: a text with its blanks filled, and the mail around it. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "envelope/mobile.h"
#include "notice/message.h"

#define BLANK_ROOM 16
#define MAIL_LINE  57 /* bytes that become 76 characters of base64 */

static const char *const files[] = {
	[WAY_SMS] = "sms.txt",
	[WAY_EMAIL] = "email.txt",
	[WAY_POST] = "letter.txt",
};
/* Of a code, which no letter brings. */
static const char *const code_files[] = {
	[WAY_SMS] = "code-sms.txt",
	[WAY_EMAIL] = "code-email.txt",
};

/* The words of each blank, for one announcement. */
struct words {
	char day[16], reference[RID_TEXT];
	const char *place, *support, *code;
	char name[sizeof(((struct announcement *)NULL)->family) * 2];
};

static void
choose_words(const struct announcement *a, const struct centre_settings *set,
    struct words *w)
{
	char day[9];

	clock_day(a->at_ms, day);
	(void)snprintf(w->day, sizeof(w->day), "%.2s/%.2s/%.4s", day + 6,
	    day + 4, day);
	rid_text(&a->rid, w->reference);
	w->place = a->place;
	w->support = set->support;
	w->code = a->code;
	(void)snprintf(w->name, sizeof(w->name), "%s %s", a->given,
	    a->family);
}

static const char *
word_of(const struct words *w, const char *blank)
{
	const struct {
		const char *name, *words;
	} rows[] = {
		{ "jour", w->day }, { "lieu", w->place },
		{ "reference", w->reference }, { "assistance", w->support },
		{ "nom", w->name }, { "code", w->code },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].name, blank) == 0)
			return rows[i].words;
	return NULL;
}

/* What stands between braces, which end at *p on success. */
static enum err
fill_blank(const char **p, const struct words *w, struct buf *out)
{
	char blank[BLANK_ROOM];
	size_t n = strcspn(*p, "}");
	const char *words;

	if ((*p)[n] == '\0' || n >= sizeof(blank))
		return ERR_NOTICE_TEXT;
	memcpy(blank, *p, n);
	blank[n] = '\0';
	if ((words = word_of(w, blank)) == NULL)
		return ERR_NOTICE_TEXT;
	*p += n + 1;
	return buf_put_text(out, words);
}

static enum err
fill(const char *p, const struct words *w, struct buf *out)
{
	enum err r = ERR_OK;
	size_t n;

	while (*p != '\0' && r == ERR_OK) {
		n = strcspn(p, "{");
		if ((r = buf_put(out, p, n)) != ERR_OK)
			return r;
		p += n;
		if (*p == '{') {
			p++;
			r = fill_blank(&p, w, out);
		}
	}
	return r;
}

/* LANG/FILE under the folder of texts, or the French one. */
static enum err
read_text(const char *folder, const char *lang, const char *file,
    char path[PATH_ROOM], struct buf *out)
{
	const char *const langs[] = { lang, "fr" };
	enum err r = ERR_NOTICE_TEXT;

	for (int i = 0; i < 2 && r != ERR_OK; i++) {
		if (langs[i][0] == '\0' || strchr(langs[i], '/') != NULL ||
		    langs[i][0] == '.')
			continue;
		if (snprintf(path, PATH_ROOM, "%s/%s/%s", folder, langs[i],
		    file) >= PATH_ROOM)
			return ERR_TOO_LONG;
		r = file_read(path, MESSAGE_ROOM, out);
	}
	if (r == ERR_OK && memchr(out->p, '\0', out->len) != NULL)
		r = ERR_TEXT;
	return r == ERR_OK ? buf_terminate(out) :
	    err_about(ERR_NOTICE_TEXT, "%s", path);
}

static const char *
file_of(const struct announcement *a)
{
	const bool code = a->code[0] != '\0' && a->way != WAY_POST;

	return code ? code_files[a->way] : files[a->way];
}

enum err
message_text(const struct announcement *a, const struct centre_settings *set,
    struct buf *out)
{
	char path[PATH_ROOM] = "";
	struct words *w;
	struct buf text;
	enum err r;

	if ((w = secret_alloc(sizeof(*w))) == NULL)
		return ERR_MEMORY;
	buf_init(&text);
	choose_words(a, set, w);
	if ((r = read_text(set->mail_texts, a->lang, file_of(a), path,
	    &text)) == ERR_OK && (a->training == false ||
	    (r = buf_put_text(out, "[FORMATION] ")) == ERR_OK))
		r = fill((const char *)text.p, w, out);
	buf_clear(&text);
	secret_free(w);
	return r == ERR_NOTICE_TEXT && path[0] != '\0' ?
	    err_about(r, "%s", path) : r;
}

bool
message_is_mailbox(const char *address)
{
	const char *at = strchr(address, '@');

	if (at == NULL || at == address || at[1] == '\0' ||
	    strchr(at + 1, '@') != NULL || strlen(address) > 254)
		return false;
	for (; *address != '\0'; address++)
		if ((unsigned char)*address <= ' ' || *address == 127 ||
		    strchr("<>()[]\\,;:\"", *address) != NULL)
			return false;
	return true;
}

/* Base64 in lines of a mail. */
static enum err
put_base64(const uint8_t *p, size_t n, const char *before, const char *after,
    struct buf *out)
{
	char line[BASE64_ROOM(MAIL_LINE)];
	enum err r = ERR_OK;

	while (n > 0 && r == ERR_OK) {
		size_t k = n < MAIL_LINE ? n : MAIL_LINE;

		base64_of(p, k, line);
		if ((r = buf_put_text(out, before)) == ERR_OK &&
		    (r = buf_put_text(out, line)) == ERR_OK)
			r = buf_put_text(out, after);
		p += k;
		n -= k;
	}
	return r;
}

/* Words of a header that are cut between characters, 42 bytes each. */
static enum err
put_subject(const char *p, size_t n, struct buf *out)
{
	enum err r = buf_put_text(out, "Subject:");
	char word[BASE64_ROOM(42)];

	while (n > 0 && r == ERR_OK) {
		size_t k = n < 42 ? n : 42;

		while (k < n && ((unsigned char)p[k] & 0xc0) == 0x80)
			k--;
		base64_of(p, k, word);
		if ((r = buf_put_text(out, " =?UTF-8?B?")) == ERR_OK &&
		    (r = buf_put_text(out, word)) == ERR_OK)
			r = buf_put_text(out, n > k ? "?=\r\n" : "?=");
		p += k;
		n -= k;
	}
	return r == ERR_OK ? buf_put_text(out, "\r\n") : r;
}

static enum err
put_head(const struct announcement *a, const struct centre_settings *set,
    struct buf *out)
{
	char date[64], reference[RID_TEXT];
	time_t at = (time_t)(a->at_ms / 1000);
	struct tm tm;
	enum err r;

	(void)gmtime_r(&at, &tm);
	(void)strftime(date, sizeof(date), "%d %b %Y %H:%M:%S +0000", &tm);
	rid_text(&a->rid, reference);
	if ((r = buf_put_text(out, "From: <")) != ERR_OK ||
	    (r = buf_put_text(out, set->mail_from)) != ERR_OK ||
	    (r = buf_put_text(out, ">\r\nTo: <")) != ERR_OK ||
	    (r = buf_put_text(out, a->to)) != ERR_OK ||
	    (r = buf_put_text(out, ">\r\nDate: ")) != ERR_OK ||
	    (r = buf_put_text(out, date)) != ERR_OK ||
	    (r = buf_put_text(out, "\r\nMessage-ID: <")) != ERR_OK ||
	    (r = buf_put_text(out, reference)) != ERR_OK ||
	    (r = buf_put_text(out, strchr(set->mail_from, '@'))) != ERR_OK)
		return r;
	return buf_put_text(out, ">\r\nAuto-Submitted: auto-generated\r\n"
	    "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8"
	    "\r\nContent-Transfer-Encoding: base64\r\n");
}

enum err
message_mail(const struct announcement *a, const struct centre_settings *set,
    struct buf *out)
{
	struct buf text;
	const char *words, *end;
	enum err r;

	if (!message_is_mailbox(a->to) || !message_is_mailbox(set->mail_from))
		return ERR_NOTICE_ADDRESS;
	if ((r = buf_init_secret(&text, MESSAGE_ROOM)) != ERR_OK)
		return r;
	if ((r = message_text(a, set, &text)) != ERR_OK ||
	    (r = buf_terminate(&text)) != ERR_OK)
		goto out;
	words = (const char *)text.p;
	end = strchr(words, '\n');
	if (end == NULL || end[1] != '\n') {
		r = err_about(ERR_NOTICE_TEXT, "email.txt");
		goto out;
	}
	if ((r = put_head(a, set, out)) == ERR_OK &&
	    (r = put_subject(words, (size_t)(end - words), out)) == ERR_OK &&
	    (r = buf_put_text(out, "\r\n")) == ERR_OK)
		r = put_base64((const uint8_t *)end + 2,
		    text.len - (size_t)(end + 2 - words), "", "\r\n", out);
out:
	buf_clear(&text);
	return r;
}

enum err
message_number(const char *mobile, char out[NUMBER_ROOM])
{
	char number[MOBILE_TEXT];

	if (!mobile_read(mobile, true, number))
		return ERR_NOTICE_ADDRESS;
	if (number[0] == '+')
		(void)snprintf(out, NUMBER_ROOM, "%s", number);
	else
		(void)snprintf(out, NUMBER_ROOM, "+33%s", number + 1);
	return ERR_OK;
}
