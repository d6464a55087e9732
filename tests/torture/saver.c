/* saver: saves with the queue as the desk does, and says so; or looks what is
 * there of what was said. What tests/torture kills, starves and unplugs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/keyfile.h"
#include "base/sandbox.h"
#include "desk/save.h"
#include "queue/signer.h"

/*
 * saver put STATE KEYS COUNT PAUSE	saves COUNT (0: for ever), with so many
 *					milliseconds between two of them
 * saver sent STATE KEYS COUNT PAUSE	the same, and keeps a receipt for each
 * saver rest STATE KEYS COUNT PAUSE	the same as put, and after every third
 *					brings the journal to its place
 * saver turn STATE STATE COUNT PAUSE	the same, and after every third hands over
 *					to a new signing key; the keys are of STATE
 * saver seal STATE STATE COUNT PAUSE	the same, and after every third takes the
 *					next opening key, announced by the outcome
 *					key of TORTURE_VAULT
 * saver lie STATE KEYS COUNT PAUSE	says so before it is true: the control
 * saver steps STATE KEYS		does what stdin says, a word a line: room (may
 *					another person begin?), put or rest
 * saver check STATE KEYS		ids on stdin, what is of them on stdout
 * saver turned STATE STATE		the same behind hand-overs: the key that the
 *					queue names is there, no other, and signs
 *
 * saver opened STATE STATE		the same behind opening keys: the one that is
 *					there seals, and all is opened by its own
 *
 * KEYS/keys holds sign.key, sign.pub and opening.pub. TORTURE_TRAINING: any
 * storage will do, and there is no ballast. TORTURE_TERMINAL: another than 1.
 */
struct saver {
	const char *verb, *state;
	unsigned long count, pause;
	uint32_t terminal, first; /* the number of sign.pub */
	uint32_t sealed_to; /* by the rows looked at so far */
	struct desk_keys *keys;
	struct buf sealed;
	struct queue *q;
	uint8_t centre[SIGN_SECRET_LEN];
	uint8_t outcome[SIGN_SECRET_LEN];
};

/* The secret of each opening key but the first is that of its number. */
static void
opening_secret(uint32_t number, uint8_t out[BOX_SECRET_LEN])
{
	static const uint8_t key[SYM_KEY_LEN] = { 1 };

	keyed_digest(key, &number, sizeof(number), out);
}

/* What an enrolment weighs. */
static enum err
seal(struct saver *s)
{
	struct buf document;
	enum err r;

	buf_init(&document);
	buf_reset(&s->sealed);
	for (int i = 0; i < 1500; i++)
		if ((r = buf_put_u8(&document, 'x')) != ERR_OK)
			return r;
	r = envelope_seal(&document, &s->keys->envelope, &s->sealed);
	buf_clear(&document);
	return r;
}

static void
say(const char *word, const struct rid *rid)
{
	char line[RID_TEXT + 16], text[RID_TEXT];
	int n;

	rid_text(rid, text);
	n = snprintf(line, sizeof(line), "%s %s\n", word, text);
	if (write(STDOUT_FILENO, line, (size_t)n) != n)
		_exit(1);
}

/* The receipt that a centre would give. */
static enum err
keep_receipt(struct saver *s, const struct rid *rid, uint64_t sequence)
{
	struct receipt rc = { .level = LEVEL_STORED, .terminal = s->terminal,
		.centre_key = 1, .sequence = sequence,
		.at_ms = clock_wall_ms(), .rid = *rid };
	uint8_t bytes[RECEIPT_LEN];
	struct queue_row row;
	enum err r;

	if ((r = queue_find(s->q, rid, &row)) != ERR_OK)
		return r;
	memcpy(rc.hash, row.hash, DIGEST_LEN);
	if ((r = receipt_write(&rc, s->centre, bytes)) != ERR_OK)
		return r;
	return queue_receipt(s->q, &rc, bytes, LEVEL_STORED);
}

static enum err
put_one(struct saver *s)
{
	uint64_t sequence;
	struct rid rid;
	enum err r;

	rid_make(clock_wall_ms(), &rid);
	if (strcmp(s->verb, "lie") == 0)
		say("saved", &rid);
	if ((r = queue_put(s->q, s->terminal, &rid, &s->sealed, &s->keys->envelope,
	    &sequence)) != ERR_OK)
		return r;
	if (strcmp(s->verb, "lie") != 0)
		say("saved", &rid);
	if (strcmp(s->verb, "sent") == 0 &&
	    (r = keep_receipt(s, &rid, sequence)) == ERR_OK)
		say("sent", &rid);
	return r;
}

