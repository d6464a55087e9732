/*
 * lease: leases, receipts, outcomes, opening keys and words on a place that a
 * key of ours signed, whatever they say: what is read is written again to the
 * same bytes. The first byte chooses the kind; a fourth is an identifier as a
 * person types it.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "envelope/lease.h"
#include "envelope/opening.h"
#include "envelope/outcome.h"
#include "envelope/receipt.h"
#include "envelope/switch.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static uint8_t secret[SIGN_SECRET_LEN], public[SIGN_PUBLIC_LEN];

/* The body with a good head and signature around it. */
static void
stamped(const char *head, const char *domain, const uint8_t *p, size_t n,
    struct buf *out)
{
	uint8_t signature[SIGNATURE_LEN];

	if (buf_put(out, head, 5) != ERR_OK || buf_put(out, p, n) != ERR_OK ||
	    sign(domain, out->p, out->len, secret, signature) != ERR_OK ||
	    buf_put(out, signature, sizeof(signature)) != ERR_OK)
		abort();
}

static void
same(const struct buf *in, const void *p, size_t n)
{
	if (in->len != n || memcmp(in->p, p, n) != 0)
		abort();
}

static void
try_lease(const uint8_t *p, size_t n)
{
	struct buf in, out;
	struct lease l;

	buf_init(&in);
	buf_init(&out);
	stamped("GUL1\1", LEASE_DOMAIN, p, n, &in);
	if (lease_read(in.p, in.len, public, &l) == ERR_OK) {
		if (lease_write(&l, secret, &out) != ERR_OK)
			abort();
		same(&in, out.p, out.len);
	}
	buf_clear(&in);
	buf_clear(&out);
}

static void
try_receipt(const uint8_t *p, size_t n)
{
	uint8_t out[RECEIPT_LEN];
	struct receipt rc;
	struct buf in;

	buf_init(&in);
	stamped("GUR1\1", RECEIPT_DOMAIN, p, n, &in);
	if (receipt_read(in.p, in.len, public, &rc) == ERR_OK) {
		if (receipt_write(&rc, secret, out) != ERR_OK)
			abort();
		same(&in, out, sizeof(out));
	}
	buf_clear(&in);
}

static void
try_outcome(const uint8_t *p, size_t n)
{
	uint8_t out[OUTCOME_LEN];
	struct outcome_note o;
	struct buf in;

	buf_init(&in);
	stamped("GUO1\1", OUTCOME_DOMAIN, p, n, &in);
	if (outcome_read(in.p, in.len, public, &o) == ERR_OK) {
		if (outcome_write(&o, secret, out) != ERR_OK)
			abort();
		same(&in, out, sizeof(out));
	}
	buf_clear(&in);
}

static void
try_opening(const uint8_t *p, size_t n)
{
	uint8_t out[OPENING_LEN];
	struct opening o;
	struct buf in;

	buf_init(&in);
	stamped("GUS1\1", OPENING_DOMAIN, p, n, &in);
	if (opening_read(in.p, in.len, public, &o) == ERR_OK) {
		if (opening_write(&o, secret, out) != ERR_OK)
			abort();
		same(&in, out, sizeof(out));
	}
	buf_clear(&in);
}

static void
try_switch(const uint8_t *p, size_t n)
{
	uint8_t out[SWITCH_LEN];
	struct switched w;
	struct buf in;

	buf_init(&in);
	stamped("GUD1\1", SWITCH_DOMAIN, p, n, &in);
	if (switch_read(in.p, in.len, public, &w) == ERR_OK) {
		if (switch_write(&w, secret, out) != ERR_OK)
			abort();
		same(&in, out, sizeof(out));
	}
	buf_clear(&in);
}

static void
try_identifier(const uint8_t *p, size_t n)
{
	char typed[64], text[IDENTIFIER_TEXT];
	uint32_t number, again;

	if (n >= sizeof(typed))
		return;
	if (n != 0)
		memcpy(typed, p, n);
	typed[n] = '\0';
	if (identifier_read(typed, &number) != ERR_OK)
		return;
	identifier_text(number, n % 2 == 0, text);
	if (number >= IDENTIFIER_COUNT ||
	    identifier_read(text, &again) != ERR_OK || again != number)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static void (*const tries[])(const uint8_t *, size_t) = {
		try_lease, try_receipt, try_outcome, try_identifier,
		try_opening, try_switch,
	};
	static int started;

	if (started++ == 0 && secret_start() == ERR_OK)
		sign_keypair(secret, public);
	if (n > 0)
		tries[p[0] % (sizeof(tries) / sizeof(tries[0]))](p + 1, n - 1);
	return 0;
}
