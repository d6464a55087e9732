/* slip: lines of text in locked memory, and one strict line of JSON. */
#include <string.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"
#include "slip/slip.h"

static const struct {
	const char *word;
	bool label, value;
} kinds[] = {
#define KIND(name, word, label, value) { word, label, value },
	SLIP_KINDS(KIND)
#undef KIND
};
#define PAPER(name, word) word,
static const char *const papers[] = { SLIP_PAPERS(PAPER) };
#undef PAPER
#define PAPER_COUNT (sizeof(papers) / sizeof(papers[0]))
#define KIND_COUNT (sizeof(kinds) / sizeof(kinds[0]))

struct slip *
slip_new(void)
{
	return secret_alloc(sizeof(struct slip));
}

void
slip_free(struct slip *s)
{
	secret_free(s);
}

void
slip_wipe(struct slip *s)
{
	secret_wipe(s, sizeof(*s));
}

/* As much of s as fits, never half a character. */
static void
put_text(char out[SLIP_TEXT], const char *s)
{
	size_t n = s == NULL ? 0 : strlen(s);

	if (n >= SLIP_TEXT) {
		n = SLIP_TEXT - 1;
		while (n > 0 && ((unsigned char)s[n] & 0xC0) == 0x80)
			n--;
	}
	if (n > 0)
		memcpy(out, s, n);
	out[n] = '\0';
}

void
slip_add(struct slip *s, enum slip_kind kind, const char *label,
    const char *value)
{
	struct slip_line *l;

	if (s->n >= SLIP_LINES)
		abort();
	l = &s->line[s->n++];
	l->kind = kind;
	put_text(l->label, label);
	put_text(l->value, value);
}

/* Groups of printable ASCII with one blank between two: what can be named
 * glyph by glyph. */
static bool
is_code(const char *s)
{
	char before = ' ';

	for (; *s != '\0'; before = *s++)
		if (*s < ' ' || *s > '~' || (*s == ' ' && before == ' '))
			return false;
	return before != ' ';
}

