/* night: one batch after the other. */
#include "centre/night.h"

enum err
night_run(struct vault *v, uint64_t now_ms, int adult_age, unsigned *adults)
{
	uint64_t after = 0;
	bool left = true;
	unsigned n;
	enum err r = ERR_OK;

	*adults = 0;
	while (r == ERR_OK && left) {
		if ((r = vault_begin(v)) != ERR_OK)
			return r;
		if ((r = vault_majority(v, now_ms, adult_age, &after, &left,
		    &n)) == ERR_OK && (r = vault_commit(v)) == ERR_OK)
			*adults += n;
		vault_rollback(v);
	}
	return r;
}