static enum err
turn_key(struct saver *s)
{
	return signer_rotate(s->state, s->q, s->terminal, clock_wall_ms(),
	    s->keys->sign_secret, &s->keys->envelope.sign_number);
}

/* Announced, kept by sync, and taken by the desk; what is saved from now on is
 * sealed to it. */
static enum err
turn_opening(struct saver *s)
{
	struct opening o = { .outcome_key = 1,
		.number = s->keys->envelope.opening_number + 1 };
	uint8_t secret[BOX_SECRET_LEN], said[OPENING_LEN];
	enum err r;

	opening_secret(o.number, secret);
	box_public(secret, o.public);
	if ((r = opening_write(&o, s->outcome, said)) != ERR_OK ||
	    (r = queue_keep_opening(s->q, o.number, said)) != ERR_OK)
		return r;
	desk_keys_opening(s->keys, s->state, s->q, clock_wall_ms());
	return seal(s);
}

/* What is done now and then beside saving, and may fail as a save may. */
static enum err
between(struct saver *s)
{
	if (strcmp(s->verb, "rest") == 0)
		return queue_rest(s->q);
	if (strcmp(s->verb, "seal") == 0)
		return turn_opening(s);
	return strcmp(s->verb, "turn") == 0 ? turn_key(s) : ERR_OK;
}

/* A save that fails is tried again, as at the desk; after two the queue takes
 * no more, and a new start looks again. */
static enum err
put_all(struct saver *s)
{
	const struct timespec pause = { (time_t)(s->pause / 1000),
		(long)(s->pause % 1000) * 1000000 };
	uint8_t unused[SIGN_PUBLIC_LEN];
	enum err r;

	sign_keypair(s->centre, unused);
	if ((r = seal(s)) != ERR_OK)
		return r;
	for (unsigned long n = 0; s->count == 0 || n < s->count; n++) {
		if ((r = put_one(s)) == ERR_QUEUE_STOPPED ||
		    (n % 3 == 2 && (r = between(s)) == ERR_QUEUE_UNKNOWN))
			return r;
		if (s->pause > 0)
			(void)nanosleep(&pause, NULL);
	}
	return ERR_OK;
}

/* As a desk: a person is asked in when there is room, and then saves. */
static enum err
step_on(struct saver *s)
{
	char word[16];
	enum err r;

	if ((r = seal(s)) != ERR_OK)
		return r;
	while (fgets(word, sizeof(word), stdin) != NULL) {
		r = strcmp(word, "room\n") == 0 ? queue_room(s->q) :
		    strcmp(word, "rest\n") == 0 ? queue_rest(s->q) :
		    put_one(s);
		printf("G-%03d\n", err_number(r));
		(void)fflush(stdout);
	}
	return ERR_OK;
}

/* Lost: said and not there. Doubled: one number or id for two of them. */
static enum err
look(struct saver *s, const uint8_t public[SIGN_PUBLIC_LEN])
{
	unsigned long said = 0, lost = 0;
	uint64_t damaged = 0;
	struct queue_row row;
	char text[RID_TEXT + 1];
	struct rid rid;
	enum err r;

	while (fgets(text, sizeof(text), stdin) != NULL) {
		text[strcspn(text, "\n")] = '\0';
		if (text[0] == '\0')
			continue;
		if ((r = rid_read(text, &rid)) != ERR_OK)
			return r;
		said++;
		if ((r = queue_find(s->q, &rid, &row)) == ERR_NOT_FOUND)
			lost++;
		else if (r != ERR_OK)
			return r;
	}
	r = queue_verify(s->q, s->first, public, &damaged);
	printf("%lu %lu %llu G-%03d\n", said, lost,
	    (unsigned long long)damaged, err_number(r));
	return ERR_OK;
}

