/* operator: accounts, their PINs, and how long a wrong one waits. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "desk/operator_own.h"

#define FAILS_MAX 32 /* the wait has long been the longest */

/* The machine's name for its own start: elapsed time counts from there. */
static enum err
read_boot(char out[BOOT_ROOM])
{
	struct buf b;
	enum err r;

	buf_init(&b);
	if ((r = file_read("/proc/sys/kernel/random/boot_id", BOOT_ROOM,
	    &b)) == ERR_OK && (r = buf_terminate(&b)) == ERR_OK) {
		(void)snprintf(out, BOOT_ROOM, "%s", (const char *)b.p);
		out[strcspn(out, "\n")] = '\0';
	}
	buf_clear(&b);
	return r;
}

enum err
operator_open(const char *state, struct operators **out)
{
	struct operators *o = secret_alloc(sizeof(*o));
	enum err r;

	if (o == NULL)
		return ERR_MEMORY;
	if ((r = path_join(state, "operators", o->path)) != ERR_OK ||
	    (r = path_join(state, "operators.lock", o->lock)) != ERR_OK ||
	    (r = read_boot(o->boot)) != ERR_OK ||
	    (r = operators_load(o)) != ERR_OK) {
		operator_close(o);
		return r;
	}
	*out = o;
	return ERR_OK;
}

void
operator_close(struct operators *o)
{
	secret_free(o);
}

enum err
operator_list(struct operators *o, const struct operator **out, size_t *n)
{
	enum err r;

	if ((r = operators_load(o)) != ERR_OK)
		return r;
	for (size_t i = 0; i < o->n; i++)
		o->who[i] = o->all[i].who;
	*out = o->who;
	*n = o->n;
	return ERR_OK;
}

/* An account of the list, locked; or NULL, nothing locked, and *r why. */
static struct account *
lock_account(struct operators *o, const char *id, int *fd, enum err *r)
{
	struct account *a;

	if ((*r = operators_lock(o, fd)) != ERR_OK)
		return NULL;
	if ((a = operators_find(o, id)) == NULL)
		*r = operators_unlock(*fd,
		    err_about(ERR_NOT_FOUND, "%s", id));
	return a;
}

/* Seconds after so many wrong PINs: 1, 2, 4 … */
static unsigned
wait_after(uint32_t fails)
{
	unsigned wait;

	if (fails == 0)
		return 0;
	wait = fails > 10 ? PIN_WAIT_MAX : 1u << (fails - 1);
	return wait < PIN_WAIT_MAX ? wait : PIN_WAIT_MAX;
}

/* What is left of the wait. Of time before the machine's last start, or from
 * the future, nothing is known: the wait begins now. */
static unsigned
still_waits(const struct operators *o, struct account *a, uint64_t now_ms)
{
	uint64_t wait_ms = wait_after(a->fails) * (uint64_t)1000, past_ms;

	if (strcmp(a->boot, o->boot) != 0 || now_ms < a->since_ms) {
		(void)snprintf(a->boot, sizeof(a->boot), "%s", o->boot);
		a->since_ms = now_ms;
	}
	past_ms = now_ms - a->since_ms;
	return past_ms >= wait_ms ? 0
	    : (unsigned)((wait_ms - past_ms + 999) / 1000);
}

/* The try counts as wrong before it is looked at. */
static enum err
try(struct operators *o, struct account *a, const char *pin,
    unsigned *wait_s)
{
	char verifier[VERIFIER_LEN], id[sizeof(a->who.id)];
	enum err r;

	(void)snprintf(id, sizeof(id), "%s", a->who.id);
	(void)snprintf(verifier, sizeof(verifier), "%s", a->verifier);
	if (a->fails < FAILS_MAX)
		a->fails++;
	*wait_s = wait_after(a->fails);
	if ((r = operators_save(o)) != ERR_OK)
		return r;
	if (verifier_check(verifier, pin, strlen(pin)) != ERR_OK)
		return ERR_PIN_WRONG;
	*wait_s = 0;
	if ((a = operators_find(o, id)) != NULL)
		a->fails = 0;
	return operators_save(o);
}

enum err
operator_check(struct operators *o, const char *id, const char *pin,
    uint64_t elapsed_ms, unsigned *wait_s)
{
	struct account *a;
	enum err r;
	int fd;

	*wait_s = 0;
	if ((a = lock_account(o, id, &fd, &r)) == NULL)
		return r;
	if ((*wait_s = still_waits(o, a, elapsed_ms)) > 0) {
		r = operators_save(o); /* where the wait now begins */
		return operators_unlock(fd, r == ERR_OK ? ERR_PIN_LOCKED : r);
	}
	a->since_ms = elapsed_ms;
	return operators_unlock(fd, try(o, a, pin, wait_s));
}

/* Digits, enough of them, not 000000, 123456 or 654321. */
static bool
pin_is_strong(const char *pin)
{
	size_t n = strlen(pin);
	bool same = true;

	if (n < PIN_MIN || n > PIN_MAX || strspn(pin, "0123456789") != n)
		return false;
	for (size_t i = 2; i < n; i++)
		same &= pin[i] - pin[i - 1] == pin[1] - pin[0];
	return !same || abs(pin[1] - pin[0]) > 1;
}

/* Made before the lock is taken: it costs time. */
static enum err
new_verifier(const char *pin, char out[VERIFIER_LEN])
{
	return pin_is_strong(pin) ? verifier_make(pin, strlen(pin), out)
	    : ERR_PIN_WEAK;
}

enum err
operator_add(struct operators *o, const struct operator *who, const char *pin)
{
	char verifier[VERIFIER_LEN];
	struct account *a;
	enum err r;
	int fd;

	if (!operators_described(who))
		return ERR_OPERATOR_FORM;
	if ((r = new_verifier(pin, verifier)) != ERR_OK ||
	    (r = operators_lock(o, &fd)) != ERR_OK)
		return r;
	if (operators_find(o, who->id) != NULL)
		return operators_unlock(fd, err_about(ERR_OPERATOR_TWICE, "%s",
		    who->id));
	if (o->n == OPERATORS_MAX)
		return operators_unlock(fd, ERR_OPERATOR_FORM);
	a = &o->all[o->n++];
	secret_wipe(a, sizeof(*a));
	a->who = *who;
	memcpy(a->verifier, verifier, sizeof(verifier));
	return operators_unlock(fd, operators_save(o));
}

enum err
operator_remove(struct operators *o, const char *id)
{
	struct account *a;
	enum err r;
	int fd;

	if ((a = lock_account(o, id, &fd, &r)) == NULL)
		return r;
	*a = o->all[--o->n];
	return operators_unlock(fd, operators_save(o));
}

/* A new verifier (NULL: the old one stays), and no wait. */
static enum err
renew(struct operators *o, const char *id, const char *verifier)
{
	struct account *a;
	enum err r;
	int fd;

	if ((a = lock_account(o, id, &fd, &r)) == NULL)
		return r;
	if (verifier != NULL)
		memcpy(a->verifier, verifier, sizeof(a->verifier));
	a->fails = 0;
	return operators_unlock(fd, operators_save(o));
}

enum err
operator_pin(struct operators *o, const char *id, const char *pin)
{
	char verifier[VERIFIER_LEN];
	enum err r = new_verifier(pin, verifier);

	return r == ERR_OK ? renew(o, id, verifier) : r;
}

enum err
operator_unlock(struct operators *o, const char *id)
{
	return renew(o, id, NULL);
}
