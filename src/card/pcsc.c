/* pcsc: a context, the list of readers, and a blocking wait over them. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <winscard.h>

#include "card/pcsc.h"
#include "card/pcsc_card.h"

#define HOTPLUG	     "\\\\?PnP?\\Notification"
#define LIST_ROOM    ((SLOTS_MAX + 1) * READER_NAME_ROOM)
#define CANCEL_MS    50

struct pcsc {
	SCARDCONTEXT context;
	bool has_context;
	char names[LIST_ROOM]; /* each ends with NUL, the list with another */
	SCARD_READERSTATE state[SLOTS_MAX + 1];
	size_t n; /* readers; state[n] is the pseudo-reader */
	struct pcsc_card *card;

	int stop;
	pthread_mutex_t lock; /* of what is below */
	pthread_cond_t moved;
	bool ended;   /* stop has */
	bool again;   /* a line came on it: say once more what is in */
	bool waiting; /* in SCardGetStatusChange, or about to be */
	bool closed;  /* nobody uses this any more */
};

/*
 * A cancel that comes before the wait it is meant for is lost, so it is said
 * until it is heard: until the wait has taken what there is to take. The lock
 * is held.
 */
static void
interrupt_wait(struct pcsc *p)
{
	const struct timespec nap = { 0, CANCEL_MS * 1000000L };

	pthread_cond_broadcast(&p->moved);
	while (!p->closed && (p->ended || p->again)) {
		if (p->waiting)
			(void)SCardCancel(p->context);
		pthread_mutex_unlock(&p->lock);
		(void)nanosleep(&nap, NULL);
		pthread_mutex_lock(&p->lock);
	}
}

/*
 * The thread that listens to whoever we work for. The one thing that is ever
 * asked here is `read`: any line means it.
 */
static void *
listen_for_end(void *arg)
{
	struct pcsc *p = arg;
	char bytes[64];
	ssize_t n;

	do {
		n = read(p->stop, bytes, sizeof(bytes));
		if (n < 0 && errno == EINTR)
			continue;
		pthread_mutex_lock(&p->lock);
		p->ended = n <= 0;
		p->again = n > 0 && memchr(bytes, '\n', (size_t)n) != NULL;
		interrupt_wait(p);
		pthread_mutex_unlock(&p->lock);
	} while (n > 0 || errno == EINTR);
	return NULL;
}

/* Without a service there is nothing to block on but the clock. */
static void
sleep_ms(struct pcsc *p, int ms)
{
	struct timespec until;

	pcsc_moment(&until, ms);
	pthread_mutex_lock(&p->lock);
	while (!p->ended && !p->again &&
	    pthread_cond_timedwait(&p->moved, &p->lock, &until) == 0)
		;
	pthread_mutex_unlock(&p->lock);
}

/* What was heard, for the watch; a request is heard once. */
static void
tell_heard(struct pcsc *p, struct slots *out)
{
	pthread_mutex_lock(&p->lock);
	out->ended = p->ended;
	out->again = p->again;
	p->again = false;
	pthread_mutex_unlock(&p->lock);
}

static void
drop_context(struct pcsc *p)
{
	if (p->has_context)
		(void)SCardReleaseContext(p->context);
	p->has_context = false;
	p->n = 0;
	memset(p->names, 0, sizeof(p->names));
	memset(p->state, 0, sizeof(p->state));
}

static LONG
need_context(struct pcsc *p)
{
	LONG rc = SCARD_S_SUCCESS;

	if (!p->has_context)
		rc = SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL,
		    &p->context);
	p->has_context = rc == SCARD_S_SUCCESS;
	return rc;
}

/* What was known of a reader of that name stays known. */
static void
take_names(struct pcsc *p, const char *names)
{
	SCARD_READERSTATE old[SLOTS_MAX + 1], pnp = p->state[p->n];
	char had[LIST_ROOM];
	size_t n = p->n;
	char *at = p->names;

	memcpy(had, p->names, sizeof(had));
	memcpy(old, p->state, sizeof(old));
	for (size_t i = 0; i < n; i++)
		old[i].szReader = had + (p->state[i].szReader - p->names);
	memset(p->state, 0, sizeof(p->state));
	memset(p->names, 0, sizeof(p->names));
	for (p->n = 0; *names != '\0' && p->n < SLOTS_MAX;
	    names += strlen(names) + 1) {
		SCARD_READERSTATE *s = &p->state[p->n];

		if (strlen(names) >= READER_NAME_ROOM)
			continue; /* pcscd has none so long */
		for (size_t i = 0; i < n; i++)
			if (strcmp(old[i].szReader, names) == 0)
				*s = old[i];
		s->szReader = strcpy(at, names);
		at += strlen(at) + 1;
		p->n++;
	}
	p->state[p->n] = pnp;
	p->state[p->n].szReader = HOTPLUG;
}

static LONG
list_readers(struct pcsc *p)
{
	char names[LIST_ROOM] = "";
	DWORD n = sizeof(names) - 1;
	LONG rc = SCardListReaders(p->context, NULL, names, &n);

	if (rc == SCARD_E_NO_READERS_AVAILABLE)
		names[0] = '\0';
	else if (rc != SCARD_S_SUCCESS)
		return rc;
	take_names(p, names);
	return SCARD_S_SUCCESS;
}

/* What was seen is what the next wait must not wake up for. */
static void
remember(struct pcsc *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p->state[i].dwCurrentState = p->state[i].dwEventState &
		    ~(DWORD)SCARD_STATE_CHANGED;
}

