/*
 * card: from the chip to the line, over the real pcscd and vpcd's reader.
 *
 * In namespaces of its own, like tests/e2e/card-pcscd.sh: the program starts
 * itself again under unshare(1). The reference is always the barest C that
 * does the same work over the same reader in the same run.
 */
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <winscard.h>

#include "base/proc.h"
#include "base/secret.h"
#include "card/line.h"
#include "card/pcsc.h"
#include "card/played.h"
#include "card/watch.h"

#define READER	   "Virtual PCD 00 00"
#define CARDS	   "tests/cards/"
#define READINGS   1000
#define INSERTIONS 8
#define BIT_RATE   43010.0 /* of the ATR at 4 MHz (facts/card.md 1.5) */
#define BITS_BYTE  12.0

static FILE *json;
static const char *build;

static double
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

_Noreturn static void
give_up(const char *what)
{
	(void)fprintf(stderr, "card: %s\n", what);
	exit(1);
}

static int
by_size(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_size);
	return v[n / 2];
}

static void
row(const char *name, double ours, double reference, const char *against,
    const char *aim, const char *unit)
{
	(void)fprintf(json, "{\"name\":\"card: %s\",\"ours\":%.3f,"
	    "\"reference\":%.3f,\"against\":\"%s\",\"ratio\":%.2f,"
	    "\"aim\":\"%s\",\"unit\":\"%s\",\"better\":\"lower\"}\n", name,
	    ours, reference, against, ours / reference, aim, unit);
}

/* Commands and bytes over the wire: what we send and get back. */
struct wire {
	const struct card_io *under;
	size_t commands, bytes;
};

static enum err
count_transmit(void *own, const uint8_t *command, size_t n,
    uint8_t reply[REPLY_ROOM], size_t *len)
{
	struct wire *w = own;
	const enum err r = w->under->transmit(w->under->own, command, n,
	    reply, len);

	w->commands++;
	w->bytes += n + (r == ERR_OK ? *len : 0);
	return r;
}

/*
 * What the two files of that card need at the least: each application is
 * selected once, each page of 256 bytes asked for once.
 */
static struct wire
least_for(size_t names, size_t numbers)
{
	const size_t pages = (names + 255) / 256 + (numbers + 255) / 256;
	const size_t selects = 7 + 2 + 16 + 2;
	const struct wire w = { .commands = 2 + pages,
		.bytes = selects + pages * (5 + 2) + names + numbers };

	return w;
}

static void
measure_wire(const char *name, const char *file)
{
	static struct bearer who[BEARERS_MAX];
	const struct sim_card *card;
	struct sim_deck deck;
	struct played *p;
	struct card_io played, io;
	struct wire ours = { .commands = 0 }, least;
	struct vitale v;
	char label[96];
	size_t n;

	if (cardfile_load(file, &deck) != ERR_OK ||
	    played_load(file, true, -1, &p) != ERR_OK ||
	    vitale_init(&v) != ERR_OK)
		give_up(file);
	card = deck.slot[0];
	played = played_io(p);
	ours.under = &played;
	io = (struct card_io){ .own = &ours, .transmit = count_transmit };
	if (played.begin(p, "Lecteur de demonstration 00 00") != ERR_OK ||
	    vitale_read(&v, &io, who, &n) != ERR_OK)
		give_up(file);
	least = least_for(card->app[0].file[0].content.len,
	    card->app[1].file[0].content.len);
	(void)snprintf(label, sizeof(label), "commands, %s", name);
	row(label, (double)ours.commands, (double)least.commands,
	    "the fewest that the files need", "equal", "commands");
	(void)snprintf(label, sizeof(label), "bytes on the wire, %s", name);
	row(label, (double)ours.bytes, (double)least.bytes,
	    "the fewest that the files need", "equal", "bytes");
	(void)snprintf(label, sizeof(label), "time on the wire, %s", name);
	row(label, (double)ours.bytes * BITS_BYTE / BIT_RATE * 1e3,
	    (double)least.bytes * BITS_BYTE / BIT_RATE * 1e3,
	    "the same at 43 010 bit/s, modelled", "equal", "ms");
	vitale_clear(&v);
	played_free(p);
	cardfile_clear(&deck);
}

static struct proc
start(const char *program, const char *option, const char *value)
{
	char path[256];
	const char *const argv[] = { path, option, value, NULL };
	struct proc p;

	(void)snprintf(path, sizeof(path), "%s%s%s",
	    program[0] == '/' ? "" : build, program[0] == '/' ? "" : "/",
	    program);
	if (proc_start(argv, &p) != ERR_OK)
		give_up(path);
	return p;
}

static void
end(struct proc *p)
{
	(void)kill(p->pid, SIGTERM);
	proc_stop(p, NULL);
}

static bool
card_is(SCARDCONTEXT context, DWORD flag)
{
	SCARD_READERSTATE s = { .szReader = READER };

	return SCardGetStatusChange(context, 0, &s, 1) == SCARD_S_SUCCESS &&
	    (s.dwEventState & flag) != 0;
}

