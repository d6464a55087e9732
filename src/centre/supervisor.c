/* supervisor: the file of those who may look, and the door that asks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/secret.h"
#include "centre/supervisor.h"

#define NAME_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789.-_"
#define FILE_NAME    "supervisors"
#define FILE_MAX     ((size_t)16 * 1024)
#define STAY_MS	     900000u
#define PASS_ROOM    256
#define FAILS_MAX    7 /* by then the wait is the longest */

struct supervisor {
	char name[SUPERVISOR_ROOM], verifier[VERIFIER_LEN];
};

struct supervisors {
	char path[PATH_ROOM];
	struct supervisor all[SUPERVISORS_MAX];
	size_t n;
};

/* What the door remembers of a name. */
struct visitor {
	char name[SUPERVISOR_ROOM];
	uint8_t shown[DIGEST_LEN]; /* of pass and verifier, under our key */
	uint64_t until_ms;	   /* it is believed; 0: not */
	unsigned fails;
	uint64_t failed_ms;
};

struct supervisor_door {
	char state[PATH_ROOM];
	uint8_t key[SYM_KEY_LEN];
	struct visitor visitor[SUPERVISORS_MAX];
	char text[PASS_ROOM]; /* the pair in clear, for one question */
};

static bool
name_is_good(const char *name)
{
	size_t n = strlen(name);

	return n > 0 && n < SUPERVISOR_ROOM &&
	    strspn(name, NAME_LETTERS) == n;
}

static struct supervisor *
find(struct supervisors *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->all[i].name, name) == 0)
			return &s->all[i];
	return NULL;
}

/* "NAME VERIFIER", its end being a NUL by now. */
static bool
take_line(struct supervisors *s, char *line)
{
	struct supervisor *one = &s->all[s->n];
	char *verifier = strchr(line, ' ');

	if (verifier == NULL || s->n == SUPERVISORS_MAX)
		return false;
	*verifier++ = '\0';
	if (!name_is_good(line) || find(s, line) != NULL ||
	    strncmp(verifier, "$argon2id$", 10) != 0 ||
	    strlen(verifier) >= sizeof(one->verifier))
		return false;
	memset(one, 0, sizeof(*one));
	(void)snprintf(one->name, sizeof(one->name), "%s", line);
	(void)snprintf(one->verifier, sizeof(one->verifier), "%s", verifier);
	s->n++;
	return true;
}

static bool
take_lines(struct supervisors *s, char *text)
{
	char *end;

	for (; *text != '\0'; text = end + 1) {
		if ((end = strchr(text, '\n')) == NULL)
			return false;
		*end = '\0';
		if (!take_line(s, text))
			return false;
	}
	return true;
}

/* No file is nobody. */
static enum err
load(const char *state, struct supervisors *s)
{
	struct stat st;
	struct buf b;
	enum err r;

	memset(s, 0, sizeof(*s));
	if ((r = path_join(state, FILE_NAME, s->path)) != ERR_OK)
		return r;
	if (lstat(s->path, &st) != 0)
		return ERR_OK;
	buf_init(&b);
	if (!S_ISREG(st.st_mode) || (st.st_mode & 077) != 0 ||
	    file_read(s->path, FILE_MAX, &b) != ERR_OK ||
	    memchr(b.p, '\0', b.len) != NULL ||
	    buf_terminate(&b) != ERR_OK || !take_lines(s, (char *)b.p)) {
		s->n = 0;
		r = err_about(ERR_SUPERVISORS, "%s", s->path);
	}
	buf_clear(&b);
	return r;
}

static enum err
save(const struct supervisors *s)
{
	enum err r = ERR_OK;
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < s->n && r == ERR_OK; i++)
		r = buf_putf(&b, "%s %s\n", s->all[i].name,
		    s->all[i].verifier);
	if (r == ERR_OK)
		r = file_replace(s->path, b.p, b.len, 0600);
	buf_clear(&b);
	return r;
}

enum err
supervisor_add(const char *state, const char *name, const char *password)
{
	struct supervisors s;
	struct supervisor *one;
	enum err r;

	if (!name_is_good(name))
		return err_about(ERR_SUPERVISOR_FORM, "%s", name);
	if (strlen(password) < SUPERVISOR_PASS_MIN)
		return ERR_SUPERVISOR_WEAK;
	if ((r = load(state, &s)) != ERR_OK)
		return r;
	if ((one = find(&s, name)) == NULL) {
		if (s.n == SUPERVISORS_MAX)
			return err_about(ERR_SUPERVISOR_FORM, "%s", name);
		one = &s.all[s.n++];
		(void)snprintf(one->name, sizeof(one->name), "%s", name);
	}
	if ((r = verifier_make(password, strlen(password),
	    one->verifier)) != ERR_OK)
		return r;
	return save(&s);
}

enum err
supervisor_remove(const char *state, const char *name)
{
	struct supervisors s;
	struct supervisor *one;
	enum err r;

	if ((r = load(state, &s)) != ERR_OK)
		return r;
	if ((one = find(&s, name)) == NULL)
		return err_about(ERR_NOT_FOUND, "%s", name);
	*one = s.all[--s.n];
	return save(&s);
}

static int
by_name(const void *a, const void *b)
{
	const struct supervisor *x = a, *y = b;

	return strcmp(x->name, y->name);
}

