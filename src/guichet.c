/* guichet: the terminal. Options, settings, what it opens; then the loop. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/program.h"
#include "base/sandbox.h"
#include "base/settings.h"
#include "desk/loop.h"
#include "envelope/permit.h"
#include "screens/screens.h"

static const struct option_row rows[] = {
	OPTIONS_COMMON,
	{ '\0', "card", "FICHIER", "joue une carte, ou un dossier de cartes" },
	{ '\0', "answers", "FICHIER", "répond aux questions sans personne" },
	{ '\0', "face", "curses|line", "l'écran, ou des lignes simples" },
	{ .name = NULL },
};
enum { OPT_CARD = OPT_OWN, OPT_ANSWERS, OPT_FACE };

/* All that is open while the terminal serves. */
struct terminal {
	struct desk_settings set;
	struct tongues tongues;
	struct session session;
	struct desk desk;
	struct desk_keys *keys;
};

static void
say_saved(const char *rid)
{
	printf("saved %s\n", rid);
	(void)fflush(stdout);
}

static bool was_refused;

static void
say_refused(const char *word, enum err problem)
{
	was_refused = true;
	if (problem == ERR_OK)
		printf("refused %s\n", word);
	else
		printf("refused %s G-%03d\n", word, err_number(problem));
	(void)fflush(stdout);
}

static void
hand_card(void *user, const char *verb)
{
	(void)cardlink_say(((struct desk *)user)->card, verb);
}

static enum err
open_face(struct terminal *t, const struct options *opt)
{
	const char *face = opt->value[OPT_FACE];
	struct desk *d = &t->desk;

	if (opt->value[OPT_ANSWERS] != NULL) {
		d->answers = true;
		d->saved = say_saved;
		d->refused = say_refused;
		return face_answers_open(opt->value[OPT_ANSWERS], hand_card,
		    d, &d->face);
	}
	if (face != NULL && strcmp(face, "line") == 0)
		return face_line_open(0, 1, &d->face);
	if (face != NULL && strcmp(face, "curses") != 0)
		return err_about(ERR_USAGE, "--face %s", face);
	return face_curses_open(t->set.contrast == SET_YES, &d->face);
}

/* Answers and played cards are for training alone. */
static enum err
check_mode(const struct terminal *t, const struct options *opt)
{
	if (t->set.mode == MODE_TRAINING)
		return ERR_OK;
	if (opt->value[OPT_ANSWERS] != NULL)
		return err_about(ERR_TRAINING_ONLY, "--answers");
	if (opt->value[OPT_CARD] != NULL)
		return err_about(ERR_TRAINING_ONLY, "--card");
	if (t->set.cards[0] != '\0')
		return err_about(ERR_TRAINING_ONLY, "cards");
	return ERR_OK;
}

static const char *
played_cards(const struct terminal *t, const struct options *opt)
{
	if (opt->value[OPT_CARD] != NULL)
		return opt->value[OPT_CARD];
	return t->set.cards[0] == '\0' ? NULL : t->set.cards;
}

/* What must be right before anybody is asked anything. */
static enum err
check(struct terminal *t, const struct options *opt)
{
	enum err r;

	if ((r = desk_load(opt->value[OPT_CONFIG], &t->set)) != ERR_OK ||
	    (r = check_mode(t, opt)) != ERR_OK ||
	    (r = permit_desk(&t->set) ? ERR_OK : err_about(ERR_SET_VALUE,
	    "consent-methods")) != ERR_OK ||
	    (r = tongues_load(t->set.texts, t->set.locales, &t->tongues)) !=
	    ERR_OK)
		return r;
	return desk_keys_load(t->set.state, &t->keys);
}

/* The screen, the queue, and the texts. */
static enum err
shut_in(const struct desk_settings *set)
{
	const char *const read[] = { "/etc", "/usr", "/lib", "/lib64",
		"/dev/tty", "/dev/urandom", set->texts, set->locales, NULL };
	const char *const write[] = { set->state, NULL };

	return sandbox_enter(SANDBOX_DESK, 0, read, write);
}

/* A file that answers nothing of it is not asked: it then runs the same with
 * a line and without. */
static enum err
open_ask(struct terminal *t)
{
	struct desk *d = &t->desk;
	enum err r;

	if (d->answers && !face_answers_know(d->face, "looking") &&
	    !face_answers_know(d->face, "already") &&
	    !face_answers_know(d->face, "code"))
		return ERR_OK;
	r = asklink_open(t->set.state, &d->ask);
	t->session.asks = r == ERR_OK;
	if (r != ERR_OK && r != ERR_MEMORY) /* as without a line */
		log_error(r, "ask");
	return r == ERR_MEMORY ? r : ERR_OK;
}

/* Children first: nothing is started once the person sits down. */
static enum err
start(struct terminal *t, const struct options *opt)
{
	struct desk *d = &t->desk;
	enum err r;

	if ((r = cardlink_open(played_cards(t, opt), &d->card)) != ERR_OK)
		return r;
	if (strcmp(t->set.printer, "none") != 0 &&
	    (r = printlink_open(opt->value[OPT_CONFIG], &d->print)) != ERR_OK)
		return r;
	if ((r = operator_open(t->set.state, &d->operators)) != ERR_OK ||
	    (r = queue_open(t->set.state, t->set.mode == MODE_PRODUCTION,
	    &d->queue)) != ERR_OK ||
	    (r = desk_keys_settle(t->keys, t->set.state, d->queue,
	    clock_wall_ms())) != ERR_OK ||
	    (r = session_init(&t->session, &t->set, NULL)) != ERR_OK ||
	    (r = open_face(t, opt)) != ERR_OK)
		return r;
	t->session.tongues = &t->tongues;
	t->session.shift.waived = d->answers &&
	    !face_answers_know(d->face, "shift");
	session_speak(&t->session, 0);
	t->session.face = d->face->kind->name;
	t->session.holds = d->face->kind->holds;
	if ((r = open_ask(t)) != ERR_OK)
		return r;
	t->session.paper = d->print != NULL;
	t->session.at = screens_flow.first;
	d->flow = &screens_flow;
	d->session = &t->session;
	d->keys = t->keys;
	if ((r = shut_in(&t->set)) != ERR_OK)
		return r;
	return desk_run(d);
}

static void
stop(struct terminal *t)
{
	if (t->desk.face != NULL)
		t->desk.face->kind->close(t->desk.face);
	printlink_close(t->desk.print);
	asklink_close(t->desk.ask);
	cardlink_close(t->desk.card);
	queue_close(t->desk.queue);
	operator_close(t->desk.operators);
	if (t->session.person != NULL)
		session_clear(&t->session);
	desk_keys_free(t->keys);
	tongues_clear(&t->tongues);
}

int
main(int argc, char *argv[])
{
	const char *name = "guichet";
	static struct terminal t;
	struct options opt;
	bool done;
	enum err r;

	json_keep_locked();
	if ((r = program_start(name, "-c FICHIER [options]", rows, argc, argv,
	    &opt, &done)) != ERR_OK)
		return err_report(name, r);
	if (done)
		return EXIT_DONE;
	if ((r = check(&t, &opt)) == ERR_OK && opt.value[OPT_TEST] == NULL) {
		log_open(name, t.set.log == LOG_TO_STDERR);
		r = start(&t, &opt);
	}
	stop(&t);
	if (r != ERR_OK)
		return err_report(name, r);
	return was_refused ? EXIT_NO : EXIT_DONE;
}
