/* http_rest: what is done in another thread while its connection rests. */
#include <string.h>

#include "centre/http_own.h"

/* In any thread: the connection goes on. */
static void
go_on(struct request *q, enum err came)
{
	q->came = came;
	q->told = true;
	MHD_resume_connection(q->c);
}

/* In the relay's thread. */
static void
hear(void *user, enum err came, const uint8_t *response)
{
	struct request *q = user;

	if (response != NULL)
		memcpy(q->response, response, sizeof(q->response));
	go_on(q, came);
}

void
http_begin_question(struct http *h, struct request *q)
{
	enum err r = ERR_NOT_NOW;

	if (q->body.len != QUESTION_LEN)
		r = err_about(ERR_REQUEST, "poste %u", q->who.number);
	else if (h->relay != NULL)
		r = relay_put(h->relay, q->who.number, q->body.p, hear, q);
	if (r != ERR_OK)
		go_on(q, r);
}

/* In gather's thread. */
static void
taken(void *user)
{
	struct request *q = user;

	go_on(q, q->one.post.came);
}

void
http_begin_envelopes(struct http *h, struct request *q)
{
	enum err r;

	q->one.told = taken;
	q->one.user = q;
	q->one.post = (struct gateway_post){ .terminal = q->who.number,
		.body = cursor_of(q->body.p, q->body.len),
		.missing = q->number, .answer = &q->kept };
	if ((r = gather_put(h->gather, &q->one)) != ERR_OK)
		go_on(q, r);
}
