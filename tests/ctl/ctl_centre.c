/* ctl_centre: the ledger and the dossiers, as people and programs read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/centre/made.h"

#include "base/keyfile.h"
#include "base/log.h"
#include "ctl/ctl.h"
#include "tests/temp.h"

static struct made m;
static char config[PATH_ROOM];
static char *said; /* what the last verb printed */

/* Two entries, the second refused by a rule; a gap, an alarm, a dossier. */
static int
fill(void)
{
	struct record *rec = record_new();
	struct vault *v = NULL;
	struct opener *o = NULL;
	struct buf b;
	struct rid rid;
	unsigned n, left;
	int code, bad;

	buf_init(&b);
	make_record(rec);
	memset(&rec->account, 0, sizeof(rec->account));
	bad = made_envelope(&m, rec, true, &b) != ERR_OK;
	bad |= strcmp(made_status(&m, &b, 0, &code), "stored");
	rec->consent.given = false;
	m.sequence++;
	buf_reset(&b);
	bad |= made_envelope(&m, rec, true, &b) != ERR_OK;
	bad |= strcmp(made_status(&m, &b, 9, &code), "stored");
	m.sequence = 0;
	memset(m.previous, 0, sizeof(m.previous));
	buf_reset(&b);
	bad |= made_any(&m, &rid, &b) != ERR_OK;
	bad |= strcmp(made_status(&m, &b, 0, &code), "refused");
	bad |= vault_open(temp_dir, true, &m.opener.vault, &v) != ERR_OK ||
	    opener_new(m.store, v, &m.opener, &m.set, &o) != ERR_OK ||
	    opener_run(o, MADE_NOW, &n, &left) != ERR_OK || n != 2;
	opener_free(o);
	vault_close(v);
	buf_clear(&b);
	record_free(rec);
	return bad;
}

static int
setup(void **state)
{
	struct buf b;

	if (temp_setup(state) != 0 || made_open(&m, temp_dir) != ERR_OK ||
	    fill() != 0)
		return -1;
	buf_init(&b);
	if (buf_putf(&b, "mode = training\nlog = stderr\nstate = %s\n"
	    "vault = %s\ntls-cert = x\ntls-key = x\ntls-ca = x\n", temp_dir,
	    temp_dir) != ERR_OK)
		return -1;
	(void)temp_file("centre.conf", 0600, b.p, b.len, config);
	buf_clear(&b);
	return 0;
}

static int
teardown(void **state)
{
	free(said);
	made_close(&m);
	return temp_teardown(state);
}

/* Run "centre …" with those words; what it printed is in `said`. */
static enum err
run(bool json, const char *line)
{
	char words[8][PATH_ROOM], *argv[8];
	struct ctl c = { .config = config, .json = json };
	const struct ctl_verb *v;
	size_t size;
	int argc = 0, used, n;
	enum err r;

	while (argc < 8 && sscanf(line, "%511s%n", words[argc], &n) == 1) {
		argv[argc] = words[argc];
		argc++;
		line += n;
	}
	v = ctl_find(argc, argv, &used);
	assert_non_null(v);
	c.argc = argc - used;
	c.argv = argv + used;
	free(said);
	said = NULL;
	c.out = open_memstream(&said, &size);
	assert_non_null(c.out);
	r = v->run(&c);
	assert_int_equal(fclose(c.out), 0);
	return r;
}

static unsigned
lines(void)
{
	unsigned n = 0;

	for (const char *p = said; (p = strchr(p, '\n')) != NULL; p++)
		n++;
	return n;
}

static void
assert_says(const char *text)
{
	if (strstr(said, text) == NULL)
		fail_msg("no %s in: %s", text, said);
}

static void
the_ledger_is_listed(void **state)
{
	(void)state;
	assert_int_equal(run(true, "centre ledger"), ERR_OK);
	assert_int_equal(lines(), 2);
	assert_says("\"outcome\":\"opened\",\"reason\":0,");
	assert_says("\"outcome\":\"refused\",\"reason\":712,");
	assert_says("\"sequence\":3,\"terminal\":7}");
	assert_says("\"received\":\"2026-11-21T");
	assert_int_equal(run(false, "centre ledger"), ERR_OK);
	assert_int_equal(lines(), 3);
	assert_says("refused G-712");
}

