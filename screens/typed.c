/* typed: what several screens let people type: names, telephones, numbers. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "screens/parts.h"

/* The digits of what was typed, exactly n of them; blanks, dots and hyphens
 * may stand between them, nothing else. */
static bool
read_digits(const char *typed, char *out, size_t n)
{
	size_t got = 0;

	for (; *typed != '\0'; typed++) {
		if (strchr(" .-", *typed) != NULL)
			continue;
		if (!isdigit((unsigned char)*typed) || got == n)
			return false;
		out[got++] = *typed;
	}
	out[got] = '\0';
	return got == n;
}

bool
read_phone(const char *typed, char out[PHONE_ROOM])
{
	return read_digits(typed, out, PHONE_ROOM - 1) && out[0] == '0';
}

bool
read_rpps(const char *typed, char out[RPPS_TEXT])
{
	return read_digits(typed, out, RPPS_TEXT - 1) && rpps_check(out);
}

/* One @ with something on both sides, and a dot inside what follows it. */
bool
is_email(const char *s)
{
	const char *at = strchr(s, '@'), *dot;

	if (at == NULL || at == s || strchr(at + 1, '@') != NULL ||
	    strpbrk(s, " ,;<>\"") != NULL || !text_is_clean(s))
		return false;
	dot = strrchr(at, '.');
	return dot != NULL && dot > at + 1 && dot[1] != '\0' && at[1] != '.';
}

void
keep_field(const struct event *ev, const char *id, char *out, size_t room)
{
	size_t n;

	if (ev->kind != EV_SET || strcmp(ev->id, id) != 0)
		return;
	n = strlen(ev->value);
	if (n >= room || !text_is_clean(ev->value))
		return;
	secret_wipe(out, room);
	memcpy(out, ev->value, n);
}

void
again(struct page *p, unsigned tries, const char *text)
{
	char mark[16];

	(void)snprintf(mark, sizeof(mark), "%u", tries);
	page_fresh(p, mark);
	page_warn(p, text);
}
