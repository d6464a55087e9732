/* vitale: the two ways to the same two files. */
#include <string.h>

#include "card/apdu.h"
#include "card/identity.h"
#include "card/pointers.h"
#include "card/vitale.h"

#define FID_ROOT     0x3F00
#define FID_POINTERS 0x2001
#define SFI_PEOPLE   2

static const uint8_t vitale_aid[] = { 0xD2, 0x50, 0x00, 0x00, 0x02, 'V', 'I',
	'T', 'A', 'L', 'E' };

enum err
vitale_init(struct vitale *v)
{
	enum err r;

	memset(v, 0, sizeof(*v));
	if ((r = buf_init_secret(&v->names, VITALE_FILE_ROOM)) != ERR_OK ||
	    (r = buf_init_secret(&v->numbers, VITALE_FILE_ROOM)) != ERR_OK ||
	    (r = buf_init_secret(&v->other, VITALE_FILE_ROOM)) != ERR_OK)
		vitale_clear(v);
	return r;
}

void
vitale_clear(struct vitale *v)
{
	buf_clear(&v->names);
	buf_clear(&v->numbers);
	buf_clear(&v->other);
}

static struct cursor
all_of(const struct buf *b)
{
	return cursor_of(b->p, b->len);
}

/* True for what the card says of its files: there may be another way. */
static bool
is_refusal(enum err r)
{
	return r == ERR_NOT_FOUND || r == ERR_CARD_PROTECTED ||
	    r == ERR_CARD_DATA || r == ERR_CARD_FOREIGN;
}

/* Nothing else tells a Vitale from any other card. */
static enum err
select_vitale(const struct card_io *io)
{
	enum err r = apdu_select_app(io, vitale_aid, sizeof(vitale_aid));

	return r == ERR_NOT_FOUND || r == ERR_CARD_PROTECTED ?
	    ERR_CARD_FOREIGN : r;
}

/* By the short names, in the fewest commands. */
static enum err
sequence_a(struct vitale *v, const struct card_io *io)
{
	enum err r;

	if ((r = apdu_select_file(io, FID_ROOT)) != ERR_OK ||
	    (r = apdu_read_file(io, SFI_PEOPLE, &v->names)) != ERR_OK ||
	    (r = select_vitale(io)) != ERR_OK ||
	    (r = apdu_read_file(io, SFI_PEOPLE, &v->numbers)) != ERR_OK)
		return r;
	return identity_has_names(all_of(&v->names)) &&
	    identity_has_numbers(all_of(&v->numbers)) ? ERR_OK :
	    ERR_CARD_DATA;
}

static enum err
select_index(const struct card_io *io, const struct pointers *p,
    uint16_t index)
{
	for (size_t a = 0; a < p->napps; a++)
		if (p->app[a].index == index)
			return apdu_select_app(io, p->app[a].aid, p->app[a].n);
	return ERR_NOT_FOUND;
}

/* Keep what stands in `other` as names, or numbers, or both. */
static enum err
keep(struct vitale *v)
{
	struct cursor c = all_of(&v->other);
	enum err r = ERR_OK;

	if (v->names.len == 0 && identity_has_names(c))
		r = buf_put(&v->names, c.p, c.n);
	if (r == ERR_OK && v->numbers.len == 0 && identity_has_numbers(c))
		r = buf_put(&v->numbers, c.p, c.n);
	buf_reset(&v->other);
	return r;
}

/* Read each file of the directory until both were met. */
static enum err
read_listed(struct vitale *v, const struct card_io *io,
    const struct pointers *p)
{
	enum err r, said = ERR_CARD_DATA;
	bool in_app = false;

	for (size_t f = 0; f < p->nfiles; f++) {
		if (v->names.len > 0 && v->numbers.len > 0)
			return ERR_OK;
		r = ERR_OK;
		if (!in_app || p->file[f].app != p->file[f - 1].app)
			r = select_index(io, p, p->file[f].app);
		in_app = r == ERR_OK;
		if (r != ERR_OK ||
		    (r = apdu_select_file(io, p->file[f].fid)) != ERR_OK ||
		    (r = apdu_read_file(io, 0, &v->other)) != ERR_OK)
			buf_reset(&v->other);
		else
			r = keep(v);
		if (r == ERR_CARD_PROTECTED)
			said = r;
		else if (r != ERR_OK && !is_refusal(r))
			return r;
	}
	return v->names.len > 0 && v->numbers.len > 0 ? ERR_OK : said;
}

/* By the application's directory. */
static enum err
sequence_b(struct vitale *v, const struct card_io *io)
{
	struct pointers p;
	enum err r;

	if ((r = select_vitale(io)) != ERR_OK ||
	    (r = apdu_select_file(io, FID_POINTERS)) != ERR_OK ||
	    (r = apdu_read_file(io, 0, &v->other)) != ERR_OK)
		return r;
	r = pointers_read(all_of(&v->other), &p);
	buf_reset(&v->other);
	return r != ERR_OK ? r : read_listed(v, io, &p);
}

/* One file may hold both: then each person's fields stand in it once. */
static enum err
pair(const struct vitale *v, struct bearer *out, size_t *n)
{
	struct cursor names = all_of(&v->names), numbers = all_of(&v->numbers);

	if (names.n == numbers.n && memcmp(names.p, numbers.p, names.n) == 0)
		numbers = names;
	return identity_read(names, numbers, out, n);
}

/* What was put is wiped; nothing ever stood behind it. */
static void
empty(struct vitale *v)
{
	buf_cut(&v->names, 0);
	buf_cut(&v->numbers, 0);
	buf_cut(&v->other, 0);
}

enum err
vitale_read(struct vitale *v, const struct card_io *io,
    struct bearer out[BEARERS_MAX], size_t *n)
{
	enum err r, b;

	r = sequence_a(v, io);
	if (is_refusal(r)) {
		empty(v);
		b = sequence_b(v, io);
		/* What A met says more than a directory that is not there. */
		r = b == ERR_NOT_FOUND ? r : b;
	}
	if (r == ERR_OK)
		r = pair(v, out, n);
	empty(v);
	return r == ERR_NOT_FOUND ? ERR_CARD_DATA : r;
}
