/* ctl_key: make the keys of a terminal and of a centre. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypt.h"
#include "base/keyfile.h"
#include "base/secret.h"
#include "ctl/ctl.h"

/* What each purpose's key is made of. Public halves are written beside. */
static const struct purpose {
	const char *name;
	size_t secret, public;
	void (*pair)(uint8_t *secret, uint8_t *public);
} purposes[] = {
	{ "sign", SIGN_SECRET_LEN, SIGN_PUBLIC_LEN, sign_keypair },
	{ "receipt", SIGN_SECRET_LEN, SIGN_PUBLIC_LEN, sign_keypair },
	{ "outcome", SIGN_SECRET_LEN, SIGN_PUBLIC_LEN, sign_keypair },
	{ "opening", BOX_SECRET_LEN, BOX_PUBLIC_LEN, box_keypair },
	{ "notice", BOX_SECRET_LEN, BOX_PUBLIC_LEN, box_keypair },
	{ "permutation", SYM_KEY_LEN, 0, NULL },
	{ "master", SYM_KEY_LEN, 0, NULL },
	{ "index", SYM_KEY_LEN, 0, NULL },
	{ .name = NULL },
};

static enum err
write_half(const char *path, const char *purpose, const char *half,
    const uint8_t *key, size_t len, uint32_t number)
{
	char kind[32];

	(void)snprintf(kind, sizeof(kind), "%s-%s", purpose, half);
	return keyfile_write(path, kind, key, len, number);
}

static enum err
make(const struct purpose *p, uint32_t number, const char *path,
    const char *public_path)
{
	uint8_t public[SIGN_PUBLIC_LEN];
	uint8_t *secret = secret_alloc(p->secret);
	enum err r;

	if (secret == NULL)
		return ERR_MEMORY;
	if (p->pair == NULL)
		secret_random(secret, p->secret);
	else
		p->pair(secret, public);
	r = write_half(path, p->name, "secret", secret, p->secret, number);
	if (r == ERR_OK && public_path != NULL)
		r = write_half(public_path, p->name, "public", public,
		    p->public, number);
	secret_free(secret);
	return r;
}

static enum err
key_make(struct ctl *c)
{
	static const char *const names[] = { "number=", "public=", NULL };
	const char *name, *number, *public_path;
	unsigned long n;
	enum err r;

	if ((r = ctl_words(c, names, 2)) != ERR_OK)
		return r;
	name = ctl_plain(c, names, 0);
	number = ctl_value(c, "number");
	public_path = ctl_value(c, "public");
	n = number == NULL ? 1 : strtoul(number, NULL, 10);
	for (const struct purpose *p = purposes; p->name != NULL; p++)
		if (strcmp(p->name, name) == 0) {
			if (n == 0 || n > UINT32_MAX ||
			    (p->public != 0) != (public_path != NULL))
				return err_about(ERR_USAGE, "%s", name);
			return make(p, (uint32_t)n, ctl_plain(c, names, 1),
			    public_path);
		}
	return err_about(ERR_USAGE, "%s", name);
}

const struct ctl_verb ctl_key_verbs[] = {
	{ "key make", "USAGE FICHIER [--public FICHIER] [--number N]",
	    "fait une clé : sign, receipt, outcome, opening, notice, "
	    "permutation, master ou index", key_make },
	{ .words = NULL },
};
