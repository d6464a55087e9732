/* envelope: what is sealed opens for one key, and one form is accepted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "envelope/envelope.h"

static uint8_t sign_secret[SIGN_SECRET_LEN], sign_known[SIGN_PUBLIC_LEN];
static uint8_t box_secret[BOX_SECRET_LEN];
static struct envelope_keys keys = { .sign_number = 3, .opening_number = 9,
	.sign_secret = sign_secret };

/* A document of n bytes, sealed. */
static void
seal_n(size_t n, struct buf *sealed)
{
	struct buf document;

	assert_int_equal(buf_init_secret(&document, n + ENVELOPE_STEP),
	    ERR_OK);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(buf_put_u8(&document, (uint8_t)i), ERR_OK);
	assert_int_equal(envelope_seal(&document, &keys, sealed), ERR_OK);
	buf_clear(&document);
}

static struct envelope
header(uint64_t sequence, const struct buf *sealed)
{
	struct envelope e = { .suite = ENVELOPE_SUITE,
		.terminal = 7, .sign_key = 3,
		.sequence = sequence, .opening_key = 9,
		.sealed = cursor_of(sealed->p, sealed->len) };

	if (sequence > 1)
		memset(e.previous, 0xAB, sizeof(e.previous));
	rid_make(1234, &e.rid);
	return e;
}

static void
make(uint64_t sequence, size_t n, struct buf *out)
{
	struct buf sealed;
	struct envelope e;

	buf_init(&sealed);
	seal_n(n, &sealed);
	e = header(sequence, &sealed);
	assert_int_equal(envelope_write(&e, &keys, out), ERR_OK);
	buf_clear(&sealed);
}

static void
what_is_sealed_opens(void **state)
{
	static const size_t sizes[] = { 0, 1, 1022, 1023, 1024, 2047, 64511 };
	struct buf out, opened;
	struct envelope e;

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t steps = sizes[i] / ENVELOPE_STEP + 1;

		buf_init(&out);
		make(i + 1, sizes[i], &out);
		assert_true(out.len <= ENVELOPE_MAX);
		assert_int_equal(out.len, ENVELOPE_HEADER + BOX_OVERHEAD +
		    steps * ENVELOPE_STEP + SIGNATURE_LEN);
		assert_int_equal(envelope_read(out.p, out.len, &e), ERR_OK);
		assert_true(e.terminal == 7 && e.sign_key == 3 &&
		    e.opening_key == 9 && e.sequence == i + 1);
		assert_int_equal(envelope_check(out.p, out.len, sign_known),
		    ERR_OK);
		assert_int_equal(buf_init_secret(&opened,
		    e.sealed.n - BOX_OVERHEAD), ERR_OK);
		assert_int_equal(envelope_open(&e, box_secret, &opened),
		    ERR_OK);
		assert_int_equal(opened.len, sizes[i]);
		for (size_t k = 0; k < opened.len; k++)
			assert_int_equal(opened.p[k], (uint8_t)k);
		buf_clear(&opened);
		buf_clear(&out);
	}
}

static void
too_long_is_refused(void **state)
{
	struct buf document, sealed;

	(void)state;
	buf_init(&sealed);
	assert_int_equal(buf_init_secret(&document, 66000), ERR_OK);
	document.len = 64512;
	assert_int_equal(envelope_seal(&document, &keys, &sealed),
	    ERR_TOO_LONG);
	assert_int_equal(sealed.len, 0);
	buf_clear(&document);
	/* Nor is a locked one copied to make room for its padding. */
	assert_int_equal(buf_init_secret(&document, 1000), ERR_OK);
	document.len = 1000;
	assert_int_equal(envelope_seal(&document, &keys, &sealed),
	    ERR_TOO_LONG);
	buf_clear(&document);
}

