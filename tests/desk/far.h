/* far: guichet-sync's door and the centre behind it, in the hand of a test. */
#ifndef GUICHET_TESTS_DESK_FAR_H
#define GUICHET_TESTS_DESK_FAR_H

#include <sys/socket.h>
#include <unistd.h>

#include "base/keyfile.h"
#include "base/secret.h"
#include "desk/asklink.h"
#include "queue/ask.h"
#include "tests/envelope/asked.h"
#include "tests/temp.h"

static struct asker asker;
static struct listen_at at;
static struct asklink *l;
static struct question heard;
static uint8_t outcome[SIGN_SECRET_LEN], outcome_public[SIGN_PUBLIC_LEN];
static int door = -1;

/* The door is open, and a link to it. */
static inline int
far_begin(void)
{
	char folder[PATH_ROOM], path[PATH_ROOM];

	asker_make(&asker);
	sign_keypair(outcome, outcome_public);
	(void)unlink(temp_path("keys/opener.pub", path));
	if (folder_make(temp_path("keys", folder)) != ERR_OK ||
	    keyfile_write(path, "outcome-public", outcome_public,
	    SIGN_PUBLIC_LEN, 4) != ERR_OK ||
	    ask_address(temp_dir, &at) != ERR_OK ||
	    listen_unix(&at, &door) != ERR_OK ||
	    asklink_open(temp_dir, &l) != ERR_OK)
		return -1;
	return 0;
}

static inline void
far_end(void)
{
	asklink_close(l);
	l = NULL;
	if (door != -1)
		close(door);
	listen_drop(&at);
}

/* The other side: what was asked. */
static inline int
take(void)
{
	uint8_t bytes[QUESTION_LEN];
	int fd = accept(door, NULL, NULL);

	assert_true(fd != -1);
	assert_true(listen_hear(fd, bytes, sizeof(bytes), 1000));
	assert_int_equal(question_open(bytes, sizeof(bytes),
	    asker.sign_public, asker.opening, &heard), ERR_OK);
	return fd;
}

/* What it answers, and closes. */
static inline void
answer(int fd, const struct rid *id, enum question_kind kind,
    enum response_word word, const uint8_t secret[SIGN_SECRET_LEN])
{
	struct response a = { .terminal = 7, .id = *id, .kind = kind,
		.word = word, .at_ms = 1795271600000 };
	struct buf b;

	if (word == RESPONSE_RIGHT)
		memset(a.vouch, 7, sizeof(a.vouch));
	buf_init(&b);
	assert_int_equal(response_write(&a, secret, heard.reply, &b), ERR_OK);
	assert_int_equal(fd_write_all(fd, b.p, b.len), ERR_OK);
	buf_clear(&b);
	close(fd);
}

#endif
