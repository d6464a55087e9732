/*
 * parcel: documents, each sealed to the holder of one secret key, for the
 * price of one.
 *
 * A sealed box (base/crypt.h) costs two operations on a curve, whatever is in
 * it. Here it holds a key, made for some documents and forgotten behind them,
 * and each document goes under that key, with the box before it: so each is
 * opened alone, in any order, and whoever sealed it cannot.
 *
 *	0	8	"GCHparc1"
 *	8	80	a sealed box around 32 bytes, the key
 *	88	n + 40	XChaCha20-Poly1305: nonce, n bytes sealed, tag; bound
 *			to the 88 bytes before
 */
#ifndef GUICHET_CENTRE_PARCEL_H
#define GUICHET_CENTRE_PARCEL_H

#include "base/crypt.h"

#define PARCEL_MAGIC	"GCHparc1"
#define PARCEL_HEAD	(8 + SYM_KEY_LEN + BOX_OVERHEAD)
#define PARCEL_OVERHEAD (PARCEL_HEAD + SYM_OVERHEAD)

/* One key and its box, in locked memory. */
struct parcel;

/* ERR_MEMORY. Free wipes, and accepts NULL. */
enum err parcel_new(struct parcel **out);
void parcel_free(struct parcel *p);

/* Append n + PARCEL_OVERHEAD bytes. The key is made by the first call, for
 * that recipient, and holds until parcel_end. ERR_KEY_FORM, ERR_TOO_LONG. */
enum err parcel_seal(struct parcel *p, const uint8_t public[BOX_PUBLIC_LEN],
    const void *doc, size_t n, struct buf *out);

/* Forget the key; NULL is accepted. */
void parcel_end(struct parcel *p);

/*
 * Append what was sealed to a secret buffer; the last box that was opened is
 * remembered, so that the secret must always be the same. Also what is a
 * sealed box alone, as it was before there were parcels. ERR_ENV_OPEN,
 * ERR_TOO_LONG.
 */
enum err parcel_open(struct parcel *p, const uint8_t secret[BOX_SECRET_LEN],
    const void *sealed, size_t n, struct buf *out);

#endif
