/* pcsc_card: connect in a thread, talk, and leave in the thread. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <winscard.h>

#include "card/pcsc_card.h"

#define BUSY_MS 600 /* nobody waits longer before being told why */

/*
 * The thread takes a wish, connects, and hands over; then it leaves. While it
 * is TRYING or LEAVING it alone has the context and the handle; otherwise the
 * caller alone has.
 */
enum stage { IDLE, TRYING, READY, LEAVING, FAILED, ENDING };

struct pcsc_card {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t moved;
	enum stage stage;
	enum err r; /* of FAILED */
	char reader[READER_NAME_ROOM];
	SCARDCONTEXT context;
	SCARDHANDLE handle;
	DWORD protocol;
	bool has_context;
};

static const struct {
	LONG rc;
	enum err r;
} answers[] = {
	{ SCARD_S_SUCCESS, ERR_OK },
	{ SCARD_E_NO_SERVICE, ERR_CARD_SERVICE },
	{ SCARD_E_SERVICE_STOPPED, ERR_CARD_SERVICE },
	{ SCARD_E_INVALID_HANDLE, ERR_CARD_SERVICE },
	{ SCARD_F_COMM_ERROR, ERR_CARD_SERVICE },
	{ SCARD_F_INTERNAL_ERROR, ERR_CARD_SERVICE },
	{ SCARD_W_SECURITY_VIOLATION, ERR_CARD_SERVICE },
	{ SCARD_E_NO_MEMORY, ERR_MEMORY },
	{ SCARD_E_NO_READERS_AVAILABLE, ERR_CARD_NO_READER },
	{ SCARD_E_UNKNOWN_READER, ERR_CARD_GONE },
	{ SCARD_E_READER_UNAVAILABLE, ERR_CARD_GONE },
	{ SCARD_E_NO_SMARTCARD, ERR_CARD_GONE },
	{ SCARD_W_REMOVED_CARD, ERR_CARD_GONE },
	{ SCARD_E_SHARING_VIOLATION, ERR_CARD_BUSY },
	{ SCARD_W_RESET_CARD, ERR_CARD_RESET },
	{ SCARD_W_UNRESPONSIVE_CARD, ERR_CARD_MUTE },
	{ SCARD_W_UNPOWERED_CARD, ERR_CARD_MUTE },
	{ SCARD_W_UNSUPPORTED_CARD, ERR_CARD_MUTE },
};

enum err
pcsc_err(long rc)
{
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		if (answers[i].rc == rc)
			return answers[i].r;
	return ERR_CARD_TALK;
}

void
pcsc_moment(struct timespec *t, int ms)
{
	(void)clock_gettime(CLOCK_MONOTONIC, t);
	t->tv_sec += ms / 1000;
	t->tv_nsec += ms % 1000 * 1000000L;
	t->tv_sec += t->tv_nsec / 1000000000L;
	t->tv_nsec %= 1000000000L;
}

static void
drop_context(struct pcsc_card *c)
{
	if (c->has_context)
		(void)SCardReleaseContext(c->context);
	c->has_context = false;
}

/* Connect and begin. A context whose service died is made anew, once. */
static enum err
connect_and_begin(struct pcsc_card *c)
{
	const bool kept = c->has_context;
	LONG rc = SCARD_S_SUCCESS;

	if (!kept)
		rc = SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL,
		    &c->context);
	if (rc != SCARD_S_SUCCESS)
		return pcsc_err(rc);
	c->has_context = true;
	rc = SCardConnect(c->context, c->reader, SCARD_SHARE_SHARED,
	    SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &c->handle, &c->protocol);
	if (rc == SCARD_S_SUCCESS &&
	    (rc = SCardBeginTransaction(c->handle)) != SCARD_S_SUCCESS)
		(void)SCardDisconnect(c->handle, SCARD_LEAVE_CARD);
	if (pcsc_err(rc) != ERR_CARD_SERVICE)
		return pcsc_err(rc);
	drop_context(c);
	return kept ? connect_and_begin(c) : ERR_CARD_SERVICE;
}

static void
leave(struct pcsc_card *c)
{
	(void)SCardEndTransaction(c->handle, SCARD_LEAVE_CARD);
	(void)SCardDisconnect(c->handle, SCARD_LEAVE_CARD);
}