static void
what_is_missing_or_contradicts_is_listed(void **state)
{
	(void)state;
	assert_int_equal(run(true, "centre gaps"), ERR_OK);
	assert_int_equal(lines(), 2);
	assert_says("{\"kind\":\"missing\",\"sequence\":2,");
	assert_says("{\"kind\":\"fork\",");
	assert_int_equal(run(false, "centre gaps"), ERR_OK);
	assert_says("missing       7       2");
	assert_says("fork          7       1");
}

static void
the_terminals_are_listed(void **state)
{
	(void)state;
	assert_int_equal(run(true, "centre terminals"), ERR_OK);
	assert_says("\"state\":\"active\",\"terminal\":7,\"training\":true}");
	assert_int_equal(run(false, "centre terminals"), ERR_OK);
	assert_says("    7  active   training          3  2026-11-21T");
}

static void
a_dossier_is_listed_without_its_person(void **state)
{
	static const char *const traits[] = { "ESSAI", "ALAINBIS", "1942",
		"142196", "0600000000", "exemple", "99700024450",
		"99900038839", "PATBQUATRE", "CAMILLE" };

	(void)state;
	assert_int_equal(run(true, "centre dossiers"), ERR_OK);
	assert_int_equal(lines(), 1);
	assert_says("\"state\":\"opened\"");
	assert_says("\"consent\":{\"at\":\"2026-11-21T");
	assert_says("\"method\":\"oral-attested\"");
	assert_says("\"notice\":{\"hash\":\"aaaa");
	assert_says("\"access\":{\"allowed\":2,\"blocked\":1,"
	    "\"break_glass_opposed\":false,\"masked\":false,"
	    "\"samu_opposed\":true,\"sensitive\":true}");
	assert_says("\"closed\":null");
	assert_says("\"acts\":1");
	assert_says("\"subject\":\"adult\"");
	assert_says("\"representative\":false");
	assert_says("\"doctor\":true");
	assert_says("\"emergency_contact\":true");
	assert_says("\"alerts\":\"first\"");
	assert_says("\"confirmation\":\"email\"");
	assert_says("\"account\":false");
	for (size_t i = 0; i < sizeof(traits) / sizeof(traits[0]); i++)
		assert_null(strstr(said, traits[i]));
	assert_int_equal(run(false, "centre dossiers"), ERR_OK);
	assert_says("oral-attested  non");
}

static void
what_is_not_there_is_said(void **state)
{
	struct buf b;
	char path[PATH_ROOM];

	(void)state;
	buf_init(&b);
	assert_int_equal(buf_putf(&b, "state = %s/x\nvault = %s/x\n"
	    "tls-cert = x\ntls-key = x\ntls-ca = x\n", temp_dir, temp_dir),
	    ERR_OK);
	(void)temp_file("empty.conf", 0600, b.p, b.len, path);
	buf_clear(&b);
	memcpy(config, path, sizeof(config));
	assert_int_equal(run(true, "centre ledger"), ERR_NOT_FOUND);
	assert_int_equal(run(true, "centre dossiers"), ERR_NOT_FOUND);
	assert_int_equal(run(true, "centre terminal revoke 7"),
	    ERR_NOT_FOUND);
	assert_string_equal(said, "");
	(void)temp_path("centre.conf", config);
	assert_int_equal(run(true, "centre ledger more"), ERR_USAGE);
	assert_int_equal(run(true, "centre terminal set 7"), ERR_USAGE);
	assert_int_equal(run(true, "centre terminal set 9 --department 35"),
	    ERR_NOT_FOUND);
	assert_int_equal(run(true, "centre terminal set 7 --department 353"),
	    ERR_USAGE);
	assert_int_equal(run(true, "centre terminal set 7 --profile ours"),
	    ERR_USAGE);
	assert_int_equal(run(true, "centre terminal revoke"), ERR_USAGE);
	assert_int_equal(run(true, "centre terminal revoke 7x"), ERR_USAGE);
	assert_int_equal(run(true, "centre terminal revoke 0"), ERR_USAGE);
	assert_int_equal(run(true, "centre terminal add --number 8"),
	    ERR_USAGE);
}

