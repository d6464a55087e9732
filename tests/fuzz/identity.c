/* identity: any two files; whoever is read can be told and read back. */
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "card/identity.h"
#include "card/line.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_travel(const struct card_news *news)
{
	static struct card_news back;
	struct buf line;

	buf_init(&line);
	if (line_write(news, &line) != ERR_OK || line.len > 65536)
		abort();
	line.p[line.len - 1] = '\0';
	if (line_read((const char *)line.p, &back) != ERR_OK ||
	    back.n != news->n || memcmp(back.bearers, news->bearers,
	    news->n * sizeof(news->bearers[0])) != 0)
		abort();
	buf_clear(&line);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct card_news news;
	struct cursor c = cursor_of(data, size), names;
	uint16_t n;

	if (secret_start() != ERR_OK)
		abort();
	if (cursor_u16(&c, &n) != ERR_OK || cursor_sub(&c, n, &names) !=
	    ERR_OK)
		return 0;
	memset(&news, 0, sizeof(news));
	news.kind = NEWS_CARD;
	news.epoch = 1;
	if (identity_read(names, c, news.bearers, &news.n) == ERR_OK)
		must_travel(&news);
	return 0;
}
