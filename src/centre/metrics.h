/*
 * metrics: the centre in numbers, as the text that Prometheus reads: counts
 * only, of nobody and of no terminal in particular.
 */
#ifndef GUICHET_CENTRE_METRICS_H
#define GUICHET_CENTRE_METRICS_H

#include "centre/relay.h"
#include "centre/store.h"

/* What the gateway answered since it began, by hundreds of HTTP status. */
struct metrics {
	uint64_t begun_ms; /* elapsed time */
	uint64_t answered[6];
	struct relay_counts questions;
};

void metrics_count(struct metrics *m, int status);

/* Append the text. ERR_LEDGER, ERR_MEMORY. */
enum err metrics_write(const struct metrics *m, struct store *s,
    struct buf *out);

#endif
