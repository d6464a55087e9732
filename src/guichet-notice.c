/* guichet-notice: tells people that their dossier is open. */
#include "base/clock.h"
#include "base/keyfile.h"
#include "base/log.h"
#include "base/sandbox.h"
#include "base/service.h"
#include "notice/round.h"

#define NAME	 "guichet-notice"
#define EVERY_MS 500u /* somebody may wait for a code */

static const struct option_row rows[] = {
	OPTIONS_COMMON,
	{ '\0', "once", NULL, "dit ce qui attend, puis s'arrête" },
	{ .name = NULL },
};
enum { OPT_ONCE = OPT_OWN };

static enum err
work(const struct round *o, bool once)
{
	unsigned sent, failed, left;
	enum err r;

	do {
		r = round_go(o, clock_wall_ms(), &sent, &failed, &left);
		if (once)
			return r != ERR_OK || left == 0 ? r :
			    err_about(ERR_NOTICE_LINE, "%u", left);
		if (r != ERR_OK)
			log_error(r, "notice");
	} while (!program_ended(EVERY_MS));
	return ERR_OK;
}

/* The outbox, the texts, and the network outwards. */
static enum err
shut_in(const struct centre_settings *set)
{
	const char *const read[] = { "/etc", "/usr", "/lib", "/lib64", "/run",
		"/dev/urandom", set->mail_texts, NULL };
	const char *const write[] = { set->vault, NULL };

	return sandbox_enter(SANDBOX_NOTICE, 0, read, write);
}

static enum err
serve(const struct centre_settings *set, const struct options *opt)
{
	struct round o = { .set = set };
	uint8_t *secret;
	uint32_t number;
	enum err r;

	if ((secret = secret_alloc(BOX_SECRET_LEN)) == NULL)
		return ERR_MEMORY;
	if ((r = parcel_new(&o.parcel)) != ERR_OK ||
	    (r = keyfile_read_in(set->vault, "notice.key", "notice-secret",
	    secret, BOX_SECRET_LEN, &number)) != ERR_OK ||
	    (r = carry_open(set, &o.carry)) != ERR_OK ||
	    opt->value[OPT_TEST] != NULL)
		goto out;
	o.secret = secret;
	if ((r = vault_open(set->vault, false, NULL, &o.vault)) == ERR_OK &&
	    (r = shut_in(set)) == ERR_OK)
		r = work(&o, opt->value[OPT_ONCE] != NULL);
out:
	vault_close(o.vault);
	carry_close(o.carry);
	parcel_free(o.parcel);
	secret_free(secret);
	return r;
}

int
main(int argc, char *argv[])
{
	static const struct service me = {
		NAME, "-c FICHIER [-t] [--once]", rows, serve };

	return service_run(&me, argc, argv);
}
