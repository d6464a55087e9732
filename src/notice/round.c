/* round: open, compose, write the try down, carry, settle. */
#include "base/clock.h"
#include "base/log.h"
#include "centre/inquiry.h"
#include "notice/message.h"
#include "notice/round.h"

#define MINUTE_MS ((uint64_t)60000)
#define WAIT_MAX  (360 * MINUTE_MS)

enum err
round_open(const struct round *o, const struct buf *sealed,
    struct announcement *a)
{
	struct buf document;
	enum err r;

	if ((r = buf_init_secret(&document, ANNOUNCE_ROOM)) != ERR_OK)
		return r;
	if ((r = parcel_open(o->parcel, o->secret, sealed->p, sealed->len,
	    &document)) == ERR_OK)
		r = announce_read(document.p, document.len, a);
	buf_clear(&document);
	return r;
}

/* Whoever waited for it has gone on. */
static bool
is_late(const struct announcement *a, uint64_t now_ms)
{
	return a->code[0] != '\0' && now_ms >= a->at_ms + INQUIRY_GO_MS;
}

static enum err
tell(const struct round *o, const struct announcement *a)
{
	const bool soon = a->code[0] != '\0';
	char number[NUMBER_ROOM], id[RID_TEXT];
	struct buf words;
	enum err r;

	if ((r = buf_init_secret(&words, MESSAGE_ROOM)) != ERR_OK)
		return r;
	rid_text(&a->rid, id);
	if (a->way == WAY_EMAIL) {
		if ((r = message_mail(a, o->set, &words)) == ERR_OK)
			r = carry_mail(o->carry, a->to, &words, soon);
	} else {
		if ((r = message_number(a->to, number)) == ERR_OK &&
		    (r = message_text(a, o->set, &words)) == ERR_OK)
			r = carry_sms(o->carry, id, number, &words, soon);
	}
	buf_clear(&words);
	return r;
}

static uint64_t
wait_after(uint32_t tries)
{
	uint64_t wait = tries > 10 ? WAIT_MAX : MINUTE_MS << (tries - 1);

	return wait < WAIT_MAX ? wait : WAIT_MAX;
}

/* Without a server news wait for one, and no try is spent. */
static bool
is_carried(const struct centre_settings *set, const struct notice_row *row)
{
	return row->code ||
	    (row->way == WAY_EMAIL ? set->mail : set->sms)[0] != '\0';
}

/* Of a code there is one try, and then the desk is told: what may go later
 * helps nobody who stands there. */
static enum err
final_for_code(enum err r)
{
	return r == ERR_NOTICE_LINE || r == ERR_NOTICE_NONE ? ERR_NOTICE_CODE :
	    r;
}

/* Will it be the same however often it is tried? */
static bool
is_final(enum err r)
{
	return r == ERR_NOTICE_REFUSED || r == ERR_NOTICE_ADDRESS ||
	    r == ERR_NOTICE_LATE || r == ERR_RECORD_FORM || r == ERR_ENV_OPEN;
}

static void
say(const struct notice_row *row)
{
	char rid[RID_TEXT];

	rid_text(&row->rid, rid);
	log_event("notice", "%s %s %s G-%03d", rid, way_word(row->way),
	    notice_state_word(row->state), row->reason);
}

static enum err
settle(const struct round *o, struct notice_row *row, enum err got,
    uint64_t now_ms)
{
	if (row->code)
		got = final_for_code(got);
	row->reason = got == ERR_OK ? 0 : err_number(got);
	if (got == ERR_OK)
		row->state = NOTICE_SENT;
	else if (row->code || is_final(got) || row->tries >= ROUND_TRIES)
		row->state = NOTICE_FAILED;
	if (row->state != NOTICE_WAITING)
		row->done_ms = now_ms;
	say(row);
	return vault_notice_keep(o->vault, row);
}

static enum err
go_one(const struct round *o, struct notice_row *row,
    const struct buf *sealed, uint64_t now_ms)
{
	struct announcement *a;
	enum err r, got;

	row->tries++;
	row->next_ms = now_ms + wait_after(row->tries);
	if ((r = vault_notice_keep(o->vault, row)) != ERR_OK)
		return r;
	if ((a = secret_alloc(sizeof(*a))) == NULL)
		return ERR_MEMORY;
	if ((got = round_open(o, sealed, a)) == ERR_OK)
		got = is_late(a, now_ms) ? ERR_NOTICE_LATE : tell(o, a);
	secret_free(a);
	return settle(o, row, got, now_ms);
}

/* The next one: a code that came meanwhile goes before the rest of the news. */
static enum err
next_due(const struct round *o, uint64_t after[NOTICE_LETTERS],
    uint64_t now_ms, struct notice_row *row, struct buf *sealed)
{
	enum err r = ERR_NOT_FOUND;

	for (int kind = NOTICE_CODES; kind < NOTICE_LETTERS; kind++) {
		r = vault_notice_due(o->vault, after[kind], now_ms,
		    (enum notice_kind)kind, row, sealed);
		if (r == ERR_OK)
			after[kind] = row->number;
		if (r != ERR_NOT_FOUND)
			break;
	}
	return r;
}

enum err
round_go(const struct round *o, uint64_t began_ms, unsigned *sent,
    unsigned *failed, unsigned *left)
{
	const uint64_t began = clock_elapsed_ms();
	uint64_t after[NOTICE_LETTERS] = { 0 }, now_ms;
	struct notice_row row;
	struct buf sealed;
	enum err r;

	*sent = *failed = *left = 0;
	buf_init(&sealed);
	for (;;) {
		buf_reset(&sealed);
		now_ms = began_ms + (clock_elapsed_ms() - began);
		r = next_due(o, after, now_ms, &row, &sealed);
		if (r == ERR_OK && is_carried(o->set, &row))
			r = go_one(o, &row, &sealed, now_ms);
		if (r != ERR_OK)
			break;
		*sent += row.state == NOTICE_SENT;
		*failed += row.state == NOTICE_FAILED;
		*left += row.state == NOTICE_WAITING;
	}
	buf_clear(&sealed);
	return r == ERR_NOT_FOUND ? ERR_OK : r;
}
