/* parcel: a box around a key, and documents under the key. */
#include <string.h>

#include "base/secret.h"
#include "centre/parcel.h"

#define MAGIC_LEN (sizeof(PARCEL_MAGIC) - 1)

_Static_assert(PARCEL_HEAD == MAGIC_LEN + SYM_KEY_LEN + BOX_OVERHEAD, "head");

struct parcel {
	bool there;
	uint8_t head[PARCEL_HEAD], key[SYM_KEY_LEN];
};

enum err
parcel_new(struct parcel **out)
{
	struct parcel *p = secret_alloc(sizeof(*p));

	if (p == NULL)
		return ERR_MEMORY;
	*out = p;
	return ERR_OK;
}

void
parcel_free(struct parcel *p)
{
	secret_free(p);
}

void
parcel_end(struct parcel *p)
{
	if (p != NULL)
		secret_wipe(p, sizeof(*p));
}

static enum err
make_key(struct parcel *p, const uint8_t public[BOX_PUBLIC_LEN])
{
	struct buf head;
	enum err r;

	buf_init(&head);
	secret_random(p->key, sizeof(p->key));
	if ((r = buf_put(&head, PARCEL_MAGIC, MAGIC_LEN)) == ERR_OK &&
	    (r = box_seal(p->key, sizeof(p->key), public, &head)) == ERR_OK)
		memcpy(p->head, head.p, sizeof(p->head));
	p->there = r == ERR_OK;
	if (r != ERR_OK)
		parcel_end(p);
	buf_clear(&head);
	return r;
}

enum err
parcel_seal(struct parcel *p, const uint8_t public[BOX_PUBLIC_LEN],
    const void *doc, size_t n, struct buf *out)
{
	const size_t start = out->len;
	enum err r;

	if ((!p->there && (r = make_key(p, public)) != ERR_OK) ||
	    (r = buf_put(out, p->head, sizeof(p->head))) != ERR_OK)
		return r;
	if ((r = sym_seal(doc, n, p->head, sizeof(p->head), p->key, out)) !=
	    ERR_OK)
		buf_cut(out, start);
	return r;
}

/* The key of that head into p. */
static enum err
open_head(struct parcel *p, const uint8_t secret[BOX_SECRET_LEN],
    const uint8_t head[PARCEL_HEAD])
{
	struct buf key;
	enum err r;

	if (p->there && memcmp(p->head, head, sizeof(p->head)) == 0)
		return ERR_OK;
	parcel_end(p);
	if ((r = buf_init_secret(&key, SYM_KEY_LEN)) != ERR_OK)
		return r;
	if ((r = box_open(head + MAGIC_LEN, PARCEL_HEAD - MAGIC_LEN, secret,
	    &key)) == ERR_OK) {
		memcpy(p->key, key.p, sizeof(p->key));
		memcpy(p->head, head, sizeof(p->head));
		p->there = true;
	}
	buf_clear(&key);
	return r;
}

/* A box alone begins with a key that was made for it: not with these bytes. */
static bool
is_box(const uint8_t *sealed, size_t n)
{
	return n < PARCEL_OVERHEAD ||
	    memcmp(sealed, PARCEL_MAGIC, MAGIC_LEN) != 0;
}

enum err
parcel_open(struct parcel *p, const uint8_t secret[BOX_SECRET_LEN],
    const void *sealed, size_t n, struct buf *out)
{
	const uint8_t *head = sealed;
	enum err r;

	if (is_box(sealed, n))
		return box_open(sealed, n, secret, out);
	if ((r = open_head(p, secret, head)) != ERR_OK)
		return r;
	return sym_open(head + PARCEL_HEAD, n - PARCEL_HEAD, head,
	    PARCEL_HEAD, p->key, out);
}
