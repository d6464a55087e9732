/* manual: mdoc wants short lines, and each sentence on its own. */
#include <string.h>

#include "base/err.h"
#include "base/manual.h"

#define SOURCE_WIDTH 78
#define ESCAPE_WIDTH 8 /* mandoc counts a letter with an accent as \[u00E9] */

static size_t
width_of(char c)
{
	unsigned char u = (unsigned char)c;

	return u < 0x80 ? 1 : u < 0xC0 ? 0 : ESCAPE_WIDTH;
}

/* Bytes of text to put on this line: up to the end of a sentence, or of the
 * last word that fits. */
static size_t
line_of(const char *text)
{
	size_t blank = 0, width = 0, i = 0;

	for (; text[i] != '\0'; i++) {
		if (text[i] == ' ') {
			blank = i;
			if (i > 0 && text[i - 1] == '.')
				return i;
		}
		width += width_of(text[i]);
		if (width > SOURCE_WIDTH && blank > 0)
			return blank;
	}
	return i;
}

void
manual_text(const char *text, FILE *out)
{
	while (*text != '\0') {
		size_t n = line_of(text);

		/* A dot or quote first would be a request to the reader. */
		fprintf(out, "%s%.*s\n",
		    *text == '.' || *text == '\'' ? "\\&" : "", (int)n, text);
		text += n + (text[n] == ' ');
	}
}

void
manual_errors(FILE *out)
{
	for (int e = ERR_OK + 1; e < ERR_COUNT; e++) {
		fprintf(out, ".It Sy G-%03d\n", err_number((enum err)e));
		manual_text(err_what((enum err)e), out);
		manual_text(err_todo((enum err)e), out);
		fprintf(out, ".Pq %d\n", err_exit((enum err)e));
	}
}
