/*
 * lives: secrets are handed over again and again while somebody dies at every
 * byte of the paper; journal, paper and the word for the centre must agree.
 *
 *	lives KIND CONF DRIP STRIDE [CUPS]
 *
 * KIND is device, escpos58, escpos80, tcp, file or cups; CONF a terminal's
 * settings, whose printer is replaced; DRIP the library that kills
 * (tests/fault/drip.c); CUPS the folder that tests/cups.sh laid out. Prints a
 * row of the table for each victim, and TAP. The terminal here is the real
 * queue, papers and handover in a process of its own; guichet-print stands
 * beside this program.
 */
#define _GNU_SOURCE /* pipe2 */
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "desk/handover.h"
#include "desk/papers.h"
#include "envelope/annul.h"
#include "tests/desk/made.h"
#include "tests/e2e/sink.h"

#define NOTHING_KEPT 300 /* lives after which the queue begins anew */

static struct made m;
static struct session s;
static struct desk_settings set;
static struct desk_keys keys;
static const char *conf, *drip;

static struct tally {
	unsigned lives, hand, copied, void_, torn, orphans, odd;
} t;

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
told(struct queue *q, const struct rid *about)
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
	    (!live && (row.state != HANDOVER_VOID || !told(q, rid))) ||
	    (live && told(q, rid));
	queue_close(q);
	if (t.lives % NOTHING_KEPT == 0) {
		made_empty(&m);
		write_conf();
	}
}

/* One life; true when the victim met its end. */
static bool
live(const char *moment)
{
	int tell[2], ask[2], status, killed = 0;
	struct rid rid;
	uint8_t result = 1;
	char hand = '-';
	pid_t pid = -1, one;

	if (paper.slave != -1) /* answers that nobody heard */
		(void)tcflush(paper.slave, TCIOFLUSH);
	paper.n = 0;
	paper.sheets = paper.folder[0] != '\0' ? count_sheets() : 0;
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
	while ((one = waitpid(-1, &status, WNOHANG)) != -1) {
		killed |= one > 0 && WIFSIGNALED(status);
		pump();
		if (hand != '-' || read(tell[0], &result, 1) != 1)
			continue;
		for (int i = 0; i < 5; i++)
			pump(); /* what is still on the line */
		/* Who has no paper copies it, or not. */
		hand = result == 0 && complete() ? 'y'
		    : t.lives % 2 == 0 ? 'c' : 'n';
		(void)!write(ask[1], &hand, 1);
	}
	for (int i = 0; i < 3; i++)
		pump();
	close(tell[0]);
	close(ask[1]);
	judge(&rid, hand, complete());
	/* guichet-print is not ours to await when its parent lives. */
	return killed != 0 || (result != 0 && strncmp(moment, "print", 5) == 0);
}

static void
row(const char *victim)
{
	bool fine = t.orphans == 0 && t.odd == 0 && t.lives > 0;

	printf("# %-9s %-9s %6u %8u %7u %6u %12u %10u %4u\n", kind, victim,
	    t.lives, t.hand, t.copied, t.void_, t.torn, t.orphans, t.odd);
	printf("%sok - %s, %s: %u lives, none live that nobody holds\n",
	    fine ? "" : "not ", kind, victim, t.lives);
	(void)fflush(stdout);
	t = (struct tally){ .lives = 0 };
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

/* Nobody dies, but there is no paper, or no printer. */
static void
troubles(void)
{
	char was[PATH_ROOM];

	paper.empty = true;
	mood("paper");
	for (int i = 0; i < 2; i++)
		(void)live("nobody 0");
	mood("ok");
	paper.empty = false;
	row("no paper");
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
	row("unplugged");
}

int
main(int argc, char *argv[])
{
	static const char *const victims[] = { "print", "desk" };
	unsigned stride;
	char moment[32];

	if (argc < 5)
		return 64;
	kind = argv[1];
	conf = argv[2];
	drip = argv[3];
	stride = (unsigned)strtoul(argv[4], NULL, 10);
	cups = argc > 5 ? argv[5] : "";
	made_settings(&set);
	(void)signal(SIGPIPE, SIG_IGN);
	if (made_init_in(&m, getenv("LIVES") == NULL ? "/tmp"
	    : getenv("LIVES")) != 0 || session_init(&s, &set, NULL) != ERR_OK ||
	    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
		die("begins");
	memcpy(keys.sign_secret, m.sign_secret, sizeof(m.sign_secret));
	keys.envelope = m.keys;
	open_printer(m.state);
	write_conf();
	(void)live("nobody 0");
	row("nobody");
	for (size_t v = 0; v < 2; v++) {
		unsigned n = 1;

		do
			(void)snprintf(moment, sizeof(moment), "%s %u",
			    victims[v], n);
		while (live(moment) && (n += n < 4 ? 1 : stride) != 0);
		row(victims[v]);
	}
	troubles();
	made_clear(&m);
	return 0;
}
