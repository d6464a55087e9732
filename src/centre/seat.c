/* seat: words that can stand in a terminal's settings. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "centre/seat.h"
#include "envelope/permit.h"

#define SCOPE_WORD(name, number, word) [number] = word,
static const char *const scopes[] = { SWITCH_SCOPES(SCOPE_WORD) };

const char *
switch_scope_word(enum switch_scope w)
{
	return scopes[w];
}

/* "01" to "95" or "2A", "971" to "989": two characters, or three digits. */
static bool
is_department(const char *text)
{
	const size_t n = strlen(text);

	if (strcmp(text, "2A") == 0 || strcmp(text, "2B") == 0)
		return true;
	return (n == 2 || (n == 3 && text[0] == '9')) &&
	    strspn(text, "0123456789") == n;
}

/* A line of settings ends at a ";" (base/conf.h), and takes no blanks around
 * its value. */
static bool
is_value(const char *text)
{
	const size_t n = strlen(text);

	return n > 0 && text[0] != ' ' && text[n - 1] != ' ' &&
	    strchr(text, ';') == NULL && text_is_clean(text);
}

static bool
fits(enum seat_word which, const char *text)
{
	switch (which) {
	case SEAT_SITE:
	case SEAT_NAME:
		return true;
	case SEAT_PROFILE:
		return permit_profile(text) != -1;
	case SEAT_DEPARTMENT:
		return is_department(text);
	}
	return false;
}

enum err
seat_put(struct seat *s, enum seat_word which, const char *text)
{
	const struct {
		char *at;
		size_t room;
	} words[] = {
		[SEAT_SITE] = { s->site, sizeof(s->site) },
		[SEAT_NAME] = { s->name, sizeof(s->name) },
		[SEAT_PROFILE] = { s->profile, sizeof(s->profile) },
		[SEAT_DEPARTMENT] = { s->department, sizeof(s->department) },
	};

	if (text == NULL)
		return ERR_OK;
	if (!is_value(text) || !fits(which, text) ||
	    strlen(text) >= words[which].room)
		return err_about(ERR_USAGE, "%s", text);
	(void)snprintf(words[which].at, words[which].room, "%s", text);
	return ERR_OK;
}
