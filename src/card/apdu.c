/* apdu: commands out, replies put together, status words to errors. */
#include <string.h>

#include "base/secret.h"
#include "card/apdu.h"
#include "card/tlv.h"

#define COMMAND_ROOM (5 + AID_MAX)
#define TURNS_MAX    64 /* a card that says 61xx for ever is stopped */
#define OFFSET_MAX   0x7FFF

/* Status words by mask; the first row that fits. */
static const struct {
	uint16_t value, mask;
	enum err err;
} statuses[] = {
	{ 0x9000, 0xFFFF, ERR_OK },
	{ 0x6100, 0xFF00, ERR_OK }, /* there is more, which nobody wants */
	{ 0x6282, 0xFFFF, ERR_OK },
	{ 0x6700, 0xFFFF, ERR_NOT_FOUND },
	{ 0x6A80, 0xFFF0, ERR_NOT_FOUND },
	{ 0x6B00, 0xFFFF, ERR_NOT_FOUND },
	{ 0x6986, 0xFFFF, ERR_NOT_FOUND },
	{ 0x6980, 0xFFF0, ERR_CARD_PROTECTED },
	{ 0x6D00, 0xFFFF, ERR_CARD_FOREIGN },
	{ 0x6E00, 0xFFFF, ERR_CARD_FOREIGN },
};

static enum err
status_err(uint16_t sw)
{
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if ((sw & statuses[i].mask) == statuses[i].value)
			return statuses[i].err;
	return ERR_CARD_TALK;
}

/* One reply: its data to out (NULL: not wanted), its status to sw. */
static enum err
one_turn(const struct card_io *io, const uint8_t *command, size_t n,
    struct buf *out, uint16_t *sw)
{
	uint8_t reply[REPLY_ROOM];
	size_t len = 0;
	enum err r;

	if ((r = io->transmit(io->own, command, n, reply, &len)) != ERR_OK)
		goto out;
	if (len < 2 || len > sizeof(reply)) {
		r = ERR_CARD_TALK;
		goto out;
	}
	*sw = (uint16_t)(reply[len - 2] << 8 | reply[len - 1]);
	if (out != NULL)
		r = buf_put(out, reply, len - 2);
	if (r == ERR_TOO_LONG)
		r = ERR_CARD_DATA;
out:
	secret_wipe(reply, sizeof(reply));
	return r;
}

/* Send, and go after what the card holds ready as T=0 wants it. */
static enum err
exchange(const struct card_io *io, const uint8_t *command, size_t n,
    struct buf *out, uint16_t *sw)
{
	uint8_t c[COMMAND_ROOM];
	enum err r;

	memcpy(c, command, n);
	for (int turn = 0; turn < TURNS_MAX; turn++) {
		if ((r = one_turn(io, c, n, out, sw)) != ERR_OK)
			return r;
		if (*sw >> 8 == 0x6C && n == 5) {
			c[4] = (uint8_t)*sw;
		} else if (*sw >> 8 == 0x61 && out != NULL) {
			c[1] = 0xC0;
			c[2] = c[3] = 0;
			c[4] = (uint8_t)*sw;
			n = 5;
		} else {
			return ERR_OK;
		}
	}
	return ERR_CARD_TALK;
}

static enum err
select_by(const struct card_io *io, uint8_t p1, const uint8_t *name, size_t n)
{
	uint8_t c[COMMAND_ROOM] = { 0x00, 0xA4, p1, 0x00, (uint8_t)n };
	uint16_t sw;
	enum err r;

	if (n > AID_MAX)
		return ERR_CARD_DATA;
	memcpy(c + 5, name, n);
	/* What 61xx offers is not fetched: the next command drops it. */
	r = exchange(io, c, 5 + n, NULL, &sw);
	return r != ERR_OK ? r : status_err(sw);
}

enum err
apdu_select_file(const struct card_io *io, uint16_t fid)
{
	const uint8_t name[2] = { (uint8_t)(fid >> 8),
		(uint8_t)fid };

	return select_by(io, 0x00, name, sizeof(name));
}

enum err
apdu_select_app(const struct card_io *io, const uint8_t *aid, size_t n)
{
	return select_by(io, 0x04, aid, n);
}

enum err
apdu_read_file(const struct card_io *io, uint8_t sfi, struct buf *out)
{
	const size_t start = out->len;
	uint16_t sw;
	enum err r;

	for (;;) {
		const size_t at = out->len - start;
		uint8_t c[5] = { 0x00, 0xB0, at >> 8 & 0x7F, at & 0xFF, 0 };
		size_t got;

		if (at > OFFSET_MAX)
			return ERR_CARD_DATA;
		if (at == 0 && sfi != 0)
			c[2] = 0x80 | sfi;
		if ((r = exchange(io, c, sizeof(c), out, &sw)) != ERR_OK)
			return r;
		got = out->len - start - at;
		if (at > 0 && got == 0)
			return ERR_OK; /* 6B00, or whatever else it says */
		if ((r = status_err(sw)) != ERR_OK)
			return r;
		/* An end between two objects is no proof: a chip of small
		 * replies may stop there, and people be lost. Ask once more. */
		if (sw == 0x6282 || got == 0 ||
		    tlv_closed(cursor_of(out->p + start, at + got)))
			return ERR_OK;
	}
}
