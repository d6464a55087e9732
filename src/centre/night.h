/*
 * night: what is done once a day with all dossiers, whoever calls.
 */
#ifndef GUICHET_CENTRE_NIGHT_H
#define GUICHET_CENTRE_NIGHT_H

#include "centre/vault.h"

/* Minors who are of age by that moment, in small transactions: *adults how
 * many. Doing it again is harmless. ERR_VAULT, ERR_MEMORY, ERR_ENV_OPEN. */
enum err night_run(struct vault *v, uint64_t now_ms, int adult_age,
    unsigned *adults);

#endif
