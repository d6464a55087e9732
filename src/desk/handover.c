/* handover: settle one, recover all. */
#include "base/clock.h"
#include "base/log.h"
#include "desk/handover.h"
#include "envelope/annul.h"

/* The word for the centre, in the chain and durable. */
static enum err
tell_centre(const struct session *s, const struct rid *about, struct queue *q,
    const struct desk_keys *k)
{
	struct annul a = {
		.about = *about,
		.made_ms = clock_wall_ms(),
		.terminal = (uint32_t)s->set->terminal,
		.training = s->set->mode == MODE_TRAINING,
	};
	struct buf document, sealed;
	uint64_t sequence;
	enum err r;

	rid_make(a.made_ms, &a.rid);
	buf_init(&document);
	buf_init(&sealed);
	if ((r = annul_write(&a, &document)) == ERR_OK &&
	    (r = envelope_seal(&document, &k->envelope, &sealed)) == ERR_OK)
		r = queue_put(q, a.terminal, &a.rid, &sealed, &k->envelope,
		    &sequence);
	buf_clear(&document);
	buf_clear(&sealed);
	return r;
}

static enum err
make_void(struct session *s, const struct rid *about, struct queue *q,
    const struct desk_keys *k)
{
	char rid[RID_TEXT];
	enum err r;

	if ((r = tell_centre(s, about, q, k)) != ERR_OK ||
	    (r = queue_print_void(q, about)) != ERR_OK)
		return r;
	s->voided++;
	rid_short(about, s->voided_last);
	rid_text(about, rid);
	log_event("secrets-void", "rid=%s", rid);
	return ERR_OK;
}

enum err
handover_settle(struct session *s, struct queue *q,
    const struct desk_keys *k)
{
	enum err r;

	if (!s->owes)
		return ERR_OK;
	s->owes = false;
	r = s->handed ? queue_print_done(q, &s->owed)
	    : make_void(s, &s->owed, q, k);
	if (r != ERR_OK)
		log_error(r, "handover");
	return r;
}

enum err
handover_recover(struct session *s, struct queue *q,
    const struct desk_keys *k)
{
	struct handover_row row = { .number = 0 };
	enum err r;

	while ((r = queue_print_unknown(q, row.number, &row)) == ERR_OK)
		if ((r = make_void(s, &row.rid, q, k)) != ERR_OK)
			return r;
	return r == ERR_NOT_FOUND ? ERR_OK : r;
}