static void
release(struct pcsc_card *c)
{
	drop_context(c);
	pthread_cond_destroy(&c->moved);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

/* Say it without the lock, or whoever wakes up finds it taken. */
static void
move_to(struct pcsc_card *c, enum stage stage, enum err r)
{
	c->stage = stage;
	c->r = r;
	pthread_mutex_unlock(&c->lock);
	pthread_cond_signal(&c->moved);
	pthread_mutex_lock(&c->lock);
}

/* The thread's two jobs. The lock is held before and after, not meanwhile. */
static void
try(struct pcsc_card *c)
{
	enum err r;

	pthread_mutex_unlock(&c->lock);
	r = connect_and_begin(c);
	pthread_mutex_lock(&c->lock);
	if (c->stage == ENDING && r == ERR_OK)
		leave(c); /* nobody waits for it any more */
	if (c->stage == TRYING)
		move_to(c, r == ERR_OK ? READY : FAILED, r);
}

static void
let_go(struct pcsc_card *c)
{
	pthread_mutex_unlock(&c->lock);
	leave(c);
	pthread_mutex_lock(&c->lock);
	if (c->stage == LEAVING)
		move_to(c, IDLE, ERR_OK);
}

/* The thread: one wish after the other, until it is told to end. */
static void *
serve(void *arg)
{
	struct pcsc_card *c = arg;

	pthread_mutex_lock(&c->lock);
	while (c->stage != ENDING)
		if (c->stage == TRYING)
			try(c);
		else if (c->stage == LEAVING)
			let_go(c);
		else
			pthread_cond_wait(&c->moved, &c->lock);
	pthread_mutex_unlock(&c->lock);
	release(c);
	return NULL;
}

enum err
pcsc_card_new(struct pcsc_card **out)
{
	struct pcsc_card *c = calloc(1, sizeof(*c));
	pthread_condattr_t clock;

	if (c == NULL)
		return ERR_MEMORY;
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->moved, &clock);
	pthread_condattr_destroy(&clock);
	if (pthread_create(&c->thread, NULL, serve, c) != 0) {
		release(c);
		return ERR_MEMORY;
	}
	pthread_detach(c->thread);
	*out = c;
	return ERR_OK;
}

static void
wait_while(struct pcsc_card *c, enum stage stage, const struct timespec *until)
{
	while (c->stage == stage && pthread_cond_timedwait(&c->moved,
	    &c->lock, until) == 0)
		;
}

/* The thread frees it, now or once the other program lets go of the card. */
void
pcsc_card_free(struct pcsc_card *c)
{
	struct timespec until;

	if (c == NULL)
		return;
	pcsc_moment(&until, BUSY_MS);
	pthread_mutex_lock(&c->lock);
	if (c->stage == READY)
		move_to(c, LEAVING, ERR_OK);
	wait_while(c, LEAVING, &until);
	c->stage = ENDING;
	pthread_cond_broadcast(&c->moved);
	pthread_mutex_unlock(&c->lock);
}

enum err
pcsc_card_begin(struct pcsc_card *c, const char *reader)
{
	enum err r = ERR_CARD_BUSY;
	struct timespec until;

	pcsc_moment(&until, BUSY_MS);
	pthread_mutex_lock(&c->lock);
	wait_while(c, LEAVING, &until);
	if (c->stage == IDLE) {
		(void)strncpy(c->reader, reader, sizeof(c->reader) - 1);
		move_to(c, TRYING, ERR_OK);
	}
	wait_while(c, TRYING, &until);
	if (c->stage == READY && strcmp(c->reader, reader) != 0) {
		/* It came too late, and we want another one now. */
		move_to(c, LEAVING, ERR_OK);
	} else if (c->stage == READY) {
		r = ERR_OK;
	} else if (c->stage == FAILED) {
		r = c->r;
		c->stage = IDLE;
	}
	pthread_mutex_unlock(&c->lock);
	return r;
}

enum err
pcsc_card_transmit(struct pcsc_card *c, const uint8_t *command, size_t n,
    uint8_t reply[REPLY_ROOM], size_t *len)
{
	const SCARD_IO_REQUEST *how = c->protocol == SCARD_PROTOCOL_T1 ?
	    SCARD_PCI_T1 : SCARD_PCI_T0;
	DWORD got = REPLY_ROOM;
	LONG rc = SCardTransmit(c->handle, how, command, (DWORD)n, NULL,
	    reply, &got);

	if (rc == SCARD_S_SUCCESS)
		*len = (size_t)got;
	return pcsc_err(rc);
}

void
pcsc_card_end(struct pcsc_card *c)
{
	pthread_mutex_lock(&c->lock);
	move_to(c, LEAVING, ERR_OK);
	pthread_mutex_unlock(&c->lock);
}
