/* leaflet: a page to wait on while the text comes out on paper. */
#include "screens/parts.h"
#include "screens/screens.h"

static enum outcome
leaflet_handle(struct session *s, const struct event *ev)
{
	if (ev->kind != EV_DONE)
		return OUT_STAY;
	s->person->leaflet = ev->result;
	s->person->leaflet_tried = true;
	return OUT_OK;
}

static void
leaflet_show(const struct session *s, struct page *p)
{
	(void)s;
	page_title(p, _("Le texte s'imprime"));
	page_wait(p, _("Il sort de l'imprimante. Il est pour vous."));
}

const struct screen screen_leaflet = {
	.name = "leaflet",
	.part = PART_INFORMATION,
	.outcomes = CAN(OK) | CAN(BACK) | CAN_LEAVE,
	.private = true,
	.waits = true,
	.handle = leaflet_handle,
	.show = leaflet_show,
};
