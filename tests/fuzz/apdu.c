/* apdu: a card that replies anything to a whole reading of a Vitale. */
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "card/vitale.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Each reply is a byte of length (FF: the most there can be), then bytes. */
static enum err
reply_from(void *own, const uint8_t *command, size_t n,
    uint8_t reply[REPLY_ROOM], size_t *len)
{
	struct cursor *c = own;
	uint8_t first;
	size_t want;

	if (n < 5 || n > 21 || (command[1] == 0xA4 && n != 5u + command[4]))
		abort(); /* no card may be asked this */
	if (cursor_u8(c, &first) != ERR_OK)
		return ERR_CARD_GONE;
	want = first == 0xFF ? REPLY_ROOM : first;
	if (want > c->n)
		want = c->n;
	if (cursor_copy(c, reply, want) != ERR_OK)
		return ERR_CARD_GONE;
	*len = want;
	return ERR_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct bearer who[BEARERS_MAX];
	static struct vitale v;
	struct cursor c = cursor_of(data, size);
	const struct card_io io = { .own = &c, .transmit = reply_from };
	size_t n = 0;

	if (v.names.p == NULL &&
	    (secret_start() != ERR_OK || vitale_init(&v) != ERR_OK))
		abort();
	if (vitale_read(&v, &io, who, &n) == ERR_OK &&
	    (n == 0 || n > BEARERS_MAX))
		abort();
	if (v.names.len != 0 || v.numbers.len != 0 || v.other.len != 0)
		abort(); /* somebody stays behind */
	return 0;
}
