/*
 * volatile: a drive that forgets what it was not told to keep.
 *
 * A plugin of nbdkit over one file. What is written stays in memory until a
 * flush, and killing nbdkit is the power cut. With torn=1 each sector goes to
 * the file at once by the toss of a coin, as a drive does that empties its
 * cache in an order of its own. While a file `sick` is there, it writes and
 * flushes nothing and says so; while `full` is, it takes nothing more, and
 * flushes what it has.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NBDKIT_API_VERSION 2
#include <nbdkit-plugin.h>

#define THREAD_MODEL NBDKIT_THREAD_MODEL_SERIALIZE_ALL_REQUESTS
#define SECTOR	     512

static char *file, *sick, *full;
static int fd = -1, torn;
static int64_t size;
static char *cache;
static unsigned char *dirty; /* a byte for each sector */

static int
config(const char *key, const char *value)
{
	if (strcmp(key, "file") == 0)
		return (file = nbdkit_realpath(value)) == NULL ? -1 : 0;
	if (strcmp(key, "sick") == 0)
		return (sick = nbdkit_absolute_path(value)) == NULL ? -1 : 0;
	if (strcmp(key, "full") == 0)
		return (full = nbdkit_absolute_path(value)) == NULL ? -1 : 0;
	if (strcmp(key, "torn") == 0)
		return nbdkit_parse_int(key, value, &torn);
	nbdkit_error("unknown: %s", key);
	return -1;
}

static int
get_ready(void)
{
	struct stat st;

	if (file == NULL || (fd = open(file, O_RDWR | O_CLOEXEC)) == -1 ||
	    fstat(fd, &st) == -1)
		return -1;
	size = st.st_size / SECTOR * SECTOR;
	cache = malloc((size_t)size);
	dirty = calloc((size_t)(size / SECTOR), 1);
	srandom((unsigned)getpid());
	return cache == NULL || dirty == NULL ? -1 : 0;
}

static void *
open_it(int readonly)
{
	(void)readonly;
	return NBDKIT_HANDLE_NOT_NEEDED;
}

static int64_t
get_size(void *h)
{
	(void)h;
	return size;
}

static int
yes(void *h)
{
	(void)h;
	return 1;
}

static int
native_fua(void *h)
{
	(void)h;
	return NBDKIT_FUA_EMULATE;
}

/* Requests are of whole sectors: the loop device has no others. */
static int
read_it(void *h, void *p, uint32_t n, uint64_t at, uint32_t flags)
{
	(void)h;
	(void)flags;
	if (pread(fd, p, n, (off_t)at) != (ssize_t)n)
		return -1;
	for (uint32_t i = 0; i < n; i += SECTOR)
		if (dirty[(at + i) / SECTOR])
			memcpy((char *)p + i, cache + at + i, SECTOR);
	return 0;
}

static int
fails(const char *why)
{
	if (why == NULL || access(why, F_OK) != 0)
		return 0;
	nbdkit_set_error(EIO);
	return 1;
}

static int
write_it(void *h, const void *p, uint32_t n, uint64_t at, uint32_t flags)
{
	(void)h;
	(void)flags;
	if (fails(sick) || fails(full))
		return -1;
	for (uint32_t i = 0; i < n; i += SECTOR) {
		const char *sector = (const char *)p + i;
		int through = torn && random() % 2;

		memcpy(cache + at + i, sector, SECTOR);
		dirty[(at + i) / SECTOR] = !through;
		if (through && pwrite(fd, sector, SECTOR, (off_t)(at + i)) !=
		    SECTOR)
			return -1;
	}
	return 0;
}

static int
flush_it(void *h, uint32_t flags)
{
	(void)h;
	(void)flags;
	if (fails(sick))
		return -1;
	for (int64_t s = 0; s < size / SECTOR; s++) {
		if (!dirty[s])
			continue;
		if (pwrite(fd, cache + s * SECTOR, SECTOR, s * SECTOR) !=
		    SECTOR)
			return -1;
		dirty[s] = 0;
	}
	return 0;
}

static struct nbdkit_plugin plugin = {
	.name = "volatile",
	.config = config,
	.get_ready = get_ready,
	.open = open_it,
	.get_size = get_size,
	.can_write = yes,
	.can_flush = yes,
	.can_fua = native_fua,
	.pread = read_it,
	.pwrite = write_it,
	.flush = flush_it,
};

NBDKIT_REGISTER_PLUGIN(plugin)
