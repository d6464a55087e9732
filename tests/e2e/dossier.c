/*
 * dossier: what the vault holds of an act, read with the vault's own keys.
 *
 *	dossier CENTRE.CONF RID
 *
 * Prints the record's document, which no program of ours does: a test must
 * see that what was sealed is what was read.
 */
#include <stdio.h>

#include "base/secret.h"
#include "centre/opener.h"
#include "envelope/record.h"

static enum err
show(const struct centre_settings *set, const struct rid *rid)
{
	struct opener_keys *keys = NULL;
	struct vault *vault = NULL;
	struct buf b;
	enum err r;

	if ((r = buf_init_secret(&b, RECORD_ROOM)) == ERR_OK &&
	    (r = opener_keys_load(set->vault, &keys)) == ERR_OK &&
	    (r = vault_open(set->vault, false, opener_vault_keys(keys),
	    &vault)) == ERR_OK &&
	    (r = vault_read(vault, rid, &b)) == ERR_OK &&
	    fwrite(b.p, 1, b.len, stdout) != b.len)
		r = ERR_FILE_WRITE;
	vault_close(vault);
	opener_keys_free(keys);
	buf_clear(&b);
	return r;
}

int
main(int argc, char *argv[])
{
	struct centre_settings set;
	struct rid rid;
	enum err r = ERR_USAGE;

	if (argc == 3 && (r = secret_start()) == ERR_OK &&
	    (r = centre_load(argv[1], &set)) == ERR_OK &&
	    (r = rid_read(argv[2], &rid)) == ERR_OK)
		r = show(&set, &rid);
	return r == ERR_OK ? 0 : err_report("dossier", r);
}