/* Last: after it nothing speaks. */
static void
a_terminal_stands_elsewhere(void **state)
{
	(void)state;
	assert_int_equal(run(false, "centre terminal set 7 --department 35 "
	    "--profile accueil"), ERR_OK);
	assert_says("7 est not");
	assert_int_equal(run(true, "centre terminals"), ERR_OK);
	assert_says("\"department\":\"35\",");
	assert_says("\"profile\":\"accueil\",");
	assert_int_equal(run(false, "centre terminals"), ERR_OK);
	assert_says("\n       accueil · 35\n");
}

static void
places_are_opened_and_closed(void **state)
{
	(void)state;
	assert_int_equal(run(false, "centre switch"), ERR_OK);
	assert_says("Tout est ouvert.");
	assert_int_equal(run(false, "centre switch close --all"), ERR_OK);
	assert_says("tout : ferm");
	assert_int_equal(run(true, "centre terminals"), ERR_OK);
	assert_says("\"closed\":true,");
	assert_int_equal(run(false, "centre terminals"), ERR_OK);
	assert_says("    7  closed ");
	assert_int_equal(run(false, "centre switch open --department 35"),
	    ERR_OK);
	assert_int_equal(run(true, "centre terminals"), ERR_OK);
	assert_says("\"closed\":false,");
	assert_int_equal(run(true, "centre switch"), ERR_OK);
	assert_says("\"open\":false,\"scope\":\"all\",");
	assert_says("\"open\":true,\"scope\":\"department\",");
	assert_says("\"what\":\"35\"}");
	assert_int_equal(run(false, "centre switch"), ERR_OK);
	assert_says("partement  35 ");
	assert_int_equal(run(false, "centre switch forget --department 35"),
	    ERR_OK);
	assert_int_equal(run(false, "centre switch forget --department 35"),
	    ERR_NOT_FOUND);
	assert_int_equal(run(true, "centre switch close --profile borne"),
	    ERR_OK);
	assert_int_equal(run(true, "centre switch close --site 1"), ERR_OK);
	assert_int_equal(run(true, "centre switch close"), ERR_USAGE);
	assert_int_equal(run(true, "centre switch close --all --site 1"),
	    ERR_USAGE);
	assert_int_equal(run(true, "centre switch close --department x"),
	    ERR_USAGE);
	assert_int_equal(run(true, "centre switch shut"), ERR_USAGE);
	assert_int_equal(run(true, "centre switch forget --all"), ERR_OK);
}

static void
a_terminal_is_revoked(void **state)
{
	struct terminal t;

	(void)state;
	assert_int_equal(run(false, "centre terminal revoke 7"), ERR_OK);
	assert_string_equal(said, "Le poste 7 est révoqué.\n");
	assert_int_equal(gateway_whom(&m.g, m.cert, &t),
	    ERR_TERMINAL_UNKNOWN);
	assert_int_equal(run(true, "centre terminal revoke 9"),
	    ERR_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_ledger_is_listed),
		cmocka_unit_test(what_is_missing_or_contradicts_is_listed),
		cmocka_unit_test(the_terminals_are_listed),
		cmocka_unit_test(a_dossier_is_listed_without_its_person),
		cmocka_unit_test(what_is_not_there_is_said),
		cmocka_unit_test(a_terminal_stands_elsewhere),
		cmocka_unit_test(places_are_opened_and_closed),
		cmocka_unit_test(a_terminal_is_revoked),
	};

	log_open("ctl_centre", true);
	return cmocka_run_group_tests(tests, setup, teardown);
}
