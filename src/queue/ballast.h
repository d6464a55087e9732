/*
 * ballast: a file that only holds room, to be thrown when there is no other.
 *
 * The disk of a terminal may be filled by anybody. A person who is in the
 * middle of an enrolment then still has the ballast's room, and only the next
 * one is told that there is none.
 */
#ifndef GUICHET_QUEUE_BALLAST_H
#define GUICHET_QUEUE_BALLAST_H

#include <stdint.h>

#include "base/err.h"

/* STATE/ballast of that many bytes, allocated, while as much again stays
 * free. ERR_QUEUE_SPACE when it is not there and there is no room for it;
 * ERR_FILE_WRITE. */
enum err ballast_keep(const char *state, uint64_t bytes);

/* Give its room back; ERR_NOT_FOUND when there was none. */
enum err ballast_throw(const char *state);

#endif
