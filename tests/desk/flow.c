/* flow: the engine, on a table of four toy screens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "desk/flow.h"

enum { REST, ASK, WORK, BYE };

static size_t entered[4];
static enum event_kind last;

static enum outcome
toy_handle(struct session *s, const struct event *ev)
{
	if (ev->kind == EV_ENTER) {
		entered[s->at]++;
		return OUT_STAY;
	}
	last = ev->kind;
	if (ev->kind == EV_PICK && strcmp(ev->id, "go") == 0)
		return OUT_OK;
	return ev->kind == EV_DONE ? OUT_OK : OUT_STAY;
}

static void
toy_show(const struct session *s, struct page *p)
{
	(void)s;
	page_title(p, "Toy");
	page_para(p, "toy");
}

#define TOY(n, can, ...)						\
	{ .name = (n), .outcomes = (can), .handle = toy_handle,		\
	    .show = toy_show, __VA_ARGS__ }
static const struct screen rest = TOY("rest", CAN(OK), .help = "Help.");
static const struct screen ask = TOY("ask", CAN(OK) | CAN(BACK) |
    CAN(ABANDON) | CAN(IDLE) | CAN(CARD_GONE), .private = true,
    .help = "Help.");
static const struct screen work = TOY("work", CAN(OK) | CAN(IDLE),
    .private = true, .waits = true);
static const struct screen bye = TOY("bye", CAN(OK) | CAN(IDLE),
    .ends = true);
static const struct screen *const toys[] = { &rest, &ask, &work, &bye };
static const struct step steps[] = {
	{ REST, OUT_OK, ASK, FX_WATCH },
	{ ASK, OUT_OK, WORK, FX_SAVE },
	{ ASK, OUT_BACK, REST, FX_FORGET },
	{ WORK, OUT_OK, BYE, FX_FORGET },
	{ BYE, OUT_OK, REST, FX_FORGET },
	{ FROM_ANY, OUT_ABANDON, BYE, FX_FORGET },
	{ FROM_ANY, OUT_CARD_GONE, BYE, FX_FORGET },
	{ FROM_ANY, OUT_IDLE, REST, FX_FORGET },
};
static const struct flow toy = { toys, 4, steps,
	sizeof(steps) / sizeof(steps[0]), REST };

static struct desk_settings set = { .idle_warn = 60, .idle_grace = 30,
	.site_name = "Toys", .printer = "none" };
static const struct notice notice;

static int
begin(void **state)
{
	static struct session s;

	memset(entered, 0, sizeof(entered));
	last = EV_NONE;
	*state = &s;
	return session_init(&s, &set, &notice) == ERR_OK ? 0 : -1;
}

static int
end(void **state)
{
	session_clear(*state);
	return 0;
}

static enum effect
send(struct session *s, struct event ev)
{
	ev.now_ms = s->now_ms + 10;
	ev.elapsed_ms = s->elapsed_ms + 10;
	return flow_step(&toy, s, &ev, NULL);
}

#define KEY(k) ((struct event){ .kind = (k) })
#define PICK(i) ((struct event){ .kind = EV_PICK, .id = (i) })
#define TICK(idle) ((struct event){ .kind = EV_TICK, .idle_s = (idle) })

static void
a_row_of_ones_own_comes_first(void **state)
{
	(void)state;
	assert_int_equal(flow_find(&toy, ASK, OUT_BACK)->to, REST);
	assert_int_equal(flow_find(&toy, ASK, OUT_ABANDON)->to, BYE);
	assert_null(flow_find(&toy, REST, OUT_ABANDON));
	assert_null(flow_find(&toy, REST, OUT_BACK));
	assert_null(flow_find(&toy, ASK, OUT_STAY));
}

static void
an_outcome_follows_its_row(void **state)
{
	struct session *s = *state;
	const struct event go = { .kind = EV_PICK, .id = "go" };
	const struct step *taken = NULL;

	assert_int_equal(flow_step(&toy, s, &go, &taken), FX_WATCH);
	assert_ptr_equal(taken, &steps[0]);
	assert_int_equal(s->at, ASK);
	assert_int_equal(entered[ASK], 1);
	assert_int_equal(send(s, PICK("nothing")), FX_NONE);
	assert_int_equal(s->at, ASK);
	assert_int_equal(send(s, PICK("go")), FX_SAVE);
	assert_int_equal(send(s, KEY(EV_DONE)), FX_FORGET);
	assert_int_equal(s->at, BYE);
}

static void
forgetting_comes_before_the_next_screen(void **state)
{
	struct session *s = *state;

	(void)send(s, PICK("go"));
	s->person->which = 3;
	memcpy(s->person->mobile, "0639981241", 11);
	s->problem = ERR_QUEUE_WRITE;
	assert_int_equal(send(s, KEY(EV_BACK)), FX_FORGET);
	assert_true(secret_is_zero(s->person, sizeof(*s->person)));
	assert_int_equal(s->problem, ERR_QUEUE_WRITE);
}

static void
help_lies_over_the_screen(void **state)
{
	struct session *s = *state;
	struct page *p = page_new();

	assert_non_null(p);
	(void)send(s, PICK("go"));
	(void)send(s, KEY(EV_HELP));
	assert_true(s->helping);
	flow_show(&toy, s, p);
	assert_string_equal(p->name, "help");
	(void)send(s, PICK("go"));
	assert_false(s->helping);
	assert_int_equal(s->at, ASK);
	(void)send(s, KEY(EV_HELP));
	last = EV_NONE;
	(void)send(s, (struct event){ .kind = EV_SET, .id = "x", .value = "" });
	assert_int_equal(last, EV_NONE);
	(void)send(s, KEY(EV_BACK));
	assert_int_equal(s->at, ASK);
	(void)send(s, KEY(EV_HELP));
	assert_int_equal(send(s, KEY(EV_ABANDON)), FX_FORGET);
	assert_false(s->helping);
	page_free(p);
}

static void
a_screen_without_help_has_none(void **state)
{
	struct session *s = *state;

	(void)send(s, PICK("go"));
	(void)send(s, PICK("go"));
	(void)send(s, KEY(EV_HELP));
	assert_false(s->helping);
}

static void
idle_time_warns_then_forgets(void **state)
{
	struct session *s = *state;
	struct page *p = page_new();

	assert_non_null(p);
	(void)send(s, TICK(3600));
	assert_int_equal(s->at, REST);
	(void)send(s, PICK("go"));
	(void)send(s, TICK(59));
	assert_int_equal(s->idle_left, 0);
	(void)send(s, TICK(60));
	assert_int_equal(s->idle_left, 30);
	flow_show(&toy, s, p);
	assert_true(p->item[0].flags & ITEM_WARN);
	assert_non_null(strstr(p->item[0].label, "30"));
	(void)send(s, TICK(89));
	assert_int_equal(s->idle_left, 1);
	assert_int_equal(send(s, TICK(90)), FX_FORGET);
	assert_int_equal(s->at, REST);
	page_free(p);
}

static void
the_key_that_answers_the_warning_does_nothing_else(void **state)
{
	struct session *s = *state;

	(void)send(s, PICK("go"));
	(void)send(s, TICK(70));
	(void)send(s, PICK("go"));
	assert_int_equal(s->at, ASK);
	assert_int_equal(s->idle_left, 0);
	(void)send(s, TICK(70));
	(void)send(s, (struct event){ .kind = EV_SET, .id = "x", .value = "" });
	assert_int_equal(s->idle_left, 0);
	assert_int_equal(last, EV_SET);
	(void)send(s, PICK("go"));
	assert_int_equal(s->at, WORK);
}

static void
work_does_not_count_as_idle(void **state)
{
	struct session *s = *state;

	(void)send(s, PICK("go"));
	(void)send(s, PICK("go"));
	(void)send(s, TICK(3600));
	assert_int_equal(s->at, WORK);
	assert_int_equal(s->idle_left, 0);
}

static struct card_news
news_of(enum news_kind kind, uint32_t epoch)
{
	struct card_news n = { .kind = kind, .epoch = epoch,
		.reader = "slot 0" };

	return n;
}

static void
hear(struct session *s, const struct card_news *n)
{
	(void)send(s, (struct event){ .kind = EV_CARD, .news = n });
}

static void
a_pulled_or_swapped_card_ends_it(void **state)
{
	struct session *s = *state;
	struct card_news in = news_of(NEWS_CARD, 4);
	struct card_news other = news_of(NEWS_CARD, 5);
	struct card_news out = news_of(NEWS_GONE, 4);
	struct card_news old = news_of(NEWS_GONE, 3);

	(void)send(s, PICK("go"));
	hear(s, &in);
	s->person->epoch = 4;
	hear(s, &old);
	assert_int_equal(s->at, ASK);
	assert_true(session_card_holds(s));
	hear(s, &out);
	assert_int_equal(s->at, BYE);
	(void)send(s, PICK("go"));
	(void)send(s, PICK("go"));
	hear(s, &in);
	s->person->epoch = 4;
	hear(s, &other);
	assert_int_equal(s->at, BYE);
	assert_int_equal(s->person->epoch, 0);
}

static void
after_the_save_the_card_may_leave(void **state)
{
	struct session *s = *state;
	struct card_news in = news_of(NEWS_CARD, 4);
	struct card_news out = news_of(NEWS_GONE, 4);

	(void)send(s, PICK("go"));
	hear(s, &in);
	s->person->epoch = 4;
	s->person->saved = true;
	hear(s, &out);
	assert_int_equal(s->at, ASK);
	assert_int_equal(s->epoch, 0);
}

static void
a_professional_card_beside_is_no_news(void **state)
{
	struct session *s = *state;
	struct card_news slot = { .kind = NEWS_READER, .state = READER_EMPTY,
		.reader = "slot 0" };
	struct card_news beside = { .kind = NEWS_READER, .state = READER_CPS,
		.reader = "slot 1", .code = 305 };

	hear(s, &beside);
	assert_int_equal(s->reader, READER_CPS);
	assert_int_equal(s->reader_err, ERR_CARD_CPS);
	hear(s, &slot);
	assert_int_equal(s->reader, READER_EMPTY);
	hear(s, &beside);
	assert_int_equal(s->reader, READER_EMPTY);
	assert_string_equal(s->reader_name, "slot 0");
}

static void
the_picture_has_each_row(void **state)
{
	char text[4096] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");
	size_t arrows = 0;

	(void)state;
	flow_dot(&toy, out);
	assert_int_equal(fclose(out), 0);
	for (const char *at = text; (at = strstr(at, " -> ")) != NULL; at++)
		arrows++;
	assert_int_equal(arrows, toy.nsteps);
	assert_non_null(strstr(text,
	    "\"rest\" -> \"ask\" [label=\"ok\\n/ watch card\"];"));
	assert_non_null(strstr(text, "\"*\" -> \"bye\" [label=\"abandon"));
	assert_string_equal(effect_word(FX_SAVE), "seal and save");
	assert_string_equal(outcome_of_screen_word(OUT_NOT_ME), "not-me");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_row_of_ones_own_comes_first),
		TEST(an_outcome_follows_its_row),
		TEST(forgetting_comes_before_the_next_screen),
		TEST(help_lies_over_the_screen),
		TEST(a_screen_without_help_has_none),
		TEST(idle_time_warns_then_forgets),
		TEST(the_key_that_answers_the_warning_does_nothing_else),
		TEST(work_does_not_count_as_idle),
		TEST(a_pulled_or_swapped_card_ends_it),
		TEST(after_the_save_the_card_may_leave),
		TEST(a_professional_card_beside_is_no_news),
		TEST(the_picture_has_each_row),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
