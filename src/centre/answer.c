/* answer: find the keys, open, admit, look, trace, seal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "centre/answer.h"
#include "centre/opener_keys.h"
#include "centre/vault_own.h"
#include "envelope/mobile.h"

struct answerer {
	struct store *ledger;
	struct vault *vault;
	struct opener_keys *keys;
	const struct centre_settings *set;
	struct question *q; /* locked; wiped each time */
	struct record *rec; /* the same person, as the vault looks for one */
};

enum err
answerer_new(struct store *ledger, struct vault *vault,
    struct opener_keys *keys, const struct centre_settings *set,
    struct answerer **out)
{
	struct answerer *a;

	if ((a = calloc(1, sizeof(*a))) == NULL)
		return ERR_MEMORY;
	a->ledger = ledger;
	a->vault = vault;
	a->keys = keys;
	a->set = set;
	if ((a->q = secret_alloc(sizeof(*a->q))) == NULL ||
	    (a->rec = record_new()) == NULL) {
		answerer_free(a);
		return ERR_MEMORY;
	}
	*out = a;
	return ERR_OK;
}

void
answerer_free(struct answerer *a)
{
	if (a == NULL)
		return;
	secret_free(a->q);
	record_free(a->rec);
	free(a);
}

/* The key with which this terminal signs now: an older one may be stolen. */
static enum err
find_key(struct answerer *a, const struct question *head,
    uint8_t public[SIGN_PUBLIC_LEN])
{
	const bool training = a->set->mode == MODE_TRAINING;
	struct terminal t;
	enum err r;

	r = a->ledger->ops->terminal_find(a->ledger, head->terminal, &t);
	if (r == ERR_NOT_FOUND || (r == ERR_OK &&
	    (t.state != TERMINAL_ACTIVE || t.training != training)))
		return err_about(ERR_TERMINAL_UNKNOWN, "poste %u",
		    head->terminal);
	if (r != ERR_OK)
		return r;
	if (t.sign_key != head->sign_key)
		return err_about(ERR_EPOCH, "poste %u", head->terminal);
	memcpy(public, t.sign_public, SIGN_PUBLIC_LEN);
	return ERR_OK;
}

/* One may have come while this one served. */
static const uint8_t *
opening_key_of(struct answerer *a, uint32_t number)
{
	const uint8_t *key = opener_keys_opening(a->keys, number);

	if (key == NULL &&
	    opener_keys_openings(a->keys, a->set->vault) == ERR_OK)
		key = opener_keys_opening(a->keys, number);
	return key;
}

static enum err
open_question(struct answerer *a, const void *p, size_t n)
{
	uint8_t public[SIGN_PUBLIC_LEN];
	const uint8_t *key;
	struct question head;
	enum err r;

	if ((r = question_look(p, n, &head)) != ERR_OK ||
	    (r = find_key(a, &head, public)) != ERR_OK)
		return r;
	if ((key = opening_key_of(a, head.opening_key)) == NULL)
		return err_about(ERR_OPENING_KEY, "%u", head.opening_key);
	if ((r = question_open(p, n, public, key, a->q)) != ERR_OK)
		return err_about(r, "poste %u", head.terminal);
	return a->q->training == (a->set->mode == MODE_TRAINING) ? ERR_OK :
	    err_about(ERR_RULE_MODE, "poste %u", head.terminal);
}

/* The person as the vault looks for one. */
static void
name_person(struct answerer *a)
{
#define SAME(member)							\
	(void)snprintf(a->rec->identity.member,				\
	    sizeof(a->rec->identity.member), "%s", a->q->member)
	SAME(family);
	SAME(given);
	SAME(birth);
	SAME(nir);
}

static enum err
look_for_dossier(const struct dossier_place *place, struct response *out)
{
	static const enum response_word words[] = {
		[DOSSIER_NONE] = RESPONSE_NONE,
		[DOSSIER_OPENED] = RESPONSE_OPENED,
		[DOSSIER_CLOSED] = RESPONSE_CLOSED,
		[DOSSIER_OPPOSED] = RESPONSE_OPPOSED,
		[DOSSIER_DESTROYED] = RESPONSE_NONE,
		[DOSSIER_DECEASED] = RESPONSE_DECEASED,
	};

	out->word = words[place->state];
	return ERR_OK;
}

/* No server for that way, nobody who carries, or a number that no record may
 * have: nothing is promised. */
static bool
is_carried(const struct answerer *a)
{
	const struct centre_settings *set = a->set;

	if (a->keys->vault.notice == NULL)
		return false;
	if (a->q->reach == REACH_EMAIL)
		return set->mail[0] != '\0';
	return set->sms[0] != '\0' &&
	    mobile_check(a->q->to, set->mobiles_abroad == SET_YES);
}

