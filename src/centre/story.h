/*
 * story: the acts of one dossier, one after the other, and how it stands
 * after each: what is told to another system, or to the holder.
 *
 * It follows the traces, which are in order and never go; a record that a line
 * is about is opened as long as the dossier's key is there. Locked memory: a
 * person in clear, until story_free.
 */
#ifndef GUICHET_CENTRE_STORY_H
#define GUICHET_CENTRE_STORY_H

#include "centre/vault.h"

struct story {
	uint8_t id[DOSSIER_ID_LEN];
	enum dossier_state state;
	uint64_t at_ms, closed_ms;
	bool known;	     /* now says who it is; false once destroyed */
	bool deceased;
	bool of_age;	     /* since: nobody speaks for them any more */
	struct record *now;  /* each part as it was said last */
	struct record *act;  /* the record of the line under way */
	uint64_t consent_ms; /* when it was said */
	enum grantor consenter;
	uint64_t choices_ms; /* 0: never made */
	/* What was once chosen, so that the end of it can be told: whether
	 * there was an opposition, and the last list that was not empty. */
	bool samu_ever, break_glass_ever;
	uint64_t contact_ms; /* when it was given; 0: never */
	bool mobile_ever, email_ever; /* verified */
	char allowed_ever[RPPS_LIST][RPPS_TEXT];
	char blocked_ever[RPPS_LIST][RPPS_TEXT];
};

/* NULL: no memory. Free wipes, and accepts NULL. */
struct story *story_new(void);
void story_free(struct story *s);

/*
 * A line of the story, which stands as it does after it. rec is the record
 * that the line is about and that changed the dossier, or NULL.
 */
typedef enum err story_see(const struct story *s, const struct trace_line *l,
    const struct record *rec, void *user);

/*
 * Tell the lines of a dossier up to number `last`; see() hears those behind
 * number `after` until it says otherwise. ERR_VAULT, ERR_MEMORY, ERR_ENV_OPEN
 * with another master key.
 */
enum err story_tell(struct vault *v, const uint8_t id[DOSSIER_ID_LEN],
    uint64_t after, uint64_t last, struct story *s, story_see *see,
    void *user);

#endif
