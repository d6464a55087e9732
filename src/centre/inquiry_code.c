/* inquiry_code: codes sent, tried and followed, and how patient one is. */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "centre/announce.h"
#include "centre/inquiry.h"
#include "centre/vault_own.h"

/* A keyed digest of texts, each behind its length, under a word of its own. */
static enum err
mark_of(struct vault *v, const char *word, const void *p, size_t n,
    const void *q, size_t m, uint8_t out[DIGEST_LEN])
{
	enum err r;

	buf_reset(&v->work);
	if ((r = buf_put_text(&v->work, word)) == ERR_OK &&
	    (r = buf_put_u8(&v->work, 0)) == ERR_OK &&
	    (r = buf_put_u16(&v->work, (uint16_t)n)) == ERR_OK &&
	    (r = buf_put(&v->work, p, n)) == ERR_OK &&
	    (r = buf_put(&v->work, q, m)) == ERR_OK)
		keyed_digest(v->keys->index, v->work.p, v->work.len, out);
	buf_reset(&v->work);
	return r;
}

static enum err
mark_contact(struct vault *v, const struct question *q,
    uint8_t out[DIGEST_LEN])
{
	const uint8_t reach = (uint8_t)q->reach;

	return mark_of(v, "guichet-contact", &reach, 1, q->to,
	    strlen(q->to), out);
}

static enum err
mark_code(struct vault *v, const uint8_t contact[DIGEST_LEN],
    const char *code, uint8_t out[DIGEST_LEN])
{
	return mark_of(v, "guichet-code", contact, DIGEST_LEN, code,
	    strlen(code), out);
}

/* How patient one is with a contact, or with a person. */
struct patience {
	uint8_t who[DIGEST_LEN];
	uint64_t wrong, sent, unsent, since_ms, until_ms;
};

static enum err
read_patience(struct vault *v, const uint8_t who[DIGEST_LEN],
    uint64_t now_ms, struct patience *out)
{
	struct db_ask *a;
	bool row;
	enum err r;

	memset(out, 0, sizeof(*out));
	memcpy(out->who, who, sizeof(out->who));
	out->since_ms = now_ms;
	if ((r = db_ask(v->db, &a, "SELECT wrong, sent, since_ms,"
	    " until_ms, unsent FROM patience WHERE who = ?", "b",
	    (const void *)who, (size_t)DIGEST_LEN)) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && row &&
	    (db_u64(a, 3) > now_ms ||
	    db_u64(a, 2) + INQUIRY_WAIT_MS > now_ms)) {
		out->wrong = db_u64(a, 0);
		out->sent = db_u64(a, 1);
		out->since_ms = db_u64(a, 2);
		out->until_ms = db_u64(a, 3);
		out->unsent = db_u64(a, 4);
	}
	db_done(a);
	/* A wait that is over is a new beginning. */
	if (r == ERR_OK && out->until_ms != 0 && out->until_ms <= now_ms) {
		out->wrong = out->sent = out->unsent = 0;
		out->until_ms = 0;
		out->since_ms = now_ms;
	}
	return r;
}

static enum err
keep_patience(struct vault *v, const struct patience *p)
{
	return db_do(v->db, "INSERT OR REPLACE INTO patience (who, wrong,"
	    " sent, unsent, since_ms, until_ms) VALUES (?, ?, ?, ?, ?, ?)",
	    "buuuuu", (const void *)p->who, sizeof(p->who), p->wrong,
	    p->sent, p->unsent, p->since_ms, p->until_ms);
}

static enum err
lose_patience(struct vault *v, const struct patience *p)
{
	return db_do(v->db, "DELETE FROM patience WHERE who = ?", "b",
	    (const void *)p->who, sizeof(p->who));
}

/* Both of them: the contact's, and the person's. */
struct both {
	uint8_t contact[DIGEST_LEN];
	struct patience of[2];
};

static enum err
read_both(struct vault *v, const struct inquiry *i, struct both *b)
{
	enum err r;

	if ((r = mark_contact(v, i->q, b->contact)) != ERR_OK ||
	    (r = read_patience(v, b->contact, i->now_ms, &b->of[0])) !=
	    ERR_OK)
		return r;
	return read_patience(v, i->person, i->now_ms, &b->of[1]);
}

_Static_assert(PERSON_LEN == DIGEST_LEN, "a person is a mark too");

