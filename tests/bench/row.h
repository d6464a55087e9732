/* row: what the benches of the queue share: a clock, an end, a line of JSON. */
#ifndef GUICHET_TESTS_BENCH_ROW_H
#define GUICHET_TESTS_BENCH_ROW_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/err.h"

static inline void
must(bool ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "%s: %s\n", what, err_subject());
		exit(1);
	}
}

static inline double
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static inline int
by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The 99th of a hundred; the times are put in order. */
static inline double
p99_of(double *ms, size_t n)
{
	qsort(ms, n, sizeof(*ms), by_size);
	return ms[n * 99 / 100];
}

static inline void
report(FILE *json, const char *name, double ours, double reference,
    const char *against, double aim, const char *unit, const char *better)
{
	printf("%-12s %10.3f %s, %s: %10.3f, ratio %.2f, aim %.2f\n", name,
	    ours, unit, against, reference, ours / reference, aim);
	fprintf(json, "{\"name\":\"%s\",\"ours\":%.3f,\"reference\":%.3f,"
	    "\"against\":\"%s\",\"ratio\":%.3f,\"aim\":%.2f,\"unit\":\"%s\","
	    "\"better\":\"%s\"}\n", name, ours, reference, against,
	    ours / reference, aim, unit, better);
	(void)fflush(json);
}

#endif
