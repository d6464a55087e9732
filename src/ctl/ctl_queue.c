/* ctl_queue: the terminal's queue, row by row: numbers and states, and never
 * a person: what is in an envelope cannot be read here. */
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/secret.h"
#include "base/text.h"
#include "ctl/ctl_queue.h"
#include "queue/signer.h"

enum err
ctl_queue_open(const struct ctl *c, struct desk_settings *set,
    struct queue **out)
{
	char path[PATH_ROOM];
	enum err r;

	if ((r = ctl_desk(c, set)) != ERR_OK ||
	    (r = path_join(set->state, "queue.db", path)) != ERR_OK)
		return r;
	/* A queue made here could belong to the wrong account. */
	if (access(path, F_OK) != 0)
		return err_about(ERR_NOT_FOUND, "%s", path);
	return queue_open(set->state, false, out);
}

/* The id that begins with those eight characters; ours in all cases. */
struct search {
	const char *wanted; /* RID_SHORT, as rid_short writes it */
	struct rid found;
	unsigned n;
};

static enum err
match_short(const struct queue_row *row, void *user)
{
	struct search *s = user;
	char brief[RID_SHORT];

	rid_short(&row->rid, brief);
	if (strcmp(brief, s->wanted) == 0) {
		s->found = row->rid;
		s->n++;
	}
	return ERR_OK;
}

/* The whole id, or the short reference that people are given on paper. */
static enum err
read_reference(struct queue *q, const char *text, struct rid *out)
{
	struct search s = { .wanted = text, .n = 0 };
	enum err r;

	if (strlen(text) != RID_SHORT - 1)
		return rid_read(text, out) == ERR_OK ? ERR_OK
		    : err_about(ERR_USAGE, "%s", text);
	if ((r = queue_each(q, match_short, &s)) != ERR_OK)
		return r;
	if (s.n != 1)
		return err_about(s.n == 0 ? ERR_NOT_FOUND : ERR_USAGE, "%s",
		    text);
	*out = s.found;
	return ERR_OK;
}

/* A word for programs, and one for people. */
struct word {
	const char *json, *said;
};

static const struct word levels[] = {
	{ "none", "non reçu" },
	[LEVEL_STORED] = { "stored", "gardé sur une machine" },
	[LEVEL_REPLICATED] = { "replicated", "gardé sur deux machines" },
};

static const char *const states[] = {
	[QUEUE_READY] = "prêt", [QUEUE_SENT] = "envoyé",
	[QUEUE_HELD] = "retenu", [QUEUE_REFUSED] = "refusé",
	[QUEUE_DAMAGED] = "abîmé",
};

static const char *const ends[] = {
	[0] = "attendu", [OUTCOME_OPENED] = "ouvert",
	[OUTCOME_ALREADY_OPEN] = "existe", [OUTCOME_REFUSED] = "rejeté",
	[OUTCOME_REISSUED] = "refait", [OUTCOME_UPDATED] = "changé",
	[OUTCOME_CLOSED] = "fermé", [OUTCOME_REOPENED] = "rouvert",
	[OUTCOME_OPPOSED] = "opposé", [OUTCOME_VOIDED] = "annulé",
	[OUTCOME_EPOCH] = "clé",
};

static bool
is_deferred(const struct queue_row *row)
{
	return row->state == QUEUE_READY && row->next_ms > clock_wall_ms();
}

static const char *
state_said(const struct queue_row *row)
{
	return is_deferred(row) ? "différé" : states[row->state];
}

static const char *
end_said(const struct queue_row *row)
{
	return (size_t)row->outcome < sizeof(ends) / sizeof(ends[0])
	    ? ends[row->outcome] : "?";
}

/* The contract of guichetctl(1). */
static enum err
row_object(const struct list *l, const struct queue_row *row)
{
	char rid[RID_TEXT], hash[2 * DIGEST_LEN + 1];
	json_t *o = json_object();

	rid_text(&row->rid, rid);
	hex_of(row->hash, DIGEST_LEN, hash);
	list_text(o, "rid", rid);
	list_number(o, "sequence", row->sequence);
	list_text(o, "state", queue_state_word(row->state));
	list_text(o, "level", levels[row->level].json);
	list_number(o, "attempts", row->attempts);
	list_time(o, "made", row->made_ms);
	list_time(o, "next", row->next_ms);
	list_number(o, "reason", (uint64_t)row->reason);
	list_text(o, "outcome", row->outcome == 0 ? "waiting"
	    : outcome_word((enum outcome_kind)row->outcome));
	list_number(o, "outcome_reason", (uint64_t)row->outcome_reason);
	list_number(o, "bytes", row->bytes);
	list_text(o, "hash", hash);
	return list_object(l, o);
}

