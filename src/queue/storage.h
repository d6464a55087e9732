/*
 * storage: does this folder keep what is written to it?
 *
 * A journal cannot help on memory that calls itself a disk, nor where the
 * kernel was told not to wait for the drive (facts/storage.md, finding 2). So
 * the terminal asks before it promises anything.
 */
#ifndef GUICHET_QUEUE_STORAGE_H
#define GUICHET_QUEUE_STORAGE_H

#include <stdint.h>

#include "base/err.h"

/* ERR_QUEUE_STORAGE when the folder is on tmpfs, ramfs, an overlay whose upper
 * layer is (or may be) in memory, or is mounted read-only or without barriers;
 * the subject says which. ERR_FILE_READ when the kernel does not tell. */
enum err storage_check(const char *folder);

/*
 * The same judgement over one line of /proc/self/mountinfo (proc(5)), which
 * is cut to pieces. ERR_OK for a good one.
 */
enum err storage_judge(char *line);

/* ERR_QUEUE_SPACE when fewer than `reserve` bytes are free for this account. */
enum err storage_room(const char *folder, uint64_t reserve);

#endif
