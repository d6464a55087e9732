/* loop: pages before effects, forgetting before pages, ends that are said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/sandbox.h"
#include "child.h"
#include "desk/loop.h"
#include "tests/desk/made.h"

/* A flow of three screens: hello → (card) work → saving → hello. */
enum { HELLO, WORK, SAVING, SCREENS_OF_TOY };

static enum outcome
hello_handle(struct session *s, const struct event *ev)
{
	(void)s;
	return ev->kind == EV_PICK ? OUT_OK : OUT_STAY;
}

static enum outcome
work_handle(struct session *s, const struct event *ev)
{
	if (ev->kind == EV_CARD && ev->news->kind == NEWS_CARD)
		s->person->epoch = ev->news->epoch;
	if (ev->kind == EV_PICK)
		return strcmp(ev->id, "no") == 0 ? OUT_REFUSE : OUT_OK;
	return OUT_STAY;
}

static enum outcome
saving_handle(struct session *s, const struct event *ev)
{
	if (ev->kind != EV_DONE)
		return OUT_STAY;
	s->problem = ev->result;
	return ev->result == ERR_OK ? OUT_OK : OUT_FAILED;
}

static void
nothing_to_show(const struct session *s, struct page *p)
{
	(void)s;
	page_title(p, "Essai");
}

#define TOY(word, can)						\
	{ .name = #word, .outcomes = (can), .handle = word##_handle, \
	    .show = nothing_to_show }
static const struct screen toys[] = {
	TOY(hello, CAN(OK)),
	TOY(work, CAN(OK) | CAN(REFUSE) | CAN(CARD_GONE) | CAN(ABANDON)),
	TOY(saving, CAN(OK) | CAN(FAILED)),
};
static const struct screen *const all[] = { &toys[0], &toys[1], &toys[2] };
static const struct step steps[] = {
	{ HELLO, OUT_OK, WORK, FX_WATCH },
	{ WORK, OUT_OK, SAVING, FX_SAVE },
	{ WORK, OUT_REFUSE, HELLO, FX_FORGET },
	{ SAVING, OUT_OK, HELLO, FX_FORGET },
	{ SAVING, OUT_FAILED, HELLO, FX_FORGET },
	{ FROM_ANY, OUT_CARD_GONE, HELLO, FX_FORGET },
	{ FROM_ANY, OUT_ABANDON, HELLO, FX_FORGET },
};
static const struct flow toy = { all, SCREENS_OF_TOY, steps,
	sizeof(steps) / sizeof(steps[0]), HELLO };

/* A face that says what a list tells it to, and writes down what it is told. */
static const char *const *script;
static char diary[512];

static void
note(const char *word)
{
	size_t n = strlen(diary), len = strlen(word);

	/* What is painted twice alike is one page. */
	if (n >= len + 1 && strncmp(diary + n - len - 1, word, len) == 0)
		return;
	(void)snprintf(diary + n, sizeof(diary) - n, "%s ", word);
}

static enum err
fake_paint(struct face *f, const struct page *p)
{
	(void)f;
	note(p->name);
	return ERR_OK;
}

/* "screen:id" picks id once on that screen; "!" stops. */
static enum err
fake_next(struct face *f, const struct page *p, struct event *ev)
{
	size_t n = strlen(p->name);

	(void)f;
	if (*script == NULL)
		return ERR_UNANSWERED;
	if (strncmp(*script, p->name, n) != 0 || (*script)[n] != ':')
		return ERR_OK;
	ev->kind = EV_PICK;
	ev->id = *script++ + n + 1;
	return ERR_OK;
}

static void
fake_forget(struct face *f)
{
	(void)f;
	note("forget");
}

static const struct face_kind fake = {
	.name = "fake",
	.paint = fake_paint,
	.next = fake_next,
	.forget = fake_forget,
};

