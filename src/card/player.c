/* player: SELECT, READ BINARY and GET RESPONSE over a described card. */
#include <string.h>
#include <time.h>

#include "card/player.h"

#define FID_ROOT 0x3F00

/* A reply that grows; sw is set last. */
struct answer {
	uint8_t *p;
	size_t n;
	unsigned sw;
};

void
player_reset(struct player *p)
{
	p->app = NULL;
	p->file = NULL;
	p->nready = 0;
	for (size_t i = 0; p->card != NULL && i < p->card->napps; i++)
		if (p->card->app[i].aid_len == 0)
			p->app = &p->card->app[i];
}

void
player_insert(struct player *p, const struct sim_card *card)
{
	memset(p, 0, sizeof(*p));
	p->card = card;
	p->mute = card != NULL && card->atr_len == 0;
	player_reset(p);
}

static const struct sim_app *
find_app(const struct sim_card *c, const uint8_t *aid, size_t n)
{
	for (size_t i = 0; i < c->napps; i++)
		if (c->app[i].aid_len == n &&
		    (n == 0 || memcmp(c->app[i].aid, aid, n) == 0))
			return &c->app[i];
	return NULL;
}

static const struct sim_file *
find_file(const struct sim_app *app, unsigned sfi, unsigned fid)
{
	for (size_t i = 0; app != NULL && i < app->nfiles; i++)
		if ((sfi != 0 && app->file[i].sfi == sfi) ||
		    (fid != 0 && app->file[i].fid == fid))
			return &app->file[i];
	return NULL;
}

static void
answer_select(struct player *p, struct cursor c, uint8_t p1,
    struct answer *a)
{
	static const uint8_t control[] = { 0x6F, 0x00 };
	const struct sim_app *app = NULL;
	const struct sim_file *file = NULL;
	const bool by_fid = p1 == 0x00 && c.n == 2;
	const unsigned fid = by_fid ? (unsigned)(c.p[0] << 8 | c.p[1]) : 0;

	if (p1 == 0x04)
		app = find_app(p->card, c.p, c.n);
	else if (fid == FID_ROOT)
		app = find_app(p->card, NULL, 0);
	else
		file = find_file(p->app, 0, fid);
	if (app == NULL && file == NULL) {
		a->sw = 0x6A82;
		return;
	}
	if (app != NULL)
		p->app = app;
	p->file = file;
	a->sw = 0x9000;
	if (p->card->manner == SIM_PIECES) {
		p->ready = control;
		p->nready = sizeof(control);
		a->sw = 0x6100 | sizeof(control);
	}
}

/* The next of what is ready, and how much stays. */
static void
answer_ready(struct player *p, size_t want, struct answer *a)
{
	const size_t piece = p->card->piece == 0 ? 256 : p->card->piece;
	size_t n = p->nready < want ? p->nready : want;

	n = n < piece ? n : piece;
	memcpy(a->p, p->ready, n);
	a->n = n;
	p->ready += n;
	p->nready -= n;
	a->sw = p->nready == 0 ? 0x9000 :
	    0x6100 | (p->nready > 255 ? 0 : (unsigned)p->nready);
}

static void
answer_read(struct player *p, uint8_t p1, uint8_t p2, size_t want,
    struct answer *a)
{
	const bool by_sfi = (p1 & 0x80) != 0;
	const size_t at = by_sfi ? p2 : (size_t)(p1 << 8 | p2);
	const size_t piece = p->card->piece == 0 ? 256 : p->card->piece;
	size_t n;

	if (by_sfi)
		p->file = find_file(p->app, p1 & 0x1F, 0);
	if (p->file == NULL)
		a->sw = by_sfi ? 0x6A82 : 0x6986;
	else if (p->file->refuses != 0)
		a->sw = p->file->refuses;
	else if (at >= p->file->content.len)
		a->sw = 0x6B00;
	else
		a->sw = 0;
	if (a->sw != 0)
		return;
	n = p->file->content.len - at;
	p->ready = p->file->content.p + at;
	p->nready = n < want ? n : want;
	if (p->card->manner == SIM_PIECES) {
		a->sw = 0x6100 | (p->nready > 255 ? 0 : (unsigned)p->nready);
		return;
	}
	n = p->nready = p->nready < piece ? p->nready : piece;
	if (p->card->manner == SIM_LENGTH && n < want) {
		a->sw = 0x6C00 | (unsigned)n;
		return;
	}
	answer_ready(p, want, a);
	if (p->card->manner == SIM_END && n < want)
		a->sw = 0x6282;
}

static void
answer(struct player *p, const uint8_t *c, size_t n, struct answer *a)
{
	const size_t want = n == 5 && c[4] != 0 ? c[4] : 256;

	a->n = 0;
	if (n < 5)
		a->sw = 0x6700;
	else if (c[0] != 0x00)
		a->sw = 0x6E00;
	else if (c[1] == 0xA4 && n == 5u + c[4])
		answer_select(p, cursor_of(c + 5, c[4]), c[2], a);
	else if (c[1] == 0xA4 || n != 5)
		a->sw = 0x6700;
	else if (c[1] == 0xB0)
		answer_read(p, c[2], c[3], want, a);
	else if (c[1] == 0xC0 && p->nready > 0)
		answer_ready(p, want, a);
	else
		a->sw = c[1] == 0xC0 ? 0x6985 : 0x6D00;
}

static void
pause_ms(unsigned ms)
{
	const struct timespec t = { ms / 1000, ms % 1000 * 1000000L };

	(void)nanosleep(&t, NULL);
}

/* What a fault does: to the reply, or to the card. */
static enum err
suffer(struct player *p, const struct sim_fault *f, struct answer *a,
    enum sim_deed *deed)
{
	*deed = f->deed;
	switch (f->deed) {
	case SIM_STATUS:
		a->n = 0;
		a->sw = f->with;
		return ERR_OK;
	case SIM_CUT:
		a->n = f->with < a->n ? f->with : a->n;
		return ERR_OK;
	case SIM_WAIT:
		pause_ms(f->with);
		return ERR_OK;
	case SIM_PULL:
	case SIM_SWAP:
		return ERR_CARD_GONE;
	case SIM_RESET:
		player_reset(p);
		return ERR_CARD_RESET;
	case SIM_MUTE:
		p->mute = true;
		break;
	}
	return ERR_CARD_TALK;
}

enum err
player_answer(struct player *p, const uint8_t *command, size_t n,
    uint8_t reply[REPLY_ROOM], size_t *len, enum sim_deed *deed)
{
	struct answer a = { .p = reply };
	enum err r = ERR_OK;

	if (p->card == NULL || p->mute) {
		*deed = p->card == NULL ? SIM_PULL : SIM_MUTE;
		return p->card == NULL ? ERR_CARD_GONE : ERR_CARD_TALK;
	}
	p->count++;
	answer(p, command, n, &a);
	for (size_t i = 0; r == ERR_OK && i < p->card->nfaults; i++)
		if (p->card->fault[i].at == 0 ||
		    p->card->fault[i].at == p->count)
			r = suffer(p, &p->card->fault[i], &a, deed);
	if (r == ERR_OK && p->tear.at == p->count)
		r = suffer(p, &p->tear, &a, deed);
	if (r != ERR_OK)
		return r;
	reply[a.n] = (uint8_t)(a.sw >> 8);
	reply[a.n + 1] = (uint8_t)a.sw;
	*len = a.n + 2;
	return ERR_OK;
}
