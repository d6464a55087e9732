/* played: one reader of two slots, and a pile of decks. */
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "card/played.h"
#include "card/player.h"

#define READER_NAME  "Lecteur de demonstration"
#define COMMAND_ROOM 32

struct played {
	struct sim_deck *deck;
	size_t ndecks, at;
	struct player player[SIM_SLOTS];
	uint32_t counter[SIM_SLOTS];
	bool has_slot[SIM_SLOTS];
	int connected; /* slot, or -1 */
	bool changed;  /* since the last wait */
	int commands;
	char line[COMMAND_ROOM];
	size_t line_len;
	bool ended, again;
};

static void
slot_name(size_t slot, char out[READER_NAME_ROOM])
{
	(void)snprintf(out, READER_NAME_ROOM, READER_NAME " 00 %02zu", slot);
}

static void
put_in(struct played *p, size_t slot, const struct sim_card *card)
{
	if (p->player[slot].card == NULL && card == NULL)
		return;
	/* A removal and an insertion each count. */
	p->counter[slot] += p->player[slot].card != NULL ? 1 : 0;
	p->counter[slot] += card != NULL ? 1 : 0;
	player_insert(&p->player[slot], card);
	p->changed = true;
}

/* The next of this slot's own pile, or else the next deck's. */
static void
swap(struct played *p, size_t slot)
{
	const struct sim_card *card = p->player[slot].card;

	put_in(p, slot, card != NULL && card->next != NULL ? card->next :
	    p->deck[(p->at + 1) % p->ndecks].slot[slot]);
}

static void
swap_decks(struct played *p)
{
	p->at = (p->at + 1) % p->ndecks;
	for (size_t s = 0; s < SIM_SLOTS; s++)
		put_in(p, s, p->deck[p->at].slot[s]);
}

/* One command for one slot, or for all of them. */
enum err
played_command(struct played *p, const char *line)
{
	const char *blank = strchr(line, ' ');
	const size_t n = blank == NULL ? strlen(line) :
	    (size_t)(blank - line);
	size_t first = 0, last = SIM_SLOTS - 1;

	if (blank != NULL && (blank[1] < '1' || blank[1] > '0' + SIM_SLOTS ||
	    blank[2] != '\0'))
		return err_about(ERR_USAGE, "%s", line);
	if (blank != NULL)
		first = last = (size_t)(blank[1] - '1');
	if (n == 4 && strncmp(line, "swap", n) == 0 && blank == NULL) {
		swap_decks(p);
		return ERR_OK;
	}
	for (size_t s = first; s <= last; s++)
		if (n == 6 && strncmp(line, "insert", n) == 0) {
			if (p->player[s].card == NULL)
				put_in(p, s, p->deck[p->at].slot[s]);
		} else if (n == 4 && strncmp(line, "pull", n) == 0) {
			put_in(p, s, NULL);
		} else if (n == 4 && strncmp(line, "swap", n) == 0) {
			swap(p, s);
		} else {
			return err_about(ERR_USAGE, "%s", line);
		}
	return ERR_OK;
}

/* Bytes of the command descriptor, until it has no more for now. */
static enum err
take_commands(struct played *p)
{
	char bytes[64];
	ssize_t n = read(p->commands, bytes, sizeof(bytes));
	enum err r = ERR_OK;

	if (n <= 0) {
		p->ended = n == 0 || errno != EINTR;
		return ERR_OK;
	}
	for (ssize_t i = 0; r == ERR_OK && i < n; i++) {
		if (bytes[i] == '\n') {
			p->line[p->line_len] = '\0';
			p->line_len = 0;
			if (strcmp(p->line, "read") == 0)
				p->again = true;
			else
				r = played_command(p, p->line);
		} else if (p->line_len + 1 < COMMAND_ROOM) {
			p->line[p->line_len++] = bytes[i];
		}
	}
	return r;
}

static void
show_slot(const struct played *p, size_t slot, struct slot *out)
{
	const struct player *player = &p->player[slot];

	memset(out, 0, sizeof(*out));
	slot_name(slot, out->name);
	out->counter = p->counter[slot];
	out->present = player->card != NULL;
	if (!out->present)
		return;
	out->mute = player->mute;
	out->taken = player->card->alone;
	out->atr_len = player->card->atr_len;
	memcpy(out->atr, player->card->atr, out->atr_len);
}

static enum err
played_wait(void *own, int ms, struct slots *out)
{
	struct played *p = own;
	struct pollfd fd = { .fd = p->commands, .events = POLLIN };
	enum err r = ERR_OK;

	if (p->commands != -1 &&
	    poll(&fd, 1, p->changed ? 0 : ms) > 0)
		r = take_commands(p);
	p->changed = false;
	out->ended = p->ended;
	out->again = p->again;
	p->again = false;
	out->n = 0;
	for (size_t s = 0; s < SIM_SLOTS; s++)
		if (p->has_slot[s])
			show_slot(p, s, &out->slot[out->n++]);
	return r;
}

