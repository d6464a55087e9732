/* queue_verify: every link of the chain, every signature, the file itself. */
#include <string.h>

#include "queue/queue_own.h"

/* The walk from row to row. */
struct walk {
	struct queue *q;
	uint32_t sign_number;	     /* the key looked at, and */
	uint8_t sign_public[SIGN_PUBLIC_LEN];
	bool known;		     /* whether its public half is here */
	uint64_t last;		     /* sequence of the row before */
	uint8_t hash[DIGEST_LEN];    /* and its hash */
	bool sound;		     /* that hash can be believed */
	bool broken;		     /* a link does not hold */
};

/* The key of that number, which is most often the one of the row before. */
static enum err
know_key(struct walk *w, uint32_t number)
{
	enum err r;

	if (number == w->sign_number)
		return ERR_OK;
	r = queue_epoch_public(w->q, number, w->sign_public);
	if (r != ERR_OK && r != ERR_NOT_FOUND)
		return r;
	w->sign_number = number;
	w->known = r == ERR_OK;
	return ERR_OK;
}

/* The bytes are an envelope, the row's own, and signed. */
static enum err
check_bytes(struct walk *w, const struct queue_row *row,
    const struct buf *bytes, struct envelope *e)
{
	uint8_t hash[DIGEST_LEN];
	enum err r;

	if ((r = envelope_read(bytes->p, bytes->len, e)) != ERR_OK)
		return r;
	envelope_hash(bytes->p, bytes->len, hash);
	if (e->sequence != row->sequence ||
	    memcmp(e->rid.b, row->rid.b, RID_LEN) != 0 ||
	    memcmp(hash, row->hash, DIGEST_LEN) != 0)
		return ERR_QUEUE_DAMAGED;
	/* A key that nobody knows any more: the chain alone holds its rows. */
	if ((r = know_key(w, e->sign_key)) != ERR_OK || !w->known)
		return r;
	return envelope_check(bytes->p, bytes->len, w->sign_public);
}

/* Bytes that are still here: are they good, and do they follow? */
static enum err
check_kept(struct walk *w, const struct queue_row *row)
{
	struct envelope e;
	struct buf bytes;
	enum err r, why;

	buf_init(&bytes);
	r = queue_bytes(w->q, &row->rid, &bytes);
	if (r != ERR_OK && r != ERR_QUEUE_DAMAGED)
		goto out;
	why = r == ERR_OK ? check_bytes(w, row, &bytes, &e) : r;
	r = ERR_OK;
	if (why != ERR_OK)
		r = queue_set_aside(w->q, row->sequence, why);
	else if (w->sound && memcmp(e.previous, w->hash, DIGEST_LEN) != 0)
		w->broken = true;
	w->sound = why == ERR_OK;
out:
	buf_clear(&bytes);
	return r;
}

static enum err
check_row(const struct queue_row *row, void *user)
{
	struct walk *w = user;
	enum err r = ERR_OK;

	if (row->sequence != w->last + 1) {
		w->broken = true;
		w->sound = false;
	}
	if (row->bytes != 0)
		r = check_kept(w, row);
	else
		w->sound = row->state == QUEUE_SENT;
	w->last = row->sequence;
	memcpy(w->hash, row->hash, DIGEST_LEN);
	return r;
}

/* Of all that wait only those are counted, for a start is waited for. */
static const char damaged_rows[] = "SELECT (SELECT count(*) FROM envelope"
    " WHERE state <> 'sent' AND state = 'damaged')"
    " + (SELECT count(*) FROM aside)";
static const char last_row[] = "SELECT ifnull(max(sequence), 0)"
    " FROM envelope";

/* Walk the rows behind w->last. */
static enum err
walk(struct walk *w, uint64_t *damaged)
{
	enum err r;

	if ((r = queue_each_after(w->q, w->last, check_row, w)) != ERR_OK ||
	    (r = db_number(w->q->db, damaged, damaged_rows, "")) != ERR_OK)
		return r;
	return w->broken ? ERR_CHAIN : ERR_OK;
}

/* What an index says, its rows say too: it can be made anew. */
static enum err
check_file(struct queue *q)
{
	enum err r = db_check(q->db);

	if (r != ERR_QUEUE_DAMAGED || db_do(q->db, "REINDEX", "") != ERR_OK)
		return r;
	return db_check(q->db);
}

enum err
queue_verify(struct queue *q, uint32_t sign_number,
    const uint8_t sign_public[SIGN_PUBLIC_LEN], uint64_t *damaged)
{
	struct walk w = { .q = q, .sign_number = sign_number, .known = true,
		.sound = true };
	enum err r = check_file(q);

	memcpy(w.sign_public, sign_public, SIGN_PUBLIC_LEN);
	return r == ERR_OK ? walk(&w, damaged) : r;
}

enum err
queue_verify_last(struct queue *q, uint64_t rows, uint32_t sign_number,
    const uint8_t sign_public[SIGN_PUBLIC_LEN], uint64_t *damaged)
{
	struct walk w = { .q = q, .sign_number = sign_number, .known = true };
	enum err r;

	memcpy(w.sign_public, sign_public, SIGN_PUBLIC_LEN);

	if ((r = db_number(q->db, &w.last, last_row, "")) != ERR_OK)
		return r;
	w.last = w.last > rows ? w.last - rows : 0;
	w.sound = w.last == 0;
	return walk(&w, damaged);
}
