/*
 * json: strict JSON in, stable bytes out. The door of jansson.
 *
 * Documents with a key given twice, bytes behind the end, or broken UTF-8 are
 * refused. What is written has its keys sorted and no spaces: the same value
 * is always the same bytes.
 */
#ifndef GUICHET_BASE_JSON_H
#define GUICHET_BASE_JSON_H

#include <jansson.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* Keep every JSON value of this process in locked memory (a program in which
 * a person is in clear), or wipe it when freed (many persons, one after the
 * other). Call before the first value is made. */
void json_keep_locked(void);
void json_keep_wiped(void);

/* One whole document of n bytes; the caller gives it back with json_decref.
 * ERR_JSON, and err_subject() says where. */
enum err json_read(const void *p, size_t n, json_t **out);

/* Append the value in its one stable form. ERR_MEMORY, or ERR_TOO_LONG past
 * the buffer's limit; then nothing was appended. */
enum err json_write(const json_t *v, struct buf *out);

/* The text of a member, at most max bytes and NUL-terminated in out[max + 1];
 * ERR_JSON when absent or not a text, ERR_TOO_LONG past max. */
enum err json_get_text(const json_t *o, const char *key, char *out,
    size_t max);

/* A whole number between min and max; ERR_JSON otherwise. */
enum err json_get_int(const json_t *o, const char *key, json_int_t min,
    json_int_t max, json_int_t *out);
enum err json_get_bool(const json_t *o, const char *key, bool *out);

/* A member that is an object or array, borrowed. ERR_JSON. */
enum err json_get_object(const json_t *o, const char *key, json_t **out);
enum err json_get_array(const json_t *o, const char *key, json_t **out);

/* ERR_JSON when it is no object or has a key that is not in the NULL-ended
 * list. */
enum err json_only(const json_t *o, const char *const keys[]);

#endif
