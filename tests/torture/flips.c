/*
 * flips: turns single bits of a queue's file, one at a time, and looks
 * whether any of them changes what was saved without its being seen.
 *
 *	flips GOOD KEYS FOLDER FROM STEP
 *
 * GOOD is a queue.db with nothing beside it. For each bit from FROM on, every
 * STEPth, a copy with that bit turned is opened in FOLDER, checked, and asked
 * for all that GOOD holds: by number, by id, and as the batches that would be
 * sent. Of the room that nothing uses, zeros among zeros, one byte in sixteen
 * is tried. Says how many bits it turned, how many of these were seen, were
 * harmless, were silent.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/keyfile.h"
#include "base/log.h"
#include "queue/queue.h"

#define ROWS_MAX 64

/* All that a queue says, short: each row's own hash and its bytes' hash. */
struct told {
	size_t n, sent;
	struct queue_row row[ROWS_MAX];
	uint8_t bytes[ROWS_MAX][DIGEST_LEN];
	struct rid batch[BATCH_MAX];
};

struct flips {
	const char *folder;
	char path[PATH_ROOM], wal[PATH_ROOM + 4], shm[PATH_ROOM + 4];
	uint8_t public[SIGN_PUBLIC_LEN];
	uint32_t number;
	struct buf good;
	struct told truth;
	unsigned long turned, seen, harmless, silent;
};

static enum err
tell_row(const struct queue_row *row, void *user)
{
	struct told *t = user;

	if (t->n == ROWS_MAX)
		return ERR_TOO_LONG;
	t->row[t->n++] = *row;
	return ERR_OK;
}

/* The row as it is found by its id, and its bytes. */
static enum err
tell_bytes(struct queue *q, const struct queue_row *row,
    uint8_t hash[DIGEST_LEN])
{
	struct queue_row again;
	struct buf bytes;
	enum err r;

	buf_init(&bytes);
	if ((r = queue_find(q, &row->rid, &again)) == ERR_OK &&
	    (r = queue_bytes(q, &row->rid, &bytes)) == ERR_OK)
		envelope_hash(bytes.p, bytes.len, hash);
	if (r == ERR_OK && again.sequence != row->sequence)
		r = ERR_QUEUE_DAMAGED;
	buf_clear(&bytes);
	return r;
}

static enum err
tell(struct queue *q, struct told *t)
{
	struct buf batch;
	enum err r;

	memset(t, 0, sizeof(*t));
	buf_init(&batch);
	r = queue_each(q, tell_row, t);
	for (size_t i = 0; r == ERR_OK && i < t->n; i++)
		r = tell_bytes(q, &t->row[i], t->bytes[i]);
	if (r == ERR_OK)
		r = queue_batch(q, UINT32_MAX, BATCH_MAX, &batch, &t->sent,
		    t->batch);
	buf_clear(&batch);
	return r;
}

/* What must be the same: who, where in the chain, which bytes, sent when. */
static bool
same(const struct told *a, const struct told *b)
{
	if (a->n != b->n || a->sent != b->sent)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->row[i].sequence != b->row[i].sequence ||
		    a->row[i].state != b->row[i].state ||
		    memcmp(a->row[i].rid.b, b->row[i].rid.b, RID_LEN) != 0 ||
		    memcmp(a->row[i].hash, b->row[i].hash, DIGEST_LEN) != 0 ||
		    memcmp(a->bytes[i], b->bytes[i], DIGEST_LEN) != 0)
			return false;
	return memcmp(a->batch, b->batch, sizeof(a->batch)) == 0;
}

/* Open, check, ask. The check comes first: it is what a start does. */
static enum err
look(struct flips *f, struct told *t, uint64_t *damaged)
{
	struct queue *q = NULL;
	enum err r;

	if ((r = queue_open(f->folder, false, &q)) == ERR_OK &&
	    (r = queue_verify(q, f->number, f->public, damaged)) == ERR_OK)
		r = tell(q, t);
	queue_close(q);
	return r;
}

static enum err
lay(struct flips *f)
{
	int fd = open(f->path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
	ssize_t n;

	if (fd == -1)
		return ERR_FILE_WRITE;
	n = write(fd, f->good.p, f->good.len);
	close(fd);
	(void)unlink(f->wal);
	(void)unlink(f->shm);
	return n == (ssize_t)f->good.len ? ERR_OK : ERR_FILE_WRITE;
}

/* Zeros among zeros, but for a few. */
static bool
idle(const struct buf *b, size_t at)
{
	size_t from = at < 8 ? 0 : at - 8;
	size_t to = at + 8 < b->len ? at + 8 : b->len;

	for (size_t i = from; i < to; i++)
		if (b->p[i] != 0)
			return false;
	return at % 16 != 0;
}

static enum err
turn(struct flips *f, size_t bit)
{
	static struct told now;
	uint64_t damaged = 0;
	enum err r, found;

	f->good.p[bit / 8] ^= (uint8_t)(1u << bit % 8);
	r = lay(f);
	f->good.p[bit / 8] ^= (uint8_t)(1u << bit % 8);
	if (r != ERR_OK)
		return r;
	f->turned++;
	found = look(f, &now, &damaged);
	if (found != ERR_OK || damaged > 0)
		f->seen++;
	else if (same(&now, &f->truth))
		f->harmless++;
	else {
		f->silent++;
		printf("# silent: bit %zu of byte %zu\n", bit % 8, bit / 8);
	}
	return ERR_OK;
}

static enum err
prepare(struct flips *f, char *argv[])
{
	uint64_t damaged = 0;
	enum err r;

	buf_init(&f->good);
	f->folder = argv[3];
	if ((r = path_join(f->folder, "queue.db", f->path)) != ERR_OK ||
	    (r = file_read(argv[1], (size_t)1 << 24, &f->good)) != ERR_OK ||
	    (r = keyfile_read_in(argv[2], "sign.pub", "sign-public",
	    f->public, sizeof(f->public), &f->number)) != ERR_OK)
		return r;
	(void)snprintf(f->wal, sizeof(f->wal), "%s-wal", f->path);
	(void)snprintf(f->shm, sizeof(f->shm), "%s-shm", f->path);
	if ((r = lay(f)) != ERR_OK ||
	    (r = look(f, &f->truth, &damaged)) != ERR_OK)
		return r;
	return f->truth.n > 0 && damaged == 0 ? ERR_OK : ERR_QUEUE_DAMAGED;
}

int
main(int argc, char *argv[])
{
	static struct flips f;
	enum err r;

	if (argc != 6)
		return err_report("flips", ERR_USAGE);
	/* A queue on memory is told of once, and once is enough. */
	if ((r = prepare(&f, argv)) == ERR_OK &&
	    freopen("/dev/null", "w", stderr) == NULL)
		r = ERR_FILE_WRITE;
	for (size_t bit = strtoul(argv[4], NULL, 10);
	    r == ERR_OK && bit < f.good.len * 8;
	    bit += strtoul(argv[5], NULL, 10))
		if (!idle(&f.good, bit / 8))
			r = turn(&f, bit);
	buf_clear(&f.good);
	if (r != ERR_OK)
		return err_report("flips", r);
	printf("%lu %lu %lu %lu\n", f.turned, f.seen, f.harmless, f.silent);
	return 0;
}