static void
wait_until(SCARDCONTEXT context, DWORD flag, bool is)
{
	const struct timespec nap = { 0, 20000000 };

	for (int i = 0; i < 500; i++) {
		if (card_is(context, flag) == is)
			return;
		(void)nanosleep(&nap, NULL);
	}
	give_up("the card does not come, or does not go");
}

/* The reference: connect, the same four commands, leave; when it had the last
 * reply, and when it was done. */
struct bare {
	double reply, end;
};

static struct bare
read_bare(SCARDCONTEXT context)
{
	static const struct {
		BYTE c[16];
		DWORD n;
	} commands[] = {
		{ { 0, 0xA4, 0, 0, 2, 0x3F, 0 }, 7 },
		{ { 0, 0xB0, 0x82, 0, 0 }, 5 },
		{ { 0, 0xA4, 4, 0, 11, 0xD2, 0x50, 0, 0, 2, 'V', 'I', 'T',
		    'A', 'L', 'E' }, 16 },
		{ { 0, 0xB0, 0x82, 0, 0 }, 5 },
	};
	const double from = now_ms();
	struct bare took;
	SCARDHANDLE card;
	DWORD protocol;

	if (SCardConnect(context, READER, SCARD_SHARE_SHARED,
	    SCARD_PROTOCOL_T0, &card, &protocol) != SCARD_S_SUCCESS ||
	    SCardBeginTransaction(card) != SCARD_S_SUCCESS)
		give_up("bare connect");
	for (size_t i = 0; i < 4; i++) {
		BYTE reply[258];
		DWORD n = sizeof(reply);

		if (SCardTransmit(card, SCARD_PCI_T0, commands[i].c,
		    commands[i].n, NULL, reply, &n) != SCARD_S_SUCCESS)
			give_up("bare transmit");
	}
	took.reply = now_ms() - from;
	(void)SCardEndTransaction(card, SCARD_LEAVE_CARD);
	(void)SCardDisconnect(card, SCARD_LEAVE_CARD);
	took.end = now_ms() - from;
	return took;
}

/* The line as it is made, and when its card was first seen. */
struct taken {
	struct buf line;
	double seen, told;
};

static enum err
take_line(void *to, const struct card_news *news)
{
	struct taken *t = to;
	enum err r;

	if (news->kind == NEWS_READER && news->state == READER_VITALE)
		t->seen = now_ms();
	buf_reset(&t->line);
	r = line_write(news, &t->line);
	if (news->kind == NEWS_CARD)
		t->told = now_ms();
	return r;
}

/*
 * Ours: from the moment the card is seen until its line can be sent. The
 * watch goes on for days, so it is not made anew: it forgets the card.
 */
static double
read_ours(struct watch *w, const struct taken *t)
{
	bool ended;

	w->n = 0;
	w->live = NULL;
	w->wait_ms = 0;
	if (watch_step(w, &ended) != ERR_OK || w->live == NULL)
		give_up("no card was read");
	return t->told - t->seen;
}

/* Both come out of a sleep, as they do when a card is put in; and the one
 * before has left the card. */
static void
rest(SCARDCONTEXT context)
{
	const struct timespec nap = { 0, 1000000 };

	do {
		(void)nanosleep(&nap, NULL);
	} while (card_is(context, SCARD_STATE_INUSE));
	(void)nanosleep(&nap, NULL);
}

/* One and the other in turn, so that both meet the same machine. */
static void
read_in_turn(SCARDCONTEXT context, struct watch *w, const struct taken *t)
{
	static double ours[READINGS], end[READINGS], reply[READINGS];
	static const char aim[] = "at most 1.2 times";

	for (size_t i = 0; i < READINGS; i++) {
		struct bare bare;

		rest(context);
		bare = read_bare(context);
		end[i] = bare.end;
		reply[i] = bare.reply;
		rest(context);
		ours[i] = read_ours(w, t);
	}
	row("present to identity line, p50", median(ours, READINGS),
	    median(end, READINGS), "a bare loop of the same commands", aim,
	    "ms");
	row("present to identity line, p95", ours[READINGS * 95 / 100],
	    end[READINGS * 95 / 100], "a bare loop of the same commands", aim,
	    "ms");
	row("present to identity line, p50, strictly", median(ours, READINGS),
	    median(reply, READINGS), "the same, no further than its last "
	    "reply", "-", "ms");
}

static void
measure_reading(SCARDCONTEXT context)
{
	struct proc card = start("guichet-simcard", "--card",
	    CARDS "adult.card");
	struct card_io io;
	struct taken taken;
	struct watch w;

	buf_init(&taken.line);
	if (pcsc_open(-1, &io) != ERR_OK ||
	    watch_init(&w, &io, take_line, &taken) != ERR_OK)
		give_up("pcscd");
	wait_until(context, SCARD_STATE_PRESENT, true);
	read_in_turn(context, &w, &taken);
	watch_clear(&w);
	io.free(io.own);
	buf_clear(&taken.line);
	end(&card);
	wait_until(context, SCARD_STATE_PRESENT, false);
}

