/*
 * http_overview: the overview on an address of its own, for people: another
 * thread, another connection to the ledger, other credentials than those of
 * terminals.
 *
 * "supervision" in centre.conf is where: ADDRESS:PORT with the centre's own
 * TLS certificate, or unix:PATH behind a web server that holds TLS. At most
 * 32 connections; GET alone, and only by who is in STATE/supervisors.
 */
#ifndef GUICHET_CENTRE_HTTP_OVERVIEW_H
#define GUICHET_CENTRE_HTTP_OVERVIEW_H

#include "base/settings.h"
#include "centre/store.h"

struct http_overview;

/* Answer until http_overview_stop. The store is this one's alone, set
 * outlives it. Errors as for http_start. */
enum err http_overview_start(struct store *s,
    const struct centre_settings *set, struct http_overview **out);

/* NULL is accepted. */
void http_overview_stop(struct http_overview *o);

/* Read the address and say what is wrong, for -t. */
enum err http_overview_check(const struct centre_settings *set);

#endif
