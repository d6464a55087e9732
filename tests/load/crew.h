/*
 * crew: the processor time of processes that run beside this one: each that is
 * named, and with it those that it has begun.
 */
#ifndef GUICHET_TESTS_LOAD_CREW_H
#define GUICHET_TESTS_LOAD_CREW_H

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define CREW_MAX 8

struct crew {
	int pid[CREW_MAX];
	unsigned n;
};

/* Seconds of one process; 0 when it is gone. */
static inline double
crew_one(int pid)
{
	unsigned long t[4] = { 0 }; /* its own, and of those it had */
	char path[64], line[512];
	const char *at;
	FILE *in;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	if ((in = fopen(path, "r")) == NULL)
		return 0;
	/* The name, in brackets, may hold anything. */
	if (fgets(line, sizeof(line), in) != NULL &&
	    (at = strrchr(line, ')')) != NULL)
		(void)sscanf(at + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u"
		    " %*u %lu %lu %lu %lu", &t[0], &t[1], &t[2], &t[3]);
	(void)fclose(in);
	return (double)(t[0] + t[1] + t[2] + t[3]) /
	    (double)sysconf(_SC_CLK_TCK);
}

/* Seconds of all of them. */
static inline double
crew_cpu(const struct crew *c)
{
	char path[64], line[4096];
	double sum = 0;
	int taken, child;
	FILE *in;

	for (unsigned i = 0; i < c->n; i++) {
		sum += crew_one(c->pid[i]);
		(void)snprintf(path, sizeof(path),
		    "/proc/%d/task/%d/children", c->pid[i], c->pid[i]);
		if ((in = fopen(path, "r")) == NULL)
			continue;
		if (fgets(line, sizeof(line), in) != NULL)
			for (const char *at = line; sscanf(at, "%d%n", &child,
			    &taken) == 1; at += taken)
				sum += crew_one(child);
		(void)fclose(in);
	}
	return sum;
}

#endif
