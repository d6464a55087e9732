/*
 * vectors: the examples of src/PROTOCOL, made again and compared.
 *
 * vectors.txt holds inputs (keys, sealed boxes) and what must come of them,
 * as "name = value". With --print the whole file is written anew from the
 * inputs that it has.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/secret.h"
#include "envelope/epoch.h"
#include "envelope/identifier.h"
#include "envelope/lease.h"
#include "envelope/outcome.h"
#include "envelope/receipt.h"
#include "envelope/switch.h"
#include "tests/envelope/made.h"

#define VECTORS "tests/envelope/vectors.txt"
#define AT_MS	1795271525000u

static struct buf file, made;

/* The value of a name in the file, to be freed. */
static char *
value_of(const char *name)
{
	const char *at = (const char *)file.p, *end;
	size_t n = strlen(name);
	char *v;

	while (strncmp(at, name, n) != 0 || strncmp(at + n, " = ", 3) != 0) {
		at = strchr(at, '\n');
		assert_non_null(at);
		at++;
	}
	at += n + 3;
	end = strchr(at, '\n');
	assert_non_null(end);
	assert_non_null(v = strndup(at, (size_t)(end - at)));
	return v;
}

static void
input(const char *name, uint8_t *out, size_t n)
{
	char *v = value_of(name);

	assert_int_equal(hex_read(v, out, n), ERR_OK);
	assert_int_equal(buf_putf(&made, "%s = %s\n", name, v), ERR_OK);
	free(v);
}

static void
text(const char *name, const char *v)
{
	assert_int_equal(buf_putf(&made, "%s = %s\n", name, v), ERR_OK);
}

static void
bytes(const char *name, const void *p, size_t n)
{
	char *hex = malloc(2 * n + 1);

	assert_non_null(hex);
	hex_of(p, n, hex);
	text(name, hex);
	free(hex);
}

static void
number(const char *name, unsigned i, uint32_t v)
{
	assert_int_equal(buf_putf(&made, "%s %u = %u\n", name, i, v), ERR_OK);
}

static void
put_identifiers(void)
{
	static const uint32_t at[] = { 0, 1, 2, 1599999999 };
	uint8_t key[SYM_KEY_LEN];
	char out[IDENTIFIER_TEXT];

	input("permutation-key", key, sizeof(key));
	for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++)
		number("permuted", at[i], identifier_permute(key, at[i]));
	identifier_text(identifier_permute(key, 0), false, out);
	text("identifier", out);
	identifier_text(identifier_permute(key, 0), true, out);
	text("identifier-letters-first", out);
}

static void
put_statements(const uint8_t secret[SIGN_SECRET_LEN],
    const struct rid *rid, const uint8_t hash[DIGEST_LEN])
{
	struct receipt rc = { .level = LEVEL_STORED, .terminal = 7,
		.centre_key = 1, .sequence = 2, .at_ms = AT_MS, .rid = *rid };
	struct outcome_note o = { .rid = *rid, .terminal = 7,
		.opener_key = 1, .kind = OUTCOME_REFUSED, .reason = 707,
		.at_ms = AT_MS };
	struct lease l = { .terminal = 7, .block = 3, .centre_key = 1,
		.at_ms = AT_MS, .count = 2, .number = { 771423415, 0 } };
	struct switched w = { .terminal = 7, .centre_key = 1,
		.at_ms = AT_MS };
	uint8_t switched[SWITCH_LEN];
	uint8_t receipt[RECEIPT_LEN], outcome[OUTCOME_LEN];
	uint8_t twice[2 * RECEIPT_LEN], signature[SIGNATURE_LEN];
	struct buf lease;

	memcpy(rc.hash, hash, DIGEST_LEN);
	assert_int_equal(receipt_write(&rc, secret, receipt), ERR_OK);
	bytes("receipt", receipt, sizeof(receipt));
	memcpy(twice, receipt, RECEIPT_LEN);
	memcpy(twice + RECEIPT_LEN, receipt, RECEIPT_LEN);
	assert_int_equal(sign(RECEIPTS_DOMAIN, twice, sizeof(twice), secret,
	    signature), ERR_OK);
	bytes("receipt-twice-signature", signature, sizeof(signature));
	assert_int_equal(outcome_write(&o, secret, outcome), ERR_OK);
	bytes("outcome", outcome, sizeof(outcome));
	buf_init(&lease);
	assert_int_equal(lease_write(&l, secret, &lease), ERR_OK);
	bytes("lease", lease.p, lease.len);
	buf_clear(&lease);
	assert_int_equal(switch_write(&w, secret, switched), ERR_OK);
	bytes("switch-closed", switched, sizeof(switched));
}