/* True when that time is still to come: *out says how long. */
static bool
must_wait(uint64_t until_ms, uint64_t now_ms, struct response *out)
{
	if (until_ms <= now_ms)
		return false;
	out->word = RESPONSE_WAIT;
	out->wait_s = (uint16_t)((until_ms - now_ms + 999) / 1000);
	return true;
}

static uint64_t
later(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* From when on one of them may try a code again. */
static uint64_t
may_try(const struct both *b)
{
	return later(b->of[0].until_ms, b->of[1].until_ms);
}

/* And have another sent; a person has two contacts. */
static uint64_t
may_send(const struct both *b)
{
	uint64_t until = may_try(b);

	for (unsigned k = 0; k < 2; k++)
		if (b->of[k].sent >= INQUIRY_TRIES * (k + 1) ||
		    b->of[k].unsent >= INQUIRY_UNSENT * (k + 1))
			until = later(until, b->of[k].since_ms +
			    INQUIRY_WAIT_MS);
	return until;
}

static enum err
keep_both(struct vault *v, const struct both *b)
{
	enum err r = keep_patience(v, &b->of[0]);

	return r == ERR_OK ? keep_patience(v, &b->of[1]) : r;
}

static enum err
drop_code(struct vault *v, const struct both *b)
{
	return db_do(v->db, "DELETE FROM code WHERE contact = ?", "b",
	    (const void *)b->contact, sizeof(b->contact));
}

/* Fill it in locked memory, and hand it to who carries: under an id of our
 * own, for that of the question may be one that a record has. */
static enum err
post(struct vault *v, const struct inquiry *i, const char *code,
    struct rid *out)
{
	struct announcement *a = secret_alloc(sizeof(*a));
	const struct question *q = i->q;
	enum err r;

	if (a == NULL)
		return ERR_MEMORY;
	rid_make(i->now_ms, &a->rid);
	*out = a->rid;
	a->at_ms = i->now_ms;
	a->way = q->reach == REACH_EMAIL ? WAY_EMAIL : WAY_SMS;
	a->training = q->training;
	(void)snprintf(a->lang, sizeof(a->lang), "%s", q->lang);
	(void)snprintf(a->place, sizeof(a->place), "%s", q->site_name);
	(void)snprintf(a->to, sizeof(a->to), "%s", q->to);
	(void)snprintf(a->code, sizeof(a->code), "%s", code);
	r = vault_tell(v, a);
	secret_free(a);
	return r;
}

/* Until it is known what came of it. */
static enum err
count_sending(struct vault *v, const struct inquiry *i, struct both *b,
    const struct rid *row)
{
	b->of[0].sent++;
	b->of[1].sent++;
	return db_do(v->db, "INSERT INTO sending (row, contact, person,"
	    " at_ms) VALUES (?, ?, ?, ?)", "bbbu", (const void *)row->b,
	    sizeof(row->b), (const void *)b->contact, sizeof(b->contact),
	    (const void *)i->person, sizeof(i->person), i->now_ms);
}

static enum err
make_code(struct vault *v, const struct inquiry *i, struct both *b)
{
	char code[CODE_LEN + 1];
	uint8_t mark[DIGEST_LEN];
	struct rid row;
	enum err r;

	(void)snprintf(code, sizeof(code), "%06u", secret_below(1000000));
	if ((r = mark_code(v, b->contact, code, mark)) == ERR_OK &&
	    (r = post(v, i, code, &row)) == ERR_OK &&
	    (r = count_sending(v, i, b, &row)) == ERR_OK)
		r = db_do(v->db, "INSERT OR REPLACE INTO code (contact,"
		    " person, about, code, row, until_ms)"
		    " VALUES (?, ?, ?, ?, ?, ?)", "bbbbbu",
		    (const void *)b->contact, sizeof(b->contact),
		    (const void *)i->person, sizeof(i->person),
		    (const void *)i->q->about.b, sizeof(i->q->about.b),
		    (const void *)mark, sizeof(mark), (const void *)row.b,
		    sizeof(row.b), i->now_ms + INQUIRY_CODE_MS);
	secret_wipe(code, sizeof(code));
	return r;
}

enum err
inquiry_send(struct vault *v, const struct inquiry *i, struct response *out)
{
	struct both b;
	enum err r;

	if ((r = read_both(v, i, &b)) != ERR_OK ||
	    must_wait(may_send(&b), i->now_ms, out) ||
	    (r = inquiry_replace(v, b.contact, i->now_ms)) != ERR_OK ||
	    (r = read_both(v, i, &b)) != ERR_OK ||
	    (r = make_code(v, i, &b)) != ERR_OK)
		return r;
	out->word = RESPONSE_SENT;
	return keep_both(v, &b);
}

/* The mark of the code that is good for this person, contact and record;
 * ERR_NOT_FOUND. */
static enum err
find_code(struct vault *v, const struct inquiry *i, const struct both *b,
    uint8_t mark[DIGEST_LEN])
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(v->db, &a, "SELECT code FROM code WHERE contact = ?"
	    " AND person = ? AND about = ? AND until_ms > ?", "bbbu",
	    (const void *)b->contact, sizeof(b->contact),
	    (const void *)i->person, sizeof(i->person),
	    (const void *)i->q->about.b, sizeof(i->q->about.b),
	    i->now_ms)) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK)
		r = row ? db_copy(a, 0, mark, DIGEST_LEN) : ERR_NOT_FOUND;
	db_done(a);
	return r;
}