/* What a QR code says in its mode of 45 characters (ISO/IEC 18004). */
static bool
is_scanned(const char *s)
{
	return strspn(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:") ==
	    strlen(s);
}

static bool
line_holds(const struct slip_line *l, bool first)
{
	if ((l->kind == SLIP_TITLE) != first)
		return false;
	if ((*l->label != '\0') != kinds[l->kind].label ||
	    (*l->value != '\0' && !kinds[l->kind].value))
		return false;
	if (!text_is_clean(l->label) || !text_is_clean(l->value))
		return false;
	if (l->kind == SLIP_QR)
		return *l->value != '\0' && is_scanned(l->value);
	return l->kind != SLIP_CODE || is_code(l->value);
}

/* The rules that hold on both sides of the pipe. */
static enum err
check(const struct slip *s)
{
	struct rid rid;

	if (rid_read(s->ref, &rid) != ERR_OK)
		return err_about(ERR_SLIP_FORM, "ref");
	if (s->n == 0)
		return err_about(ERR_SLIP_FORM, "lines");
	for (size_t i = 0; i < s->n; i++)
		if (!line_holds(&s->line[i], i == 0))
			return err_about(ERR_SLIP_FORM, "lines[%zu]", i);
	return ERR_OK;
}

/* NULL when memory is short. */
static json_t *
lines_json(const struct slip *s)
{
	json_t *lines = json_array();

	for (size_t i = 0; lines != NULL && i < s->n; i++) {
		const struct slip_line *l = &s->line[i];

		if (json_array_append_new(lines, json_pack("{s:s,s:s,s:s}",
		    "kind", kinds[l->kind].word, "label", l->label, "value",
		    l->value)) != 0) {
			json_decref(lines);
			return NULL;
		}
	}
	return lines;
}

enum err
slip_write(const struct slip *s, struct buf *out)
{
	size_t start = out->len;
	json_t *doc;
	enum err r;

	if ((r = check(s)) != ERR_OK)
		return r;
	doc = json_pack("{s:i,s:s,s:s,s:b,s:b,s:o}", "version",
	    SLIP_VERSION, "paper", papers[s->paper], "ref", s->ref, "training",
	    s->training, "large", s->large, "lines", lines_json(s));
	if (doc == NULL)
		return ERR_MEMORY;
	if ((r = json_write(doc, out)) == ERR_OK)
		r = buf_put_u8(out, '\n');
	json_decref(doc);
	if (r == ERR_OK && out->len - start > LINE_LIMIT)
		return err_about(ERR_SLIP_FORM, "lines");
	return r;
}

static enum err
read_kind(const json_t *o, enum slip_kind *out)
{
	char word[8];
	enum err r;

	if ((r = json_get_text(o, "kind", word, sizeof(word) - 1)) != ERR_OK)
		return r;
	for (size_t i = 0; i < KIND_COUNT; i++)
		if (strcmp(word, kinds[i].word) == 0) {
			*out = (enum slip_kind)i;
			return ERR_OK;
		}
	return err_about(ERR_SLIP_FORM, "kind");
}

static enum err
read_line(const json_t *o, struct slip_line *l)
{
	static const char *const keys[] = { "kind", "label", "value", NULL };
	enum err r;

	if (!json_is_object(o))
		return err_about(ERR_SLIP_FORM, "lines");
	if ((r = json_only(o, keys)) != ERR_OK ||
	    (r = read_kind(o, &l->kind)) != ERR_OK ||
	    (r = json_get_text(o, "label", l->label, SLIP_TEXT - 1)) != ERR_OK)
		return r;
	return json_get_text(o, "value", l->value, SLIP_TEXT - 1);
}

static enum err
read_paper(const json_t *doc, enum slip_paper *out)
{
	char word[8];
	enum err r;

	if ((r = json_get_text(doc, "paper", word, sizeof(word) - 1)) !=
	    ERR_OK)
		return r;
	for (size_t i = 0; i < PAPER_COUNT; i++)
		if (strcmp(word, papers[i]) == 0) {
			*out = (enum slip_paper)i;
			return ERR_OK;
		}
	return err_about(ERR_SLIP_FORM, "paper");
}

static enum err
read_document(const json_t *doc, struct slip *s)
{
	static const char *const keys[] = { "large", "lines", "paper", "ref",
		"training", "version", NULL };
	json_int_t version;
	json_t *lines;
	enum err r;

	if ((r = json_only(doc, keys)) != ERR_OK ||
	    (r = json_get_int(doc, "version", SLIP_VERSION, SLIP_VERSION,
	    &version)) != ERR_OK ||
	    (r = read_paper(doc, &s->paper)) != ERR_OK ||
	    (r = json_get_text(doc, "ref", s->ref, RID_TEXT - 1)) != ERR_OK ||
	    (r = json_get_bool(doc, "training", &s->training)) != ERR_OK ||
	    (r = json_get_bool(doc, "large", &s->large)) != ERR_OK ||
	    (r = json_get_array(doc, "lines", &lines)) != ERR_OK)
		return r;
	if (json_array_size(lines) > SLIP_LINES)
		return err_about(ERR_SLIP_FORM, "lines");
	for (; s->n < json_array_size(lines); s->n++)
		if ((r = read_line(json_array_get(lines, s->n),
		    &s->line[s->n])) != ERR_OK)
			return r;
	return check(s);
}

enum err
slip_read(const char *line, struct slip *out)
{
	json_t *doc = NULL;
	enum err r;

	slip_wipe(out);
	if ((r = json_read(line, strlen(line), &doc)) == ERR_OK)
		r = json_is_object(doc) ? read_document(doc, out)
		    : err_about(ERR_SLIP_FORM, "{");
	json_decref(doc);
	if (r == ERR_OK)
		return ERR_OK;
	slip_wipe(out);
	return r == ERR_MEMORY ? r : ERR_SLIP_FORM;
}