/* Block until a state is no longer the one that we know. */
static LONG
wait_for_change(struct pcsc *p, int ms)
{
	LONG rc = SCARD_E_CANCELLED;

	pthread_mutex_lock(&p->lock);
	p->waiting = !p->ended;
	pthread_mutex_unlock(&p->lock);
	if (p->waiting)
		rc = SCardGetStatusChange(p->context, (DWORD)ms, p->state,
		    (DWORD)p->n + 1);
	pthread_mutex_lock(&p->lock);
	p->waiting = false;
	pthread_mutex_unlock(&p->lock);
	if (rc == SCARD_S_SUCCESS)
		remember(p, p->n + 1);
	return rc;
}

/* The states as they are. Asked for changes, the library would take a
 * millisecond to see that there are none. */
static LONG
see_states(struct pcsc *p)
{
	LONG rc;

	if (p->n == 0)
		return SCARD_S_SUCCESS;
	for (size_t i = 0; i < p->n; i++)
		p->state[i].dwCurrentState = SCARD_STATE_UNAWARE;
	rc = SCardGetStatusChange(p->context, 0, p->state, (DWORD)p->n);
	if (rc == SCARD_S_SUCCESS)
		remember(p, p->n);
	return rc;
}

static void
show_slot(const SCARD_READERSTATE *s, struct slot *out)
{
	const DWORD flags = s->dwCurrentState;

	memset(out, 0, sizeof(*out));
	(void)strncpy(out->name, s->szReader, sizeof(out->name) - 1);
	out->present = (flags & SCARD_STATE_PRESENT) != 0;
	out->mute = (flags & SCARD_STATE_MUTE) != 0;
	out->taken = (flags & SCARD_STATE_EXCLUSIVE) != 0;
	out->counter = (uint32_t)(flags >> 16 & 0xFFFF);
	if (!out->present)
		return;
	out->atr_len = s->cbAtr < ATR_ROOM ? s->cbAtr : ATR_ROOM;
	memcpy(out->atr, s->rgbAtr, out->atr_len);
}

/* True when all readers were there before: then only waiting is left. */
static bool
all_known(const struct pcsc *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->state[i].dwCurrentState == SCARD_STATE_UNAWARE)
			return false;
	return true;
}

/*
 * One look, or one wait. A short look does without a new list while it has
 * one; a reader that went between list and wait only means: again.
 */
static LONG
look(struct pcsc *p, int ms)
{
	const size_t n = p->n;
	LONG rc;

	if ((rc = need_context(p)) != SCARD_S_SUCCESS)
		return rc;
	if (ms == 0 && n > 0 &&
	    (rc = see_states(p)) != SCARD_E_UNKNOWN_READER)
		return rc;
	if ((rc = list_readers(p)) != SCARD_S_SUCCESS)
		return rc;
	/* Readers that came or went are a change already. */
	rc = ms == 0 || p->n != n || !all_known(p) ? see_states(p) :
	    wait_for_change(p, ms);
	return rc == SCARD_E_TIMEOUT || rc == SCARD_E_CANCELLED ||
	    rc == SCARD_E_UNKNOWN_READER ? SCARD_S_SUCCESS : rc;
}

static enum err
pcsc_wait(void *own, int ms, struct slots *out)
{
	struct pcsc *p = own;
	LONG rc;

	if (!p->has_context && ms > 0)
		sleep_ms(p, ms);
	rc = look(p, ms);
	if (rc == SCARD_S_SUCCESS && p->n == 0)
		rc = list_readers(p); /* the first one may have come */
	tell_heard(p, out);
	out->n = 0;
	if (rc != SCARD_S_SUCCESS) {
		drop_context(p);
		return pcsc_err(rc) == ERR_MEMORY ? ERR_MEMORY :
		    ERR_CARD_SERVICE;
	}
	for (size_t i = 0; i < p->n; i++)
		show_slot(&p->state[i], &out->slot[out->n++]);
	return p->n == 0 ? ERR_CARD_NO_READER : ERR_OK;
}

static enum err
pcsc_begin(void *own, const char *reader)
{
	struct pcsc *p = own;

	return pcsc_card_begin(p->card, reader);
}

static enum err
pcsc_transmit(void *own, const uint8_t *command, size_t n,
    uint8_t reply[REPLY_ROOM], size_t *len)
{
	struct pcsc *p = own;

	return pcsc_card_transmit(p->card, command, n, reply, len);
}

static void
pcsc_end(void *own)
{
	struct pcsc *p = own;

	pcsc_card_end(p->card);
}

/* The listening thread may be in read(2) for ever: it keeps its struct. */
static void
pcsc_free(void *own)
{
	struct pcsc *p = own;

	pcsc_card_free(p->card);
	drop_context(p);
	pthread_mutex_lock(&p->lock);
	p->closed = true;
	pthread_mutex_unlock(&p->lock);
	if (p->stop == -1)
		free(p);
}

static enum err
start_listening(struct pcsc *p)
{
	pthread_t thread;

	if (p->stop == -1)
		return ERR_OK;
	if (pthread_create(&thread, NULL, listen_for_end, p) != 0)
		return ERR_MEMORY;
	pthread_detach(thread);
	return ERR_OK;
}

enum err
pcsc_open(int stop, struct card_io *out)
{
	struct pcsc *p = calloc(1, sizeof(*p));
	pthread_condattr_t clock;
	enum err r;

	if (p == NULL)
		return ERR_MEMORY;
	p->stop = stop;
	p->state[0].szReader = HOTPLUG;
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->moved, &clock);
	pthread_condattr_destroy(&clock);
	if ((r = pcsc_card_new(&p->card)) != ERR_OK ||
	    (r = start_listening(p)) != ERR_OK) {
		pcsc_card_free(p->card);
		free(p);
		return r;
	}
	*out = (struct card_io){ .own = p, .wait = pcsc_wait,
		.begin = pcsc_begin, .transmit = pcsc_transmit,
		.end = pcsc_end, .free = pcsc_free };
	return ERR_OK;
}
