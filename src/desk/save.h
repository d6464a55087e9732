/*
 * save: session → secrets → record → sealed → the queue's commit.
 *
 * The one place where secrets are made, after consent and review (the table
 * proves it) and behind a page already painted. After ERR_OK the enrolment is
 * durable and person->saved, ->sequence, ->identifier and ->password are set;
 * after any error the person holds no secret.
 */
#ifndef GUICHET_DESK_SAVE_H
#define GUICHET_DESK_SAVE_H

#include "desk/keyring.h"
#include "desk/session.h"

/*
 * Save the session's person: person->rec is of the kind that the screens set,
 * and place, operator, regime, id and moment are filled in here. A record
 * that wants an account while no identifier is left opens without one (DESIGN
 * section 5); a reissue is then ERR_NO_IDENTIFIER, and ERR_RULE_ACCOUNT
 * without a channel. ERR_MEMORY, ERR_QUEUE_WRITE, ERR_QUEUE_UNKNOWN and what
 * else queue_put says.
 */
enum err desk_save(struct session *s, struct queue *q,
    const struct desk_keys *k);

#endif
