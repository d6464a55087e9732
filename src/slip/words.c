/* words: lines of a slip, said in the language in use. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "slip/words.h"

void
words_title(struct slip *s, const char *text)
{
	slip_add(s, SLIP_TITLE, _(text), NULL);
}

void
words_rule(struct slip *s)
{
	slip_add(s, SLIP_RULE, NULL, NULL);
}

void
words_para(struct slip *s, const char *text)
{
	char line[SLIP_TEXT];
	const char *at = _(text);

	for (;;) {
		size_t n = strcspn(at += strspn(at, "\n"), "\n");

		if (n == 0)
			break;
		(void)snprintf(line, sizeof(line), "%.*s", (int)n, at);
		slip_add(s, SLIP_PARA, line, NULL);
		at += n;
	}
}

void
words_fact(struct slip *s, const char *label, const char *value)
{
	char text[SLIP_TEXT];

	(void)snprintf(text, sizeof(text), _("%s :"), _(label));
	slip_add(s, SLIP_FACT, text, value);
}

void
words_person(struct slip *s, const char *family, const char *given,
    const char *birth)
{
	words_fact(s, N_("Nom"), family);
	words_fact(s, N_("Prénom"), given);
	words_fact(s, N_("Naissance"), birth);
}

void
words_help(struct slip *s, const char *support)
{
	if (*support != '\0')
		words_fact(s, N_("Besoin d'aide"), support);
}
