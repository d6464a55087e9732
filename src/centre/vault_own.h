/*
 * vault_own: what the files of the vault share. Only vault*.c, announce.c,
 * inquiry*.c and answer.c include this.
 */
#ifndef GUICHET_CENTRE_VAULT_OWN_H
#define GUICHET_CENTRE_VAULT_OWN_H

#include "base/db.h"
#include "centre/announce.h"
#include "centre/parcel.h"
#include "centre/person.h"
#include "centre/vault.h"

struct vault {
	struct db *db;
	const struct vault_keys *keys;
	struct buf work, key; /* secret; wiped after each use */
	struct announcement *telling; /* so too; NULL: not used yet */
	struct parcel *parcel; /* of this transaction; NULL: so too */
	struct trace_end end;  /* in this transaction */
	bool within;	       /* vault_begin was, and no end of it */
	bool has_stranger;     /* within: nobody has this one's dossier */
	uint8_t stranger[PERSON_LEN];
};

/* Secrets made void, by whom: kept also for records still to come. */
#define ANNULLED_SCHEMA							\
	"CREATE TABLE annulled ("					\
	" rid BLOB NOT NULL, terminal INTEGER NOT NULL,"		\
	" at_ms INTEGER NOT NULL, PRIMARY KEY (rid, terminal))"	\
	" STRICT, WITHOUT ROWID;"

/* What was just kept: were its secrets made void before it came here? */
enum err vault_heed_annulled(struct vault *v, const struct act *act);

/* The data key of a row (id at column `first`, data_key, master) into v->key,
 * to be wiped by the caller. */
enum err vault_unwrap(struct vault *v, struct db_ask *a, int first);

/* ERR_MASTER_KEY unless the keys are those that the file was last turned to. */
enum err vault_check_master(struct vault *v);

_Static_assert(DOSSIER_ID_LEN == RID_LEN, "ids of dossiers are made so");

/* The state, of which one is a state and a fact. */
#define STATE_COLUMN							\
	"CASE WHEN state = 2 AND deceased = 1 THEN 5 ELSE state END"

/* From here on no secret of before opens anything. */
enum err vault_end_accounts(struct vault *v, uint64_t number);

/* Where a person's dossier is; state DOSSIER_NONE: nowhere. */
struct dossier_place {
	uint64_t number;
	enum dossier_state state;
	uint8_t id[DOSSIER_ID_LEN];
	uint8_t person[PERSON_LEN];
};

/* The person's place. With `unwrap` its data key is left in v->key, to be
 * wiped by the caller. */
enum err vault_place(struct vault *v, const struct record *rec, bool unwrap,
    struct dossier_place *out);

/* A new dossier in that place, but for its number; its data key is wrapped. */
enum err vault_insert(struct vault *v, const struct act *act,
    const struct dossier_place *place, const struct buf *wrapped);

/* What a record says of its dossier: that there was an act, its consent, its
 * choices, how to reach whom; or all of it at once, and whether it has an
 * account, as a new one is put in. */
enum err vault_tell_act(struct vault *v, const struct act *act,
    const struct record *rec, uint64_t number);
enum err vault_tell_consent(struct vault *v, const struct record *rec,
    uint64_t number);
enum err vault_tell_choices(struct vault *v, const struct record *rec,
    uint64_t number);
enum err vault_tell_contact(struct vault *v, const struct record *rec,
    uint64_t number);
enum err vault_insert_told(struct vault *v, const struct act *act,
    const struct dossier_place *place, const struct buf *wrapped,
    const struct record *rec);

#endif
