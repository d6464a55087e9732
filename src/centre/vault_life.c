/* vault_life: what time, death and the law make of a dossier. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "centre/announce.h"
#include "centre/vault_own.h"
#include "envelope/age.h"
#include "envelope/envelope.h"

/* A day as a number, AAAAMMJJ; so ten years after 29 February is a day
 * between the 28th and 1 March, whether there is one or not. */
static long
day_of(uint64_t ms)
{
	char day[9];

	clock_day(ms, day);
	return strtol(day, NULL, 10);
}

#define TEN_YEARS 100000 /* of such a number */

/* What was still to be told them. */
static enum err
silence(struct vault *v, uint64_t number, uint64_t now_ms)
{
	return db_do(v->db, "UPDATE outbox SET state = ?, done_ms = ?,"
	    " sealed = NULL WHERE sealed IS NOT NULL AND rid IN"
	    " (SELECT rid FROM document WHERE dossier = ?)", "uuu",
	    (uint64_t)NOTICE_FAILED, now_ms, number);
}

/* Everything that could lead back to the person. */
static enum err
destroy(struct vault *v, uint64_t number, struct trace t)
{
	enum err r;

	t.action = dossier_state_word(DOSSIER_DESTROYED);
	if ((r = vault_end_accounts(v, number)) != ERR_OK ||
	    (r = silence(v, number, t.at_ms)) != ERR_OK ||
	    (r = db_do(v->db, "UPDATE dossier SET state = ?, person = NULL,"
	    " data_key = NULL, changed_ms = ? WHERE number = ?", "uuu",
	    (uint64_t)DOSSIER_DESTROYED, t.at_ms, number)) != ERR_OK ||
	    (r = db_do(v->db, "DELETE FROM document WHERE dossier = ?", "u",
	    number)) != ERR_OK)
		return r;
	return trace_add(v->db, &v->end, &t);
}

/* The dossier closed longest ago, if its time has come. */
static enum err
destroy_first(struct vault *v, uint64_t now_ms, bool *done)
{
	uint8_t id[DOSSIER_ID_LEN] = { 0 };
	uint64_t number = 0;
	struct db_ask *a;
	bool row;
	enum err r;

	*done = false;
	if ((r = db_ask(v->db, &a, "SELECT number, id, closed_ms FROM dossier"
	    " WHERE state = 2 ORDER BY closed_ms LIMIT 1", "")) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && row &&
	    day_of(db_u64(a, 2)) + TEN_YEARS < day_of(now_ms)) {
		number = db_u64(a, 0);
		r = db_copy(a, 1, id, sizeof(id));
		*done = r == ERR_OK;
	}
	db_done(a);
	return *done ? destroy(v, number, (struct trace){ .at_ms = now_ms,
	    .subject = id }) : r;
}

enum err
vault_purge(struct vault *v, uint64_t now_ms, unsigned *count)
{
	bool done = true;
	enum err r = ERR_OK;

	*count = 0;
	while (r == ERR_OK && done)
		if ((r = destroy_first(v, now_ms, &done)) == ERR_OK)
			*count += done;
	return r;
}

/* Where that dossier is, when its state is one of these. */
static enum err
in_state(struct vault *v, const uint8_t id[DOSSIER_ID_LEN], unsigned from,
    uint64_t *number)
{
	struct db_ask *a;
	bool row;
	uint64_t state = 0;
	enum err r;

	if ((r = db_ask(v->db, &a, "SELECT number, " STATE_COLUMN
	    " FROM dossier WHERE id = ?", "b", (const void *)id,
	    (size_t)DOSSIER_ID_LEN)) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && !row)
		r = ERR_NOT_FOUND;
	if (r == ERR_OK) {
		*number = db_u64(a, 0);
		state = db_u64(a, 1);
	}
	db_done(a);
	if (r != ERR_OK || (state < DOSSIER_STATE_COUNT &&
	    (from & 1u << state) != 0))
		return r;
	return state >= DOSSIER_STATE_COUNT ? ERR_VAULT
	    : err_about(ERR_STATE, "%s",
	    dossier_state_word((enum dossier_state)state));
}

enum err
vault_deceased(struct vault *v, const uint8_t id[DOSSIER_ID_LEN],
    struct trace t)
{
	uint64_t number;
	enum err r;

	t.action = dossier_state_word(DOSSIER_DECEASED);
	t.subject = id;
	if ((r = in_state(v, id, 1u << DOSSIER_OPENED | 1u << DOSSIER_CLOSED |
	    1u << DOSSIER_OPPOSED, &number)) != ERR_OK ||
	    (r = vault_end_accounts(v, number)) != ERR_OK ||
	    (r = db_do(v->db, "UPDATE dossier SET deceased = 1,"
	    " closed_ms = CASE WHEN state = 2 THEN closed_ms ELSE ?1 END,"
	    " state = 2, changed_ms = ?1 WHERE number = ?2", "uu", t.at_ms,
	    number)) != ERR_OK)
		return r;
	return trace_add(v->db, &v->end, &t);
}