enum err
supervisor_each(const char *state, supervisor_see *see, void *user)
{
	struct supervisors s;
	enum err r;

	if ((r = load(state, &s)) != ERR_OK)
		return r;
	qsort(s.all, s.n, sizeof(s.all[0]), by_name);
	for (size_t i = 0; i < s.n && r == ERR_OK; i++)
		r = see(s.all[i].name, user);
	return r;
}

enum err
supervisor_door_new(const char *state, struct supervisor_door **out)
{
	struct supervisor_door *d = secret_alloc(sizeof(*d));

	if (d == NULL)
		return ERR_MEMORY;
	(void)snprintf(d->state, sizeof(d->state), "%s", state);
	secret_random(d->key, sizeof(d->key));
	*out = d;
	return ERR_OK;
}

void
supervisor_door_free(struct supervisor_door *d)
{
	secret_free(d);
}

/* The name and, behind its NUL, the password, in d->text. */
static bool
read_pair(struct supervisor_door *d, const char *pass, char **password)
{
	size_t n;
	char *colon;

	if (base64_read(pass, (uint8_t *)d->text, sizeof(d->text) - 1, &n) !=
	    ERR_OK || memchr(d->text, '\0', n) != NULL)
		return false;
	d->text[n] = '\0';
	if ((colon = strchr(d->text, ':')) == NULL)
		return false;
	*colon = '\0';
	*password = colon + 1;
	return name_is_good(d->text);
}

/* What is remembered of that name; of a new one, in the place of nobody or
 * of who has been silent the longest. */
static struct visitor *
remember(struct supervisor_door *d, const char *name)
{
	struct visitor *v = d->visitor, *old = v;

	for (; v < d->visitor + SUPERVISORS_MAX; v++) {
		if (strcmp(v->name, name) == 0)
			return v;
		if (v->name[0] == '\0' || v->failed_ms < old->failed_ms)
			old = v;
		if (v->name[0] == '\0')
			break;
	}
	memset(old, 0, sizeof(*old));
	(void)snprintf(old->name, sizeof(old->name), "%.*s",
	    SUPERVISOR_ROOM - 1, name);
	return old;
}

static unsigned
still_waits(const struct visitor *v, uint64_t now_ms)
{
	uint64_t wait_ms, past_ms = now_ms - v->failed_ms;

	if (v->fails == 0)
		return 0;
	wait_ms = (uint64_t)1000 << (v->fails - 1);
	if (wait_ms > SUPERVISOR_WAIT_S * 1000u)
		wait_ms = SUPERVISOR_WAIT_S * 1000u;
	return past_ms >= wait_ms ? 0
	    : (unsigned)((wait_ms - past_ms + 999) / 1000);
}

/* The pair and its verifier, under a key that nobody else has. */
static enum err
digest_of(const struct supervisor_door *d, const char *password,
    const char *verifier, uint8_t out[DIGEST_LEN])
{
	struct buf b;
	enum err r;

	if ((r = buf_init_secret(&b, PASS_ROOM + VERIFIER_LEN)) != ERR_OK)
		return r;
	if ((r = buf_put(&b, password, strlen(password) + 1)) == ERR_OK &&
	    (r = buf_put_text(&b, verifier)) == ERR_OK)
		keyed_digest(d->key, b.p, b.len, out);
	buf_clear(&b);
	return r;
}

/* A name that nobody has costs the same time, and is wrong. */
static enum err
try(const struct supervisor *one, const char *password)
{
	char unused[VERIFIER_LEN];

	if (one == NULL) {
		(void)verifier_make(password, strlen(password), unused);
		return ERR_SUPERVISOR;
	}
	return verifier_check(one->verifier, password, strlen(password)) ==
	    ERR_OK ? ERR_OK : ERR_SUPERVISOR;
}

static enum err
admit(struct supervisor_door *d, struct supervisors *s, const char *password,
    uint64_t now_ms, unsigned *wait_s)
{
	const struct supervisor *one = find(s, d->text);
	struct visitor *v = remember(d, d->text);
	uint8_t shown[DIGEST_LEN];
	enum err r;

	if ((r = digest_of(d, password, one == NULL ? "" : one->verifier,
	    shown)) != ERR_OK)
		return r;
	if (one != NULL && now_ms < v->until_ms &&
	    secret_equal(shown, v->shown, sizeof(shown)))
		return ERR_OK;
	if ((*wait_s = still_waits(v, now_ms)) > 0)
		return ERR_SUPERVISOR_WAIT;
	if ((r = try(one, password)) != ERR_OK) {
		v->fails += v->fails < FAILS_MAX;
		v->failed_ms = now_ms;
		return r;
	}
	v->fails = 0;
	v->until_ms = now_ms + STAY_MS;
	memcpy(v->shown, shown, sizeof(shown));
	return ERR_OK;
}

enum err
supervisor_admit(struct supervisor_door *d, const char *pass,
    uint64_t elapsed_ms, unsigned *wait_s)
{
	struct supervisors s;
	char *password;
	enum err r;

	*wait_s = 0;
	if ((r = load(d->state, &s)) != ERR_OK)
		return r;
	r = pass != NULL && read_pair(d, pass, &password) ?
	    admit(d, &s, password, elapsed_ms, wait_s) : ERR_SUPERVISOR;
	secret_wipe(d->text, sizeof(d->text));
	return r;
}
