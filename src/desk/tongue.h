/*
 * tongue: the languages that a terminal speaks.
 *
 * A language is a folder LANG of the notices with every notice in it, and a
 * catalogue LOCALES/LANG.mo; French needs no catalogue. One that lacks a part,
 * or has a broken one, is not offered, and the terminal goes on without it:
 * never a blank, never half a language.
 */
#ifndef GUICHET_DESK_TONGUE_H
#define GUICHET_DESK_TONGUE_H

#include "base/i18n.h"
#include "desk/notice.h"

#define TONGUES 12

/* X(NAME, id): the notices that each language has. */
#define NOTICES(X)							\
	X(DMP, "dmp-info") X(MES, "mes-info")				\
	X(SAFETY, "safety") /* how the record is kept safe */

#define NOTICE_ENUM(name, id) NOTICE_##name,
enum notice_kind { NOTICES(NOTICE_ENUM) };
#undef NOTICE_ENUM
#define NOTICE_ONE(name, id) +1
#define NOTICE_COUNT (0 NOTICES(NOTICE_ONE))

struct tongue {
	char code[16];
	struct catalogue *words; /* owned; NULL: French */
	struct notice notice[NOTICE_COUNT];
};

/* French first, then the others by their code. */
struct tongues {
	struct tongue tongue[TONGUES];
	size_t n;
};

/* ERR_NOTICE when French is not whole. What else is not is logged. */
enum err tongues_load(const char *texts, const char *locales,
    struct tongues *out);
void tongues_clear(struct tongues *t);

/* What the language of that code calls itself: "English"; the code when it is
 * not one of them, or t is NULL. */
const char *tongues_name(const struct tongues *t, const char *code);

#endif
