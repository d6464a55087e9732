/* report: two events, read and written strictly. */
#include <string.h>

#include "base/json.h"
#include "slip/report.h"

enum err
report_write(const struct print_report *rp, struct buf *out)
{
	json_t *doc = json_pack("{s:s,s:s}", "event",
	    rp->result == ERR_OK ? "printed" : "failed", "ref", rp->ref);
	enum err r = ERR_OK;

	if (doc == NULL || (rp->result != ERR_OK &&
	    json_object_set_new(doc, "code",
	    json_integer(err_number(rp->result))) != 0))
		r = ERR_MEMORY;
	if (r == ERR_OK && (r = json_write(doc, out)) == ERR_OK)
		r = buf_put_u8(out, '\n');
	json_decref(doc);
	return r;
}

static enum err
read_failed(const json_t *doc, struct print_report *rp)
{
	static const char *const keys[] = { "code", "event", "ref", NULL };
	json_int_t code;
	enum err r;

	if ((r = json_only(doc, keys)) != ERR_OK ||
	    (r = json_get_int(doc, "code", 1, 999, &code)) != ERR_OK)
		return r;
	rp->result = err_of_number((int)code);
	return rp->result == ERR_OK ? err_about(ERR_SLIP_FORM, "code")
	    : ERR_OK;
}

static enum err
read_report(const json_t *doc, struct print_report *rp)
{
	static const char *const keys[] = { "event", "ref", NULL };
	char event[16];
	struct rid rid;
	enum err r;

	if ((r = json_get_text(doc, "event", event,
	    sizeof(event) - 1)) != ERR_OK ||
	    (r = json_get_text(doc, "ref", rp->ref, RID_TEXT - 1)) != ERR_OK)
		return r;
	if (strcmp(event, "printed") == 0)
		r = json_only(doc, keys);
	else if (strcmp(event, "failed") == 0)
		r = read_failed(doc, rp);
	else
		r = err_about(ERR_SLIP_FORM, "event");
	/* Only a slip that could not be read has no reference. */
	if (r == ERR_OK && (rp->result == ERR_OK || *rp->ref != '\0') &&
	    rid_read(rp->ref, &rid) != ERR_OK)
		r = err_about(ERR_SLIP_FORM, "ref");
	return r;
}

enum err
report_read(const char *line, struct print_report *out)
{
	struct print_report rp = { .result = ERR_OK };
	json_t *doc = NULL;
	enum err r;

	if ((r = json_read(line, strlen(line), &doc)) == ERR_OK)
		r = read_report(doc, &rp);
	json_decref(doc);
	if (r != ERR_OK)
		return r == ERR_MEMORY ? r : ERR_SLIP_FORM;
	*out = rp;
	return ERR_OK;
}
