/*
 * keeper: the vault as an operator of the centre enters it: with its keys, by
 * an account's name, and never without a trace.
 */
#ifndef GUICHET_CTL_KEEPER_H
#define GUICHET_CTL_KEEPER_H

#include "centre/opener.h"
#include "ctl/ctl.h"

struct keeper {
	struct centre_settings set;
	struct opener_keys *keys;
	struct vault *vault;
	char who[TRACE_TEXT]; /* the account on this machine */
};

/* Who runs this: an account of this machine. */
void keeper_account(char out[TRACE_TEXT]);

/* ERR_SET_*, ERR_KEY_*, ERR_NOT_FOUND, ERR_VAULT. Close accepts what was not
 * opened, when it began as zero. */
enum err keeper_open(const struct ctl *c, struct keeper *k);
void keeper_close(struct keeper *k);

/* The dossier that is meant: by its own number (32 digits), or by the
 * reference of a record in it. ERR_TEXT, ERR_NOT_FOUND. */
enum err keeper_find(struct keeper *k, const char *reference,
    uint8_t id[DOSSIER_ID_LEN]);

/* What stands in the traces beside the account: NAME TEXT, the value of that
 * option. ERR_USAGE when the text is none, ERR_TOO_LONG. */
enum err keeper_note(struct keeper *k, const char *option, const char *name,
    const char *text);

/* A line of that account's now, to be filled in and left. */
struct trace keeper_line(const struct keeper *k,
    const uint8_t id[DOSSIER_ID_LEN], const char *action);

/* Leave one of them; it is on the disk when this returns. */
enum err keeper_trace(struct keeper *k, const uint8_t id[DOSSIER_ID_LEN],
    const char *action);

#endif
