/* errand: a few questions, and answers that are checked before they count. */
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/keyfile.h"
#include "sync/errand.h"

#define LEASE_BYTES ((size_t)8192) /* more than the longest block */
#define ROUNDS	    20		   /* of one errand at most */

/* Ask, and hand over the document of the answer. */
static enum err
ask(struct courier *c, const char *path, const void *p, json_t **out)
{
	struct answer answer = { .status = 0 };
	enum err r;

	buf_init(&answer.body);
	if ((r = c->transport->ask(c->transport, path, p, 0, &answer)) ==
	    ERR_OK && (r = answer_check(&answer)) == ERR_OK &&
	    json_read(answer.body.p, answer.body.len, out) != ERR_OK)
		r = err_about(ERR_SYNC_ANSWER, "JSON");
	buf_clear(&answer.body);
	return r;
}

/* A block as text → in the queue. */
static enum err
keep_lease(struct courier *c, const json_t *doc)
{
	char *text = malloc(BASE64_ROOM(LEASE_BYTES));
	uint8_t *bytes = malloc(LEASE_BYTES);
	struct lease l;
	size_t n;
	enum err r = ERR_MEMORY;

	if (text == NULL || bytes == NULL)
		goto out;
	if (json_get_text(doc, "lease", text, BASE64_ROOM(LEASE_BYTES) - 1) !=
	    ERR_OK || base64_read(text, bytes, LEASE_BYTES, &n) != ERR_OK)
		r = err_about(ERR_SYNC_ANSWER, "lease");
	else if ((r = lease_read(bytes, n, c->centre, &l)) == ERR_OK)
		r = l.terminal == c->terminal ?
		    queue_add_lease(c->queue, &l) :
		    err_about(ERR_LEASE, "poste %u", l.terminal);
out:
	free(text);
	free(bytes);
	return r;
}

enum err
errand_lease(struct courier *c)
{
	struct queue_counts counts;
	struct queue_switch place;
	json_t *doc;
	enum err r;

	/* The centre says when it opens: until then it is not asked. */
	if ((r = queue_switch(c->queue, &place)) != ERR_OK ||
	    !place.told.open)
		return r;
	for (int i = 0; i < ROUNDS; i++) {
		if ((r = queue_count(c->queue, &counts)) != ERR_OK ||
		    counts.identifiers >= c->lease_low)
			return r;
		if ((r = ask(c, "/v1/lease", "", &doc)) != ERR_OK)
			return r;
		r = keep_lease(c, doc);
		json_decref(doc);
		if (r != ERR_OK)
			return r;
	}
	return ERR_OK;
}

/* One outcome: the opener's, for us, behind the cursor. */
static enum err
keep_note(struct courier *c, const json_t *o, uint64_t *cursor)
{
	char text[BASE64_ROOM(OUTCOME_LEN)];
	uint8_t bytes[OUTCOME_LEN];
	struct outcome_note note;
	json_int_t number;
	size_t n;
	enum err r;

	if (json_get_int(o, "number", 1, INT64_MAX, &number) != ERR_OK ||
	    (uint64_t)number <= *cursor ||
	    json_get_text(o, "note", text, sizeof(text) - 1) != ERR_OK ||
	    base64_read(text, bytes, sizeof(bytes), &n) != ERR_OK)
		return err_about(ERR_SYNC_ANSWER, "note");
	if ((r = outcome_read(bytes, n, c->opener, &note)) != ERR_OK)
		return err_about(r, "clé opener.pub");
	if (note.terminal != c->terminal)
		return err_about(ERR_RECEIPT, "poste %u", note.terminal);
	r = queue_outcome(c->queue, &note);
	if (r != ERR_OK && r != ERR_NOT_FOUND)
		return r;
	*cursor = (uint64_t)number;
	return ERR_OK;
}

