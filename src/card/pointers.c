/* pointers: two lists, bounded. */
#include <string.h>

#include "card/pointers.h"
#include "card/tlv.h"

#define TAG_WHOLE 0xE0
#define TAG_APPS  0xA0
#define TAG_APP	  0x82
#define TAG_FILE  0x80
#define NAME_LEN  8

static enum err
add_app(struct cursor v, struct pointers *out)
{
	uint16_t unused;
	size_t i = out->napps;
	enum err r;

	if (i == POINTERS_APPS)
		return ERR_CARD_DATA;
	if ((r = cursor_u16(&v, &out->app[i].index)) != ERR_OK ||
	    (r = cursor_u16(&v, &unused)) != ERR_OK)
		return r;
	if (v.n == 0 || v.n > AID_MAX)
		return ERR_CARD_DATA;
	out->app[i].n = v.n;
	out->napps++;
	return cursor_copy(&v, out->app[i].aid, v.n);
}

static enum err
add_apps(struct cursor v, struct pointers *out)
{
	struct tlv t;
	bool end;
	enum err r;

	while ((r = tlv_next(&v, &t, &end)) == ERR_OK && !end)
		if (t.tag == TAG_APP &&
		    (r = add_app(t.value, out)) != ERR_OK)
			return r;
	return r;
}

static enum err
add_file(struct cursor v, struct pointers *out)
{
	uint8_t name[NAME_LEN];
	size_t i = out->nfiles;
	enum err r;

	if (i == POINTERS_FILES)
		return ERR_CARD_DATA;
	if ((r = cursor_copy(&v, name, sizeof(name))) != ERR_OK ||
	    (r = cursor_u16(&v, &out->file[i].app)) != ERR_OK ||
	    (r = cursor_u16(&v, &out->file[i].fid)) != ERR_OK)
		return r;
	out->nfiles++;
	return ERR_OK;
}

enum err
pointers_read(struct cursor file, struct pointers *out)
{
	struct cursor whole;
	struct tlv t;
	bool end;
	enum err r;

	memset(out, 0, sizeof(*out));
	if ((r = tlv_find(file, TAG_WHOLE, &whole)) != ERR_OK)
		return ERR_CARD_DATA;
	while ((r = tlv_next(&whole, &t, &end)) == ERR_OK && !end) {
		if (t.tag == TAG_APPS)
			r = add_apps(t.value, out);
		else if (t.tag == TAG_FILE)
			r = add_file(t.value, out);
		if (r != ERR_OK)
			break;
	}
	return r == ERR_OK ? ERR_OK : ERR_CARD_DATA;
}
