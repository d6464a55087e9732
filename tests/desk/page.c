/* page: what is built is kept, hidden codes are not, and texts are golden. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/secret.h"
#include "desk/page.h"

static const struct page_value yes_no[] = {
	{ "yes", "Oui" }, { "no", "Non, je m'y oppose" }, { NULL, NULL }
};

static int
setup(void **state)
{
	return (*state = page_new()) == NULL;
}

static int
teardown(void **state)
{
	page_free(*state);
	return 0;
}

static void
texts_are_copied(void **state)
{
	struct page *p = *state;
	char text[] = "Bonjour";

	page_begin(p, "welcome");
	page_title(p, text);
	page_choice(p, "open", 'o', text);
	memset(text, 'x', sizeof(text) - 1);
	assert_string_equal(p->title, "Bonjour");
	assert_string_equal(page_find(p, "open")->label, "Bonjour");
	assert_null(page_find(p, "close"));
}

static void
beginning_wipes(void **state)
{
	struct page *p = *state;

	page_begin(p, "who");
	page_fact(p, "Nom", "PATTROIS DOMINIQUE");
	p->private = true;
	page_begin(p, "x");
	assert_int_equal(p->n, 0);
	assert_false(p->private);
	assert_true(secret_is_zero(p->room + 2, PAGE_ROOM - 2));
}

static void
hidden_codes_are_not_kept(void **state)
{
	struct page *p = *state;

	page_begin(p, "secrets");
	page_code(p, "Mot de passe", "aZ3! é7kQ", true);
	assert_string_equal(p->item[0].value, "•••• ••••");
	for (size_t i = 0; i + 3 <= p->used; i++)
		assert_memory_not_equal(p->room + i, "7kQ", 3);
	page_code(p, "Identifiant", "4821 KFTP", false);
	assert_string_equal(p->item[1].value, "4821 KFTP");
}

static void
the_golden_form(void **state)
{
	static const char want[] =
	    "page    sample\n"
	    "site    Pharmacie | Français | 14:32\n"
	    "banner  Formation\n"
	    "step    Étape 3 sur 6 · Votre accord\n"
	    "title   Voulez-vous ?\n"
	    "focus   reread\n"
	    "para    Un.\n"
	    "        Deux.\n"
	    "warning Attention.\n"
	    "heading Urgence\n"
	    "fact    Nom\n"
	    "      = ESSAI\n"
	    "tick    [ ] consent: Je consens.\n"
	    "tick    [x] told: C'est dit.\n"
	    "legal   [o] agree: Oui\n"
	    "choice  [i] reread: Relire\n"
	    "choice  next: Continuer\n"
	    "option  samu: Le SAMU ?\n"
	    "        (*) yes: Oui\n"
	    "        ( ) no: Non, je m'y oppose\n"
	    "field   mobile: Mobile\n"
	    "      = 06\n"
	    "   hint Dix chiffres.\n"
	    "  error Trop court.\n"
	    "code    Identifiant\n"
	    "      = 4821 KFTP\n"
	    "drawing La carte.\n"
	    "    art +-+\n"
	    "        +-+\n"
	    "wait    Patientez.\n"
	    "notice  Texte.\n"
	    "key     F1: Aide\n"
	    "status  Lecteur prêt\n";
	struct page *p = *state;
	struct buf b;

	page_begin(p, "sample");
	page_site(p, "Pharmacie", "Français", "14:32", "Formation");
	page_step(p, 3, 6, "Votre accord");
	page_title(p, "Voulez-vous ?");
	page_focus(p, "reread");
	page_parf(p, "%s.\n%s.", "Un", "Deux");
	page_warn(p, "Attention.");
	page_heading(p, "Urgence");
	page_fact(p, "Nom", "ESSAI");
	page_tick(p, "consent", "Je consens.", false);
	page_tick(p, "told", "C'est dit.", true);
	page_legal(p, "agree", 'o', "Oui");
	page_choice(p, "reread", 'i', "Relire");
	page_choice(p, "next", 0, "Continuer");
	page_option(p, "samu", "Le SAMU ?", yes_no, "yes");
	page_field(p, "mobile", "Mobile", "06", 16, "Dix chiffres.",
	    "Trop court.");
	page_code(p, "Identifiant", "4821 KFTP", false);
	page_drawing(p, "+-+\n+-+", "La carte.");
	page_wait(p, "Patientez.");
	page_notice(p, "Texte.");
	page_key(p, "F1", "Aide");
	page_status(p, "Lecteur prêt");
	buf_init(&b);
	assert_int_equal(page_text(p, &b), ERR_OK);
	assert_int_equal(buf_terminate(&b), ERR_OK);
	assert_string_equal((const char *)b.p, want);
	buf_clear(&b);
	assert_int_equal(buf_init_secret(&b, 16), ERR_OK);
	assert_int_equal(page_text(p, &b), ERR_TOO_LONG);
	buf_clear(&b);
}

static void
overfill_room(struct page *p)
{
	for (int i = 0; i < 2; i++)
		page_parf(p, "%*s", (int)(PAGE_ROOM - 16), "x");
}

static void
overfill_items(struct page *p)
{
	for (int i = 0; i <= PAGE_ITEMS; i++)
		page_para(p, "x");
}

static void
overfill_keys(struct page *p)
{
	for (int i = 0; i <= PAGE_KEYS; i++)
		page_key(p, "x", "x");
}

static void
legal_without_key(struct page *p)
{
	page_legal(p, "agree", 0, "Oui");
}

static void
long_id(struct page *p)
{
	page_choice(p, "an-id-that-is-longer-than-any-should-be", 0, "Oui");
}

/* Our own mistakes end the program: nothing is cut, nothing overflows. */
static void
mistakes_abort(void **state)
{
	static void (*const mistakes[])(struct page *) = {
		overfill_room, overfill_items, overfill_keys,
		legal_without_key, long_id,
	};

	for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
		int status;
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (pid == 0) {
			signal(SIGABRT, SIG_DFL);
			page_begin(*state, "full");
			mistakes[i](*state);
			_exit(0);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), SIGABRT);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(texts_are_copied, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(beginning_wipes, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(hidden_codes_are_not_kept,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(the_golden_form, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(mistakes_abort, setup,
		    teardown),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