/* A page of them; the cursor moves as far as they are good. */
static enum err
keep_page(struct courier *c, const json_t *doc, uint64_t *cursor, bool *more)
{
	uint64_t before = *cursor;
	json_t *list;
	enum err r = ERR_OK, kept;

	if (json_get_array(doc, "outcomes", &list) != ERR_OK ||
	    json_get_bool(doc, "more", more) != ERR_OK)
		return err_about(ERR_SYNC_ANSWER, "outcomes");
	for (size_t i = 0; r == ERR_OK && i < json_array_size(list); i++)
		r = keep_note(c, json_array_get(list, i), cursor);
	if (*cursor == before)
		*more = false;
	else if ((kept = queue_set_outcome_cursor(c->queue, *cursor)) !=
	    ERR_OK)
		return kept;
	return r;
}

enum err
errand_outcomes(struct courier *c)
{
	char path[64];
	uint64_t cursor;
	bool more = true;
	json_t *doc;
	enum err r;

	if ((r = queue_outcome_cursor(c->queue, &cursor)) != ERR_OK)
		return r;
	for (int i = 0; more && i < ROUNDS; i++) {
		(void)snprintf(path, sizeof(path), "/v1/outcomes?after=%llu",
		    (unsigned long long)cursor);
		if ((r = ask(c, path, NULL, &doc)) != ERR_OK)
			return r;
		r = keep_page(c, doc, &cursor, &more);
		json_decref(doc);
		if (r != ERR_OK)
			return r;
	}
	return ERR_OK;
}

enum err
errand_sealing(const char *state, struct queue *q, uint32_t *sealing,
    uint64_t *sent)
{
	uint8_t public[BOX_PUBLIC_LEN];
	uint32_t number, waits;
	enum err r;

	if ((r = keyfile_read_in(state, "opening.pub", "opening-public",
	    public, sizeof(public), &number)) != ERR_OK ||
	    (r = queue_sealed_to(q, &waits)) != ERR_OK ||
	    (r = queue_sent(q, sent)) != ERR_OK)
		return r;
	*sealing = waits != 0 && waits < number ? waits : number;
	return ERR_OK;
}

#define SAID_MAX ((size_t)OPENING_LEN) /* the longest statement */
_Static_assert(SAID_MAX >= SWITCH_LEN, "the longest");

/* A statement of that name, if there is one, for who knows what it says. */
static enum err
take_said(struct courier *c, const json_t *doc, const char *name,
    enum err (*take)(struct courier *c, const void *p, size_t n))
{
	char text[BASE64_ROOM(SAID_MAX)];
	uint8_t bytes[SAID_MAX];
	size_t n;

	if (json_object_get(doc, name) == NULL)
		return ERR_OK;
	if (json_get_text(doc, name, text, sizeof(text) - 1) != ERR_OK ||
	    base64_read(text, bytes, sizeof(bytes), &n) != ERR_OK)
		return err_about(ERR_SYNC_ANSWER, "%s", name);
	return take(c, bytes, n);
}

enum err
errand_opening(struct courier *c)
{
	struct queue_switch place;
	uint32_t sealing;
	uint64_t sent;
	char path[120];
	json_t *doc;
	enum err r, switched;

	if ((r = errand_sealing(c->state, c->queue, &sealing,
	    &sent)) != ERR_OK ||
	    (r = queue_switch(c->queue, &place)) != ERR_OK)
		return r;
	(void)snprintf(path, sizeof(path),
	    "/v1/opening?sealing=%u&sent=%llu&%s=%llu", sealing,
	    (unsigned long long)sent, place.told.open ? "open" : "closed",
	    (unsigned long long)place.told.at_ms);
	if ((r = ask(c, path, NULL, &doc)) != ERR_OK)
		return r;
	/* One that is not good keeps the other not back. */
	switched = take_said(c, doc, "switch", courier_switch);
	if ((r = take_said(c, doc, "opening", courier_opening)) == ERR_OK)
		r = switched;
	json_decref(doc);
	return r;
}
