/* transport: what a status means. */
#include "sync/transport.h"

enum err
answer_check(const struct answer *a)
{
	if (a->status == 200)
		return ERR_OK;
	if (a->status == err_http(ERR_CLOSED))
		return ERR_CLOSED;
	if (a->status == 401 || a->status == 403)
		return err_about(ERR_SYNC_REFUSED, "HTTP %ld", a->status);
	if (a->status == 429 || (a->status >= 500 && a->status <= 599))
		return err_about(ERR_SYNC_BUSY, "HTTP %ld", a->status);
	return err_about(ERR_SYNC_ANSWER, "HTTP %ld", a->status);
}
