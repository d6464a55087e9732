/* datakey: symmetric seals, each bound to a dossier and a part. */
#include <string.h>

#include "base/secret.h"
#include "centre/datakey.h"

#define BOUND_LEN (DOSSIER_ID_LEN + 1)

static void
bind_to(const uint8_t id[DOSSIER_ID_LEN], enum datakey_part part,
    uint8_t out[BOUND_LEN])
{
	memcpy(out, id, DOSSIER_ID_LEN);
	out[DOSSIER_ID_LEN] = (uint8_t)part;
}

enum err
datakey_fresh(struct buf *key)
{
	enum err r;

	if ((r = buf_reserve(key, SYM_KEY_LEN)) != ERR_OK)
		return r;
	secret_random(key->p, SYM_KEY_LEN);
	key->len = SYM_KEY_LEN;
	return ERR_OK;
}

enum err
datakey_wrap(const uint8_t id[DOSSIER_ID_LEN],
    const uint8_t master[SYM_KEY_LEN], const struct buf *key,
    struct buf *wrapped)
{
	uint8_t bound[BOUND_LEN];

	bind_to(id, PART_KEY, bound);
	return sym_seal(key->p, key->len, bound, sizeof(bound), master,
	    wrapped);
}

enum err
datakey_make(const uint8_t id[DOSSIER_ID_LEN],
    const uint8_t master[SYM_KEY_LEN], struct buf *key, struct buf *wrapped)
{
	enum err r;

	buf_reset(key);
	if ((r = datakey_fresh(key)) != ERR_OK)
		return r;
	return datakey_wrap(id, master, key, wrapped);
}

enum err
datakey_unwrap(const uint8_t id[DOSSIER_ID_LEN],
    const uint8_t master[SYM_KEY_LEN], const struct buf *wrapped,
    struct buf *key)
{
	uint8_t bound[BOUND_LEN];

	buf_reset(key);
	bind_to(id, PART_KEY, bound);
	return sym_open(wrapped->p, wrapped->len, bound, sizeof(bound),
	    master, key);
}

enum err
datakey_seal(const uint8_t id[DOSSIER_ID_LEN], enum datakey_part part,
    const struct buf *key, const void *p, size_t n, struct buf *out)
{
	uint8_t bound[BOUND_LEN];

	bind_to(id, part, bound);
	return sym_seal(p, n, bound, sizeof(bound), key->p, out);
}

enum err
datakey_open(const uint8_t id[DOSSIER_ID_LEN], enum datakey_part part,
    const struct buf *key, const struct buf *sealed, struct buf *out)
{
	uint8_t bound[BOUND_LEN];

	bind_to(id, part, bound);
	return sym_open(sealed->p, sealed->len, bound, sizeof(bound), key->p,
	    out);
}
