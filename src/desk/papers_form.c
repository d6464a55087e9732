/* papers_form: the sheet to sign, before anything is kept. */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "desk/birth.h"
#include "desk/papers.h"
#include "desk/papers_own.h"
#include "slip/slip_form.h"

#define COPY(to, from) (void)snprintf((to), sizeof(to), "%s", (from))

static void
fill(const struct session *s, const struct rid *number, struct form_facts *f)
{
	const struct record *rec = &s->person->rec;
	const struct bearer *b = session_bearer(s);

	rid_text(number, f->ref);
	rid_short(number, f->number);
	COPY(f->family, b->family);
	COPY(f->given, b->given);
	birth_words(b->birth, f->birth, sizeof(f->birth));
	if (rec->representative.there)
		(void)snprintf(f->speaker, sizeof(f->speaker), "%s %s",
		    rec->representative.family, rec->representative.given);
	COPY(f->site, s->set->site_name);
	COPY(f->operator, s->operator.name);
	papers_date(s->now_ms, f->date, sizeof(f->date));
	COPY(f->wording, rec->consent.wording);
	papers_notice(s, f->notice, sizeof(f->notice));
	COPY(f->sha, rec->notice.sha);
	f->training = s->set->mode == MODE_TRAINING;
}

enum err
papers_form(struct session *s, struct printlink *l)
{
	struct record *rec = &s->person->rec;
	struct form_facts *f = NULL;
	struct slip *slip = NULL;
	struct rid number;
	enum err r = ERR_MEMORY;

	if (l == NULL)
		return ERR_PRINT_NONE;
	if ((f = secret_alloc(sizeof(*f))) == NULL ||
	    (slip = slip_new()) == NULL)
		goto out;
	rid_make(s->now_ms, &number);
	fill(s, &number, f);
	slip_form(slip, f);
	slip->large = s->person->large;
	if ((r = printlink_print(l, slip)) == ERR_OK) {
		rec->form.there = true;
		rec->form.number = number;
	}
out:
	slip_free(slip);
	secret_free(f);
	return r;
}