/* A start behind hand-overs: one key, and it is in force. */
static enum err
look_behind(struct saver *s, const uint8_t public[SIGN_PUBLIC_LEN])
{
	char next[PATH_ROOM];
	enum err r;

	(void)snprintf(next, sizeof(next), "%s/keys/sign.next", s->state);
	if ((r = seal(s)) != ERR_OK || (r = put_one(s)) != ERR_OK)
		return r;
	return access(next, F_OK) == 0 ? ERR_EPOCH : look(s, public);
}

/* Opened with the key whose number it bears; in order, later rows have later
 * keys. */
static enum err
open_row(const struct queue_row *row, void *user)
{
	struct saver *s = user;
	uint8_t secret[BOX_SECRET_LEN];
	struct buf bytes, document;
	struct envelope e;
	enum err r;

	buf_init(&bytes);
	buf_init(&document);
	if ((r = queue_bytes(s->q, &row->rid, &bytes)) != ERR_OK ||
	    (r = envelope_read(bytes.p, bytes.len, &e)) != ERR_OK)
		goto out;
	opening_secret(e.opening_key, secret);
	if (e.opening_key < s->sealed_to ||
	    e.opening_key > s->keys->envelope.opening_number)
		r = ERR_OPENING_OLD;
	else if (e.opening_key > 1)
		r = envelope_open(&e, secret, &document);
	s->sealed_to = e.opening_key;
out:
	buf_clear(&bytes);
	buf_clear(&document);
	return r;
}

/* A start behind opening keys. */
static enum err
look_sealed(struct saver *s, const uint8_t public[SIGN_PUBLIC_LEN])
{
	enum err r;

	if ((r = seal(s)) != ERR_OK || (r = put_one(s)) != ERR_OK ||
	    (r = queue_each(s->q, open_row, s)) != ERR_OK)
		return r;
	return s->sealed_to == s->keys->envelope.opening_number ?
	    look(s, public) : ERR_OPENING_OLD;
}

static enum err
do_verb(struct saver *s, const uint8_t public[SIGN_PUBLIC_LEN])
{
	bool turns = strncmp(s->verb, "turn", 4) == 0 ||
	    strcmp(s->verb, "seal") == 0 || strcmp(s->verb, "opened") == 0;
	const char *vault = getenv("TORTURE_VAULT");
	uint32_t number;
	enum err r;

	if (vault != NULL && (r = keyfile_read_in(vault, "outcome.key",
	    "outcome-secret", s->outcome, sizeof(s->outcome), &number)) !=
	    ERR_OK)
		return r;
	if (turns && (r = desk_keys_settle(s->keys, s->state, s->q,
	    clock_wall_ms())) != ERR_OK)
		return r;
	if (strcmp(s->verb, "check") == 0)
		return look(s, public);
	if (strcmp(s->verb, "turned") == 0)
		return look_behind(s, public);
	if (strcmp(s->verb, "opened") == 0)
		return look_sealed(s, public);
	return strcmp(s->verb, "steps") == 0 ? step_on(s) : put_all(s);
}

int
main(int argc, char *argv[])
{
	const char *terminal = getenv("TORTURE_TERMINAL");
	struct saver s = { .terminal = 1 };
	uint8_t public[SIGN_PUBLIC_LEN];
	enum err r;

	if (argc < 4)
		return err_report("saver", ERR_USAGE);
	s.verb = argv[1];
	s.state = argv[2];
	if (terminal != NULL)
		s.terminal = (uint32_t)strtoul(terminal, NULL, 10);
	if (argc > 5) {
		s.count = strtoul(argv[4], NULL, 10);
		s.pause = strtoul(argv[5], NULL, 10);
	}
	buf_init(&s.sealed);
	if ((r = sandbox_start()) == ERR_OK &&
	    (r = secret_start()) == ERR_OK &&
	    (r = desk_keys_load(argv[3], &s.keys)) == ERR_OK &&
	    (r = keyfile_read_in(argv[3], "sign.pub", "sign-public", public,
	    sizeof(public), &s.first)) == ERR_OK &&
	    (r = queue_open(s.state, getenv("TORTURE_TRAINING") == NULL,
	    &s.q)) == ERR_OK)
		r = do_verb(&s, public);
	queue_close(s.q);
	desk_keys_free(s.keys);
	buf_clear(&s.sealed);
	return r == ERR_OK ? EXIT_DONE : err_report("saver", r);
}
