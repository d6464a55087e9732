/* opener: open, check, decide, keep, settle. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "centre/opener_keys.h"
#include "centre/opener_loans.h"
#include "centre/opening.h"
#include "centre/rules.h"
#include "centre/tally.h"
#include "centre/upshot.h"
#include "envelope/annul.h"
#include "envelope/envelope.h"

struct opener {
	struct store *ledger;
	struct vault *vault;
	const struct opener_keys *keys;
	struct rules_case rules; /* what the settings say of every record */
	struct record *rec;	/* the one person in clear, wiped each time */
	struct buf document;	/* secret */
	struct waiting {
		struct entry entry;
		struct buf envelope;
	} waiting[OPENER_BATCH]; /* as the ledger gave them */
	unsigned nwaiting;
	struct opener_loans loans;
	struct settlement done[OPENER_BATCH];
	struct tally of[OPENER_BATCH]; /* the same ones in numbers */
	unsigned ndone;
	uint32_t today; /* tally_day of this run */
	uint8_t outcome_public[SIGN_PUBLIC_LEN];
	bool scrub; /* what was destroyed may still stand in the files */
};

/* One entry on its way. */
struct task {
	const struct entry *entry;
	const struct buf *envelope;
	struct act act;
	bool readable;	     /* o->rec holds what it says */
	bool annuls;	     /* annul does: no record, secrets made void */
	struct annul annul;
	struct tally tally;
	uint32_t identifier; /* IDENTIFIER_COUNT: none */
};

enum err
opener_new(struct store *ledger, struct vault *vault,
    const struct opener_keys *keys, const struct centre_settings *set,
    struct opener **out)
{
	struct opener *o;

	if ((o = calloc(1, sizeof(*o))) == NULL)
		return ERR_MEMORY;
	o->ledger = ledger;
	o->vault = vault;
	o->keys = keys;
	o->rules = rules_by(set);
	o->rules.outcome_public = o->outcome_public;
	sign_public(keys->outcome, o->outcome_public);
	if ((o->rec = record_new()) == NULL ||
	    buf_init_secret(&o->document, ENVELOPE_MAX) != ERR_OK) {
		opener_free(o);
		return ERR_MEMORY;
	}
	*out = o;
	return ERR_OK;
}

void
opener_free(struct opener *o)
{
	if (o == NULL)
		return;
	record_free(o->rec);
	buf_clear(&o->document);
	for (int i = 0; i < OPENER_BATCH; i++)
		buf_clear(&o->waiting[i].envelope);
	free(o);
}

/* What the ledger and the vault say of the identifier it names. */
static enum err
look_up_identifier(struct opener *o, struct task *t, struct rules_case *at)
{
	struct loan_claim c = { .terminal = t->entry->terminal };
	enum err r;

	if (!o->rec->account.wanted || identifier_read(
	    o->rec->account.identifier, &c.identifier) != ERR_OK)
		return ERR_OK;
	if ((r = loans_find(&o->loans, o->ledger, &c, &at->loan)) != ERR_OK ||
	    (r = vault_identifier_used(o->vault, c.identifier, &at->used)) !=
	    ERR_OK)
		return r;
	/* Only what was this terminal's to give can be used up or voided. */
	if (at->loan == LOAN_OUT && !at->used)
		t->identifier = c.identifier;
	return ERR_OK;
}

bool
opener_is_trouble(enum err r)
{
	return r == ERR_LEDGER || r == ERR_VAULT || r == ERR_MEMORY ||
	    r == ERR_MASTER_KEY;
}

/* Open and read into o->rec. The record's own faults come back as such. */
static enum err
open_record(struct opener *o, struct task *t)
{
	const uint8_t *key;
	struct envelope e;
	uint8_t hash[DIGEST_LEN];
	enum err r;

	if ((r = envelope_read(t->envelope->p, t->envelope->len, &e)) != ERR_OK)
		return err_about(r, "enveloppe");
	envelope_hash(t->envelope->p, t->envelope->len, hash);
	if (memcmp(hash, t->entry->hash, sizeof(hash)) != 0 ||
	    memcmp(e.rid.b, t->entry->rid.b, sizeof(e.rid.b)) != 0 ||
	    e.terminal != t->entry->terminal)
		return err_about(ERR_RULE_SAME, "enveloppe");
	if ((key = opener_keys_opening(o->keys, e.opening_key)) == NULL)
		return opening_missing(o->ledger, e.opening_key);
	if ((r = envelope_open(&e, key, &o->document)) != ERR_OK)
		return err_about(r, "enveloppe");
	if ((r = record_read(o->document.p, o->document.len, o->rec)) ==
	    ERR_OK)
		t->readable = true;
	else if (r == ERR_RECORD_FORM && annul_read(o->document.p,
	    o->document.len, &t->annul) == ERR_OK) {
		t->annuls = true;
		r = ERR_OK;
	}
	return r;
}

