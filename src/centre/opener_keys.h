/*
 * opener_keys: what opens, signs and wraps. Only opener*.c, opening.c and
 * answer.c include this.
 */
#ifndef GUICHET_CENTRE_OPENER_KEYS_H
#define GUICHET_CENTRE_OPENER_KEYS_H

#include "centre/keyturn.h"
#include "centre/opener.h"

extern const struct keyturn opening_turn; /* of the opening key */

struct opening_key {
	uint32_t number; /* 0: there is none */
	uint8_t secret[BOX_SECRET_LEN];
};

/* In locked memory as a whole. */
struct opener_keys {
	struct opening_key opening, opening_before;
	uint32_t outcome_number;
	uint8_t outcome[SIGN_SECRET_LEN];
	uint8_t master[SYM_KEY_LEN], before[SYM_KEY_LEN], index[SYM_KEY_LEN];
	uint8_t notice[BOX_PUBLIC_LEN]; /* when there is one */
	struct vault_keys vault;
};

#endif
