/* store_pg_post: statements sent one behind the other, and answered at once. */
#include <stdlib.h>

#include "centre/store_pg_own.h"

/* One answer of a pipeline. What follows a failure is not done at all. */
static enum err
read_one(struct link *k)
{
	PGresult *res, *end = NULL;
	enum err r;

	if ((r = link_get(k, &res)) != ERR_OK)
		return r;
	k->posts[k->posted++] = strtoull(PQcmdTuples(res), NULL, 10);
	if ((r = link_judge(k, res)) == ERR_OK)
		PQclear(res);
	if (k->c == NULL || link_get(k, &end) != ERR_OK)
		return ERR_LEDGER;
	PQclear(end); /* NULL: there is one answer for each */
	return r;
}

enum err
link_gather(struct link *k)
{
	PGresult *res;
	enum err first = ERR_OK, r;

	if (k->c == NULL || PQpipelineStatus(k->c) == PQ_PIPELINE_OFF)
		return ERR_OK;
	if ((r = link_sent(k, PQpipelineSync(k->c))) != ERR_OK)
		return r;
	for (; k->unread > 0; k->unread--) {
		r = read_one(k);
		if (k->c == NULL)
			return ERR_LEDGER;
		if (first == ERR_OK)
			first = r;
	}
	if ((r = link_get(k, &res)) != ERR_OK)
		return r;
	PQclear(res); /* the mark of the end */
	if ((r = link_sent(k, PQexitPipelineMode(k->c))) != ERR_OK)
		return r;
	return first;
}

enum err
link_post(struct link *k, const char *sql, const char *binds, va_list ap)
{
	enum err r;

	if (k->posted + k->unread == LINK_POSTS)
		abort();
	if ((r = link_be_there(k)) != ERR_OK ||
	    (r = link_send(k, true, sql, binds, ap)) != ERR_OK)
		return r;
	k->unread++;
	return ERR_OK;
}

enum err
link_collect(struct link *k, uint64_t *changed, unsigned n)
{
	enum err r = link_gather(k);

	/* The connection was lost, and what was posted with it. */
	if (r == ERR_OK && k->posted != n)
		r = err_about(ERR_LEDGER, "%u, %u", k->posted, n);
	for (unsigned i = 0; r == ERR_OK && i < n; i++)
		changed[i] = k->posts[i];
	k->posted = 0;
	return r;
}
