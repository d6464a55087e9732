/* cardlink: lines of the card program as news, and its end as an error. */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/sandbox.h"
#include "base/secret.h"
#include "child.h"
#include "desk/cardlink.h"

static struct cardlink *
link_to(const char *script, const char *cards)
{
	struct cardlink *l;

	child_write("guichet-card", script);
	assert_int_equal(cardlink_open(cards, &l), ERR_OK);
	return l;
}

static void
unlink_from(struct cardlink *l)
{
	cardlink_close(l);
	child_remove("guichet-card");
}

/* The next news or the first error, waiting for it. */
static enum err
next(struct cardlink *l, const struct card_news **news)
{
	enum err r;

	while ((r = cardlink_next(l, news)) == ERR_OK && *news == NULL) {
		struct pollfd p = { .fd = cardlink_fd(l), .events = POLLIN };

		assert_int_equal(poll(&p, 1, 5000), 1);
		if ((r = cardlink_feed(l)) != ERR_OK)
			return r;
	}
	return r;
}

static void
lines_become_news(void **state)
{
	struct cardlink *l = link_to(
	    "echo '{\"event\":\"reader\",\"state\":\"empty\",\"reader\":"
	    "\"Un lecteur\",\"code\":0}'\n"
	    "echo '{\"event\":\"gone\",\"epoch\":7}'; read x", NULL);
	const struct card_news *news;

	(void)state;
	assert_int_equal(next(l, &news), ERR_OK);
	assert_int_equal(news->kind, NEWS_READER);
	assert_int_equal(news->state, READER_EMPTY);
	assert_string_equal(news->reader, "Un lecteur");
	assert_int_equal(next(l, &news), ERR_OK);
	assert_int_equal(news->kind, NEWS_GONE);
	assert_int_equal(news->epoch, 7);
	cardlink_forget(l);
	assert_true(secret_is_zero(news, sizeof(*news)));
	unlink_from(l);
}

static void
what_is_said_arrives(void **state)
{
	struct cardlink *l = link_to("read verb\n"
	    "[ \"$verb$2\" = readdemo ] && "
	    "echo '{\"event\":\"gone\",\"epoch\":1}'; read x", "demo");
	const struct card_news *news;

	(void)state;
	assert_int_equal(cardlink_say(l, "a verb that is too long"),
	    ERR_USAGE);
	assert_int_equal(cardlink_say(l, "read"), ERR_OK);
	assert_int_equal(next(l, &news), ERR_OK);
	assert_int_equal(news->kind, NEWS_GONE);
	unlink_from(l);
}

static void
nonsense_and_an_end_are_said(void **state)
{
	struct cardlink *l = link_to("echo nonsense; read x", NULL);
	const struct card_news *news;

	(void)state;
	assert_int_equal(next(l, &news), ERR_CHILD);
	unlink_from(l);
	l = link_to("exit 0", NULL);
	assert_int_equal(next(l, &news), ERR_CHILD);
	assert_int_equal(cardlink_fd(l), -1);
	assert_string_equal(err_subject(), "guichet-card");
	unlink_from(l);
	cardlink_close(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_become_news),
		cmocka_unit_test(what_is_said_arrives),
		cmocka_unit_test(nonsense_and_an_end_are_said),
	};

	if (secret_start() != ERR_OK || sandbox_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