/* The reference for events: say when PC/SC says that a card came. */
static void
watch_bare(int out)
{
	SCARD_READERSTATE s = { .szReader = READER };
	SCARDCONTEXT context;

	if (SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context) !=
	    SCARD_S_SUCCESS)
		_exit(1);
	while (SCardGetStatusChange(context, INFINITE, &s, 1) ==
	    SCARD_S_SUCCESS) {
		if (s.dwEventState & SCARD_STATE_PRESENT &&
		    write(out, "x", 1) != 1)
			break;
		s.dwCurrentState = s.dwEventState &
		    ~(DWORD)SCARD_STATE_CHANGED;
	}
	_exit(0);
}

/* When a byte comes, and everything that comes with it taken. */
static double
when_said(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char bytes[4096];

	if (poll(&p, 1, 5000) != 1 || read(fd, bytes, sizeof(bytes)) <= 0)
		give_up("nothing was said");
	return now_ms();
}

static void
drain(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char bytes[4096];

	while (poll(&p, 1, 100) == 1 && read(fd, bytes, sizeof(bytes)) > 0)
		;
}

static double
resident_kib(pid_t pid)
{
	char path[64], line[128];
	double kib = 0;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	if ((f = fopen(path, "r")) == NULL)
		give_up(path);
	while (fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, "VmRSS:", 6) == 0)
			kib = strtod(line + 6, NULL);
	(void)fclose(f);
	return kib;
}

/* Both wait for the same insertion; each says when it knows of it. */
static double
one_insertion(SCARDCONTEXT context, int ours, int bare, double *reference)
{
	const double from = now_ms();
	struct proc card = start("guichet-simcard", "--card",
	    CARDS "adult.card");
	struct pollfd p[2] = { { .fd = ours, .events = POLLIN },
		{ .fd = bare, .events = POLLIN } };
	double at[2] = { 0, 0 };

	while (at[0] <= 0 || at[1] <= 0) {
		if (poll(p, 2, 5000) < 1)
			give_up("nothing was said");
		for (int i = 0; i < 2; i++)
			if (p[i].revents != 0) {
				at[i] = when_said(p[i].fd) - from;
				p[i].fd = -1;
			}
	}
	drain(ours);
	end(&card);
	wait_until(context, SCARD_STATE_PRESENT, false);
	drain(ours);
	*reference = at[1];
	return at[0];
}

static void
measure_events(SCARDCONTEXT context)
{
	double ours[INSERTIONS], bare[INSERTIONS];
	struct proc program;
	int fds[2];
	pid_t pid;

	if (pipe(fds) != 0 || (pid = fork()) == -1)
		give_up("pipe");
	if (pid == 0)
		watch_bare(fds[1]);
	program = start("guichet-card", NULL, NULL);
	drain(program.from);
	for (size_t i = 0; i < INSERTIONS; i++)
		ours[i] = one_insertion(context, program.from, fds[0],
		    &bare[i]);
	row("insertion to event", median(ours, INSERTIONS),
	    median(bare, INSERTIONS), "a bare SCardGetStatusChange",
	    "what pcscd takes", "ms");
	row("resident memory", resident_kib(program.pid), resident_kib(pid),
	    "the bare waiting program", "-", "KiB");
	proc_stop(&program, NULL);
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
}

static SCARDCONTEXT
need_context(void)
{
	const struct timespec nap = { 0, 20000000 };
	SCARDCONTEXT context;

	for (int i = 0; i < 250; i++) {
		if (SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL,
		    &context) == SCARD_S_SUCCESS)
			return context;
		(void)nanosleep(&nap, NULL);
	}
	give_up("pcscd does not answer");
}

/* Again, in namespaces of our own. */
static int
apart(char *argv[])
{
	(void)setenv("GUICHET_APART", "1", 1);
	if (system("unshare -m -n true 2>/dev/null") == 0)
		(void)execlp("unshare", "unshare", "-m", "-n", argv[0],
		    argv[1], (char *)NULL);
	(void)fprintf(stderr, "card: no namespaces here, nothing measured\n");
	return 0;
}

int
main(int argc, char *argv[])
{
	const struct sched_param first = { .sched_priority = 1 };
	SCARDCONTEXT context;
	struct proc daemon;

	if (argc < 2 || secret_start() != ERR_OK)
		return 64;
	if (getenv("GUICHET_APART") == NULL)
		return apart(argv);
	if ((build = getenv("B")) == NULL)
		build = "build";
	if ((json = fopen(argv[1], "a")) == NULL ||
	    system("ip link set lo up && mkdir -p /run/pcscd && "
	    "mount -t tmpfs none /run/pcscd") != 0)
		give_up(argv[1]);
	/* What else this machine does is not measured, where we may say so;
	 * pcscd, the card, ours and the reference all come of this process. */
	(void)sched_setscheduler(0, SCHED_FIFO, &first);
	daemon = start("/usr/sbin/pcscd", "-f", NULL);
	context = need_context();
	measure_reading(context);
	measure_events(context);
	measure_wire("one adult", CARDS "adult.card");
	measure_wire("three people", CARDS "family.card");
	measure_wire("twenty people", CARDS "nineteen.card");
	end(&daemon);
	return fclose(json) == 0 ? 0 : 74;
}
