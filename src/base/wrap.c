/* wrap: lines of at most so many columns. */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "base/wrap.h"

#define OPEN  "«"
#define CLOSE "»"
#define UNIT  3 /* bytes of a unit that stays with its number */

/* Does the line end at this newline, or does the text flow on? */
static bool
is_end(const char *s, bool flows)
{
	if (*s == '\0')
		return true;
	if (*s != '\n')
		return false;
	return !flows || s[1] == '\0' || s[1] == '\n' || s[1] == '-' ||
	    s[1] == ' ' || strncmp(s + 1, "•", sizeof("•") - 1) == 0;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n';
}

/* May a line end before the blank at s[at]? */
static bool
may_break(const char *s, size_t at)
{
	const char *next = s + at + 1;

	if (at >= 2 && strncmp(s + at - 2, OPEN, 2) == 0)
		return false;
	return *next == '\0' || (strchr(":;?!", *next) == NULL &&
	    strncmp(next, CLOSE, 2) != 0);
}

/* Would it part a number, or a number and its unit: "0810 331 133", "30 min",
 * "8 h 30"? Then only where nothing else fits. */
static bool
parts_number(const char *s, size_t at)
{
	const char *next = s + at + 1;

	if (at == 0)
		return false;
	if (isdigit((unsigned char)s[at - 1]))
		return isdigit((unsigned char)*next) ||
		    strcspn(next, " \n.,;:)") <= UNIT;
	return at >= 3 && memcmp(s + at - 2, " h", 2) == 0 &&
	    isdigit((unsigned char)s[at - 3]);
}

/* Past the blanks at the break, and the newline that ends the line. */
static size_t
past(const char *s, size_t at, bool flows)
{
	while (is_blank(s[at]) && !is_end(s + at, flows))
		at++;
	return s[at] == '\n' ? at + 1 : at;
}

/* A word that is longer than the line: cut between two letters. */
static struct line
cut(const char *s, size_t width)
{
	size_t n = text_fit_in(s, strcspn(s, "\n"), width, NULL);

	/* Not even one letter fits: it cannot be shown, but go on. */
	return (struct line){
		.len = n, .step = n == 0 ? text_first(s) : n + (s[n] == ' ')
	};
}

struct line
wrap_next(const char *s, size_t width, bool flows)
{
	size_t at = 0, used = 0, good = 0, poor = 0, cols, word;

	if (*s == '\n') /* an empty line */
		return (struct line){ .step = 1, .ends = true };
	for (;;) {
		word = strcspn(s + at, " \n");
		if (text_fit_in(s + at, word, width - used, &cols) < word)
			break;
		at += word;
		used += cols;
		if (is_end(s + at, flows))
			return (struct line){
				.len = at, .step = at + (s[at] == '\n'),
				.ends = true
			};
		if (may_break(s, at))
			*(parts_number(s, at) ? &poor : &good) = at;
		if (used == width)
			break;
		at++;
		used++;
	}
	if (good == 0 && (good = poor) == 0)
		return cut(s, width);
	at = past(s, good, flows);
	return (struct line){
		.len = good, .step = at, .ends = s[at - 1] == '\n' &&
		    is_end(s + at - 1, flows)
	};
}