/* A terminal's word counts for the secrets that it gave, and no others: the
 * vault sees to that. */
static enum err
judge_annul(const struct opener *o, struct task *t)
{
	if (t->annul.terminal != t->entry->terminal ||
	    memcmp(t->annul.rid.b, t->entry->rid.b, RID_LEN) != 0)
		return err_about(ERR_RULE_SAME, "void");
	if (t->annul.training != o->rules.training)
		return err_about(ERR_RULE_MODE, "void");
	t->act.kind = OUTCOME_VOIDED;
	t->act.about = t->annul.about;
	return ERR_OK;
}

/* Every rule, then what the person has: a verdict, or trouble. */
static enum err
judge(struct opener *o, struct task *t, enum err *verdict)
{
	struct rules_case at = o->rules;
	enum dossier_state state = DOSSIER_NONE;
	enum err r;

	at.terminal = t->entry->terminal;
	at.rid = t->entry->rid;
	at.received_ms = t->entry->received_ms;
	if ((r = look_up_identifier(o, t, &at)) != ERR_OK)
		return r;
	if ((*verdict = rules_check(o->rec, &at)) != ERR_OK)
		return ERR_OK;
	r = vault_find(o->vault, o->rec, &state);
	if (opener_is_trouble(r))
		return r;
	if (r != ERR_OK) {
		*verdict = err_about(ERR_RULE_IDENTITY, "names");
		return ERR_OK;
	}
	*verdict = err_about(upshot_of(o->rec->kind, state, &t->act.kind),
	    "%s", dossier_state_word(state));
	return ERR_OK;
}

static void
log_refusal(const struct task *t, enum err why)
{
	char rid[RID_TEXT];

	rid_text(&t->entry->rid, rid);
	log_event("record-refused", "%s G-%03d %s", rid, err_number(why),
	    err_subject());
}

/* A new decision, kept in the vault. ERR_OPENING_KEY: not for ours. */
static enum err
decide(struct opener *o, struct task *t)
{
	enum err r, verdict;

	verdict = open_record(o, t);
	if (opener_is_trouble(verdict) || verdict == ERR_OPENING_KEY)
		return verdict;
	if (verdict == ERR_OK && t->annuls)
		verdict = judge_annul(o, t);
	else if (verdict == ERR_OK && (r = judge(o, t, &verdict)) != ERR_OK)
		return r;
	if (verdict != ERR_OK) {
		t->act.kind = OUTCOME_REFUSED;
		t->act.reason = (uint16_t)err_number(verdict);
		log_refusal(t, verdict);
	}
	if (t->act.kind == OUTCOME_VOIDED && (r = vault_annul(o->vault,
	    &t->annul.about, t->entry->terminal, t->act.at_ms)) != ERR_OK)
		return r;
	return vault_keep(o->vault, &t->act, t->readable ? o->rec : NULL,
	    &o->document, t->identifier);
}

/* The decision as the ledger is told it: a note signed for the terminal. */
static enum err
sign_note(struct opener *o, const struct task *t)
{
	struct settlement *w = &o->done[o->ndone];
	const struct outcome_note note = {
		.rid = t->act.rid,
		.terminal = t->act.terminal,
		.opener_key = o->keys->outcome_number,
		.kind = t->act.kind,
		.reason = t->act.reason,
		.at_ms = t->act.at_ms,
	};
	enum err r;

	memset(w, 0, sizeof(*w));
	w->entry = t->entry->id;
	w->note = note;
	w->drop = t->act.kind != OUTCOME_REFUSED;
	if (t->identifier < IDENTIFIER_COUNT) {
		w->identifier = t->identifier;
		w->loan = upshot_makes_account(t->act.kind) ? LOAN_USED :
		    LOAN_VOID;
	}
	if ((r = outcome_write(&note, o->keys->outcome, w->signed_note)) ==
	    ERR_OK)
		o->of[o->ndone++] = t->tally;
	return r;
}

static enum err
open_one(struct opener *o, struct task *t, uint64_t now_ms)
{
	enum err r;

	t->identifier = IDENTIFIER_COUNT;
	r = vault_decided(o->vault, &t->entry->rid, &t->act, &t->identifier);
	if (r == ERR_NOT_FOUND) {
		t->act = (struct act){ .rid = t->entry->rid,
			.terminal = t->entry->terminal, .at_ms = now_ms };
		r = decide(o, t);
	}
	tally_of(t->act.at_ms == now_ms ? o->today : tally_day(t->act.at_ms),
	    t->act.kind, t->readable ? o->rec : NULL, &t->tally);
	record_wipe(o->rec);
	buf_reset(&o->document);
	return r == ERR_OK ? sign_note(o, t) : r;
}

