/*
 * lives: secrets are handed over again and again while somebody dies at every
 * byte of the paper; journal, paper and the word for the centre must agree.
 *
 *	lives KIND CONF DRIP STRIDE JOBS [CUPS...]
 *
 * KIND is device, escpos58, escpos80, tcp, file or cups; CONF a terminal's
 * settings, whose printer is replaced; DRIP the library that kills
 * (tests/fault/drip.c) at every STRIDEth byte, of a receipt that CUPS gets
 * behind the secrets at every 16th of those; JOBS how many such terminals
 * there are, each with a printer and every JOBSth life; CUPS the folder that
 * tests/cups.sh laid out, one a terminal. Prints a row of the table for each
 * victim, and TAP. A terminal here is the real queue, papers and handover in a
 * process of its own; guichet-print stands beside this program.
 */
#define _GNU_SOURCE /* pipe2, ppoll, accept4 */
#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "desk/handover.h"
#include "desk/papers.h"
#include "envelope/annul.h"
#include "tests/desk/made.h"
#include "tests/e2e/sink.h"
#include "tests/fault/drip.h"

#define NOTHING_KEPT 300 /* lives after which the queue begins anew */

static struct made m;
static struct session s;
static struct desk_settings set;
static struct desk_keys keys;
static const char *conf, *drip;

static volatile struct told *told; /* DRIP_TOLD */
static sigset_t none; /* of the signals is kept waiting while we wait */

/* The rows of the table. */
enum { NOBODY, PRINT, DESK, NO_PAPER, UNPLUGGED, ROWS };
static const char *const victims[ROWS] = { "nobody", "print", "desk",
	"no paper", "unplugged" };

static struct tally {
	unsigned lives, hand, copied, void_, torn, orphans, odd;
} t;

/* What a terminal has to say of a row, now and then, and when it is through. */
#define NOW_AND_THEN 100
struct word {
	unsigned row;
	bool whole;
	struct tally t;
};

static void
write_conf(void)
{
	char line[2048], path[PATH_ROOM];
	FILE *from = fopen(conf, "re"), *to;

	(void)snprintf(path, sizeof(path), "%.63s/desk.conf", m.state);
	if (from == NULL || (to = fopen(path, "we")) == NULL)
		die("has settings");
	while (fgets(line, sizeof(line), from) != NULL)
		if (strncmp(line, "printer", 7) != 0)
			(void)fputs(line, to);
	(void)fprintf(to, "printer = %s\n", paper.setting);
	(void)fclose(from);
	(void)fclose(to);
}

/* The terminal: save, print, ask the person, settle. */
static void
desk(const char *moment, int tell, int ask)
{
	struct printlink *l = NULL;
	struct queue *q;
	uint64_t sequence;
	char path[PATH_ROOM], hand = 'n';
	uint8_t result;

	(void)signal(SIGCHLD, SIG_DFL);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)snprintf(path, sizeof(path), "%.63s/desk.conf", m.state);
	made_person(s.person);
	(void)strcpy(s.person->rec.contact.mobile, "0639981241");
	(void)strcpy(s.person->identifier, "4821KFTP");
	(void)strcpy(s.person->password, "aB2!k-Q#");
	s.person->rec.account.wanted = s.owes = true;
	rid_make(clock_wall_ms(), &s.owed);
	s.person->rec.rid = s.owed;
	rid_short(&s.owed, s.reference);
	if (queue_open(m.state, false, &q) != ERR_OK ||
	    queue_put_owing(q, MADE_TERMINAL, &s.owed, &m.sealed, &m.keys,
	    &sequence) != ERR_OK || write(tell, &s.owed, sizeof(s.owed)) < 0)
		_exit(9);
	(void)setenv("LD_PRELOAD", drip, 1);
	(void)setenv("DRIP", moment, 1);
	result = printlink_open(path, &l) != ERR_OK ||
	    papers_print(&s, l, q, &keys) != ERR_OK;
	printlink_close(l);
	if (write(tell, &result, 1) != 1 || read(ask, &hand, 1) != 1)
		_exit(9);
	s.handed = hand != 'n';
	if (handover_settle(&s, q, &keys) != ERR_OK)
		_exit(9);
	queue_close(q);
	_exit(0);
}

