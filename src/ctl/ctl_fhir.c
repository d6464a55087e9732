/* ctl_fhir: dossiers as FHIR Bundles, one a line. Each look leaves a trace
 * before anything is shown. */
#include <string.h>
#include <time.h>

#include "centre/feed.h"
#include "ctl/keeper.h"
#include "fhir/fhir.h"

#define LINE_USUAL ((size_t)256 * 1024) /* so that few copies are left */

struct export {
	struct ctl *c;
	struct keeper keeper;
	struct fhir *fhir;
	struct story *story;
	struct buf line;
};

static enum err
add_act(const struct story *s, const struct trace_line *l,
    const struct record *rec, void *user)
{
	return fhir_act(user, s, l, rec);
}

/* The dossier as it stood after line `last`, with the acts behind `after`. */
static enum err
show_bundle(struct export *x, const uint8_t id[DOSSIER_ID_LEN],
    uint64_t after, uint64_t last, const char *cursor)
{
	enum err r;

	fhir_reset(x->fhir);
	buf_reset(&x->line);
	if ((r = story_tell(x->keeper.vault, id, after, last, x->story,
	    add_act, x->fhir)) != ERR_OK ||
	    (r = fhir_write(x->fhir, x->story, cursor, &x->line)) != ERR_OK)
		return r;
	(void)fwrite(x->line.p, 1, x->line.len, x->c->out);
	return fputc('\n', x->c->out) == EOF || fflush(x->c->out) != 0
	    ? ERR_FILE_WRITE : ERR_OK;
}

static enum err
show_person(struct export *x, const char *reference)
{
	uint8_t id[DOSSIER_ID_LEN];
	enum err r;

	if ((r = keeper_find(&x->keeper, reference, id)) != ERR_OK ||
	    (r = keeper_trace(&x->keeper, id, FEED_LOOK)) != ERR_OK)
		return r;
	return show_bundle(x, id, 0, TRACE_LAST, NULL);
}

/* Each dossier of these once. */
static enum err
trace_items(struct export *x, const struct feed_item *items, unsigned n)
{
	struct vault *v = x->keeper.vault;
	enum err r;

	if ((r = vault_begin(v)) != ERR_OK)
		return r;
	for (unsigned i = 0; r == ERR_OK && i < n; i++) {
		const struct trace t = keeper_line(&x->keeper,
		    items[i].dossier, FEED_LOOK);
		unsigned k = 0;

		while (memcmp(items[k].dossier, items[i].dossier,
		    DOSSIER_ID_LEN) != 0)
			k++;
		if (k == i)
			r = vault_witness(v, &t);
	}
	if (r == ERR_OK)
		r = vault_commit(v);
	vault_rollback(v);
	return r;
}

static enum err
show_feed(struct export *x, struct feed *f)
{
	struct feed_item items[FEED_MAX];
	unsigned n;
	enum err r;

	while ((r = feed_next(f, items, &n)) == ERR_OK && n > 0) {
		if ((r = trace_items(x, items, n)) != ERR_OK)
			return r;
		for (unsigned i = 0; i < n; i++)
			if ((r = show_bundle(x, items[i].dossier,
			    items[i].number - 1, items[i].number,
			    items[i].cursor)) != ERR_OK)
				return r;
	}
	return r;
}

/* The local day "AAAA-MM-JJ" from its first moment to the next one's. */
static enum err
day_bounds(const char *text, uint64_t *from_ms, uint64_t *to_ms)
{
	struct tm tm = { .tm_isdst = -1 }, next;
	const char *end = strptime(text, "%Y-%m-%d", &tm);
	time_t from, to;

	if (end == NULL || *end != '\0' || strlen(text) != 10)
		return err_about(ERR_USAGE, "--day %s", text);
	tm.tm_isdst = -1;
	next = tm;
	next.tm_mday++;
	from = mktime(&tm);
	to = mktime(&next);
	if (from < 0 || to < from)
		return err_about(ERR_USAGE, "--day %s", text);
	*from_ms = (uint64_t)from * 1000;
	*to_ms = (uint64_t)to * 1000;
	return ERR_OK;
}

static enum err
show(struct export *x)
{
	const char *person = ctl_value(x->c, "person");
	const char *day = ctl_value(x->c, "day");
	const char *since = ctl_value(x->c, "since");
	uint64_t from_ms, to_ms;
	struct feed f;
	enum err r;

	if ((person != NULL) + (day != NULL) + (since != NULL) != 1)
		return err_about(ERR_USAGE, "--person, --day ou --since");
	if (person != NULL)
		return show_person(x, person);
	if (day == NULL)
		r = feed_since(&f, x->keeper.vault, since);
	else if ((r = day_bounds(day, &from_ms, &to_ms)) == ERR_OK)
		r = feed_between(&f, x->keeper.vault, from_ms, to_ms);
	return r == ERR_OK ? show_feed(x, &f) : r;
}

enum err
ctl_fhir(struct ctl *c)
{
	static const char *const names[] = { "person=", "day=", "since=",
		"create", NULL };
	struct export x = { .c = c };
	enum err r;

	buf_init(&x.line);
	if ((r = ctl_words(c, names, 0)) != ERR_OK ||
	    (r = keeper_open(c, &x.keeper)) != ERR_OK)
		goto out;
	x.fhir = fhir_new(ctl_flag(c, "create"));
	x.story = story_new();
	if (x.fhir == NULL || x.story == NULL)
		r = ERR_MEMORY;
	else if ((r = buf_reserve(&x.line, LINE_USUAL)) == ERR_OK)
		r = show(&x);
	if (x.line.p != NULL)
		secret_wipe(x.line.p, x.line.cap);
out:
	buf_clear(&x.line);
	story_free(x.story);
	fhir_free(x.fhir);
	keeper_close(&x.keeper);
	return r;
}
