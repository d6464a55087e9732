/* operator_own: the accounts in memory and their file, for operator*.c. */
#ifndef GUICHET_DESK_OPERATOR_OWN_H
#define GUICHET_DESK_OPERATOR_OWN_H

#include <stdbool.h>

#include "base/crypt.h"
#include "base/file.h"
#include "desk/operator.h"

#define BOOT_ROOM 40

struct account {
	struct operator who;
	char verifier[VERIFIER_LEN];
	uint32_t fails;	     /* wrong PINs since the last right one */
	uint64_t since_ms;   /* of the last one, elapsed time … */
	char boot[BOOT_ROOM]; /* … of this start of the machine */
};

struct operators {
	char path[PATH_ROOM], lock[PATH_ROOM], boot[BOOT_ROOM];
	size_t n;
	struct account all[OPERATORS_MAX]; /* by name */
	struct operator who[OPERATORS_MAX];
};

/* Each text is there and clean. */
bool operators_described(const struct operator *who);

/* The account of that number, or NULL. */
struct account *operators_find(struct operators *o, const char *id);

/* Read what the file says now; no file, nobody. ERR_OPERATORS. */
enum err operators_load(struct operators *o);

/* Nobody else changes the list until unlock; what it says now is read. */
enum err operators_lock(struct operators *o, int *fd);

/* Write the list, by name; durable. ERR_FILE_WRITE. */
enum err operators_save(struct operators *o);

/* Give r back, whatever it is. */
enum err operators_unlock(int fd, enum err r);

#endif