static enum err
take_waiting(const struct entry *e, const void *envelope, size_t n,
    void *user)
{
	struct opener *o = user;
	struct waiting *w = &o->waiting[o->nwaiting++];

	w->entry = *e;
	buf_reset(&w->envelope);
	return buf_put(&w->envelope, envelope, n);
}

/* What is closed since ten years. */
static enum err
purge(struct opener *o, uint64_t now_ms)
{
	unsigned destroyed;
	enum err r;

	if ((r = vault_purge(o->vault, now_ms, &destroyed)) != ERR_OK ||
	    destroyed == 0)
		return r;
	log_event("dossiers-destroyed", "%u", destroyed);
	o->scrub = true;
	return ERR_OK;
}

/* Those that wait behind *after, which moves on, as many as there is room to
 * settle. */
static enum err
open_some(struct opener *o, uint64_t now_ms, uint64_t *after, unsigned *left)
{
	struct task t;
	enum err r;

	o->nwaiting = 0;
	r = o->ledger->ops->waiting_each(o->ledger, *after,
	    OPENER_BATCH - o->ndone, take_waiting, o);
	for (unsigned i = 0; r == ERR_OK && i < o->nwaiting; i++) {
		t = (struct task){ .entry = &o->waiting[i].entry,
			.envelope = &o->waiting[i].envelope };
		*after = t.entry->id;
		if ((r = open_one(o, &t, now_ms)) == ERR_OPENING_KEY) {
			++*left;
			r = ERR_OK;
		}
	}
	return r;
}

/* Decide a batch within one transaction of the vault. */
static enum err
open_batch(struct opener *o, uint64_t now_ms, bool believing, unsigned *left)
{
	uint64_t after = 0;
	enum err r;

	o->today = tally_day(now_ms);
	loans_begin(&o->loans, believing);
	o->ndone = 0;
	*left = 0;
	if ((r = purge(o, now_ms)) != ERR_OK)
		return r;
	do
		r = open_some(o, now_ms, &after, left);
	while (r == ERR_OK && o->nwaiting > 0 && o->ndone < OPENER_BATCH);
	return r;
}

/* Nothing of what was believed and is not so is kept. */
static enum err
open_surely(struct opener *o, uint64_t now_ms, unsigned *left)
{
	bool so;
	enum err r;

	if ((r = open_batch(o, now_ms, o->ledger->ops->claims, left)) !=
	    ERR_OK || (r = loans_are(&o->loans, o->ledger, &so)) != ERR_OK ||
	    so)
		return r;
	vault_rollback(o->vault);
	r = vault_begin(o->vault);
	return r == ERR_OK ? open_batch(o, now_ms, false, left) : r;
}

/* Tell the ledger what the vault holds by now, in the transaction in which
 * the entries were claimed, or in one of its own. */
static enum err
settle_batch(struct opener *o)
{
	struct tallies all = { .n = 0 };
	struct store *s = o->ledger;
	bool fresh[OPENER_BATCH];
	enum err r;

	if (!s->ops->claims && (r = s->ops->begin(s)) != ERR_OK)
		return r;
	r = s->ops->settle(s, o->done, o->ndone, fresh);
	for (unsigned i = 0; r == ERR_OK && i < o->ndone; i++)
		if (fresh[i])
			tallies_add(&all, &o->of[i]);
	if (r == ERR_OK && (r = tallies_write(&all, s)) == ERR_OK)
		r = s->ops->commit(s);
	s->ops->rollback(s);
	return r;
}

enum err
opener_run(struct opener *o, uint64_t now_ms, unsigned *settled,
    unsigned *left)
{
	struct store *s = o->ledger;
	enum err r;

	*settled = 0;
	r = s->ops->claims ? s->ops->begin(s) : s->ops->begin_reading(s);
	if (r != ERR_OK)
		return r;
	if ((r = vault_begin(o->vault)) == ERR_OK &&
	    (r = open_surely(o, now_ms, left)) == ERR_OK)
		r = vault_commit(o->vault);
	vault_rollback(o->vault);
	if (!s->ops->claims)
		s->ops->rollback(s);
	if (r == ERR_OK && o->scrub)
		o->scrub = vault_scrub(o->vault) != ERR_OK ||
		    (!s->ops->claims && s->ops->scrub(s) != ERR_OK);
	/* Here a crash is harmless: the vault answers for these entries. */
	if (r == ERR_OK && o->ndone > 0 && (r = settle_batch(o)) == ERR_OK)
		*settled = o->ndone;
	s->ops->rollback(s);
	return r;
}
