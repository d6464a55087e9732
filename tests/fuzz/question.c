/*
 * question: questions sealed and signed by a terminal, and answers by an
 * opener, whatever they say: what is read is written again and read the same.
 * The first byte chooses: a question's document, an answer's body, or bytes
 * that nobody signed.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/secret.h"
#include "envelope/response.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static uint8_t sign_secret[SIGN_SECRET_LEN], sign_key[SIGN_PUBLIC_LEN];
static uint8_t box_secret[BOX_SECRET_LEN], box_key[BOX_PUBLIC_LEN];

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/* Behind the head, a signature over all of it. */
static void
sign_all(const char *domain, struct buf *b)
{
	uint8_t signature[SIGNATURE_LEN];

	must(sign(domain, b->p, b->len, sign_secret, signature) == ERR_OK &&
	    buf_put(b, signature, sizeof(signature)) == ERR_OK);
}

/* A document with its padding, as a terminal of ours would seal it. */
static void
try_question(const uint8_t *p, size_t n)
{
	const struct envelope_keys keys = { .sign_number = 1,
		.opening_number = 2, .sign_secret = sign_secret };
	struct envelope_keys k = keys;
	static const uint8_t head[QUESTION_HEAD] = { 0, 0, 0, 7, 0, 0, 0, 1,
		0, 0, 0, 2 };
	static uint8_t plain[QUESTION_PLAIN];
	static struct question q, again;
	struct buf b, out;

	if (n >= QUESTION_PLAIN)
		return;
	memset(plain, 0, sizeof(plain));
	memcpy(plain, p, n);
	plain[n] = 0x80;
	memcpy(k.opening_public, box_key, BOX_PUBLIC_LEN);
	buf_init(&b);
	buf_init(&out);
	must(buf_put(&b, "GUQ1\1", 5) == ERR_OK &&
	    buf_put(&b, head, sizeof(head)) == ERR_OK &&
	    box_seal(plain, sizeof(plain), box_key, &b) == ERR_OK);
	sign_all(QUESTION_DOMAIN, &b);
	must(b.len == QUESTION_LEN);
	if (question_open(b.p, b.len, sign_key, box_secret, &q) == ERR_OK) {
		must(question_write(&q, &k, &out) == ERR_OK &&
		    out.len == QUESTION_LEN);
		must(question_open(out.p, out.len, sign_key, box_secret,
		    &again) == ERR_OK && memcmp(&q, &again, sizeof(q)) == 0);
	}
	buf_clear(&b);
	buf_clear(&out);
}

static void
try_response(const uint8_t *p, size_t n)
{
	struct response a, again;
	struct buf b, sealed;

	buf_init(&b);
	buf_init(&sealed);
	must(buf_put(&b, "GUS1\1", 5) == ERR_OK &&
	    buf_put(&b, p, n) == ERR_OK);
	sign_all(RESPONSE_DOMAIN, &b);
	must(box_seal(b.p, b.len, box_key, &sealed) == ERR_OK);
	if (response_open(sealed.p, sealed.len, box_secret, sign_key, &a) ==
	    ERR_OK) {
		buf_reset(&sealed);
		must(response_write(&a, sign_secret, box_key, &sealed) ==
		    ERR_OK && response_open(sealed.p, sealed.len, box_secret,
		    sign_key, &again) == ERR_OK && again.word == a.word &&
		    memcmp(again.vouch, a.vouch, VOUCH_LEN) == 0);
	}
	buf_clear(&b);
	buf_clear(&sealed);
}

/* Nothing that is not ours is ever taken. */
static void
try_raw(const uint8_t *p, size_t n)
{
	static struct question q;
	struct vouch v = { .terminal = 7, .reach = REACH_EMAIL, .to = "a@b" };
	struct response a;

	(void)question_look(p, n, &q);
	must(question_open(p, n, sign_key, box_secret, &q) != ERR_OK);
	must(response_open(p, n, box_secret, sign_key, &a) != ERR_OK);
	must(vouch_check(p, n, sign_key, &v) != ERR_OK);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static void (*const tries[])(const uint8_t *p, size_t n) = {
		try_question, try_response, try_raw };
	static bool begun;

	if (!begun) {
		must(secret_start() == ERR_OK);
		sign_keypair(sign_secret, sign_key);
		box_keypair(box_secret, box_key);
		begun = true;
	}
	if (n > 0)
		tries[p[0] % 3](p + 1, n - 1);
	return 0;
}