static void
a_key_that_is_none_is_refused(void **state)
{
	struct envelope_keys none = keys;
	struct buf document, sealed;

	(void)state;
	memset(none.opening_public, 0, BOX_PUBLIC_LEN);
	buf_init(&sealed);
	assert_int_equal(buf_init_secret(&document, ENVELOPE_STEP),
	    ERR_OK);
	assert_int_equal(envelope_seal(&document, &none, &sealed),
	    ERR_KEY_FORM);
	assert_int_equal(sealed.len, 0);
	buf_clear(&document);
	buf_clear(&sealed);
}

/* Every bit of an envelope is signed. */
static void
no_bit_may_change(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out);
	make(2, 10, &out);
	for (size_t i = 0; i < out.len; i++) {
		out.p[i] ^= (uint8_t)(1u << i % 8);
		assert_int_equal(envelope_check(out.p, out.len, sign_known),
		    ERR_ENV_SIGNATURE);
		out.p[i] ^= (uint8_t)(1u << i % 8);
	}
	assert_int_equal(envelope_check(out.p, out.len, sign_known), ERR_OK);
	assert_int_equal(envelope_check(out.p, 63, sign_known),
	    ERR_ENV_SIGNATURE);
	buf_clear(&out);
}

static void
no_byte_more_or_less(void **state)
{
	struct buf out;
	struct envelope e;

	(void)state;
	buf_init(&out);
	make(2, 10, &out);
	for (size_t n = 0; n < out.len; n++)
		assert_int_equal(envelope_read(out.p, n, &e), ERR_ENV_FORM);
	assert_int_equal(buf_put_u8(&out, 0), ERR_OK);
	assert_int_equal(envelope_read(out.p, out.len, &e), ERR_ENV_FORM);
	buf_clear(&out);
}

/* Put a value at a place of a good envelope and see what is said. */
static enum err
with_byte(uint64_t sequence, size_t at, uint8_t v)
{
	struct buf out;
	struct envelope e;
	enum err r;

	buf_init(&out);
	make(sequence, 10, &out);
	out.p[at] = v;
	r = envelope_read(out.p, out.len, &e);
	buf_clear(&out);
	return r;
}

static void
one_form_only(void **state)
{
	(void)state;
	assert_int_equal(with_byte(2, 0, 'H'), ERR_ENV_FORM);
	assert_int_equal(with_byte(2, 4, 2), ERR_ENV_VERSION);
	assert_int_equal(with_byte(2, 5, 2), ERR_ENV_FORM);
	assert_int_equal(with_byte(2, 5, 3), ERR_ENV_VERSION);
	assert_int_equal(with_byte(2, 9, 0), ERR_ENV_FORM);  /* terminal 0 */
	assert_int_equal(with_byte(2, 13, 0), ERR_ENV_FORM); /* key 0 */
	assert_int_equal(with_byte(2, 14, 0x80), ERR_ENV_FORM);
	assert_int_equal(with_byte(2, 21, 0), ERR_ENV_FORM);
	assert_int_equal(with_byte(2, 21, 1), ERR_ENV_FORM);
	assert_int_equal(with_byte(1, 21, 2), ERR_ENV_FORM);
	assert_int_equal(with_byte(1, 30, 1), ERR_ENV_FORM);
	assert_int_equal(with_byte(2, 73, 0), ERR_ENV_FORM); /* opening key */
	assert_int_equal(with_byte(2, 77, 49), ERR_ENV_FORM);
	assert_int_equal(with_byte(2, 74, 0xFF), ERR_ENV_FORM);
}

