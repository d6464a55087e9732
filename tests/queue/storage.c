/* storage: which mounts keep a promise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/vfs.h>
#include <linux/magic.h>

#include <cmocka.h>

#include "queue/storage.h"
#include "tests/queue/made.h"

static void
mounts_are_judged(void **state)
{
	static const struct {
		const char *line;
		enum err want;
		const char *why;
	} mount[] = {
		{ "29 1 254:0 / / rw,relatime - ext4 /dev/vda rw", ERR_OK, "" },
		{ "29 1 254:0 / / rw shared:1 master:2 - ext4 /dev/vda "
		  "rw,errors=remount-ro,data=ordered", ERR_OK, "" },
		{ "30 1 0:45 / /s rw - btrfs /dev/sda2 rw,ssd,space_cache",
		  ERR_OK, "" },
		{ "31 1 0:24 / /run rw,nosuid - tmpfs tmpfs rw,size=9k",
		  ERR_QUEUE_STORAGE, "tmpfs" },
		{ "31 1 0:1 / / rw - rootfs none rw", ERR_QUEUE_STORAGE,
		  "rootfs" },
		{ "31 1 0:1 / / rw - ramfs none rw", ERR_QUEUE_STORAGE,
		  "ramfs" },
		{ "32 1 8:1 / / ro,relatime - ext4 /dev/sda1 rw",
		  ERR_QUEUE_STORAGE, "ro" },
		{ "32 1 8:1 / / rw,relatime - ext4 /dev/sda1 ro",
		  ERR_QUEUE_STORAGE, "ro" },
		{ "33 1 8:1 / / rw - ext4 /dev/sda1 rw,nobarrier",
		  ERR_QUEUE_STORAGE, "nobarrier" },
		{ "33 1 8:1 / / rw - ext4 /dev/sda1 rw,barrier=0,x=1",
		  ERR_QUEUE_STORAGE, "barrier=0" },
		{ "33 1 8:1 / / rw - ext4 /dev/sda1 rw,data=writeback",
		  ERR_QUEUE_STORAGE, "data=writeback" },
		{ "34 1 0:50 / / rw - overlay overlay rw,lowerdir=/a,"
		  "upperdir=/dev/shm,workdir=/b", ERR_QUEUE_STORAGE,
		  "overlay en mémoire" },
		{ "34 1 0:50 / / rw - overlay overlay rw,lowerdir=/a,"
		  "upperdir=/nowhere/that/is,workdir=/b", ERR_QUEUE_STORAGE,
		  "overlay en mémoire" },
		{ "34 1 0:50 / / rw - overlay overlay rw,upperdir=/proc,"
		  "volatile", ERR_QUEUE_STORAGE, "volatile" },
		{ "34 1 0:50 / / rw - overlay overlay rw,upperdir=/proc",
		  ERR_OK, "" },
		{ "", ERR_FILE_READ, "mountinfo" },
		{ "29 1 254:0 / / rw,relatime", ERR_FILE_READ, "mountinfo" },
		{ "29 1 254:0 / / rw - ext4", ERR_FILE_READ, "mountinfo" },
		{ "29 1 / - ext4 /dev/vda rw", ERR_FILE_READ, "mountinfo" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(mount) / sizeof(mount[0]); i++) {
		char line[256];

		(void)snprintf(line, sizeof(line), "%s", mount[i].line);
		assert_int_equal(storage_judge(line), mount[i].want);
		if (mount[i].want != ERR_OK)
			assert_string_equal(err_subject(), mount[i].why);
	}
}

/* The whole way, on the machine's own memory disk. */
static void
memory_is_refused_in_production(void **state)
{
	char folder[] = "/dev/shm/guichet-XXXXXX", path[PATH_ROOM];
	struct queue *q = NULL;
	struct statfs fs;

	(void)state;
	if (statfs("/dev/shm", &fs) != 0 || fs.f_type != TMPFS_MAGIC ||
	    mkdtemp(folder) == NULL)
		skip();
	assert_int_equal(storage_check(folder), ERR_QUEUE_STORAGE);
	assert_int_equal(queue_open(folder, true, &q), ERR_QUEUE_STORAGE);
	assert_null(q);
	assert_int_equal(queue_open(folder, false, &q), ERR_OK);
	queue_close(q);
	assert_int_equal(path_join(folder, "queue.db", path), ERR_OK);
	(void)unlink(path);
	(void)rmdir(folder);
}

static void
what_is_not_there_is_not_judged(void **state)
{
	(void)state;
	assert_int_equal(storage_check("/nowhere/that/is"), ERR_FILE_READ);
	assert_int_equal(storage_room("/nowhere/that/is", 1), ERR_FILE_READ);
}

static void
room_is_counted(void **state)
{
	(void)state;
	assert_int_equal(storage_room("/tmp", 1), ERR_OK);
	assert_int_equal(storage_room("/tmp", UINT64_MAX), ERR_QUEUE_SPACE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mounts_are_judged),
		cmocka_unit_test(memory_is_refused_in_production),
		cmocka_unit_test(what_is_not_there_is_not_judged),
		cmocka_unit_test(room_is_counted),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