static enum err
last_print(const struct handover_row *row, void *user)
{
	*(struct handover_row *)user = *row;
	return ERR_OK;
}

static enum err
last_row(const struct queue_row *row, void *user)
{
	*(struct queue_row *)user = *row;
	return ERR_OK;
}

/* Is the last word for the centre that these are void? */
static bool
annulled(struct queue *q, const struct rid *about)
{
	struct queue_row row = { .sequence = 0 };
	struct buf bytes, document;
	struct envelope e;
	struct annul a;
	bool is;

	buf_init(&bytes);
	is = buf_init_secret(&document, 65536) == ERR_OK &&
	    queue_each(q, last_row, &row) == ERR_OK &&
	    queue_bytes(q, &row.rid, &bytes) == ERR_OK &&
	    envelope_read(bytes.p, bytes.len, &e) == ERR_OK &&
	    envelope_open(&e, m.box_secret, &document) == ERR_OK &&
	    annul_read(document.p, document.len, &a) == ERR_OK &&
	    memcmp(a.about.b, about->b, RID_LEN) == 0;
	buf_clear(&bytes);
	buf_clear(&document);
	return is;
}

/* The next start, and what is true then. */
static void
judge(const struct rid *rid, char hand, bool whole)
{
	static unsigned kept;
	struct handover_row row = { .number = 0 };
	struct queue *q;
	bool live, held = hand == 'c' || (hand == 'y' && whole);

	if (queue_open(m.state, false, &q) != ERR_OK ||
	    handover_recover(&s, q, &keys) != ERR_OK ||
	    queue_each_print(q, last_print, &row) != ERR_OK)
		die("starts again");
	live = row.state == HANDOVER_DONE;
	t.lives++;
	t.hand += live && hand == 'y';
	t.copied += live && hand == 'c';
	t.void_ += row.state == HANDOVER_VOID;
	t.torn += !live && !whole;
	t.orphans += live && !held;
	t.odd += memcmp(row.rid.b, rid->b, RID_LEN) != 0 ||
	    (!live && (row.state != HANDOVER_VOID || !annulled(q, rid))) ||
	    (live && annulled(q, rid));
	queue_close(q);
	if (++kept == NOTHING_KEPT) {
		kept = 0;
		made_empty(&m);
		write_conf();
	}
}

/* Until something happens: on the line, a word of the desk's, a death. */
static void
await(int word)
{
	const struct timespec second = { .tv_sec = 1 };
	struct pollfd p[2] = { { .fd = line(), .events = POLLIN },
		{ .fd = word, .events = POLLIN } };

	if (ppoll(p, 2, &second, &none) > 0 && p[0].revents != 0)
		hear(p[0].fd);
}

/* Has everybody ended? */
static bool
alone(void)
{
	pid_t one;

	while ((one = waitpid(-1, NULL, WNOHANG)) > 0)
		;
	return one == -1;
}

/* The desk asks whether the paper is in hand. Who has none copies it, or not.
 * '-' while it has not asked, and when it never will. */
static char
answer_desk(int *word, int ask)
{
	uint8_t result;
	ssize_t n = read(*word, &result, 1);
	char hand;

	if (n < 0)
		return '-';
	if (n == 0) {
		close(*word);
		*word = -1;
		return '-';
	}
	hear_out();
	hand = result == 0 && complete() ? 'y' : t.lives % 2 == 0 ? 'c' : 'n';
	(void)!write(ask, &hand, 1);
	return hand;
}

