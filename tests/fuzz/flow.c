/* flow: any sequence of events, as bytes say, keeps every invariant. */
#include <stddef.h>
#include <stdint.h>

#include "tests/screens/world.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

struct bytes {
	const uint8_t *p;
	size_t n;
};

/* The next byte; when they are used up, what leads on. */
static uint32_t
take(void *source)
{
	struct bytes *b = source;

	if (b->n == 0)
		return 1;
	b->n--;
	return *b->p++;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct bytes bytes = { p, n };
	static struct world w;

	if (w.page == NULL) {
		if (secret_start() != ERR_OK)
			return 0;
		world_open(&w, &screens_flow);
	}
	world_begin(&w);
	w.next = take;
	w.source = &bytes;
	while (bytes.n > 0)
		world_walk(&w, 1);
	return 0;
}
