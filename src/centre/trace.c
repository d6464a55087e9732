/* trace: lines chained by hash. */
#include <string.h>

#include "centre/trace.h"

#define TEXT_ROOM 64 /* of the longest text of a line, and its NUL */

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
last(struct db *d, uint64_t *number, uint8_t hash[DIGEST_LEN])
{
	struct db_ask *a;
	bool row;
	enum err r;

	*number = 0;
	memset(hash, 0, DIGEST_LEN);
	if ((r = db_ask(d, &a, "SELECT number, hash FROM trace"
	    " ORDER BY number DESC LIMIT 1", "")) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && row) {
		*number = db_u64(a, 0);
		r = db_copy(a, 1, hash, DIGEST_LEN);
	}
	db_done(a);
	return r;
}

static const char *
said(const char *s)
{
	return s == NULL ? "" : s;
}

enum err
trace_add(struct db *d, const struct trace *given)
{
	struct trace t = *given;
	uint8_t hash[DIGEST_LEN];
	uint64_t number;
	enum err r;

	t.who = said(t.who);
	t.profession = said(t.profession);
	t.site = said(t.site);
	if ((r = last(d, &number, hash)) != ERR_OK ||
	    (r = hash_of(&t, number + 1, hash, hash)) != ERR_OK)
		return r;
	return db_do(d, "INSERT INTO trace (number, at_ms, who, profession,"
	    " site, action, subject, rid, hash)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "uuttttbbb", number + 1,
	    t.at_ms, t.who, t.profession, t.site, t.action,
	    (const void *)t.subject, (size_t)TRACE_SUBJECT_LEN,
	    (const void *)t.rid.b, sizeof(t.rid.b), (const void *)hash,
	    sizeof(hash));
}

/* One row as it should follow `hash`, which then becomes its own. */
static enum err
check_row(struct db_ask *a, uint64_t number, uint8_t hash[DIGEST_LEN])
{
	char who[TEXT_ROOM], profession[TEXT_ROOM], site[TEXT_ROOM],
	    action[TEXT_ROOM];
	uint8_t subject[TRACE_SUBJECT_LEN], kept[DIGEST_LEN];
	struct trace t = { .at_ms = db_u64(a, 1), .who = who,
		.profession = profession, .site = site, .action = action,
		.subject = subject };
	enum err r;

	if ((r = db_text(a, 2, who, sizeof(who))) != ERR_OK ||
	    (r = db_text(a, 3, profession, sizeof(profession))) != ERR_OK ||
	    (r = db_text(a, 4, site, sizeof(site))) != ERR_OK ||
	    (r = db_text(a, 5, action, sizeof(action))) != ERR_OK ||
	    (r = db_copy(a, 6, subject, sizeof(subject))) != ERR_OK ||
	    (r = db_copy(a, 7, t.rid.b, sizeof(t.rid.b))) != ERR_OK ||
	    (r = db_copy(a, 8, kept, sizeof(kept))) != ERR_OK ||
	    (r = hash_of(&t, number, hash, hash)) != ERR_OK)
		return r;
	return db_u64(a, 0) == number &&
	    memcmp(hash, kept, DIGEST_LEN) == 0 ? ERR_OK :
	    err_about(ERR_CHAIN, "trace %llu", (unsigned long long)number);
}

enum err
trace_check(struct db *d, uint64_t *count)
{
	uint8_t hash[DIGEST_LEN] = { 0 };
	uint64_t n = 0;
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(d, &a, "SELECT number, at_ms, who, profession, site,"
	    " action, subject, rid, hash FROM trace ORDER BY number", "")) !=
	    ERR_OK)
		return r;
	while ((r = db_next(a, &row)) == ERR_OK && row)
		if ((r = check_row(a, ++n, hash)) != ERR_OK)
			break;
	db_done(a);
	if (r == ERR_OK)
		*count = n;
	return r;
}
