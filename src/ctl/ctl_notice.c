/* ctl_notice: what people asked to be told, and the letters to post. */
#include <string.h>

#include "base/clock.h"
#include "base/keyfile.h"
#include "base/wrap.h"
#include "ctl/list.h"
#include "notice/message.h"
#include "notice/round.h"

/* The words of the verb, the settings and the vault. */
static enum err
open_vault(struct ctl *c, int plain, struct centre_settings *set,
    struct vault **out)
{
	static const char *const names[] = { NULL };
	enum err r;

	if ((r = ctl_words(c, names, plain)) != ERR_OK ||
	    (r = ctl_centre(c, set)) != ERR_OK)
		return r;
	return vault_open(set->vault, false, NULL, out);
}

static enum err
show_notice(const struct notice_row *row, void *user)
{
	struct list *l = user;
	char rid[RID_TEXT], made[CLOCK_TEXT];
	json_t *o;

	rid_text(&row->rid, rid);
	clock_text(row->made_ms, made);
	list_row(l, "référence                   quoi  par    état     "
	    "essais  depuis                raison");
	if (!l->c->json) {
		fprintf(l->c->out, "%s  %-4s  %-5s  %-7s  %6u  %s", rid,
		    row->code ? "code" : "avis", way_word(row->way),
		    notice_state_word(row->state), row->tries, made);
		if (row->reason != 0)
			fprintf(l->c->out, "  G-%03d", row->reason);
		fputc('\n', l->c->out);
		return ERR_OK;
	}
	o = json_object();
	list_text(o, "rid", rid);
	list_text(o, "way", way_word(row->way));
	list_bool(o, "code", row->code);
	list_text(o, "state", notice_state_word(row->state));
	list_number(o, "tries", row->tries);
	list_number(o, "reason", (uint64_t)row->reason);
	list_time(o, "made", row->made_ms);
	list_time(o, "next", row->state == NOTICE_WAITING ? row->next_ms : 0);
	list_time(o, "done", row->done_ms);
	return list_object(l, o);
}

static enum err
run_list(struct ctl *c)
{
	struct list l = { .c = c };
	struct centre_settings set;
	struct vault *v = NULL;
	enum err r;

	if ((r = open_vault(c, 0, &set, &v)) == ERR_OK &&
	    (r = vault_notice_each(v, show_notice, &l)) == ERR_OK)
		list_end(&l, "Personne n'a demandé d'avis.");
	vault_close(v);
	return r;
}

struct post {
	struct ctl *c;
	const struct round *o;
};

#define LETTER_COLUMNS 72 /* of a printer's page */

/* The words in lines, and a page's end behind them. */
static enum err
put_page(FILE *out, const char *words)
{
	size_t left = strlen(words);
	struct line l;

	for (; left > 0; words += l.step, left -= l.step) {
		l = wrap_next(words, LETTER_COLUMNS, false);
		if (fwrite(words, 1, l.len, out) != l.len ||
		    fputc('\n', out) == EOF)
			return err_about(ERR_FILE_WRITE, "stdout");
	}
	return fputc('\f', out) == EOF ? err_about(ERR_FILE_WRITE, "stdout") :
	    ERR_OK;
}

/* One page a letter. */
static enum err
print_letter(const struct buf *sealed, void *user)
{
	const struct post *p = user;
	const struct round *o = p->o;
	struct announcement *a;
	struct buf words;
	enum err r;

	if ((a = secret_alloc(sizeof(*a))) == NULL)
		return ERR_MEMORY;
	if ((r = buf_init_secret(&words, MESSAGE_ROOM)) == ERR_OK &&
	    (r = round_open(o, sealed, a)) == ERR_OK &&
	    (r = message_text(a, o->set, &words)) == ERR_OK &&
	    (r = buf_terminate(&words)) == ERR_OK)
		r = put_page(p->c->out, (const char *)words.p);
	buf_clear(&words);
	secret_free(a);
	return r;
}

static enum err
run_letters(struct ctl *c)
{
	uint8_t *secret = secret_alloc(BOX_SECRET_LEN);
	struct centre_settings set;
	struct round o = { .set = &set, .secret = secret };
	struct post p = { .c = c, .o = &o };
	uint32_t number;
	enum err r;

	if (secret == NULL)
		return ERR_MEMORY;
	if ((r = parcel_new(&o.parcel)) == ERR_OK &&
	    (r = open_vault(c, 0, &set, &o.vault)) == ERR_OK &&
	    (r = keyfile_read_in(set.vault, "notice.key", "notice-secret",
	    secret, BOX_SECRET_LEN, &number)) == ERR_OK)
		r = vault_letters(o.vault, print_letter, &p);
	vault_close(o.vault);
	parcel_free(o.parcel);
	secret_free(secret);
	return r;
}

/* Posted: it is not printed again. */
static enum err
run_sent(struct ctl *c)
{
	static const char *const names[] = { NULL };
	struct notice_row row;
	struct centre_settings set;
	struct vault *v = NULL;
	struct rid rid;
	enum err r;

	if ((r = open_vault(c, 1, &set, &v)) != ERR_OK ||
	    (r = rid_read(ctl_plain(c, names, 0), &rid)) != ERR_OK)
		goto out;
	if ((r = vault_notice_find(v, &rid, &row)) == ERR_OK) {
		row.state = NOTICE_SENT;
		row.tries++;
		row.done_ms = clock_wall_ms();
		r = row.way != WAY_POST ? ERR_NOT_FOUND :
		    vault_notice_keep(v, &row);
	}
	if (r == ERR_NOT_FOUND)
		r = err_about(r, "%s", ctl_plain(c, names, 0));
out:
	vault_close(v);
	return r;
}

const struct ctl_verb ctl_notice_verbs[] = {
	{ "centre notices", "",
	    "montre les avis demandés, partis ou non", run_list },
	{ "centre letters", "",
	    "écrit les lettres à poster, une page chacune", run_letters },
	{ "centre letter sent", "RID", "une lettre est postée", run_sent },
	{ .words = NULL },
};
