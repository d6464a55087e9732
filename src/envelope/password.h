/*
 * password: the temporary password, drawn in locked memory.
 *
 * 8 characters out of the 94 printable ones less at most 17 that look like
 * another (DESIGN section 5): 77^8 is 2^50.1, the 50 bits that CNIL's
 * recommendation 2022-100 asks where tries are limited.
 */
#ifndef GUICHET_ENVELOPE_PASSWORD_H
#define GUICHET_ENVELOPE_PASSWORD_H

#include <stddef.h>

#define PASSWORD_LEN 8

/* The characters it may hold; static storage. */
const char *password_alphabet(void);

/* PASSWORD_LEN characters and NUL into locked memory. */
void password_draw(char out[PASSWORD_LEN + 1]);

#endif
