/* crowd: connections that ask for nothing, and one terminal that does. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/load/load.h"

#define PER_ADDRESS 6u

struct crowd {
	struct sockaddr_in to;
	unsigned idle, slow;
	int *fd;
	unsigned alive; /* when the last sync was over */
	pthread_mutex_t lock;
	bool over;
};

static void
read_address(const char *listen, struct sockaddr_in *out)
{
	char host[64];
	const char *colon = strrchr(listen, ':');

	(void)snprintf(host, sizeof(host), "%.*s", (int)(colon - listen),
	    listen);
	*out = (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_port = htons((uint16_t)atoi(colon + 1)) };
	if (inet_pton(AF_INET, host, &out->sin_addr) != 1)
		must(err_about(ERR_LISTEN, "%s", listen));
}

/* From one of many addresses of this machine, without waiting. */
static int
call(const struct crowd *c, unsigned i)
{
	struct sockaddr_in from = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(0x7f010001u + i / PER_ADDRESS / 250 *
		    256 + i / PER_ADDRESS % 250) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

	if (fd == -1 || bind(fd, (struct sockaddr *)&from, sizeof(from)) !=
	    0 || (connect(fd, (const struct sockaddr *)&c->to,
	    sizeof(c->to)) != 0 && errno != EINPROGRESS)) {
		if (fd != -1)
			close(fd);
		return -1;
	}
	return fd;
}

/* A byte of what a TLS client would begin with; true when it went out. */
static bool
a_byte(int fd)
{
	static const char hello[] = "\x16\x03\x01\x02\x00\x01\x00\x01";
	static unsigned at;

	return send(fd, &hello[at++ % (sizeof(hello) - 1)], 1,
	    MSG_NOSIGNAL | MSG_DONTWAIT) == 1 || errno == EAGAIN;
}

static bool
is_open(int fd)
{
	char c;
	ssize_t n = recv(fd, &c, 1, MSG_PEEK | MSG_DONTWAIT);

	return n > 0 || (n < 0 && (errno == EAGAIN || errno == ENOTCONN));
}

/* Who was shed comes again, each second, until it is over. */
static void *
press(void *user)
{
	struct crowd *c = user;
	unsigned all = c->idle + c->slow, alive;
	bool over = false;

	while (!over) {
		alive = 0;
		for (unsigned i = 0; i < all; i++) {
			if (c->fd[i] != -1 && (!is_open(c->fd[i]) ||
			    (i < c->slow && !a_byte(c->fd[i])))) {
				close(c->fd[i]);
				c->fd[i] = -1;
			}
			if (c->fd[i] == -1)
				c->fd[i] = call(c, i);
			else
				alive++;
		}
		(void)poll(NULL, 0, 1000);
		(void)pthread_mutex_lock(&c->lock);
		c->alive = alive;
		over = c->over;
		(void)pthread_mutex_unlock(&c->lock);
	}
	for (unsigned i = 0; i < all; i++)
		if (c->fd[i] != -1)
			close(c->fd[i]);
	return NULL;
}

static unsigned
alive(struct crowd *c)
{
	unsigned n;

	(void)pthread_mutex_lock(&c->lock);
	n = c->alive;
	(void)pthread_mutex_unlock(&c->lock);
	return n;
}

static void
gather(struct crowd *c)
{
	const double end_s = load_wall() + 30;

	while (alive(c) < (c->idle + c->slow) * 8 / 10) {
		if (load_wall() > end_s)
			must(err_about(ERR_LISTEN, "%u", alive(c)));
		(void)poll(NULL, 0, 50);
	}
}

static int
by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

double
crowd_p99(struct load *l, unsigned idle, unsigned slow)
{
	struct crowd c = { .idle = idle, .slow = slow,
		.lock = PTHREAD_MUTEX_INITIALIZER };
	const struct rlimit many = { idle + slow + 200, idle + slow + 200 };
	pthread_t thread;
	double *ms, p99;
	size_t n;

	(void)setrlimit(RLIMIT_NOFILE, &many);
	if ((c.fd = malloc((idle + slow) * sizeof(*c.fd))) == NULL)
		must(ERR_MEMORY);
	for (unsigned i = 0; i < idle + slow; i++)
		c.fd[i] = -1;
	read_address(l->set.listen, &c.to);
	if (pthread_create(&thread, NULL, press, &c) != 0)
		must(ERR_MEMORY);
	gather(&c);
	ms = send_all(l, &n);
	(void)pthread_mutex_lock(&c.lock);
	c.over = true;
	(void)pthread_mutex_unlock(&c.lock);
	(void)pthread_join(thread, NULL);
	qsort(ms, n, sizeof(*ms), by_size);
	p99 = ms[n * 99 / 100];
	free(ms);
	free(c.fd);
	return p99;
}
