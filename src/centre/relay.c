/* relay: slots, each a socket and a deadline, and one poll(2) for them all. */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/listen.h"
#include "base/secret.h"
#include "centre/answer.h"
#include "centre/relay.h"

#define BUCKETS 8192u

enum slot_state { SLOT_FREE, SLOT_NEW, SLOT_ASKING, SLOT_HEARING };

struct slot {
	enum slot_state state;
	int fd;
	uint64_t until_ms;
	uint8_t question[QUESTION_LEN];
	uint8_t answer[1 + RESPONSE_LEN];
	size_t done; /* bytes of the one that is under way */
	relay_told *told;
	void *user;
};

/* How many a terminal may still ask. */
struct bucket {
	uint32_t terminal, left;
	uint64_t since_ms;
};

struct relay {
	struct listen_at at;
	pthread_t thread;
	pthread_mutex_t lock; /* over all below */
	int wake;
	bool ending;
	struct slot slot[RELAY_SLOTS];
	struct bucket bucket[BUCKETS];
	struct relay_counts counts;
};

/* Begin to talk; false when nobody is there. */
static bool
dial(const struct relay *r, struct slot *s)
{
	s->fd = socket(r->at.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC |
	    SOCK_NONBLOCK, 0);
	s->state = SLOT_ASKING;
	s->done = 0;
	return s->fd != -1 && (connect(s->fd,
	    (const struct sockaddr *)&r->at.address, r->at.len) == 0 ||
	    errno == EINPROGRESS);
}

static bool
is_passing(ssize_t n)
{
	return n == -1 && (errno == EAGAIN || errno == EINTR);
}

/* Some of the question goes out; false when it cannot. */
static bool
ask_on(struct slot *s)
{
	ssize_t n = send(s->fd, s->question + s->done,
	    QUESTION_LEN - s->done, MSG_NOSIGNAL);

	if (n > 0)
		s->done += (size_t)n;
	if (s->done == QUESTION_LEN) {
		s->state = SLOT_HEARING;
		s->done = 0;
	}
	return n > 0 || is_passing(n);
}

/* Some of the answer comes in. ERR_OK: it is whole; ERR_TRUNCATED: not yet. */
static enum err
hear_on(struct slot *s)
{
	ssize_t n = recv(s->fd, s->answer + s->done,
	    sizeof(s->answer) - s->done, 0);

	if (n > 0)
		s->done += (size_t)n;
	if (s->done == sizeof(s->answer) && s->answer[0] == ANSWER_GIVEN)
		return ERR_OK;
	if (s->done > 0 && s->answer[0] == ANSWER_REFUSED)
		return ERR_REQUEST;
	if (s->done > 0 && s->answer[0] != ANSWER_GIVEN)
		return ERR_NOT_NOW;
	return n > 0 || is_passing(n) ? ERR_TRUNCATED : ERR_NOT_NOW;
}

/* One look at a slot whose socket may be ready. */
static enum err
go_on(const struct relay *r, struct slot *s, short ready)
{
	if (s->state == SLOT_NEW)
		return dial(r, s) ? ERR_TRUNCATED : ERR_NOT_NOW;
	if (ready == 0)
		return ERR_TRUNCATED;
	if (s->state == SLOT_ASKING)
		return ask_on(s) ? ERR_TRUNCATED : ERR_NOT_NOW;
	return hear_on(s);
}

/* The slot is free again before anybody is told. */
static void
settle(struct relay *r, struct slot *s, enum err came)
{
	relay_told *told = s->told;
	void *user = s->user;
	uint8_t response[RESPONSE_LEN];

	memcpy(response, s->answer + 1, sizeof(response));
	if (s->fd != -1)
		close(s->fd);
	secret_wipe(s, sizeof(*s));
	s->fd = -1;
	r->counts.given += came == ERR_OK;
	r->counts.refused += came == ERR_REQUEST;
	r->counts.late += came == ERR_NOT_NOW;
	pthread_mutex_unlock(&r->lock);
	told(user, came, came == ERR_OK ? response : NULL);
	pthread_mutex_lock(&r->lock);
}

/* What to wait for: the bell first, then each slot that talks. *wait_ms: until
 * the first deadline. */
static void
prepare(struct relay *r, struct pollfd p[1 + RELAY_SLOTS], int *wait_ms)
{
	const uint64_t now = clock_elapsed_ms();

	*wait_ms = -1;
	p[0] = (struct pollfd){ .fd = r->wake, .events = POLLIN };
	for (size_t i = 0; i < RELAY_SLOTS; i++) {
		const struct slot *s = &r->slot[i];
		int left = s->until_ms > now ? (int)(s->until_ms - now) : 0;

		p[1 + i] = (struct pollfd){ .fd = -1 };
		if (s->state == SLOT_FREE)
			continue;
		p[1 + i].fd = s->fd;
		p[1 + i].events = s->state == SLOT_HEARING ? POLLIN : POLLOUT;
		if (*wait_ms == -1 || left < *wait_ms)
			*wait_ms = left;
		if (s->state == SLOT_NEW)
			*wait_ms = 0;
	}
}

