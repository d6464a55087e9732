/* keeper: who has the keys, and is seen. */
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "ctl/keeper.h"

void
keeper_account(char out[TRACE_TEXT])
{
	const struct passwd *pw = getpwuid(getuid());

	if (pw != NULL && strlen(pw->pw_name) < TRACE_TEXT)
		(void)snprintf(out, TRACE_TEXT, "%s", pw->pw_name);
	else
		(void)snprintf(out, TRACE_TEXT, "uid %u", getuid());
}

enum err
keeper_open(const struct ctl *c, struct keeper *k)
{
	enum err r;

	*k = (struct keeper){ .keys = NULL };
	keeper_account(k->who);
	json_keep_wiped();
	if ((r = ctl_centre(c, &k->set)) != ERR_OK ||
	    (r = opener_keys_load(k->set.vault, &k->keys)) != ERR_OK)
		return r;
	return vault_open(k->set.vault, false, opener_vault_keys(k->keys),
	    &k->vault);
}

void
keeper_close(struct keeper *k)
{
	vault_close(k->vault);
	opener_keys_free(k->keys);
}

enum err
keeper_find(struct keeper *k, const char *reference,
    uint8_t id[DOSSIER_ID_LEN])
{
	struct dossier d;
	struct rid rid;
	enum err r;

	if (strlen(reference) == 2 * DOSSIER_ID_LEN) {
		if ((r = hex_read(reference, id, DOSSIER_ID_LEN)) == ERR_OK)
			r = vault_dossier(k->vault, id, &d);
	} else if ((r = rid_read(reference, &rid)) == ERR_OK)
		r = vault_dossier_of(k->vault, &rid, id);
	return err_about(r, "%s", reference);
}

enum err
keeper_note(struct keeper *k, const char *option, const char *name,
    const char *text)
{
	const size_t n = strlen(k->who), room = sizeof(k->who) - n;

	if (text == NULL || text[0] == '\0' || !text_is_clean(text))
		return err_about(ERR_USAGE, "--%s", option);
	if (strlen(text) + strlen(name) + sizeof(",  ") > room)
		return err_about(ERR_TOO_LONG, "--%s", option);
	(void)snprintf(k->who + n, room, ", %s %s", name, text);
	return ERR_OK;
}

struct trace
keeper_line(const struct keeper *k, const uint8_t id[DOSSIER_ID_LEN],
    const char *action)
{
	return (struct trace){ .at_ms = clock_wall_ms(), .who = k->who,
		.profession = "exploitation", .site = "centre",
		.action = action, .subject = id };
}

enum err
keeper_trace(struct keeper *k, const uint8_t id[DOSSIER_ID_LEN],
    const char *action)
{
	const struct trace t = keeper_line(k, id, action);
	enum err r;

	if ((r = vault_begin(k->vault)) != ERR_OK)
		return r;
	if ((r = vault_witness(k->vault, &t)) == ERR_OK)
		r = vault_commit(k->vault);
	vault_rollback(k->vault);
	return r;
}
