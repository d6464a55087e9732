/* signer: two files, and the queue between them. */
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/keyfile.h"
#include "base/log.h"
#include "base/secret.h"
#include "queue/signer.h"

#define KIND   "sign-secret"
#define DAY_MS ((uint64_t)24 * 3600 * 1000)
#define LATE   4 /* times as much as is allowed */

struct paths {
	char key[PATH_ROOM], next[PATH_ROOM];
};

static enum err
find(const char *state, struct paths *out)
{
	char keys[PATH_ROOM];
	enum err r;

	if ((r = path_join(state, "keys", keys)) != ERR_OK ||
	    (r = path_join(keys, "sign.key", out->key)) != ERR_OK)
		return r;
	return path_join(keys, "sign.next", out->next);
}

enum err
signer_read(const char *state, uint32_t epoch,
    uint8_t secret[SIGN_SECRET_LEN], uint32_t *number)
{
	struct paths p;
	enum err r;

	if ((r = find(state, &p)) != ERR_OK)
		return r;
	r = keyfile_read(p.key, KIND, secret, SIGN_SECRET_LEN, number);
	if (r == ERR_OK && (epoch == 0 || *number == epoch))
		return ERR_OK;
	if (keyfile_read(p.next, KIND, secret, SIGN_SECRET_LEN, number) ==
	    ERR_OK && (epoch == 0 || *number == epoch))
		return ERR_OK;
	secret_wipe(secret, SIGN_SECRET_LEN);
	return r == ERR_OK ? err_about(ERR_EPOCH, "%s", p.key) :
	    err_about(r, "%s", p.key);
}

/* The queue has the hand-over: the old key is no more. */
static enum err
take_over(const struct paths *p, const uint8_t next[SIGN_SECRET_LEN],
    uint32_t number)
{
	enum err r;

	if ((r = keyfile_overwrite(p->key, KIND, next, SIGN_SECRET_LEN,
	    number)) != ERR_OK)
		return r;
	return keyfile_destroy(p->next);
}

/* What a hand-over left behind that was cut short, or another one before. */
static enum err
tidy(const struct paths *p, uint32_t epoch, uint8_t *scratch)
{
	uint32_t number;

	if (access(p->next, F_OK) != 0)
		return ERR_OK;
	if (epoch != 0 && keyfile_read(p->next, KIND, scratch,
	    SIGN_SECRET_LEN, &number) == ERR_OK && number == epoch)
		return take_over(p, scratch, number);
	return keyfile_destroy(p->next);
}

enum err
signer_settle(const char *state, struct queue *q,
    uint8_t secret[SIGN_SECRET_LEN], uint32_t *number)
{
	struct queue_epoch e;
	struct paths p;
	enum err r;

	if ((r = find(state, &p)) != ERR_OK ||
	    (r = queue_epoch(q, &e)) != ERR_OK ||
	    (r = tidy(&p, e.number, secret)) != ERR_OK)
		return r;
	return signer_read(state, e.number, secret, number);
}

/* Of envelopes or of milliseconds: is it time? */
static bool
is_time(uint64_t has, uint64_t most, bool waiting)
{
	return has >= (waiting ? LATE * most : most);
}

enum err
signer_due(struct queue *q, uint64_t most, uint64_t days, uint64_t now_ms,
    bool *due)
{
	struct queue_epoch e;
	enum err r;

	if ((r = queue_epoch(q, &e)) != ERR_OK)
		return r;
	*due = is_time(e.used, most, e.waiting) || (e.used > 0 &&
	    now_ms > e.since_ms &&
	    is_time(now_ms - e.since_ms, days * DAY_MS, e.waiting));
	return ERR_OK;
}

/* The next key, on the disk. */
static enum err
make_next(const struct paths *p, uint32_t number,
    uint8_t next[SIGN_SECRET_LEN])
{
	uint8_t public[SIGN_PUBLIC_LEN];
	enum err r;

	if ((r = keyfile_destroy(p->next)) != ERR_OK)
		return r;
	sign_keypair(next, public);
	return keyfile_write(p->next, KIND, next, SIGN_SECRET_LEN, number);
}

static enum err
put(struct queue *q, uint32_t terminal, uint64_t now_ms,
    const uint8_t secret[SIGN_SECRET_LEN], uint32_t number,
    const uint8_t next[SIGN_SECRET_LEN])
{
	const struct envelope_keys keys = { .sign_number = number,
		.sign_secret = secret };
	uint64_t sequence;
	struct rid rid;

	rid_make(now_ms, &rid);
	return queue_put_epoch(q, terminal, &rid, &keys, next, &sequence);
}

enum err
signer_rotate(const char *state, struct queue *q, uint32_t terminal,
    uint64_t now_ms, uint8_t secret[SIGN_SECRET_LEN], uint32_t *number)
{
	uint8_t *next = secret_alloc(SIGN_SECRET_LEN);
	struct paths p;
	enum err r = ERR_MEMORY;

	if (next == NULL)
		return r;
	if ((r = find(state, &p)) != ERR_OK ||
	    (r = make_next(&p, *number + 1, next)) != ERR_OK)
		goto out;
	r = put(q, terminal, now_ms, secret, *number, next);
	if (r == ERR_OK) {
		memcpy(secret, next, SIGN_SECRET_LEN);
		log_event("signing-key", "%u", ++*number);
		r = take_over(&p, secret, *number);
	} else if (r != ERR_QUEUE_UNKNOWN)
		(void)keyfile_destroy(p.next);
out:
	secret_free(next);
	return r;
}
