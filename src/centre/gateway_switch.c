/* gateway_switch: whether a terminal's place is open, and the word that says
 * so to it. */
#include "centre/gateway_own.h"

enum err
gateway_switched(struct gateway *g, uint32_t terminal,
    const struct switch_told *told, uint64_t now_ms, uint8_t out[SWITCH_LEN])
{
	struct switched w = { .terminal = terminal,
		.centre_key = g->receipt.number, .at_ms = now_ms };
	enum err r;

	if (told->at_ms == SWITCH_UNSAID)
		return ERR_NOT_FOUND;
	if ((r = g->store->ops->switch_of(g->store, terminal, &w.open)) !=
	    ERR_OK)
		return r;
	if (w.open == told->open)
		return ERR_NOT_FOUND;
	/* A clock that went back must not make it older than the last one. */
	if (w.at_ms <= told->at_ms)
		w.at_ms = told->at_ms + 1;
	return switch_write(&w, g->receipt.secret, out);
}