static enum err
list_one(const struct queue_row *row, void *user)
{
	struct list *l = user;
	char rid[RID_TEXT], at[CLOCK_TEXT];

	list_row(l, "référence                   numéro  état     faite le"
	    "             essais  suite");
	if (l->c->json)
		return row_object(l, row);
	rid_text(&row->rid, rid);
	clock_text(row->made_ms, at);
	fprintf(l->c->out, "%s %7llu  %s%*s  %s %6u  ", rid,
	    (unsigned long long)row->sequence, state_said(row),
	    7 - (int)text_width(state_said(row)), "", at, row->attempts);
	if (row->outcome == 0 && row->reason != 0)
		fprintf(l->c->out, "G-%03d\n", row->reason);
	else
		fprintf(l->c->out, "%s\n", end_said(row));
	return ERR_OK;
}

static const char *const no_names[] = { NULL };

enum err
ctl_queue_rows(struct ctl *c, enum err (*rows)(struct queue *q,
    struct list *l), const char *none)
{
	struct list l = { .c = c };
	struct desk_settings set;
	struct queue *q = NULL;
	enum err r;

	if ((r = ctl_words(c, no_names, 0)) == ERR_OK &&
	    (r = ctl_queue_open(c, &set, &q)) == ERR_OK &&
	    (r = rows(q, &l)) == ERR_OK)
		list_end(&l, none);
	queue_close(q);
	return r;
}

static enum err
all(struct queue *q, struct list *l)
{
	return queue_each(q, list_one, l);
}

static enum err
run_list(struct ctl *c)
{
	return ctl_queue_rows(c, all, "La file est vide.");
}

/* "G-601 Le centre est injoignable." behind a name; nothing for 0. */
static void
print_reason(FILE *out, const char *name, int reason)
{
	if (reason != 0)
		fprintf(out, "%sG-%03d %s\n", name, reason,
		    err_what(err_of_number(reason)));
}

static void
show_words(FILE *out, const struct queue_row *row)
{
	char rid[RID_TEXT], brief[RID_SHORT], at[CLOCK_TEXT];

	rid_text(&row->rid, rid);
	rid_short(&row->rid, brief);
	clock_text(row->made_ms, at);
	fprintf(out, "Référence     %s (%s)\n", rid, brief);
	fprintf(out, "Numéro        %llu\n", (unsigned long long)row->sequence);
	fprintf(out, "Faite le      %s\n", at);
	fprintf(out, "État          %s\n", state_said(row));
	if (is_deferred(row)) {
		clock_text(row->next_ms, at);
		fprintf(out, "Prochain      %s\n", at);
	}
	fprintf(out, "Au centre     %s\n", levels[row->level].said);
	fprintf(out, "Essais        %u\n", row->attempts);
	print_reason(out, "Raison        ", row->reason);
	fprintf(out, "Suite         %s\n", end_said(row));
	print_reason(out, "Motif         ", row->outcome_reason);
	fprintf(out, "Octets        %zu\n", row->bytes);
}

static enum err
show_row(struct ctl *c, struct queue *q, const struct rid *rid)
{
	struct list l = { .c = c };
	struct queue_row row;
	enum err r;

	if ((r = queue_find(q, rid, &row)) != ERR_OK)
		return r;
	if (c->json)
		return row_object(&l, &row);
	show_words(c->out, &row);
	return ERR_OK;
}

/* Do something with one row, then show it. */
static enum err
with_row(struct ctl *c, enum err (*verb)(struct queue *, const struct rid *))
{
	struct desk_settings set;
	struct queue *q = NULL;
	struct rid rid;
	enum err r;

	if ((r = ctl_words(c, no_names, 1)) == ERR_OK &&
	    (r = ctl_queue_open(c, &set, &q)) == ERR_OK &&
	    (r = read_reference(q, c->argv[0], &rid)) == ERR_OK &&
	    (verb == NULL || (r = verb(q, &rid)) == ERR_OK))
		r = show_row(c, q, &rid);
	queue_close(q);
	return r == ERR_NOT_FOUND && err_subject()[0] == '\0'
	    ? err_about(r, "%s", c->argv[0]) : r;
}

