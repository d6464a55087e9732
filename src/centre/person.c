/* person: four texts, each behind its length, under a key. */
#include <string.h>

#include "base/text.h"
#include "centre/person.h"

#define FOLD_ROOM ((size_t)1000) /* four of them fit PERSON_ROOM */

static enum err
put_folded(struct buf *b, const char *name)
{
	char *at;
	size_t n;
	enum err r;

	if ((r = buf_reserve(b, FOLD_ROOM + 2)) != ERR_OK)
		return r;
	at = (char *)b->p + b->len + 2;
	if ((r = text_fold(name, at, FOLD_ROOM)) != ERR_OK)
		return r;
	n = strlen(at);
	if ((r = buf_put_u16(b, (uint16_t)n)) == ERR_OK)
		b->len += n;
	return r;
}

enum err
person_index(const struct record *rec, const uint8_t key[SYM_KEY_LEN],
    struct buf *work, uint8_t out[PERSON_LEN])
{
	const char *texts[] = { rec->identity.nir, rec->identity.birth,
		rec->identity.family, rec->identity.given };
	enum err r = ERR_OK;

	buf_reset(work);
	for (size_t i = 0; r == ERR_OK && i < 4; i++)
		r = put_folded(work, texts[i]);
	if (r == ERR_OK)
		keyed_digest(key, work->p, work->len, out);
	buf_reset(work);
	return r;
}
