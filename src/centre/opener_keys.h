/*
 * opener_keys: what opens, signs and wraps. Only opener*.c include this.
 */
#ifndef GUICHET_CENTRE_OPENER_KEYS_H
#define GUICHET_CENTRE_OPENER_KEYS_H

#include "centre/opener.h"

/* In locked memory as a whole. */
struct opener_keys {
	uint32_t opening_number, outcome_number;
	uint8_t opening[BOX_SECRET_LEN];
	uint8_t outcome[SIGN_SECRET_LEN];
	uint8_t master[SYM_KEY_LEN], before[SYM_KEY_LEN], index[SYM_KEY_LEN];
	uint8_t notice[BOX_PUBLIC_LEN]; /* when there is one */
	struct vault_keys vault;
};

#endif
