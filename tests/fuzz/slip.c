/* slip: any line is refused or comes back the same, and always fits paper. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "slip/report.h"
#include "slip/slip.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void
lay_out(const struct slip *s)
{
	struct buf text;

	buf_init(&text);
	if (slip_plain(s, 24 + s->n, &text) != ERR_OK)
		abort();
	buf_clear(&text);
}

static void
write_again(const struct slip *s)
{
	struct slip *back = slip_new();
	struct buf line;
	enum err r;

	buf_init(&line);
	if (back == NULL)
		abort();
	/* Only its length may be against it: quotes are two bytes here. */
	if ((r = slip_write(s, &line)) == ERR_OK) {
		line.p[line.len - 1] = '\0';
		if (slip_read((char *)line.p, back) != ERR_OK ||
		    memcmp(s, back, sizeof(*s)) != 0)
			abort();
	} else if (r != ERR_SLIP_FORM || line.len <= LINE_LIMIT)
		abort();
	buf_clear(&line);
	slip_free(back);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct print_report rp;
	char *line = malloc(n + 1);
	struct slip *s;

	if (line == NULL || secret_start() != ERR_OK ||
	    (s = slip_new()) == NULL)
		abort();
	memcpy(line, p, n);
	line[n] = '\0';
	if (slip_read(line, s) == ERR_OK) {
		lay_out(s);
		write_again(s);
	}
	(void)report_read(line, &rp);
	slip_free(s);
	free(line);
	return 0;
}
