/*
 * ctl_queue: what the verbs of the queue have in common.
 */
#ifndef GUICHET_CTL_CTL_QUEUE_H
#define GUICHET_CTL_CTL_QUEUE_H

#include <stdint.h>

#include "ctl/list.h"
#include "queue/queue.h"

/* The terminal's settings and its queue; ERR_NOT_FOUND when there is none. */
enum err ctl_queue_open(const struct ctl *c, struct desk_settings *set,
    struct queue **out);

/* A verb with no words of its own that lists what `rows` finds in the queue;
 * `none` is said when that is nothing. */
enum err ctl_queue_rows(struct ctl *c,
    enum err (*rows)(struct queue *q, struct list *l), const char *none);

/* The terminal's signing key in locked memory, for secret_free. */
enum err ctl_sign_key(const struct desk_settings *set, struct queue *q,
    uint8_t **secret, uint32_t *number);

/* "queue export FILE" and "queue import FILE" (ctl_bundle.c). */
enum err ctl_queue_export(struct ctl *c);
enum err ctl_queue_import(struct ctl *c);

/* "queue ages" (ctl_age.c). */
enum err ctl_queue_ages(struct ctl *c);

/* "queue prints" (ctl_print.c). */
enum err ctl_queue_prints(struct ctl *c);

/* "queue days" (ctl_day.c). */
enum err ctl_queue_days(struct ctl *c);

#endif
