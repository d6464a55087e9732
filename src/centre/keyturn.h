/*
 * keyturn: a secret key of the vault gives its place to the next, and for a
 * time both are there.
 *
 * In FOLDER/keys: NAME.key is the one in force, NAME-before.key the one that
 * it followed, NAME-next.key one that a crash may have left half made. At no
 * moment is there no NAME.key; killed anywhere, it is called again.
 */
#ifndef GUICHET_CENTRE_KEYTURN_H
#define GUICHET_CENTRE_KEYTURN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/file.h"

struct keyturn {
	const char *name; /* "master" */
	const char *kind; /* of its files (base/keyfile.h) */
	size_t len;
	void (*make)(uint8_t *key);
};

/* FOLDER/keys/NAME. ERR_TOO_LONG. */
enum err keyturn_path(const char *folder, const char *name,
    char out[PATH_ROOM]);

/* Is there a file of that name? */
bool keyturn_is_there(const char *path);

/* A key of that number takes the place of the one in force, which stays as
 * the one before; done already, nothing happens. ERR_MEMORY, ERR_FILE_WRITE. */
enum err keyturn_bring(const struct keyturn *t, const char *folder,
    uint32_t number);

/* The key before into locked memory; *number 0, and zeros, when there is none,
 * or when it still is the one in force, whose number is `now`. ERR_KEY_*. */
enum err keyturn_before(const struct keyturn *t, const char *folder,
    uint32_t now, uint8_t *key, uint32_t *number);

/* Overwrite the key before, and remove it. ERR_FILE_WRITE. */
enum err keyturn_end(const struct keyturn *t, const char *folder);

#endif
