/*
 * asker: puts a question at the terminal's door, as the desk does.
 *
 *	asker DESK.CONF RID dossier
 *	asker DESK.CONF RID send mobile|email TO
 *	asker DESK.CONF RID check mobile|email TO CODE
 *	asker DESK.CONF RID sent mobile|email TO
 *	asker DESK.CONF write FILE	a dossier question's bytes
 *	asker DESK.CONF replay FILE	hands them over: "answered" or "nothing"
 *
 * Prints the word of the answer in small letters, with the seconds or tries
 * that it names, or the number of the error. About one person of the tests.
 */
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/secret.h"
#include "desk/asklink.h"
#include "desk/keyring.h"
#include "queue/ask.h"

#define COPY(to, from) (void)snprintf((to), sizeof(to), "%s", (from))

static void
fill(const struct desk_settings *set, struct question *q)
{
	q->terminal = (uint32_t)set->terminal;
	q->training = true;
	COPY(q->operator_id, set->operator_id);
	COPY(q->profession, set->operator_profession);
	COPY(q->site_id, set->site_id);
	COPY(q->site_name, set->site_name);
	COPY(q->family, "ESSAI");
	COPY(q->given, "ALAINBIS");
	COPY(q->birth, "19421901");
	COPY(q->nir, "1421962965167");
}

static enum err
parse(int argc, char *argv[], struct question *q)
{
	static const char *const kinds[] = { "dossier", "send", "check",
		"sent" };
	static const int words[] = { 4, 6, 7, 6 };

	for (size_t i = 0; i < 4; i++) {
		if (strcmp(argv[3], kinds[i]) != 0 || argc != words[i])
			continue;
		q->kind = (enum question_kind)i;
		if (i > 0) {
			q->reach = strcmp(argv[4], "email") == 0 ?
			    REACH_EMAIL : REACH_MOBILE;
			COPY(q->to, argv[5]);
			COPY(q->lang, "fr");
		}
		if (q->kind == QUESTION_CHECK)
			COPY(q->code, argv[6]);
		return rid_read(argv[2], &q->about);
	}
	return ERR_USAGE;
}

static enum err
wait_for(struct asklink *l, struct response *a)
{
	enum err came = ERR_NOT_NOW;
	struct pollfd p = { .events = POLLIN };

	while (!asklink_look(l, a, &came)) {
		p.fd = asklink_fd(l);
		(void)poll(&p, 1, 50);
	}
	return came;
}

static void
print(const struct response *a)
{
#define SAY(name, number, kind)						\
	case RESPONSE_##name:						\
		printf("%s", #name);					\
		break;
	switch (a->word) {
		RESPONSES(SAY)
	}
	if (a->wait_s > 0)
		printf(" %u", a->wait_s);
	if (a->tries > 0)
		printf(" %u", a->tries);
	printf("\n");
}

static enum err
ask(const struct desk_settings *set, struct desk_keys *keys, int argc,
    char *argv[])
{
	struct question *q = secret_alloc(sizeof(*q));
	struct asklink *l = NULL;
	struct response a;
	enum err r = ERR_MEMORY;

	if (q == NULL)
		return r;
	fill(set, q);
	if ((r = parse(argc, argv, q)) == ERR_OK &&
	    (r = asklink_open(set->state, &l)) == ERR_OK &&
	    (r = asklink_ask(l, q, &keys->envelope, clock_wall_ms())) ==
	    ERR_OK && (r = wait_for(l, &a)) == ERR_OK)
		print(&a);
	asklink_close(l);
	secret_free(q);
	return r;
}

static enum err
write_one(const struct desk_settings *set, struct desk_keys *keys,
    const char *path)
{
	uint8_t reply[BOX_SECRET_LEN];
	struct question *q = secret_alloc(sizeof(*q));
	struct buf b;
	enum err r;

	if (q == NULL)
		return ERR_MEMORY;
	buf_init(&b);
	fill(set, q);
	box_keypair(reply, q->reply);
	q->at_ms = clock_wall_ms();
	rid_make(q->at_ms, &q->id);
	if ((r = question_write(q, &keys->envelope, &b)) == ERR_OK)
		r = file_replace(path, b.p, b.len, 0600);
	buf_clear(&b);
	secret_free(q);
	return r;
}

static enum err
replay(const struct desk_settings *set, const char *path)
{
	uint8_t answer[RESPONSE_LEN];
	struct listen_at at;
	struct buf b;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	enum err r;

	buf_init(&b);
	if ((r = file_read(path, 65536, &b)) == ERR_OK &&
	    (r = ask_address(set->state, &at)) == ERR_OK &&
	    (connect(fd, (const struct sockaddr *)&at.address, at.len) != 0 ||
	    fd_write_all(fd, b.p, b.len) != ERR_OK))
		r = ERR_SYNC_DOOR;
	if (r == ERR_OK)
		printf("%s\n", listen_hear(fd, answer, sizeof(answer), 3000) ?
		    "answered" : "nothing");
	close(fd);
	buf_clear(&b);
	return r;
}

int
main(int argc, char *argv[])
{
	struct desk_settings set;
	struct desk_keys *keys = NULL;
	enum err r = ERR_USAGE;

	if (argc < 4 || (r = secret_start()) != ERR_OK ||
	    (r = desk_load(argv[1], &set)) != ERR_OK ||
	    (r = desk_keys_load(set.state, &keys)) != ERR_OK)
		goto out;
	if (strcmp(argv[2], "write") == 0)
		r = write_one(&set, keys, argv[3]);
	else if (strcmp(argv[2], "replay") == 0)
		r = replay(&set, argv[3]);
	else
		r = ask(&set, keys, argc, argv);
out:
	desk_keys_free(keys);
	return r == ERR_OK ? 0 : err_report("asker", r);
}
