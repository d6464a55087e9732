/* round: open, compose, write the try down, carry, settle. */
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
	if ((r = box_open(sealed->p, sealed->len, o->secret, &document)) ==
	    ERR_OK)
		r = announce_read(document.p, document.len, a);
	buf_clear(&document);
	return r;
}

/* A code that is no longer good helps nobody. */
static bool
is_late(const struct announcement *a, uint64_t now_ms)
{
	return a->code[0] != '\0' && now_ms >= a->at_ms + INQUIRY_CODE_MS;
}

static enum err
tell(const struct round *o, const struct announcement *a)
{
	char number[NUMBER_ROOM], id[RID_TEXT];
	struct buf words;
	enum err r;

	if ((r = buf_init_secret(&words, MESSAGE_ROOM)) != ERR_OK)
		return r;
	rid_text(&a->rid, id);
	if (a->way == WAY_EMAIL) {
		if ((r = message_mail(a, o->set, &words)) == ERR_OK)
			r = carry_mail(o->carry, a->to, &words);
	} else {
		if ((r = message_number(a->to, number)) == ERR_OK &&
		    (r = message_text(a, o->set, &words)) == ERR_OK)
			r = carry_sms(o->carry, id, number, &words);
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

/* Without a server it waits for one, and no try is spent. */
static bool
is_carried(const struct centre_settings *set, enum way way)
{
	return (way == WAY_EMAIL ? set->mail : set->sms)[0] != '\0';
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
	row->reason = got == ERR_OK ? 0 : err_number(got);
	if (got == ERR_OK)
		row->state = NOTICE_SENT;
	else if (is_final(got) || row->tries >= ROUND_TRIES)
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

enum err
round_go(const struct round *o, uint64_t now_ms, unsigned *sent,
    unsigned *failed, unsigned *left)
{
	struct notice_row row = { .number = 0 };
	struct buf sealed;
	enum err r;

	*sent = *failed = *left = 0;
	buf_init(&sealed);
	for (;;) {
		buf_reset(&sealed);
		r = vault_notice_due(o->vault, row.number, now_ms, false,
		    &row, &sealed);
		if (r == ERR_OK && is_carried(o->set, row.way))
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
