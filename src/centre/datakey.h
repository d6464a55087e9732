/*
 * datakey: the key of one dossier, and what is sealed under it.
 *
 * The key lives wrapped by the master key; without the wrapped bytes nothing
 * that it sealed can be opened again. Everything sealed is bound to its
 * dossier and to which part of it it is: none can stand for another.
 */
#ifndef GUICHET_CENTRE_DATAKEY_H
#define GUICHET_CENTRE_DATAKEY_H

#include "base/buf.h"
#include "base/crypt.h"

#define DOSSIER_ID_LEN 16

enum datakey_part { PART_KEY = 'k', PART_DOCUMENT = 'd', PART_VERIFIER = 'v' };

/* A new key into the secret buffer; its wrapped form appended to wrapped. */
enum err datakey_make(const uint8_t id[DOSSIER_ID_LEN],
    const uint8_t master[SYM_KEY_LEN], struct buf *key, struct buf *wrapped);

/* A new key into the secret buffer, which is empty; its wrapped form. */
enum err datakey_fresh(struct buf *key);
enum err datakey_wrap(const uint8_t id[DOSSIER_ID_LEN],
    const uint8_t master[SYM_KEY_LEN], const struct buf *key,
    struct buf *wrapped);

/* The key of a wrapped form. ERR_ENV_OPEN with another master key. */
enum err datakey_unwrap(const uint8_t id[DOSSIER_ID_LEN],
    const uint8_t master[SYM_KEY_LEN], const struct buf *wrapped,
    struct buf *key);

/* Append what is sealed; append what was sealed, or ERR_ENV_OPEN. */
enum err datakey_seal(const uint8_t id[DOSSIER_ID_LEN],
    enum datakey_part part, const struct buf *key, const void *p, size_t n,
    struct buf *out);
enum err datakey_open(const uint8_t id[DOSSIER_ID_LEN],
    enum datakey_part part, const struct buf *key, const struct buf *sealed,
    struct buf *out);

#endif