static enum err
played_begin(void *own, const char *reader)
{
	struct played *p = own;
	char name[READER_NAME_ROOM];

	for (size_t s = 0; s < SIM_SLOTS; s++) {
		const struct player *player = &p->player[s];

		slot_name(s, name);
		if (strcmp(name, reader) != 0 || player->card == NULL)
			continue;
		if (player->mute)
			return ERR_CARD_MUTE;
		if (player->card->alone)
			return ERR_CARD_BUSY;
		p->connected = (int)s;
		return ERR_OK;
	}
	return ERR_CARD_GONE;
}

static enum err
played_transmit(void *own, const uint8_t *command, size_t n,
    uint8_t reply[REPLY_ROOM], size_t *len)
{
	struct played *p = own;
	enum sim_deed deed;
	enum err r;
	size_t s;

	if (p->connected < 0)
		return ERR_CARD_GONE;
	s = (size_t)p->connected;
	r = player_answer(&p->player[s], command, n, reply, len, &deed);
	if (r == ERR_OK)
		return r;
	p->changed = true;
	if (deed == SIM_PULL)
		put_in(p, s, NULL);
	else if (deed == SIM_SWAP)
		swap(p, s);
	/* Whatever it was, this connection is over. */
	p->connected = -1;
	return r;
}

static void
played_end(void *own)
{
	struct played *p = own;

	p->connected = -1;
}

static void
free_own(void *own)
{
	played_free(own);
}

struct card_io
played_io(struct played *p)
{
	const struct card_io io = { .own = p, .wait = played_wait,
		.begin = played_begin, .transmit = played_transmit,
		.end = played_end, .free = free_own };

	return io;
}

void
played_tear(struct played *p, size_t slot, unsigned at, enum sim_deed deed)
{
	const struct sim_fault f = { .at = at, .deed = deed };

	p->player[slot].tear = f;
}

unsigned
played_count(const struct played *p, size_t slot)
{
	return p->player[slot].count;
}

static enum err
played_new(size_t decks, struct played **out)
{
	struct played *p = calloc(1, sizeof(*p));

	if (p == NULL || (p->deck = calloc(decks, sizeof(*p->deck))) == NULL) {
		free(p);
		return ERR_MEMORY;
	}
	p->connected = p->commands = -1;
	*out = p;
	return ERR_OK;
}

void
played_free(struct played *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->ndecks; i++)
		cardfile_clear(&p->deck[i]);
	free(p->deck);
	free(p);
}

/* All decks are there: which slots does this reader have? */
static void
count_slots(struct played *p)
{
	p->has_slot[0] = true;
	for (size_t i = 0; i < p->ndecks; i++)
		for (size_t s = 1; s < SIM_SLOTS; s++)
			if (p->deck[i].slot[s] != NULL)
				p->has_slot[s] = true;
}

enum err
played_text(const char *const texts[], size_t n, struct played **out)
{
	struct played *p;
	enum err r;

	if ((r = played_new(n, &p)) != ERR_OK)
		return r;
	for (; p->ndecks < n; p->ndecks++)
		if ((r = cardfile_read("text", texts[p->ndecks],
		    &p->deck[p->ndecks])) != ERR_OK) {
			played_free(p);
			return r;
		}
	count_slots(p);
	*out = p;
	return ERR_OK;
}

static int
is_card(const struct dirent *e)
{
	const size_t n = strlen(e->d_name);

	return n > 5 && strcmp(e->d_name + n - 5, ".card") == 0;
}

static enum err
load_folder(const char *path, struct played **out)
{
	struct dirent **names = NULL;
	int n = scandir(path, &names, is_card, alphasort);
	char file[PATH_ROOM];
	struct played *p = NULL;
	enum err r = ERR_OK;

	if (n <= 0)
		r = err_about(ERR_FILE_READ, "%s", path);
	else
		r = played_new((size_t)n, &p);
	for (int i = 0; r == ERR_OK && i < n; i++)
		if ((r = path_join(path, names[i]->d_name, file)) == ERR_OK &&
		    (r = cardfile_load(file, &p->deck[p->ndecks])) == ERR_OK)
			p->ndecks++;
	for (int i = 0; i < n; i++)
		free(names[i]);
	free(names);
	if (r == ERR_OK)
		*out = p;
	else
		played_free(p);
	return r;
}

static enum err
load_file(const char *path, struct played **out)
{
	struct played *p;
	enum err r;

	if ((r = played_new(1, &p)) != ERR_OK)
		return r;
	if ((r = cardfile_load(path, &p->deck[0])) != ERR_OK) {
		played_free(p);
		return r;
	}
	p->ndecks = 1;
	*out = p;
	return ERR_OK;
}

enum err
played_load(const char *path, bool inserted, int commands,
    struct played **out)
{
	struct stat st;
	struct played *p;
	enum err r;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		r = load_folder(path, &p);
	else
		r = load_file(path, &p);
	if (r != ERR_OK)
		return r;
	count_slots(p);
	p->commands = commands;
	if (inserted)
		(void)played_command(p, "insert");
	*out = p;
	return ERR_OK;
}