static enum err
run_show(struct ctl *c)
{
	return with_row(c, NULL);
}

static enum err
run_retry(struct ctl *c)
{
	return with_row(c, queue_retry);
}

static enum err
run_hold(struct ctl *c)
{
	return with_row(c, queue_hold);
}

static enum err
run_release(struct ctl *c)
{
	return with_row(c, queue_release);
}

enum err
ctl_sign_key(const struct desk_settings *set, struct queue *q,
    uint8_t **secret, uint32_t *number)
{
	uint8_t *key = secret_alloc(SIGN_SECRET_LEN);
	struct queue_epoch e;
	enum err r;

	if (key == NULL)
		return ERR_MEMORY;
	if ((r = queue_epoch(q, &e)) == ERR_OK)
		r = signer_read(set->state, e.number, key, number);
	if (r == ERR_OK)
		*secret = key;
	else
		secret_free(key);
	return r;
}

static enum err
verify(const struct desk_settings *set, struct queue *q, uint64_t *damaged)
{
	uint8_t *secret, public[SIGN_PUBLIC_LEN];
	uint32_t number;
	enum err r;

	if ((r = ctl_sign_key(set, q, &secret, &number)) != ERR_OK)
		return r;
	sign_public(secret, public);
	secret_free(secret);
	return queue_verify(q, number, public, damaged);
}

static enum err
say_verified(struct ctl *c, struct queue *q, uint64_t damaged, bool whole)
{
	struct list l = { .c = c };
	struct queue_counts n;
	uint64_t all = 0;
	enum err r;

	if ((r = queue_count(q, &n)) != ERR_OK)
		return r;
	for (int i = QUEUE_READY; i <= QUEUE_DAMAGED; i++)
		all += n.by_state[i];
	if (c->json) {
		json_t *o = json_object();

		list_number(o, "envelopes", all);
		list_number(o, "damaged", damaged);
		list_bool(o, "whole", whole);
		return list_object(&l, o);
	}
	fprintf(c->out, "%llu enveloppe(s), dont %llu abîmée(s). La suite est "
	    "%s.\n", (unsigned long long)all, (unsigned long long)damaged,
	    whole ? "entière" : "rompue");
	return ERR_OK;
}

static enum err
run_verify(struct ctl *c)
{
	struct desk_settings set;
	struct queue *q = NULL;
	uint64_t damaged = 0;
	enum err r, said;

	if ((r = ctl_words(c, no_names, 0)) == ERR_OK &&
	    (r = ctl_queue_open(c, &set, &q)) == ERR_OK)
		r = verify(&set, q, &damaged);
	if (r == ERR_OK || r == ERR_CHAIN) {
		said = say_verified(c, q, damaged, r == ERR_OK);
		r = said == ERR_OK ? r : said;
	}
	queue_close(q);
	return r == ERR_OK && damaged != 0 ? ERR_QUEUE_DAMAGED : r;
}

const struct ctl_verb ctl_queue_verbs[] = {
	{ "queue list", "", "chaque enveloppe de la file", run_list },
	{ "queue ages", "", "depuis quand ce qui attend attend, et jusqu'à "
	  "quand", ctl_queue_ages },
	{ "queue show", "RÉFÉRENCE", "une enveloppe en détail", run_show },
	{ "queue retry", "RÉFÉRENCE", "l'envoyer dès que possible",
	  run_retry },
	{ "queue hold", "RÉFÉRENCE", "ne pas l'envoyer pour l'instant",
	  run_hold },
	{ "queue release", "RÉFÉRENCE", "ne plus la retenir", run_release },
	{ "queue prints", "", "à qui sont les codes d'accès donnés",
	  ctl_queue_prints },
	{ "queue days", "", "comment les visites de chaque jour ont fini",
	  ctl_queue_days },
	{ "queue export", "FICHIER", "un lot signé de ce qui attend",
	  ctl_queue_export },
	{ "queue import", "FICHIER", "reprend les réponses du centre",
	  ctl_queue_import },
	{ "verify", "", "vérifie la file, ses signatures et leur suite",
	  run_verify },
	{ .words = NULL },
};