/* One life; true when the moment came. */
static bool
live(const char *moment)
{
	int tell[2], ask[2];
	struct rid rid;
	char hand = '-';
	pid_t pid = -1;

	if (paper.slave != -1) /* answers that nobody heard */
		(void)tcflush(paper.slave, TCIOFLUSH);
	paper.n = 0;
	(void)see_sheets(true);
	told->fell = 0;
	told->first = 0;
	if (pipe2(tell, O_CLOEXEC) != 0 || pipe2(ask, O_CLOEXEC) != 0 ||
	    (pid = fork()) == -1)
		die("is born");
	if (pid == 0)
		desk(moment, tell[1], ask[0]);
	close(tell[1]);
	close(ask[0]);
	if (read(tell[0], &rid, sizeof(rid)) != (ssize_t)sizeof(rid))
		die("saves");
	(void)fcntl(tell[0], F_SETFL, O_NONBLOCK);
	while (!alone()) {
		await(hand == '-' ? tell[0] : -1);
		if (hand == '-' && tell[0] != -1)
			hand = answer_desk(&tell[0], ask[1]);
	}
	hear_out();
	if (tell[0] != -1)
		close(tell[0]);
	close(ask[1]);
	judge(&rid, hand, complete());
	return told->fell != 0;
}

static void
mood(const char *word)
{
	char path[PATH_ROOM];
	FILE *f;

	if (strcmp(kind, "cups") != 0)
		return;
	(void)snprintf(path, sizeof(path), "%.300s/mood", paper.folder);
	if ((f = fopen(path, "we")) == NULL)
		die("has a mood");
	(void)fprintf(f, "%s\n", word);
	(void)fclose(f);
}

static void
say(int to, unsigned row, bool whole)
{
	struct word w = { .row = row, .whole = whole, .t = t };

	if (write(to, &w, sizeof(w)) != (ssize_t)sizeof(w))
		die("says");
	t = (struct tally){ .lives = 0 };
}

/* Nobody dies, but there is no paper, or no printer. */
static void
troubles(int to)
{
	char was[PATH_ROOM];

	paper.empty = true;
	mood("paper");
	for (int i = 0; i < 2; i++)
		(void)live("nobody 0");
	mood("ok");
	paper.empty = false;
	say(to, NO_PAPER, true);
	(void)strcpy(was, paper.setting);
	(void)snprintf(paper.setting, PATH_ROOM, "%s", strcmp(kind, "file") ==
	    0 ? "file:/proc/none" : strcmp(kind, "cups") == 0
	    ? "cups:feuille@/nonexistent" : strcmp(kind, "tcp") == 0
	    ? "escpos80:tcp:127.0.0.1:1" : "device:/dev/nonexistent");
	write_conf();
	for (int i = 0; i < 2; i++)
		(void)live("nobody 0");
	(void)strcpy(paper.setting, was);
	write_conf();
	say(to, UNPLUGGED, true);
}

static void
on_child(int sig)
{
	(void)sig;
}

static void
begin(void)
{
	struct sigaction sa = { .sa_handler = on_child };
	sigset_t child;
	char path[PATH_ROOM];
	void *p = MAP_FAILED;
	int fd;

	(void)sigemptyset(&none);
	(void)sigemptyset(&child);
	(void)sigaddset(&child, SIGCHLD);
	made_settings(&set);
	if (strcmp(kind, "cups") == 0)
		set.mode = MODE_PRODUCTION; /* a sheet without a watermark */
	if (made_init_in(&m, getenv("LIVES") == NULL ? "/tmp"
	    : getenv("LIVES")) != 0 || session_init(&s, &set, NULL) != ERR_OK ||
	    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0 ||
	    sigaction(SIGCHLD, &sa, NULL) != 0 ||
	    sigprocmask(SIG_BLOCK, &child, NULL) != 0)
		die("begins");
	memcpy(keys.sign_secret, m.sign_secret, sizeof(m.sign_secret));
	keys.envelope = m.keys;
	(void)snprintf(path, sizeof(path), "%.63s-told", m.state);
	if ((fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600)) == -1 ||
	    ftruncate(fd, sizeof(*told)) != 0 ||
	    (p = mmap(NULL, sizeof(*told), PROT_READ | PROT_WRITE,
	    MAP_SHARED, fd, 0)) == MAP_FAILED ||
	    setenv("DRIP_TOLD", path, 1) != 0)
		die("has a hand");
	told = p;
	close(fd);
	open_printer(m.state);
	write_conf();
}

