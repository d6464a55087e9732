/* line: any line; what is let in is written and read as the same. */
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "card/line.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_come_back(const struct card_news *news)
{
	static struct card_news back;
	struct buf line;

	buf_init(&line);
	if (line_write(news, &line) != ERR_OK)
		abort();
	line.p[line.len - 1] = '\0';
	if (line_read((const char *)line.p, &back) != ERR_OK ||
	    memcmp(&back, news, sizeof(back)) != 0)
		abort();
	buf_clear(&line);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct card_news news;
	char *line = malloc(size + 1);

	if (line == NULL || secret_start() != ERR_OK)
		abort();
	if (size > 0)
		memcpy(line, data, size);
	line[size] = '\0';
	if (line_read(line, &news) == ERR_OK)
		must_come_back(&news);
	free(line);
	return 0;
}
