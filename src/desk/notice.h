/*
 * notice: an information text, word for word, versioned and hashed.
 *
 * screens/text/LANG/ID.txt: a head of "name: value" lines (id, version, lang,
 * title), an empty line, then pages parted by a line of "---". The hash is
 * over the file's bytes, and is what the record keeps.
 *
 * A line of a page is a line on the glass, where it is not too long for it:
 * easy-to-read notices have one idea a line.
 *
 * The first level of a page is short. What stands behind a line of "+++" on it
 * is the second level, shown on demand and printed: all that the first says in
 * brief, in full. Both are of the hash.
 *
 * A notice may ask back whether it was understood: then its head has a
 * question, the right answer (yes or no), and why it is right, in one line
 * or more. The answer that is given blocks nothing and is not kept.
 */
#ifndef GUICHET_DESK_NOTICE_H
#define GUICHET_DESK_NOTICE_H

#include <stddef.h>

#include "base/err.h"

#define NOTICE_PAGES 16
#define NOTICE_LINES 108 /* of text, both levels */
#define NOTICE_WIDE  511 /* bytes of one */

struct notice {
	char id[32], version[16], lang[16], title[128], sha[65];
	char question[160], answer[4], because[256]; /* "": it asks nothing */
	char *text; /* owned: the pages, each ended by NUL */
	const char *page[NOTICE_PAGES];
	const char *more[NOTICE_PAGES]; /* NULL: there is no more */
	size_t npages;
};

/* ERR_NOTICE; the subject is the path. notice_clear frees. */
enum err notice_load(const char *dir, const char *lang, const char *id,
    struct notice *out);
void notice_clear(struct notice *n);

#endif