/* One try less; the third makes both wait, and the code is gone. */
static enum err
count_wrong(struct vault *v, const struct inquiry *i, struct both *b,
    struct response *out)
{
	uint64_t most = 0;
	enum err r;

	for (int k = 0; k < 2; k++)
		if (++b->of[k].wrong > most)
			most = b->of[k].wrong;
	if (most < INQUIRY_TRIES) {
		out->word = RESPONSE_WRONG;
		out->tries = (uint8_t)(INQUIRY_TRIES - most);
		return keep_both(v, b);
	}
	for (int k = 0; k < 2; k++)
		b->of[k].until_ms = i->now_ms + INQUIRY_WAIT_MS;
	(void)must_wait(may_try(b), i->now_ms, out);
	if ((r = drop_code(v, b)) != ERR_OK)
		return r;
	return keep_both(v, b);
}

static enum err
count_right(struct vault *v, const struct both *b, struct response *out)
{
	enum err r;

	out->word = RESPONSE_RIGHT;
	if ((r = drop_code(v, b)) != ERR_OK ||
	    (r = lose_patience(v, &b->of[0])) != ERR_OK)
		return r;
	return lose_patience(v, &b->of[1]);
}

enum err
inquiry_check(struct vault *v, const struct inquiry *i, struct response *out)
{
	uint8_t kept[DIGEST_LEN], typed[DIGEST_LEN];
	struct both b;
	enum err r;

	if ((r = read_both(v, i, &b)) != ERR_OK ||
	    must_wait(may_try(&b), i->now_ms, out))
		return r;
	if ((r = find_code(v, i, &b, kept)) == ERR_NOT_FOUND) {
		out->word = RESPONSE_EXPIRED;
		return ERR_OK;
	}
	if (r != ERR_OK ||
	    (r = mark_code(v, b.contact, i->q->code, typed)) != ERR_OK)
		return r;
	return secret_equal(kept, typed, sizeof(kept)) ?
	    count_right(v, &b, out) : count_wrong(v, i, &b, out);
}

/* What came of the row that carries it. */
static enum response_word
fate_of(enum notice_state state, int reason)
{
	switch (state) {
	case NOTICE_WAITING:
		return RESPONSE_GOING;
	case NOTICE_SENT:
		return RESPONSE_GONE;
	case NOTICE_FAILED:
		break;
	}
	return reason == err_number(ERR_NOTICE_REFUSED) ||
	    reason == err_number(ERR_NOTICE_ADDRESS) ? RESPONSE_REFUSED :
	    RESPONSE_UNSENT;
}

enum err
inquiry_sent(struct vault *v, const struct inquiry *i, struct response *out)
{
	uint8_t contact[DIGEST_LEN];
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = mark_contact(v, i->q, contact)) != ERR_OK ||
	    (r = db_ask(v->db, &a, "SELECT o.state, o.reason FROM code AS c"
	    " JOIN outbox AS o ON o.rid = c.row WHERE c.contact = ?"
	    " AND c.person = ? AND c.about = ?", "bbb",
	    (const void *)contact, sizeof(contact), (const void *)i->person,
	    sizeof(i->person), (const void *)i->q->about.b,
	    sizeof(i->q->about.b))) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK)
		out->word = !row ? RESPONSE_UNSENT :
		    fate_of((enum notice_state)db_u64(a, 0),
		    (int)db_u64(a, 1));
	db_done(a);
	return r;
}
