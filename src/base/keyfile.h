/*
 * keyfile: a key in a file of one line, read strictly.
 *
 *	guichet-key-1 KIND NUMBER BASE64\n
 *
 * KIND says what the key is for, so that no key serves another purpose;
 * NUMBER is the key's number, from 1. Secret kinds end in "-secret" and must
 * be a regular file of this account that nobody else can read (mode 0600 or
 * stricter), not reached through a symbolic link.
 */
#ifndef GUICHET_BASE_KEYFILE_H
#define GUICHET_BASE_KEYFILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/*
 * Read the key of that kind and length. key holds len bytes: locked memory
 * for a secret. ERR_KEY_READ, ERR_KEY_MODE, ERR_KEY_FORM; the subject is the
 * path, and key is as it was or wiped.
 */
enum err keyfile_read(const char *path, const char *kind, uint8_t *key,
    size_t len, uint32_t *number);

/* The same, in DIR/keys/NAME. */
enum err keyfile_read_in(const char *dir, const char *name, const char *kind,
    uint8_t *key, size_t len, uint32_t *number);

/*
 * A secret that another program's format holds (a TLS key in PEM): the same
 * rules for the file, none for what is in it. ERR_KEY_READ, ERR_KEY_MODE,
 * ERR_KEY_FORM when it is no regular file; the subject is the path.
 */
enum err keyfile_private(const char *path);

/* The same for a file that may be read by all. */
enum err keyfile_there(const char *path);

/* Write a new key: 0600 for a secret kind, 0644 otherwise. A key that is
 * there is never overwritten: ERR_FILE_WRITE. */
enum err keyfile_write(const char *path, const char *kind,
    const uint8_t *key, size_t len, uint32_t number);

/*
 * Write a key over another one of its kind, in place, so that the disk has
 * that one no more: a crash can leave a file that is neither. The file must be
 * there, and its line no longer than the new one. ERR_FILE_WRITE.
 */
enum err keyfile_overwrite(const char *path, const char *kind,
    const uint8_t *key, size_t len, uint32_t number);

/* Put a public key in the place of another one, at once or not at all; a crash
 * leaves one of the two. ERR_FILE_WRITE. */
enum err keyfile_replace(const char *path, const char *kind,
    const uint8_t *key, size_t len, uint32_t number);

/* Overwrite what is there with zeros, then remove it, durably; one that is
 * not there is ERR_OK. ERR_FILE_WRITE. */
enum err keyfile_destroy(const char *path);

#endif
