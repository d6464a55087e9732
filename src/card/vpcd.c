/* vpcd: power commands, the ATR, and commands handed to the player. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "card/player.h"
#include "card/vpcd.h"

#define CONNECT_TRIES 100
#define CONNECT_NAP   50000000L /* ns */
#define MESSAGE_ROOM  512
#define OUT_NAP	      600000000L /* pcscd looks every 400 ms */

enum { POWER_OFF = 0, POWER_ON = 1, RESET = 2, GIVE_ATR = 4 };

static enum err
connect_to(int port, int *out)
{
	const struct timespec nap = { 0, CONNECT_NAP };
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd;

	for (int i = 0; i < CONNECT_TRIES; i++) {
		if ((fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) ==
		    -1)
			return ERR_CARD_SERVICE;
		if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0) {
			*out = fd;
			return ERR_OK;
		}
		close(fd);
		(void)nanosleep(&nap, NULL);
	}
	return err_about(ERR_CARD_SERVICE, "127.0.0.1:%d", port);
}

/*
 * Exactly n bytes. Debian's vpcd sends length and bytes apart: without an
 * acknowledgement at once, Nagle holds the second back for 40 ms, and the
 * option does not stick (facts/card.md 10).
 */
static bool
receive(int fd, uint8_t *p, size_t n)
{
	const int yes = 1;

	while (n > 0) {
		ssize_t got;

		(void)setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &yes,
		    sizeof(yes));
		if ((got = recv(fd, p, n, 0)) <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

static enum err
send_message(int fd, const uint8_t *p, size_t n)
{
	uint8_t m[2 + MESSAGE_ROOM];

	m[0] = (uint8_t)(n >> 8);
	m[1] = (uint8_t)n;
	if (n > 0)
		memcpy(m + 2, p, n);
	return fd_write_all(fd, m, n + 2);
}

/*
 * The reader asks for the ATR to see whether a card is there, and again once
 * it has given it power. A mute card is there, and says nothing to power: the
 * driver must fail to take its ATR. An empty one would hold pcscd in recv(2)
 * until the card leaves; one longer than any ATR is refused at once.
 */
static enum err
give_atr(int fd, const struct player *p, bool *powered)
{
	static const uint8_t there[] = { 0x3B, 0x00 }, none[ATR_ROOM + 1];
	const bool asked = *powered;

	if (p->card->atr_len > 0)
		return send_message(fd, p->card->atr, p->card->atr_len);
	*powered = false;
	return asked ? send_message(fd, none, sizeof(none)) :
	    send_message(fd, there, sizeof(there));
}

static enum err
obey(int fd, struct player *p, uint8_t what, bool *powered)
{
	if (what == GIVE_ATR)
		return give_atr(fd, p, powered);
	if (what != POWER_OFF && what != POWER_ON && what != RESET)
		return ERR_CARD_TALK;
	*powered = what != POWER_OFF;
	player_reset(p);
	return ERR_OK;
}

/* A card without power cannot know what it is asked. */
static enum err
reply_to(int fd, struct player *p, const uint8_t *command, size_t n,
    bool powered, enum sim_deed *deed)
{
	static const uint8_t lost[] = { 0x6F, 0x00 };
	uint8_t reply[REPLY_ROOM];
	size_t len;
	enum err r;

	if (!powered)
		return send_message(fd, lost, sizeof(lost));
	if ((r = player_answer(p, command, n, reply, &len, deed)) != ERR_OK)
		return r;
	return send_message(fd, reply, len);
}

/* One insertion. ERR_OK when the reader goes; otherwise *deed may say why. */
static enum err
serve_once(int fd, struct player *p, enum sim_deed *deed)
{
	uint8_t head[2], m[MESSAGE_ROOM];
	bool powered = false;
	enum err r = ERR_OK;

	while (r == ERR_OK && receive(fd, head, sizeof(head))) {
		const size_t n = (size_t)(head[0] << 8 | head[1]);

		if (n == 0 || n > sizeof(m))
			return ERR_CARD_TALK;
		if (!receive(fd, m, n))
			return ERR_OK;
		r = n == 1 ? obey(fd, p, m[0], &powered) :
		    reply_to(fd, p, m, n, powered, deed);
	}
	return r;
}

enum err
vpcd_serve(int port, const struct sim_card *card)
{
	const struct timespec out = { 0, OUT_NAP };
	const struct sim_card silent = { .atr_len = 0 };
	struct player p;
	enum sim_deed deed;
	enum err r;
	int fd = -1;

	player_insert(&p, card);
	for (;;) {
		deed = SIM_STATUS;
		if ((r = connect_to(port, &fd)) != ERR_OK)
			return r;
		r = serve_once(fd, &p, &deed);
		close(fd);
		if (r == ERR_OK || deed == SIM_PULL)
			return ERR_OK;
		if (deed == SIM_SWAP)
			player_insert(&p, p.card->next != NULL ?
			    p.card->next : card);
		else if (deed == SIM_MUTE)
			player_insert(&p, &silent);
		else if (deed != SIM_RESET)
			return r;
		/* Nobody's hand is faster, and pcscd would not notice. */
		(void)nanosleep(&out, NULL);
	}
}