/* What read refuses, write does not make. */
static void
what_is_written_is_canonical(void **state)
{
	struct buf sealed, out;
	struct envelope good, e;

	(void)state;
	buf_init(&sealed);
	buf_init(&out);
	seal_n(10, &sealed);
	good = header(2, &sealed);
#define REFUSED(change)                                                      \
	do {                                                                 \
		e = good;                                                    \
		change;                                                      \
		assert_int_equal(envelope_write(&e, &keys, &out),            \
		    ERR_ENV_FORM);                                           \
		assert_int_equal(out.len, 0);                                \
	} while (0)
	REFUSED(e.terminal = 0);
	REFUSED(e.sign_key = 0);
	REFUSED(e.opening_key = 0);
	REFUSED(e.sequence = 0);
	REFUSED(e.sequence = 1);
	REFUSED(e.sequence = UINT64_MAX);
	REFUSED(memset(e.previous, 0, sizeof(e.previous)));
	REFUSED(e.sealed.n--);
	REFUSED(e.sealed.n = BOX_OVERHEAD);
	REFUSED(e.sealed.n = BOX_OVERHEAD + 64 * ENVELOPE_STEP);
#undef REFUSED
	buf_clear(&sealed);
	buf_clear(&out);
}

static void
it_opens_for_one_key(void **state)
{
	uint8_t other[BOX_SECRET_LEN], public[BOX_PUBLIC_LEN];
	struct buf out, opened;
	struct envelope e;

	(void)state;
	box_keypair(other, public);
	buf_init(&out);
	make(1, 10, &out);
	assert_int_equal(envelope_read(out.p, out.len, &e), ERR_OK);
	assert_int_equal(buf_init_secret(&opened, 1024), ERR_OK);
	assert_int_equal(envelope_open(&e, other, &opened), ERR_ENV_OPEN);
	assert_int_equal(opened.len, 0);
	out.p[ENVELOPE_HEADER + 40] ^= 1;
	assert_int_equal(envelope_open(&e, box_secret, &opened),
	    ERR_ENV_OPEN);
	e.sealed.n = 12;
	assert_int_equal(envelope_open(&e, box_secret, &opened),
	    ERR_ENV_FORM);
	buf_clear(&opened);
	buf_clear(&out);
}

/* A sealed box whose filling is not 80, then zeros, of at most a step. */
static void
a_wrong_filling_is_refused(void **state)
{
	static const struct {
		size_t at;
		uint8_t v;
		enum err r;
	} try[] = {
		{ 0, 0, ERR_ENV_FORM },	       /* zeros only */
		{ 2047, 1, ERR_ENV_FORM },     /* no mark at the end */
		{ 1023, 0x80, ERR_ENV_FORM },  /* longer than a step */
		{ 1024, 0x80, ERR_OK },
		{ 2047, 0x80, ERR_OK },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(try) / sizeof(try[0]); i++) {
		uint8_t plain[2048] = { 0 };
		struct buf sealed, opened;
		struct envelope e;

		buf_init(&sealed);
		plain[try[i].at] = try[i].v;
		assert_int_equal(box_seal(plain, sizeof(plain),
		    keys.opening_public, &sealed), ERR_OK);
		e = header(1, &sealed);
		assert_int_equal(buf_init_secret(&opened, 2048), ERR_OK);
		assert_int_equal(envelope_open(&e, box_secret, &opened),
		    try[i].r);
		assert_int_equal(opened.len,
		    try[i].r == ERR_OK ? try[i].at : 0);
		assert_true(try[i].r == ERR_OK ||
		    secret_is_zero(opened.p, 2048));
		buf_clear(&opened);
		buf_clear(&sealed);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_sealed_opens),
		cmocka_unit_test(too_long_is_refused),
		cmocka_unit_test(a_key_that_is_none_is_refused),
		cmocka_unit_test(no_bit_may_change),
		cmocka_unit_test(no_byte_more_or_less),
		cmocka_unit_test(one_form_only),
		cmocka_unit_test(what_is_written_is_canonical),
		cmocka_unit_test(it_opens_for_one_key),
		cmocka_unit_test(a_wrong_filling_is_refused),
	};

	if (secret_start() != ERR_OK)
		return 1;
	sign_keypair(sign_secret, sign_known);
	box_keypair(box_secret, keys.opening_public);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
