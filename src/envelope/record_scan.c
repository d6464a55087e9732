/* record_scan: the record's document by its bytes, member by member. */
#include "envelope/record_own.h"

/* How far: the row and the part that may come next, and the parts that were
 * there, a bit each. */
struct scan {
	struct cursor c;
	const struct field *top;
	const struct part *next;
	unsigned there;
};

/* The part whose name stands at the cursor, which moves behind it; or NULL. */
static const struct part *
find_part(struct cursor *c, const struct part *p)
{
	for (; p->name != NULL; p++) {
		struct cursor at = *c;

		if (scan_name(&at, p->name)) {
			*c = at;
			return p;
		}
	}
	return NULL;
}

static bool
scan_part(struct scan *s, struct record *rec)
{
	const struct part *p = find_part(&s->c, s->next);

	if (p == NULL || !fields_scan(p->fields, &s->c, rec))
		return false;
	if (p->on_demand)
		*part_there(p, rec) = true;
	s->there |= 1u << (p - record_parts);
	s->next = p + 1;
	return true;
}

static bool
scan_member(struct scan *s, struct record *rec)
{
	const struct field *f = s->top;
	struct cursor at = s->c;

	if (f->name == NULL || !scan_name(&at, f->name))
		return scan_part(s, rec);
	s->c = at;
	s->top++;
	return f->kind->scan(f, &s->c, (char *)rec + f->offset);
}

/* The last of all. */
static bool
is_version(struct cursor *c)
{
	uint64_t version;

	return scan_name(c, "version") &&
	    scan_number(c, RECORD_VERSION, &version) &&
	    version == RECORD_VERSION && scan_mark(c, '}');
}

/* The parts of that kind, whose word stands in the middle of them. */
static bool
are_parts_of(enum record_kind kind, unsigned there)
{
	for (const struct part *p = record_parts; p->name != NULL; p++) {
		const bool is = (there & 1u << (p - record_parts)) != 0;
		const bool may = (p->kinds & 1u << kind) != 0;

		if (is ? !may : may && !p->on_demand)
			return false;
	}
	return true;
}

bool
record_scan(const void *p, size_t n, struct record *out)
{
	struct scan s = { cursor_of(p, n), record_top, record_parts, 0 };
	struct cursor at;

	if (!scan_mark(&s.c, '{'))
		return false;
	for (at = s.c; !is_version(&at); at = s.c)
		if (!scan_member(&s, out) || !scan_mark(&s.c, ','))
			return false;
	return at.n == 0 && s.top->name == NULL &&
	    are_parts_of(out->kind, s.there);
}
