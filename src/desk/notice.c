/* notice: load an information text, check its form, hash its bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/secret.h"
#include "base/text.h"
#include "desk/notice.h"

#define NOTICE_MAX ((size_t)64 * 1024)

/* Cut the line that begins at *at off the text; NULL at the end. */
static char *
next_line(char **at)
{
	char *line = *at, *end;

	if (line == NULL || *line == '\0')
		return NULL;
	if ((end = strchr(line, '\n')) == NULL) {
		*at = NULL;
	} else {
		*end = '\0';
		*at = end + 1;
	}
	return line;
}

static enum err
keep(const char *value, char *out, size_t room)
{
	if (out[0] != '\0' || value[0] == '\0' || strlen(value) >= room)
		return ERR_NOTICE;
	memcpy(out, value, strlen(value) + 1);
	return ERR_OK;
}

/* A reason may take several lines: one idea a line. */
static enum err
keep_line(const char *value, char *out, size_t room)
{
	size_t n = strlen(out);

	if (n == 0)
		return keep(value, out, room);
	if (value[0] == '\0' || n + 1 + strlen(value) >= room)
		return ERR_NOTICE;
	out[n] = '\n';
	memcpy(out + n + 1, value, strlen(value) + 1);
	return ERR_OK;
}

/* All three of them, or none; and the answer is yes or no. */
static enum err
check_question(const struct notice *n)
{
	bool asks = n->question[0] != '\0';

	if (asks != (n->answer[0] != '\0') || asks != (n->because[0] != '\0'))
		return ERR_NOTICE;
	return !asks || strcmp(n->answer, "yes") == 0 ||
	    strcmp(n->answer, "no") == 0 ? ERR_OK : ERR_NOTICE;
}

/* The "name: value" lines, up to the empty one. */
static enum err
read_head(char **at, struct notice *n)
{
	const struct {
		const char *name;
		char *out;
		size_t room;
		enum err (*keep)(const char *, char *, size_t);
	} head[] = {
		{ "id: ", n->id, sizeof(n->id), keep },
		{ "version: ", n->version, sizeof(n->version), keep },
		{ "lang: ", n->lang, sizeof(n->lang), keep },
		{ "title: ", n->title, sizeof(n->title), keep },
		{ "question: ", n->question, sizeof(n->question), keep },
		{ "answer: ", n->answer, sizeof(n->answer), keep },
		{ "because: ", n->because, sizeof(n->because),
		  keep_line },
	};
	const size_t nhead = sizeof(head) / sizeof(head[0]), need = 4;
	char *line;
	size_t i, len;

	while ((line = next_line(at)) != NULL && line[0] != '\0') {
		for (i = 0; i < nhead; i++) {
			len = strlen(head[i].name);
			if (strncmp(line, head[i].name, len) == 0)
				break;
		}
		if (i == nhead ||
		    head[i].keep(line + len, head[i].out, head[i].room) !=
		    ERR_OK)
			return ERR_NOTICE;
	}
	for (i = 0; i < need; i++)
		if (head[i].out[0] == '\0')
			return ERR_NOTICE;
	return line == NULL ? ERR_NOTICE : check_question(n);
}

/* Part a page from its second level, of which there is one at most. */
static enum err
cut_levels(char *page, const char **more)
{
	char *at = strstr(page, "\n+++");

	if (strncmp(page, "+++", 3) == 0 || (at != NULL && at[4] != '\n'))
		return ERR_NOTICE;
	if (at == NULL)
		return ERR_OK;
	*at = '\0';
	*more = at + 5;
	return **more == '\0' || **more == '\n' ||
	    strncmp(*more, "+++", 3) == 0 || strstr(*more, "\n+++") != NULL ?
	    ERR_NOTICE : ERR_OK;
}

/* As many as fit on paper, which slip/slip.h knows. */
static enum err
count_lines(const char *text)
{
	size_t n = 0, wide;

	for (; *text != '\0'; text += wide + (text[wide] == '\n')) {
		wide = strcspn(text, "\n");
		if (wide > NOTICE_WIDE || (n += wide > 0) > NOTICE_LINES)
			return ERR_NOTICE;
	}
	return ERR_OK;
}

/* A page ends before a line of "---", or with the text. */
static enum err
cut_pages(char *at, struct notice *n)
{
	char *end;

	while (at != NULL) {
		if (n->npages == NOTICE_PAGES || *at == '\0' ||
		    strncmp(at, "---\n", 4) == 0)
			return ERR_NOTICE;
		n->page[n->npages++] = at;
		if ((end = strstr(at, "\n---\n")) != NULL) {
			*end = '\0';
			end += 5;
		} else if (at[strlen(at) - 1] == '\n') {
			at[strlen(at) - 1] = '\0';
		} else {
			return ERR_NOTICE;
		}
		if (cut_levels(at, &n->more[n->npages - 1]) != ERR_OK)
			return ERR_NOTICE;
		at = end;
	}
	return ERR_OK;
}

/* Every line of it may stand on every face. */
static enum err
check_text(const char *text)
{
	char line[1024];
	size_t n;

	for (; *text != '\0'; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		if (n >= sizeof(line))
			return ERR_NOTICE;
		memcpy(line, text, n);
		line[n] = '\0';
		if (!text_is_clean(line))
			return ERR_NOTICE;
	}
	return ERR_OK;
}

static void
hash_of(const struct buf *bytes, char out[2 * DIGEST_LEN + 1])
{
	uint8_t d[DIGEST_LEN];

	digest(bytes->p, bytes->len, d);
	hex_of(d, sizeof(d), out);
}

static enum err
parse(const struct buf *bytes, struct notice *n)
{
	char *at;
	enum err r;

	if (memchr(bytes->p, '\0', bytes->len) != NULL)
		return ERR_NOTICE;
	if ((n->text = malloc(bytes->len + 1)) == NULL)
		return ERR_MEMORY;
	memcpy(n->text, bytes->p, bytes->len);
	/* read_head leaves NULL in at when there is no more, not in text. */
	/* cppcheck-suppress nullPointerRedundantCheck */
	n->text[bytes->len] = '\0';
	at = n->text;
	if ((r = check_text(n->text)) != ERR_OK ||
	    (r = read_head(&at, n)) != ERR_OK ||
	    (r = at == NULL || *at == '\0' ? ERR_NOTICE : count_lines(at)) !=
	    ERR_OK)
		return r;
	hash_of(bytes, n->sha);
	return cut_pages(at, n);
}

enum err
notice_load(const char *dir, const char *lang, const char *id,
    struct notice *out)
{
	char path[PATH_ROOM], name[64];
	struct notice n = { .npages = 0 };
	struct buf bytes;
	enum err r;

	buf_init(&bytes);
	if (snprintf(name, sizeof(name), "%s/%s.txt", lang, id) >=
	    (int)sizeof(name))
		return err_about(ERR_NOTICE, "%s", id);
	if ((r = path_join(dir, name, path)) != ERR_OK)
		return r;
	if (file_read(path, NOTICE_MAX, &bytes) != ERR_OK ||
	    bytes.len == 0 || (r = parse(&bytes, &n)) == ERR_NOTICE ||
	    (r == ERR_OK && (strcmp(n.lang, lang) != 0 ||
	    strcmp(n.id, id) != 0)))
		r = err_about(ERR_NOTICE, "%s", path);
	if (r == ERR_OK) {
		*out = n;
		n.text = NULL; /* transferred */
	}
	notice_clear(&n);
	buf_clear(&bytes);
	return r;
}

void
notice_clear(struct notice *n)
{
	free(n->text);
	memset(n, 0, sizeof(*n));
}