/* The ith moment; `first` bytes are the secrets'. */
static unsigned
byte_of(unsigned i, unsigned stride, unsigned first)
{
	unsigned n = i < 4 ? i + 1 : 4 + stride * (i - 3);

	return strcmp(kind, "cups") != 0 || n <= first ? n
	    : n + (n - first) * 15;
}

/* Terminal `mine` of so many. */
static void
terminal(unsigned mine, unsigned of, unsigned stride, int to)
{
	unsigned first;
	char moment[32];

	begin();
	(void)live("nobody 0");
	first = (unsigned)told->first;
	say(to, NOBODY, true);
	for (unsigned v = PRINT; v <= DESK; v++) {
		unsigned i = mine;

		do {
			(void)snprintf(moment, sizeof(moment), "%s %u",
			    victims[v], byte_of(i, stride, first));
			i += of;
			if (t.lives == NOW_AND_THEN)
				say(to, v, false);
		} while (live(moment));
		say(to, v, true);
	}
	if (mine == 0)
		troubles(to);
	made_clear(&m);
}

static void
add(struct tally *to, const struct tally *x)
{
	to->lives += x->lives;
	to->hand += x->hand;
	to->copied += x->copied;
	to->void_ += x->void_;
	to->torn += x->torn;
	to->orphans += x->orphans;
	to->odd += x->odd;
}

static void
show_row(FILE *to, unsigned row, const struct tally *x)
{
	(void)fprintf(to, "# %-9s %-9s %6u %8u %7u %6u %12u %10u %4u\n", kind,
	    victims[row], x->lives, x->hand, x->copied, x->void_, x->torn,
	    x->orphans, x->odd);
}

static void
show(unsigned row, const struct tally *x)
{
	bool fine = x->orphans == 0 && x->odd == 0 && x->lives > 0;

	show_row(stdout, row, x);
	printf("%sok - %s, %s: %u lives, none live that nobody holds\n",
	    fine ? "" : "not ", kind, victims[row], x->lives);
	(void)fflush(stdout);
}

/* The table, as its rows are whole; how many are not. */
static unsigned
collect(int from, unsigned jobs)
{
	unsigned said[ROWS] = { 0 }, missing = ROWS;
	struct tally all[ROWS] = { { .lives = 0 } };
	struct word w;

	while (read(from, &w, sizeof(w)) == (ssize_t)sizeof(w)) {
		add(&all[w.row], &w.t);
		said[w.row] += w.whole;
		if (!w.whole)
			show_row(stderr, w.row, &all[w.row]); /* so far */
		if (w.whole && said[w.row] == (w.row <= DESK ? jobs : 1)) {
			show(w.row, &all[w.row]);
			missing--;
		}
	}
	return missing;
}

int
main(int argc, char *argv[])
{
	unsigned jobs, missing;
	int words[2];

	if (argc < 6)
		return 64;
	kind = argv[1];
	conf = argv[2];
	drip = argv[3];
	jobs = (unsigned)strtoul(argv[5], NULL, 10);
	(void)signal(SIGPIPE, SIG_IGN);
	if (pipe2(words, O_CLOEXEC) != 0)
		die("begins");
	for (unsigned j = 0; j < jobs; j++)
		if (fork() == 0) {
			cups = (int)j + 6 < argc ? argv[j + 6] : "";
			terminal(j, jobs, (unsigned)strtoul(argv[4], NULL, 10),
			    words[1]);
			return 0;
		}
	close(words[1]);
	if ((missing = collect(words[0], jobs)) > 0)
		printf("not ok - %s: %u rows are missing\n", kind, missing);
	while (wait(NULL) > 0)
		;
	return missing > 0;
}
