/* papers_own: words that several papers say, for papers*.c alone. */
#ifndef GUICHET_DESK_PAPERS_OWN_H
#define GUICHET_DESK_PAPERS_OWN_H

#include "desk/session.h"

/* "21 novembre 2026, 14:32" */
void papers_date(uint64_t wall_ms, char *out, size_t room);

/* "dmp-info 2.1" as papers say it: "DMP-INFO 2.1". */
void papers_name(char *name);

/* "DMP-INFO 2.1 (Français)": the language it was read in, which may be another
 * than this paper's, by its own name; "" where none is read. */
void papers_notice(const struct session *s, char *out, size_t room);

#endif
