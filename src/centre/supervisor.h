/*
 * supervisor: who may see the overview: a name and a password each.
 *
 * STATE/supervisors, mode 0600: a line "NAME VERIFIER" each, the verifier of
 * Argon2id. It is read anew for every question, so that who is removed is out
 * at once. Each wrong password of a name doubles the wait of all its tries:
 * 1 s, 2 s … up to a minute, kept in memory by who asks.
 */
#ifndef GUICHET_CENTRE_SUPERVISOR_H
#define GUICHET_CENTRE_SUPERVISOR_H

#include <stddef.h>
#include <stdint.h>

#include "base/crypt.h"

#define SUPERVISORS_MAX	   32
#define SUPERVISOR_ROOM	   32 /* a name: a-z 0-9 . - _, and its NUL */
#define SUPERVISOR_PASS_MIN 12 /* bytes of a password */
#define SUPERVISOR_WAIT_S  60

/* Those who just showed that they are it: their words need no 85 ms again
 * for a quarter of an hour, while the verifier stays the same. */
struct supervisor_door;

enum err supervisor_door_new(const char *state, struct supervisor_door **out);
void supervisor_door_free(struct supervisor_door *d);

/*
 * May the holder of these come in? `pass` is the pair as a web browser sends
 * it (RFC 7617: base64 of NAME:PASSWORD), elapsed_ms of clock_elapsed_ms().
 * ERR_OK, ERR_SUPERVISOR (wrong, unknown or none), ERR_SUPERVISOR_WAIT with the
 * seconds to wait in *wait_s, ERR_SUPERVISORS when the file is not of its
 * form, ERR_MEMORY.
 */
enum err supervisor_admit(struct supervisor_door *d, const char *pass,
    uint64_t elapsed_ms, unsigned *wait_s);

/* Change the list. Add replaces the password of a name that is there.
 * ERR_SUPERVISOR_FORM (a name of other characters, one too many),
 * ERR_SUPERVISOR_WEAK, ERR_NOT_FOUND, ERR_SUPERVISORS, ERR_FILE_WRITE. */
enum err supervisor_add(const char *state, const char *name,
    const char *password);
enum err supervisor_remove(const char *state, const char *name);

/* The names in their order. */
typedef enum err supervisor_see(const char *name, void *user);
enum err supervisor_each(const char *state, supervisor_see *see, void *user);

#endif