static struct made m;
static struct session s;
static struct desk_settings set;
static struct desk_keys keys;
static char rid_said[RID_TEXT], word_said[32];

static void
hear_saved(const char *rid)
{
	note("saved");
	(void)snprintf(rid_said, sizeof(rid_said), "%s", rid);
}

static void
hear_refused(const char *word, enum err problem)
{
	(void)problem;
	(void)snprintf(word_said, sizeof(word_said), "%s", word);
}

/* Run the loop over a card program and what the face says. */
static enum err
run(const char *card, const char *const *says)
{
	struct face face = { &fake, -1 };
	struct desk d = { .flow = &toy, .session = &s, .face = &face,
		.keys = &keys, .saved = hear_saved, .refused = hear_refused };
	enum err r;

	script = says;
	diary[0] = rid_said[0] = word_said[0] = '\0';
	child_write("guichet-card", card);
	assert_int_equal(queue_open(m.state, false, &d.queue), ERR_OK);
	assert_int_equal(cardlink_open(NULL, &d.card), ERR_OK);
	s.at = HELLO;
	r = desk_run(&d);
	cardlink_close(d.card);
	queue_close(d.queue);
	child_remove("guichet-card");
	return r;
}

#define A_CARD								\
	"echo '{\"event\":\"card\",\"epoch\":1,\"bearers\":[{\"family\":"	\
	"\"ESSAI\",\"given\":\"ALAINBIS\",\"birth\":\"19421901\",\"nir\":"	\
	"\"1421962965167\",\"key\":\"94\",\"country\":\"FR\","		\
	"\"key_right\":true,\"altered\":false,\"family_raw\":\"\","	\
	"\"given_raw\":\"\"}]}'\n"

static void
the_page_stands_before_the_work_begins(void **state)
{
	static const char *const says[] = { "hello:go", "work:yes", NULL };

	(void)state;
	made_person(s.person);
	assert_int_equal(run("cat >/dev/null", says), ERR_UNANSWERED);
	assert_string_equal(diary, "hello work saving saved forget hello "
	    "forget ");
	assert_int_equal(strlen(rid_said), RID_TEXT - 1);
	assert_string_equal(word_said, "");
	assert_true(secret_is_zero(s.person, sizeof(*s.person)));
}

static void
an_end_without_a_save_is_said(void **state)
{
	static const char *const says[] = { "hello:go", "work:no", NULL };
	static const char *const abandons[] = { "hello:go", NULL };

	(void)state;
	assert_int_equal(run("cat >/dev/null", says), ERR_UNANSWERED);
	assert_string_equal(word_said, "refuse");
	assert_string_equal(rid_said, "");
	assert_int_equal(run("cat >/dev/null", abandons), ERR_UNANSWERED);
	assert_true(secret_is_zero(s.person, sizeof(*s.person)));
}

/* The card's program dies under a session: forgotten, then the end. */
static void
a_card_program_that_dies_ends_the_session_first(void **state)
{
	static const char *const says[] = { "hello:go", "never:never", NULL };

	(void)state;
	assert_int_equal(run("read verb\n" A_CARD "sleep 0.3", says),
	    ERR_CHILD);
	assert_string_equal(word_said, "card-gone");
	assert_string_equal(diary, "hello work forget hello forget ");
}

static int
setup(void **state)
{
	(void)state;
	made_settings(&set);
	if (made_init(&m) != 0 || session_init(&s, &set, NULL) != ERR_OK)
		return -1;
	memcpy(keys.sign_secret, m.sign_secret, sizeof(m.sign_secret));
	keys.envelope = m.keys;
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	session_clear(&s);
	made_clear(&m);
	return 0;
}

int
main(void)
{
#define EACH(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		EACH(the_page_stands_before_the_work_begins),
		EACH(an_end_without_a_save_is_said),
		EACH(a_card_program_that_dies_ends_the_session_first),
	};

	if (secret_start() != ERR_OK || sandbox_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
