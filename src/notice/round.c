/* round: open, compose, write the try down, carry, settle. */
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "centre/inquiry.h"
#include "notice/message.h"
#include "notice/round.h"

#define MINUTE_MS ((uint64_t)60000)
#define WAIT_MAX  (360 * MINUTE_MS)
#define LOOK_MS	  200 /* for others, while some are under way */

/* Codes first; each has its part of the trips, in this order. */
static const struct lane {
	enum way way;
	bool code;
	unsigned width;
} lanes[] = {
	{ WAY_SMS, true, ROUND_CODES },
	{ WAY_EMAIL, true, ROUND_CODES },
	{ WAY_SMS, false, ROUND_NEWS },
	{ WAY_EMAIL, false, ROUND_NEWS },
};
#define NLANES (sizeof(lanes) / sizeof(lanes[0]))

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

/* It is on its way, and comes back as that trip. */
static enum err
tell(const struct round *o, const struct announcement *a,
    struct notice_row *trip)
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
			r = carry_mail(o->carry, a->to, &words, soon, trip);
	} else {
		if ((r = message_number(a->to, number)) == ERR_OK &&
		    (r = message_text(a, o->set, &words)) == ERR_OK)
			r = carry_sms(o->carry, id, number, &words, soon,
			    trip);
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
is_carried(const struct centre_settings *set, const struct lane *l)
{
	return l->code ||
	    (l->way == WAY_EMAIL ? set->mail : set->sms)[0] != '\0';
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
	char rid[RID_TEXT], why[16] = "";

	rid_text(&row->rid, rid);
	if (row->reason != 0)
		(void)snprintf(why, sizeof(why), " G-%03d", row->reason);
	log_event("notice", "%s %s %s%s", rid, way_word(row->way),
	    notice_state_word(row->state), why);
}

/* What came of it. Who gave it up meanwhile has the last word. */
static enum err
settle(struct round *o, struct notice_row *row, enum err got, uint64_t now_ms)
{
	enum err r;

	if (row->code)
		got = final_for_code(got);
	row->reason = got == ERR_OK ? 0 : err_number(got);
	row->next_ms = now_ms + wait_after(row->tries);
	if (got == ERR_OK)
		row->state = NOTICE_SENT;
	else if (row->code || is_final(got) || row->tries >= ROUND_TRIES)
		row->state = NOTICE_FAILED;
	if (row->state != NOTICE_WAITING)
		row->done_ms = now_ms;
	if ((r = vault_notice_keep(o->vault, row)) != ERR_OK)
		return r == ERR_NOT_FOUND ? ERR_OK : r;
	say(row);
	o->sent += row->state == NOTICE_SENT;
	o->failed += row->state == NOTICE_FAILED;
	o->left += row->state == NOTICE_WAITING;
	return ERR_OK;
}

/* The row that stands in *trip goes, or comes to its end at once. */
static enum err
set_out(struct round *o, struct notice_row *trip, const struct buf *sealed,
    uint64_t now_ms)
{
	struct announcement *a = secret_alloc(sizeof(*a));
	enum err r, got;

	if (a == NULL) {
		trip->number = 0;
		return ERR_MEMORY;
	}
	if ((got = round_open(o, sealed, a)) == ERR_OK)
		got = is_late(a, now_ms) ? ERR_NOTICE_LATE :
		    tell(o, a, trip);
	secret_free(a);
	o->under_way += got == ERR_OK;
	if (got == ERR_OK)
		return ERR_OK;
	r = settle(o, trip, got, now_ms);
	trip->number = 0;
	return r;
}

/* The first that is due in that lane; ERR_NOT_FOUND when none is. It is due
 * again only when it is under way no more, whatever becomes of us. */
static enum err
take_one(struct round *o, const struct lane *l, uint64_t due_ms,
    uint64_t now_ms, struct notice_row *trip)
{
	struct notice_row row;
	struct buf sealed;
	enum err r;

	buf_init(&sealed);
	if ((r = vault_notice_due(o->vault, l->way, l->code, due_ms, &row,
	    &sealed)) != ERR_OK)
		goto out;
	row.tries++;
	row.next_ms = now_ms + CARRY_ALL_MS + wait_after(row.tries);
	if ((r = vault_notice_keep(o->vault, &row)) == ERR_OK) {
		*trip = row;
		r = set_out(o, trip, &sealed, now_ms);
	} else if (r == ERR_NOT_FOUND) {
		r = ERR_OK; /* somebody gave it up just now */
	}
out:
	buf_clear(&sealed);
	return r;
}

static enum err
fill_lane(struct round *o, const struct lane *l, struct notice_row *trips,
    uint64_t due_ms, uint64_t now_ms)
{
	enum err r = ERR_OK;

	if (!is_carried(o->set, l))
		return ERR_OK;
	for (unsigned i = 0; i < l->width && r == ERR_OK; i++)
		if (trips[i].number == 0)
			r = take_one(o, l, due_ms, now_ms, &trips[i]);
	return r == ERR_NOT_FOUND ? ERR_OK : r;
}

static enum err
fill(struct round *o, uint64_t due_ms, uint64_t now_ms)
{
	struct notice_row *trips = o->trips;
	enum err r = ERR_OK;

	for (size_t i = 0; i < NLANES && r == ERR_OK; i++) {
		r = fill_lane(o, &lanes[i], trips, due_ms, now_ms);
		trips += lanes[i].width;
	}
	return r;
}

/* Those that have ended make room for others. */
static enum err
reap(struct round *o, uint64_t now_ms, int wait_ms)
{
	void *tag;
	struct notice_row *trip;
	enum err r, got;

	while ((r = carry_next(o->carry, wait_ms, &tag, &got)) == ERR_OK) {
		trip = tag;
		o->under_way--;
		r = settle(o, trip, got, now_ms);
		trip->number = 0;
		if (r != ERR_OK)
			return r;
		wait_ms = 0;
	}
	return r == ERR_NOT_FOUND ? ERR_OK : r;
}

enum err
round_step(struct round *o, uint64_t now_ms, int wait_ms)
{
	enum err r;

	if ((r = fill(o, now_ms, now_ms)) != ERR_OK)
		return r;
	return reap(o, now_ms, wait_ms);
}

enum err
round_end(struct round *o, uint64_t now_ms, uint64_t wait_ms)
{
	const uint64_t began = clock_elapsed_ms();
	uint64_t gone = 0;
	enum err r = ERR_OK;

	while (r == ERR_OK && o->under_way > 0 && gone < wait_ms) {
		r = reap(o, now_ms + gone, LOOK_MS);
		gone = clock_elapsed_ms() - began;
	}
	return r;
}

/* What is due and has no server. */
static enum err
count_uncarried(struct round *o, uint64_t due_ms)
{
	unsigned n = 0;
	enum err r = ERR_OK;

	for (size_t i = 0; i < NLANES && r == ERR_OK; i++)
		if (!is_carried(o->set, &lanes[i])) {
			r = vault_notice_count(o->vault, lanes[i].way, due_ms,
			    &n);
			o->left += n;
		}
	return r;
}

enum err
round_go(struct round *o, uint64_t due_ms)
{
	const uint64_t began = clock_elapsed_ms();
	uint64_t now_ms;
	unsigned over;
	enum err r;

	o->sent = o->failed = o->left = 0;
	do {
		over = o->sent + o->failed + o->left;
		now_ms = due_ms + (clock_elapsed_ms() - began);
		if ((r = fill(o, due_ms, now_ms)) == ERR_OK)
			r = reap(o, now_ms, LOOK_MS);
	} while (r == ERR_OK && (o->under_way > 0 ||
	    o->sent + o->failed + o->left > over));
	return r == ERR_OK ? count_uncarried(o, due_ms) : r;
}
