/*
 * late: a receipt as its own terminal would sign it when its badge does not
 * hold any more, or not yet: its clock, or who uses its key, is wrong.
 *
 *	late DESK.CONF RECEIPT late|early
 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/keyfile.h"
#include "base/secret.h"
#include "desk/keyring.h"
#include "envelope/proof.h"

static enum err
sign_again(const struct desk_keys *k, const char *state, const char *path,
    bool early)
{
	uint8_t centre[SIGN_PUBLIC_LEN];
	struct buf text, again;
	struct proof p;
	uint32_t number;
	enum err r;

	buf_init(&text);
	buf_init(&again);
	if ((r = keyfile_read_in(state, "centre.pub", "receipt-public",
	    centre, sizeof(centre), &number)) == ERR_OK &&
	    (r = file_read(path, 4096, &text)) == ERR_OK &&
	    (r = proof_read((const char *)text.p, text.len, centre, &p)) ==
	    ERR_OK) {
		p.at_ms = early ? p.badge.from_ms - 1 : p.badge.until_ms;
		if ((r = proof_write(&p, k->badge, k->sign_secret,
		    &again)) == ERR_OK)
			printf("%.*s\n", (int)again.len, (const char *)again.p);
	}
	buf_clear(&text);
	buf_clear(&again);
	return r;
}

int
main(int argc, char *argv[])
{
	struct desk_settings set;
	struct desk_keys *k = NULL;
	enum err r = ERR_USAGE;

	if (argc == 4 && (r = secret_start()) == ERR_OK &&
	    (r = desk_load(argv[1], &set)) == ERR_OK &&
	    (r = desk_keys_load(set.state, &k)) == ERR_OK)
		r = sign_again(k, set.state, argv[2],
		    strcmp(argv[3], "early") == 0);
	desk_keys_free(k);
	return r == ERR_OK ? 0 : err_report("late", r);
}
