/* guichet-answer: answers what terminals ask while a person stands there. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/sandbox.h"
#include "base/service.h"
#include "centre/answer.h"

#define NAME "guichet-answer"

static const struct option_row rows[] = {
	OPTIONS_COMMON,
	{ .name = NULL },
};

/* Ledger and dossiers, and whoever comes to the socket. */
static enum err
shut_in(const struct centre_settings *set)
{
	const char *const read[] = { "/etc", "/usr", "/lib", "/lib64",
		"/dev/urandom", NULL };
	const bool here = strcmp(set->store, "sqlite") == 0;
	char folder[PATH_ROOM];
	const char *write[] = { set->state, set->vault, NULL, NULL };

	/* To take its socket away at the end. */
	listen_folder(set->questions, folder);
	if (folder[0] != '\0')
		write[2] = folder;

	return sandbox_enter(SANDBOX_ANSWER, here ? 0 : SANDBOX_CONNECT,
	    read, write);
}

static enum err
answer_all(const struct centre_settings *set, const struct listen_at *at,
    struct opener_keys *keys, struct store *ledger, struct vault *vault)
{
	struct answerer *a = NULL;
	int fd = -1;
	enum err r;

	if ((r = answerer_new(ledger, vault, keys, set, &a)) == ERR_OK &&
	    (r = answerer_listen(at, set->questions, &fd)) == ERR_OK &&
	    (r = shut_in(set)) == ERR_OK) {
		log_event("answer-ready", "%s", set->questions);
		answerer_serve(a, fd);
	}
	if (fd != -1) {
		close(fd);
		listen_drop(at);
	}
	answerer_free(a);
	return r;
}

static enum err
serve(const struct centre_settings *set, const struct options *opt)
{
	struct opener_keys *keys = NULL;
	struct store *ledger = NULL;
	struct vault *vault = NULL;
	struct listen_at at;
	enum err r;

	(void)program_ended(0);
	if (set->questions[0] == '\0')
		return err_about(ERR_SET_MISSING, "questions");
	if ((r = listen_read(set->questions, &at)) != ERR_OK ||
	    (r = opener_keys_load(set->vault, &keys)) != ERR_OK ||
	    opt->value[OPT_TEST] != NULL)
		goto out;
	if ((r = store_open(set, true, &ledger)) == ERR_OK &&
	    (r = vault_open(set->vault, true, opener_vault_keys(keys),
	    &vault)) == ERR_OK)
		r = answer_all(set, &at, keys, ledger, vault);
out:
	vault_close(vault);
	store_close(ledger);
	opener_keys_free(keys);
	return r;
}

int
main(int argc, char *argv[])
{
	static const struct service me = {
		NAME, "-c FICHIER [-t]", rows, serve };

	return service_run(&me, argc, argv);
}