static void
look_at_all(struct relay *r, const struct pollfd p[1 + RELAY_SLOTS])
{
	for (size_t i = 0; i < RELAY_SLOTS; i++) {
		struct slot *s = &r->slot[i];
		enum err came;

		if (s->state == SLOT_FREE)
			continue;
		came = r->ending ? ERR_NOT_NOW : go_on(r, s, s->fd == -1 ? 0 :
		    p[1 + i].revents);
		if (came == ERR_TRUNCATED && clock_elapsed_ms() >= s->until_ms)
			came = ERR_NOT_NOW;
		if (came != ERR_TRUNCATED)
			settle(r, s, came);
	}
}

static void *
run(void *user)
{
	struct relay *r = user;
	struct pollfd p[1 + RELAY_SLOTS];
	uint64_t rung;
	int wait_ms;

	pthread_mutex_lock(&r->lock);
	while (!r->ending) {
		prepare(r, p, &wait_ms);
		pthread_mutex_unlock(&r->lock);
		(void)poll(p, 1 + RELAY_SLOTS, wait_ms);
		if (p[0].revents != 0)
			(void)!read(r->wake, &rung, sizeof(rung));
		pthread_mutex_lock(&r->lock);
		look_at_all(r, p);
	}
	look_at_all(r, p);
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

enum err
relay_start(const char *where, struct relay **out)
{
	struct relay *r;
	enum err e;

	if ((r = calloc(1, sizeof(*r))) == NULL)
		return ERR_MEMORY;
	for (size_t i = 0; i < RELAY_SLOTS; i++)
		r->slot[i].fd = -1;
	if ((e = listen_read(where, &r->at)) != ERR_OK) {
		free(r);
		return e;
	}
	r->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (r->wake == -1 || pthread_mutex_init(&r->lock, NULL) != 0 ||
	    pthread_create(&r->thread, NULL, run, r) != 0) {
		if (r->wake != -1)
			close(r->wake);
		free(r);
		return ERR_MEMORY;
	}
	*out = r;
	return ERR_OK;
}

static void
ring(struct relay *r)
{
	const uint64_t one = 1;

	(void)!write(r->wake, &one, sizeof(one));
}

void
relay_stop(struct relay *r)
{
	if (r == NULL)
		return;
	pthread_mutex_lock(&r->lock);
	r->ending = true;
	pthread_mutex_unlock(&r->lock);
	ring(r);
	(void)pthread_join(r->thread, NULL);
}

void
relay_free(struct relay *r)
{
	if (r == NULL)
		return;
	pthread_mutex_destroy(&r->lock);
	close(r->wake);
	free(r);
}

/* One less for that terminal, unless there is none left. */
static bool
spend(struct relay *r, uint32_t terminal)
{
	struct bucket *b = &r->bucket[terminal % BUCKETS];
	const uint64_t now = clock_elapsed_ms();
	uint64_t more;

	if (b->terminal != terminal)
		*b = (struct bucket){ terminal, RELAY_BURST, now };
	more = (now - b->since_ms) / RELAY_EACH_MS;
	b->since_ms += more * RELAY_EACH_MS;
	b->left = more >= RELAY_BURST - b->left ? RELAY_BURST :
	    b->left + (uint32_t)more;
	if (b->left == 0)
		return false;
	b->left--;
	return true;
}

static struct slot *
free_slot(struct relay *r)
{
	for (size_t i = 0; i < RELAY_SLOTS; i++)
		if (r->slot[i].state == SLOT_FREE)
			return &r->slot[i];
	return NULL;
}

enum err
relay_put(struct relay *r, uint32_t terminal, const void *question,
    relay_told *told, void *user)
{
	struct slot *s;
	enum err e = ERR_OK;

	pthread_mutex_lock(&r->lock);
	if (r->ending || (s = free_slot(r)) == NULL) {
		e = ERR_NOT_NOW;
	} else if (!spend(r, terminal)) {
		r->counts.often++;
		e = err_about(ERR_ASKED_OFTEN, "poste %u", terminal);
	} else {
		memcpy(s->question, question, QUESTION_LEN);
		s->told = told;
		s->user = user;
		s->until_ms = clock_elapsed_ms() + RELAY_MS;
		s->state = SLOT_NEW;
		r->counts.put++;
	}
	pthread_mutex_unlock(&r->lock);
	if (e == ERR_OK)
		ring(r);
	return e;
}

void
relay_count(struct relay *r, struct relay_counts *out)
{
	pthread_mutex_lock(&r->lock);
	*out = r->counts;
	pthread_mutex_unlock(&r->lock);
}
