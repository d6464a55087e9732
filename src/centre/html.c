/* html: the few ways in which words and numbers get onto a page. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "centre/html.h"

#define MARKUP_ROOM 1024

static void
add(struct html *h, const char *p, size_t n)
{
	if (h->fault == ERR_OK)
		h->fault = buf_put(h->out, p, n);
}

void
html_put(struct html *h, const char *markup, ...)
{
	char text[MARKUP_ROOM];
	va_list ap;
	int n;

	va_start(ap, markup);
	n = vsnprintf(text, sizeof(text), markup, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof(text))
		h->fault = ERR_TOO_LONG;
	else
		add(h, text, (size_t)n);
}

static const char *
escape_of(char c)
{
	switch (c) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void
html_text(struct html *h, const char *words)
{
	const char *escape;

	for (; *words != '\0'; words++)
		if ((escape = escape_of(*words)) != NULL)
			add(h, escape, strlen(escape));
		else
			add(h, words, 1);
}

void
html_number(struct html *h, uint64_t n)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%llu",
	    (unsigned long long)n);

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			html_put(h, "&#8239;");
		add(h, &digits[i], 1);
	}
}

static void
open_element(struct html *h, const char *element)
{
	html_put(h, "<%s>", element);
}

/* Without the attributes with which it began. */
static void
close_element(struct html *h, const char *element)
{
	html_put(h, "</%.*s>", (int)strcspn(element, " "), element);
}

void
html_cell(struct html *h, const char *element, const char *words)
{
	open_element(h, element);
	html_text(h, words);
	close_element(h, element);
}

void
html_count(struct html *h, const char *element, uint64_t n)
{
	open_element(h, element);
	html_number(h, n);
	close_element(h, element);
}
