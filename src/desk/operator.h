/*
 * operator: who serves at this desk, one account a person, each with a PIN.
 *
 * STATE/operators, mode 0600: a strict JSON document with number, name,
 * profession and the Argon2id verifier of the PIN. Each wrong PIN doubles the
 * wait of its account: 1 s, 2 s, 4 s … up to 15 minutes. A try is written
 * down before it is looked at, so that cutting the power gives none for free;
 * waits are told by elapsed time, and one that a restart of the machine cuts
 * short begins anew.
 *
 * Whose account may serve when is desk/shift.h's to say. The file is read
 * anew at each call, under a lock, so that guichetctl may change it while a
 * desk is open.
 */
#ifndef GUICHET_DESK_OPERATOR_H
#define GUICHET_DESK_OPERATOR_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define OPERATORS_MAX 48 /* they all stand on one page */
#define PIN_MIN	      6 /* digits */
#define PIN_MAX	      32
#define PIN_WAIT_MAX  900 /* seconds */

/* What a record and a trace say of somebody: as in the record and settings. */
struct operator {
	char id[32], name[64], profession[32];
};

struct operators;

/*
 * ERR_OPERATORS when there is a file and it is not of its form, readable by
 * others, or cannot be read; ERR_MEMORY. Close accepts NULL, and wipes.
 */
enum err operator_open(const char *state, struct operators **out);
void operator_close(struct operators *o);

/* All of them by name, borrowed until the next call; *n is 0 without any.
 * ERR_OPERATORS. */
enum err operator_list(struct operators *o, const struct operator **out,
    size_t *n);

/*
 * Is that the PIN? elapsed_ms is clock_elapsed_ms(); takes about 85 ms.
 * ERR_OK; ERR_PIN_WRONG or ERR_PIN_LOCKED with *wait_s the seconds before the
 * next try is looked at; ERR_NOT_FOUND; ERR_OPERATORS; ERR_FILE_WRITE when
 * the try could not be written down (and then it was not looked at).
 */
enum err operator_check(struct operators *o, const char *id, const char *pin,
    uint64_t elapsed_ms, unsigned *wait_s);

/*
 * Change the list. Add: ERR_OPERATOR_FORM (a text is empty, not clean, or
 * there are OPERATORS_MAX), ERR_OPERATOR_TWICE, ERR_PIN_WEAK. Pin: a new one,
 * which also ends a wait; ERR_PIN_WEAK. Remove, pin and unlock say
 * ERR_NOT_FOUND; all say ERR_OPERATORS, ERR_FILE_WRITE.
 */
enum err operator_add(struct operators *o, const struct operator *who,
    const char *pin);
enum err operator_remove(struct operators *o, const char *id);
enum err operator_pin(struct operators *o, const char *id, const char *pin);
enum err operator_unlock(struct operators *o, const char *id);

#endif