/* The sealed box cannot be made twice alike: it is an input that must open. */
static void
put_envelope(const uint8_t secret[SIGN_SECRET_LEN], const struct buf *document,
    struct rid *rid, uint8_t hash[DIGEST_LEN])
{
	struct envelope_keys keys = { .sign_secret = secret };
	uint8_t box[BOX_SECRET_LEN], sealed[2 * ENVELOPE_STEP + BOX_OVERHEAD];
	struct envelope e = { .suite = ENVELOPE_SUITE,
		.terminal = 7, .sign_key = 1, .sequence = 2,
		.rid = *rid, .opening_key = 1 };
	struct buf opened, out;

	input("opening-secret", box, sizeof(box));
	input("sealed", sealed, sizeof(sealed));
	e.sealed = cursor_of(sealed, sizeof(sealed));
	memset(e.previous, 0xEE, sizeof(e.previous));
	assert_int_equal(buf_init_secret(&opened, sizeof(sealed)), ERR_OK);
	assert_int_equal(envelope_open(&e, box, &opened), ERR_OK);
	assert_int_equal(opened.len, document->len);
	assert_memory_equal(opened.p, document->p, document->len);
	buf_clear(&opened);
	buf_init(&out);
	assert_int_equal(envelope_write(&e, &keys, &out), ERR_OK);
	bytes("envelope", out.p, out.len);
	envelope_hash(out.p, out.len, hash);
	bytes("envelope-hash", hash, DIGEST_LEN);
	buf_clear(&out);
}

/* The hand-over to a key whose secret is an input. */
static void
put_epoch(const uint8_t secret[SIGN_SECRET_LEN], const struct rid *rid)
{
	struct envelope_keys keys = { .sign_secret = secret };
	struct envelope e = { .terminal = 7, .sign_key = 1, .sequence = 2,
		.rid = *rid };
	uint8_t next[SIGN_SECRET_LEN];
	struct buf out;

	input("next-secret", next, sizeof(next));
	memset(e.previous, 0xEE, sizeof(e.previous));
	buf_init(&out);
	assert_int_equal(epoch_write(&e, &keys, next, &out), ERR_OK);
	bytes("hand-over", out.p, out.len);
	buf_clear(&out);
}

static void
make_all(void)
{
	uint8_t secret[SIGN_SECRET_LEN], public[SIGN_PUBLIC_LEN];
	uint8_t hash[DIGEST_LEN];
	struct record *rec = record_new();
	struct buf document;
	char rid[RID_TEXT];

	assert_non_null(rec);
	assert_int_equal(buf_init_secret(&document, RECORD_ROOM), ERR_OK);
	make_record(rec);
	rid_text(&rec->rid, rid);
	text("rid", rid);
	assert_int_equal(record_write(rec, &document), ERR_OK);
	assert_int_equal(buf_terminate(&document), ERR_OK);
	text("document", (const char *)document.p);
	input("sign-secret", secret, sizeof(secret));
	sign_public(secret, public);
	bytes("sign-public", public, sizeof(public));
	put_envelope(secret, &document, &rec->rid, hash);
	put_statements(secret, &rec->rid, hash);
	put_epoch(secret, &rec->rid);
	put_identifiers();
	buf_clear(&document);
	record_free(rec);
}

static void
examples_are_right(void **state)
{
	(void)state;
	make_all();
	assert_int_equal(buf_terminate(&made), ERR_OK);
	assert_string_equal((const char *)made.p, (const char *)file.p);
}

int
main(int argc, char *argv[])
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples_are_right),
	};

	buf_init(&file);
	buf_init(&made);
	if (secret_start() != ERR_OK ||
	    file_read(VECTORS, 65536, &file) != ERR_OK ||
	    buf_terminate(&file) != ERR_OK)
		return 1;
	if (argc > 1 && strcmp(argv[1], "--print") == 0) {
		make_all();
		return fwrite(made.p, 1, made.len, stdout) == made.len ? 0 : 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
