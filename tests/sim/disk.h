/*
 * disk: the drives of the simulator: SQLite files in memory, which lose what
 * was not synced when the power goes.
 *
 * A VFS of SQLite's, made the default one. Each host has a drive: the files
 * below its folder. A host that is dead answers every call with an error and
 * changes nothing, so that closing its files leaves them as they were.
 */
#ifndef GUICHET_TESTS_SIM_DISK_H
#define GUICHET_TESTS_SIM_DISK_H

#include <stdbool.h>
#include <stdint.h>

struct host {
	char folder[64];
	bool dead;
	unsigned fuse;	 /* dies at that many calls from now; 0: does not */
	unsigned errors; /* of 1024 calls, so many fail for once */
	bool torn;	 /* sectors reach the drive when they like */
	uint32_t (*below)(uint32_t n);
};

/* Make it the default VFS; once. */
void disk_install(void);

/* The hosts whose files there are; all others are refused. */
void disk_hosts(struct host *hosts, unsigned n);

/* The power came back: what was not synced is gone (cut), or nothing is (the
 * process was killed). Every file of the host must be closed. */
void disk_revive(struct host *h, bool cut);

/* What the drive keeps now, copied; and put back, as a backup is. */
void disk_backup(struct host *h);
void disk_restore(struct host *h);

/* Forget every file. */
void disk_clear(void);

#endif