enum err
vault_destroy(struct vault *v, const uint8_t id[DOSSIER_ID_LEN],
    struct trace t)
{
	uint64_t number;
	enum err r;

	t.subject = id;
	r = in_state(v, id, 1u << DOSSIER_CLOSED | 1u << DOSSIER_DECEASED,
	    &number);
	return r == ERR_OK ? destroy(v, number, t) : r;
}

/* A minor's place, and the record that came last. */
struct minor {
	uint64_t number;
	uint8_t id[DOSSIER_ID_LEN];
	struct rid rid;
};

static enum err
list_minors(struct vault *v, uint64_t after, struct minor *out, unsigned *n)
{
	struct db_ask *a;
	bool row;
	enum err r;

	*n = 0;
	if ((r = db_ask(v->db, &a, "SELECT d.number, d.id, (SELECT p.rid FROM"
	    " document p WHERE p.dossier = d.number ORDER BY p.number DESC"
	    " LIMIT 1) FROM dossier d WHERE d.state = 1 AND"
	    " d.subject = 'minor' AND d.number > ? ORDER BY d.number"
	    " LIMIT ?", "uu", after, (uint64_t)VAULT_MINORS)) != ERR_OK)
		return r;
	while ((r = db_next(a, &row)) == ERR_OK && row) {
		struct minor *m = &out[*n];

		m->number = db_u64(a, 0);
		if ((r = db_copy(a, 1, m->id, sizeof(m->id))) != ERR_OK ||
		    (r = db_copy(a, 2, m->rid.b, sizeof(m->rid.b))) != ERR_OK)
			break;
		++*n;
	}
	db_done(a);
	return r;
}

/* Their codes were a parent's: they are void, and new ones are for the person
 * to ask for. */
static enum err
come_of_age(struct vault *v, const struct minor *m, uint64_t now_ms)
{
	const struct trace t = { .at_ms = now_ms, .site = "centre",
		.action = "majority", .subject = m->id };
	enum err r;

	if ((r = vault_end_accounts(v, m->number)) != ERR_OK ||
	    (r = db_do(v->db, "UPDATE dossier SET subject = 'adult',"
	    " represented = 0, changed_ms = ? WHERE number = ?", "uu",
	    now_ms, m->number)) != ERR_OK)
		return r;
	return trace_add(v->db, &v->end, &t);
}

/* In locked memory, for one look at a birth date after the other. */
struct look {
	struct buf document;
	struct record *rec;
};

static enum err
look_at(struct vault *v, const struct minor *m, struct look *l,
    uint64_t now_ms, int *age)
{
	enum err r;

	buf_reset(&l->document);
	if ((r = vault_read(v, &m->rid, &l->document)) == ERR_OK &&
	    (r = record_read(l->document.p, l->document.len, l->rec)) ==
	    ERR_OK)
		*age = age_at(l->rec->identity.birth, now_ms);
	record_wipe(l->rec);
	return r;
}

/* A dossier that cannot be read is named and passed over: the next are looked
 * at all the same. */
static enum err
pass_over(const struct minor *m, enum err r)
{
	char rid[RID_TEXT];

	if (r == ERR_OK || r == ERR_VAULT || r == ERR_MASTER_KEY ||
	    r == ERR_MEMORY)
		return r;
	rid_text(&m->rid, rid);
	log_error(err_about(r, "%s", rid), "majority");
	return ERR_OK;
}

enum err
vault_majority(struct vault *v, uint64_t now_ms, int adult_age,
    uint64_t *after, bool *left, unsigned *count)
{
	struct minor minors[VAULT_MINORS];
	struct look l = { .rec = record_new() };
	unsigned n = 0;
	enum err r;

	*count = 0;
	if ((r = buf_init_secret(&l.document, ENVELOPE_MAX)) == ERR_OK)
		r = l.rec == NULL ? ERR_MEMORY
		    : list_minors(v, *after, minors, &n);
	for (unsigned i = 0; r == ERR_OK && i < n; i++) {
		int age = -1;

		if ((r = pass_over(&minors[i], look_at(v, &minors[i], &l,
		    now_ms, &age))) == ERR_OK && age >= adult_age &&
		    (r = come_of_age(v, &minors[i], now_ms)) == ERR_OK)
			++*count;
	}
	if (r == ERR_OK && n > 0)
		*after = minors[n - 1].number;
	*left = n == VAULT_MINORS;
	record_free(l.rec);
	buf_clear(&l.document);
	return r;
}

enum err
vault_scrub(struct vault *v)
{
	return db_checkpoint(v->db);
}

enum err
vault_scrub_now(struct vault *v)
{
	return db_checkpoint_now(v->db);
}
