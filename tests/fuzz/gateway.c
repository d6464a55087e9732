/* gateway: any body of a batch: the ledger stays whole, and says what it has
 * stored exactly when it has. */
#include <stdlib.h>

#include "tests/centre/made.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static struct made m;
static struct buf genuine; /* a body of two envelopes that would be taken */

static void
begin(void)
{
	struct buf one;
	struct rid rid;

	made_close(&m);
	buf_reset(&genuine);
	if (made_open(&m, ":memory:") != ERR_OK)
		abort();
	buf_init(&one);
	for (int i = 0; i < 2; i++) {
		buf_reset(&one);
		if (made_any(&m, &rid, &one) != ERR_OK ||
		    made_add(&genuine, &one) != ERR_OK)
			abort();
	}
	buf_clear(&one);
}

static enum err
count(const struct entry *e, void *user)
{
	uint64_t *last = user;

	if (e->sequence == 0 || e->sequence > 2)
		abort(); /* nobody but us has the key */
	*last += 1;
	return ERR_OK;
}

static unsigned
said_stored(const struct buf *answer)
{
	unsigned n = 0;
	json_t *doc, *list, *o;
	char word[16];

	if (json_read(answer->p, answer->len, &doc) != ERR_OK ||
	    json_get_array(doc, "envelopes", &list) != ERR_OK)
		abort();
	for (size_t i = 0; i < json_array_size(list); i++) {
		o = json_array_get(list, i);
		if (json_get_text(o, "status", word, sizeof(word) - 1) !=
		    ERR_OK)
			abort();
		n += strcmp(word, "stored") == 0;
	}
	json_decref(doc);
	return n;
}

static void
send_bytes(const uint8_t *p, size_t n, uint64_t missing)
{
	uint64_t before = 0, after = 0;
	struct buf answer;
	enum err r;

	buf_init(&answer);
	(void)m.store->ops->entry_each(m.store, count, &before);
	r = gateway_envelopes(&m.g, MADE_TERMINAL, cursor_of(p, n), missing,
	    MADE_NOW, &answer);
	(void)m.store->ops->entry_each(m.store, count, &after);
	if (r == ERR_OK ? said_stored(&answer) < after - before :
	    after != before)
		abort();
	if (r != ERR_OK && r != ERR_REQUEST && r != ERR_TOO_LARGE)
		abort();
	buf_clear(&answer);
}

/* The input as it is, then as changes to a genuine body: place and byte. */
int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static unsigned runs;
	struct buf body;

	/* What is refused is kept as evidence: begin again before that is too
	 * much. */
	if (runs++ % 5000 == 0)
		begin();
	send_bytes(p, n, n > 0 ? p[0] % 4 : 0);
	buf_init(&body);
	if (buf_put(&body, genuine.p, genuine.len) != ERR_OK)
		abort();
	for (size_t i = 0; i + 3 <= n; i += 3)
		body.p[(size_t)(p[i] << 8 | p[i + 1]) % body.len] = p[i + 2];
	send_bytes(body.p, body.len, n > 0 ? p[0] % 4 : 0);
	buf_clear(&body);
	return 0;
}
