/* gateway_opening: the newest opening key, and which one a terminal may still
 * need. */
#include <string.h>

#include "centre/gateway_own.h"

static enum err
see_said(const struct opening_row *o, void *user)
{
	memcpy(user, o->said, OPENING_LEN);
	return ERR_OK;
}

enum err
gateway_said(struct gateway *g, uint8_t out[OPENING_LEN])
{
	static const uint8_t none[OPENING_LEN];
	uint8_t said[OPENING_LEN] = { 0 };
	enum err r;

	/* In the order of their numbers. */
	if ((r = g->store->ops->opening_each(g->store, see_said, said)) !=
	    ERR_OK)
		return r;
	if (memcmp(said, none, sizeof(said)) == 0)
		return ERR_NOT_FOUND;
	memcpy(out, said, sizeof(said));
	return ERR_OK;
}

/* A ledger that lost something asks for it again, whatever it is sealed to: the
 * terminal may need more keys than it knows of. */
enum err
gateway_sealing(struct gateway *g, const struct terminal *t, uint32_t sealing,
    uint64_t sent)
{
	bool lost = t->sequence < sent;

	if (sealing == t->opening_key || (lost && sealing > t->opening_key))
		return ERR_OK;
	return g->store->ops->terminal_opening(g->store, t->number, sealing);
}
