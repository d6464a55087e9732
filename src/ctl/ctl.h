/*
 * ctl: the verbs of guichetctl, one row each in a table of its noun.
 *
 * A verb gets its words and says what came of it; with json it prints one
 * object a line on stdout (a documented contract: guichetctl(1)), otherwise a
 * French table that reads well in 80 columns.
 */
#ifndef GUICHET_CTL_CTL_H
#define GUICHET_CTL_CTL_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "base/settings.h"

struct store;

struct ctl {
	const char *config; /* path of -c, or NULL */
	bool json;
	int argc; /* the words behind noun and verb */
	char **argv;
	FILE *out; /* stdout */
};

struct ctl_verb {
	const char *words; /* "queue list", "centre terminal add", "verify" */
	const char *takes; /* what follows, for the help: "RID" or "" */
	const char *help;  /* one French line */
	enum err (*run)(struct ctl *c);
};

/* Each ended by NULL words. */
extern const struct ctl_verb ctl_join_verbs[], ctl_terminal_verbs[],
    ctl_switch_verbs[];
extern const struct ctl_verb ctl_queue_verbs[], ctl_centre_verbs[],
    ctl_card_verbs[], ctl_key_verbs[], ctl_book_verbs[],
    ctl_operator_verbs[], ctl_receipt_verbs[], ctl_vault_verbs[],
    ctl_supervisor_verbs[], ctl_notice_verbs[], ctl_post_verbs[];

/* centre leases, in ctl_lease.c. */
enum err ctl_leases(struct ctl *c);

/* centre fhir, trace, deceased, destroy, majority, rekey, in their files. */
enum err ctl_fhir(struct ctl *c);
enum err ctl_trace(struct ctl *c);
enum err ctl_deceased(struct ctl *c);
enum err ctl_destroy(struct ctl *c);
enum err ctl_majority(struct ctl *c);
enum err ctl_rekey(struct ctl *c);

/* centre opening list, rotate, retire, in ctl_opening.c. */
enum err ctl_opening_list(struct ctl *c);
enum err ctl_opening_rotate(struct ctl *c);
enum err ctl_opening_retire(struct ctl *c);

/* The row whose words begin argv, its words' number in *used; or NULL. */
const struct ctl_verb *ctl_find(int argc, char *const argv[], int *used);

/* All tables one after the other, for the help and the manual. */
extern const struct ctl_verb *const ctl_tables[];

/* Settings of the terminal or of the centre, from c->config. */
enum err ctl_desk(const struct ctl *c, struct desk_settings *out);
enum err ctl_centre(const struct ctl *c, struct centre_settings *out);

/* The ledger that the settings name, made if it is not there and create;
 * closed by the caller (store_close). Errors of ctl_centre and store_open. */
enum err ctl_ledger(const struct ctl *c, bool create,
    struct centre_settings *set, struct store **out);

/*
 * The value of "--NAME VALUE" among the words, NULL when absent; "--NAME"
 * alone is found by ctl_flag. ctl_words says ERR_USAGE when a word is none of
 * the NULL-ended names (those ended by "=" take a value) or one comes twice,
 * or when there are not exactly `plain` words without dashes.
 */
const char *ctl_value(const struct ctl *c, const char *name);
bool ctl_flag(const struct ctl *c, const char *name);
enum err ctl_words(const struct ctl *c, const char *const names[],
    int plain);

/* The i-th word that is no option nor an option's value. */
const char *ctl_plain(const struct ctl *c, const char *const names[], int i);

#endif
