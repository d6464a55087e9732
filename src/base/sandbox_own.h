/*
 * sandbox_own: what sandbox*.c share. Only they include this.
 */
#ifndef GUICHET_BASE_SANDBOX_OWN_H
#define GUICHET_BASE_SANDBOX_OWN_H

#include <stdbool.h>

#include "base/sandbox.h"

/*
 * Landlock: no file but those below these folders or of these names, to read
 * or to do anything with (NULL: none; both end with NULL); without `net` no
 * TCP, without `out` no word to processes outside. What is not there is left
 * out. A kernel without Landlock does nothing: seccomp then holds alone.
 */
enum err sandbox_files(const char *const *read, const char *const *write,
    bool net, bool out);

#endif
