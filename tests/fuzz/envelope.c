/* envelope: what is read as one is written again to the same bytes. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "envelope/envelope.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static uint8_t sign_secret[SIGN_SECRET_LEN], box_secret[BOX_SECRET_LEN];

static void
start(void)
{
	uint8_t public[SIGN_PUBLIC_LEN];
	static int started;

	if (started++ == 0 && secret_start() == ERR_OK) {
		sign_keypair(sign_secret, public);
		memset(box_secret, 7, sizeof(box_secret));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct envelope_keys keys = { .sign_secret = sign_secret };
	struct envelope e;
	struct buf out;

	start();
	if (envelope_read(p, n, &e) != ERR_OK)
		return 0;
	if (n > ENVELOPE_MAX)
		abort();
	buf_init(&out);
	if (envelope_write(&e, &keys, &out) != ERR_OK || out.len != n ||
	    memcmp(out.p, p, n - SIGNATURE_LEN) != 0)
		abort();
	buf_clear(&out);
	if (buf_init_secret(&out, e.sealed.n) == ERR_OK)
		(void)envelope_open(&e, box_secret, &out);
	buf_clear(&out);
	return 0;
}