static enum err
send_code(struct answerer *a, const struct inquiry *i, struct response *out)
{
	if (is_carried(a))
		return inquiry_send(a->vault, i, out);
	out->word = RESPONSE_NO_WAY;
	return ERR_OK;
}

static enum err
check_code(struct answerer *a, const struct inquiry *i, struct response *out)
{
	const struct vouch word = { .terminal = a->q->terminal,
		.about = a->q->about, .reach = a->q->reach,
		.to = a->q->to, .opener_key = a->keys->outcome_number,
		.at_ms = i->now_ms };
	enum err r = inquiry_check(a->vault, i, out);

	return r != ERR_OK || out->word != RESPONSE_RIGHT ? r :
	    vouch_write(&word, a->keys->outcome, out->vouch);
}

/* Who asked what about whom; also when nobody is told. Whether a code went
 * belongs to the trace of who asked for it. */
static enum err
leave_trace(struct answerer *a, const struct dossier_place *place,
    uint64_t now_ms, bool admitted)
{
	static const char *const actions[] = {
		[QUESTION_DOSSIER] = INQUIRY_DOSSIER,
		[QUESTION_SEND] = INQUIRY_SEND,
		[QUESTION_CHECK] = INQUIRY_CHECK,
		[QUESTION_SENT] = INQUIRY_SEND,
	};
	const struct question *q = a->q;
	const bool follows = admitted && q->kind == QUESTION_SENT;
	const struct trace t = { .at_ms = now_ms, .who = q->operator_id,
		.profession = q->profession, .site = q->site_id,
		.action = admitted ? actions[q->kind] : INQUIRY_REFUSED,
		.subject = place->id, .rid = q->id };

	return follows ? ERR_OK : vault_witness(a->vault, &t);
}

static enum err
look(struct answerer *a, const struct inquiry *i,
    const struct dossier_place *place, struct response *out)
{
	switch (i->q->kind) {
	case QUESTION_SEND:
		return send_code(a, i, out);
	case QUESTION_CHECK:
		return check_code(a, i, out);
	case QUESTION_SENT:
		return inquiry_sent(a->vault, i, out);
	case QUESTION_DOSSIER:
		break;
	}
	return look_for_dossier(place, out);
}

/* Within the vault's transaction. *refused: traced, and not answered. */
static enum err
decide(struct answerer *a, uint64_t now_ms, struct response *out,
    enum err *refused)
{
	struct inquiry i = { .q = a->q, .now_ms = now_ms };
	struct dossier_place place;
	enum err r;

	if ((r = person_index(a->rec, a->keys->index, &a->vault->work,
	    i.person)) != ERR_OK ||
	    (r = vault_place(a->vault, a->rec, false, &place)) != ERR_OK)
		return r;
	*refused = r = inquiry_admit(a->vault, &i);
	if (r == ERR_ASKED_BEFORE || r == ERR_ASKED_OFTEN)
		return leave_trace(a, &place, now_ms, false);
	if (r != ERR_OK || (r = look(a, &i, &place, out)) != ERR_OK)
		return r;
	return leave_trace(a, &place, now_ms, true);
}

static enum err
answer_opened(struct answerer *a, uint64_t now_ms, struct buf *out)
{
	struct response said = { .terminal = a->q->terminal, .id = a->q->id,
		.kind = a->q->kind, .at_ms = now_ms };
	enum err r, refused = ERR_OK;

	name_person(a);
	if ((r = vault_begin(a->vault)) == ERR_OK &&
	    (r = decide(a, now_ms, &said, &refused)) == ERR_OK)
		r = vault_commit(a->vault);
	vault_rollback(a->vault);
	if (r == ERR_OK)
		r = refused;
	if (r == ERR_OK)
		r = response_write(&said, a->keys->outcome, a->q->reply, out);
	secret_wipe(&said, sizeof(said));
	return r;
}

enum err
answerer_go(struct answerer *a, const void *p, size_t n, uint64_t now_ms,
    struct buf *out)
{
	enum err r;

	if ((r = open_question(a, p, n)) == ERR_OK &&
	    (r = answer_opened(a, now_ms, out)) == ERR_MASTER_KEY &&
	    opener_keys_masters(a->keys, a->set->vault) == ERR_OK)
		r = answer_opened(a, now_ms, out);
	secret_wipe(a->q, sizeof(*a->q));
	record_wipe(a->rec);
	return r;
}
