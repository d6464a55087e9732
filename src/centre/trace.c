/* trace: lines chained by hash. */
#include <string.h>

#include "centre/trace.h"

static enum err
put_text(struct buf *b, const char *s)
{
	enum err r = buf_put_u16(b, (uint16_t)strlen(s));

	return r == ERR_OK ? buf_put_text(b, s) : r;
}

/* The hash of a line: of its number, what it says, and the hash before. */
static enum err
hash_of(const struct trace *t, uint64_t number,
    const uint8_t previous[DIGEST_LEN], uint8_t out[DIGEST_LEN])
{
	struct buf b;
	enum err r;

	buf_init(&b);
	if ((r = buf_put(&b, previous, DIGEST_LEN)) == ERR_OK &&
	    (r = buf_put_u64(&b, number)) == ERR_OK &&
	    (r = buf_put_u64(&b, t->at_ms)) == ERR_OK &&
	    (r = put_text(&b, t->who)) == ERR_OK &&
	    (r = put_text(&b, t->profession)) == ERR_OK &&
	    (r = put_text(&b, t->site)) == ERR_OK &&
	    (r = put_text(&b, t->action)) == ERR_OK &&
	    (r = buf_put(&b, t->subject, TRACE_SUBJECT_LEN)) == ERR_OK &&
	    (r = buf_put(&b, t->rid.b, sizeof(t->rid.b))) == ERR_OK)
		digest(b.p, b.len, out);
	buf_clear(&b);
	return r;
}

/* The last line's number and hash; zero when there is none. */
static enum err
find_end(struct db *d, struct trace_end *end)
{
	struct db_ask *a;
	bool row;
	enum err r;

	memset(end, 0, sizeof(*end));
	if ((r = db_ask(d, &a, "SELECT number, hash FROM trace"
	    " ORDER BY number DESC LIMIT 1", "")) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && row) {
		end->number = db_u64(a, 0);
		r = db_copy(a, 1, end->hash, sizeof(end->hash));
	}
	db_done(a);
	end->known = r == ERR_OK;
	return r;
}

static const char *
said(const char *s)
{
	return s == NULL ? "" : s;
}

static enum err
insert(struct db *d, const struct trace *t, const struct trace_end *at)
{
	return db_do(d, "INSERT INTO trace (number, at_ms, who, profession,"
	    " site, action, subject, rid, hash)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "uuttttbbb", at->number,
	    t->at_ms, t->who, t->profession, t->site, t->action,
	    (const void *)t->subject, (size_t)TRACE_SUBJECT_LEN,
	    (const void *)t->rid.b, sizeof(t->rid.b),
	    (const void *)at->hash, sizeof(at->hash));
}

enum err
trace_add(struct db *d, struct trace_end *end, const struct trace *given)
{
	struct trace t = *given;
	struct trace_end next = { .known = true };
	enum err r;

	t.who = said(t.who);
	t.profession = said(t.profession);
	t.site = said(t.site);
	if (!end->known && (r = find_end(d, end)) != ERR_OK)
		return r;
	next.number = end->number + 1;
	if ((r = hash_of(&t, next.number, end->hash, next.hash)) == ERR_OK &&
	    (r = insert(d, &t, &next)) == ERR_OK)
		*end = next;
	return r;
}

#define LINE_COLUMNS							\
	"SELECT number, at_ms, who, profession, site, action, subject,"	\
	" rid, hash FROM trace "

static enum err
read_line(struct db_ask *a, struct trace_line *l)
{
	enum err r;

	l->number = db_u64(a, 0);
	l->at_ms = db_u64(a, 1);
	if ((r = db_text(a, 2, l->who, sizeof(l->who))) != ERR_OK ||
	    (r = db_text(a, 3, l->profession, sizeof(l->profession))) !=
	    ERR_OK || (r = db_text(a, 4, l->site, sizeof(l->site))) !=
	    ERR_OK || (r = db_text(a, 5, l->action, sizeof(l->action))) !=
	    ERR_OK || (r = db_copy(a, 6, l->subject, sizeof(l->subject))) !=
	    ERR_OK || (r = db_copy(a, 7, l->rid.b, sizeof(l->rid.b))) !=
	    ERR_OK)
		return r;
	return db_copy(a, 8, l->hash, sizeof(l->hash));
}

enum err
trace_each(struct db *d, const uint8_t *subject, uint64_t after,
    uint64_t last, trace_see *see, void *user)
{
	static const char of_all[] = LINE_COLUMNS
	    "WHERE number > ? AND number <= ? ORDER BY number";
	static const char of_one[] = LINE_COLUMNS
	    "WHERE number > ? AND number <= ? AND subject = ?"
	    " ORDER BY number";
	struct trace_line l;
	struct db_ask *a;
	bool row;
	enum err r;

	r = subject == NULL ? db_ask(d, &a, of_all, "uu", after, last)
	    : db_ask(d, &a, of_one, "uub", after, last,
	    (const void *)subject, (size_t)TRACE_SUBJECT_LEN);
	if (r != ERR_OK)
		return r;
	while ((r = db_next(a, &row)) == ERR_OK && row)
		if ((r = read_line(a, &l)) != ERR_OK ||
		    (r = see(&l, user)) != ERR_OK)
			break;
	db_done(a);
	return r;
}

enum err
trace_between(struct db *d, uint64_t from_ms, uint64_t to_ms,
    uint64_t *first, uint64_t *last)
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(d, &a, "SELECT min(number), max(number) FROM trace"
	    " WHERE at_ms >= ? AND at_ms < ?", "uu", from_ms, to_ms)) !=
	    ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && (!row || db_null(a, 0)))
		r = ERR_NOT_FOUND;
	if (r == ERR_OK) {
		*first = db_u64(a, 0);
		*last = db_u64(a, 1);
	}
	db_done(a);
	return r;
}

struct walk {
	uint64_t count;
	uint8_t hash[DIGEST_LEN];
};

/* It should follow the one before, whose hash then becomes its own. */
static enum err
follows(const struct trace_line *l, void *user)
{
	const struct trace t = { .at_ms = l->at_ms, .who = l->who,
		.profession = l->profession, .site = l->site,
		.action = l->action, .subject = l->subject, .rid = l->rid };
	struct walk *w = user;
	enum err r;

	if ((r = hash_of(&t, ++w->count, w->hash, w->hash)) != ERR_OK)
		return r;
	return l->number == w->count &&
	    memcmp(w->hash, l->hash, DIGEST_LEN) == 0 ? ERR_OK :
	    err_about(ERR_CHAIN, "trace %llu", (unsigned long long)w->count);
}

enum err
trace_check(struct db *d, uint64_t *count)
{
	struct walk w = { .count = 0 };
	enum err r;

	if ((r = trace_each(d, NULL, 0, TRACE_LAST, follows, &w)) == ERR_OK)
		*count = w.count;
	return r;
}
