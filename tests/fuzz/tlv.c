/* tlv: any bytes as objects, to any depth, never past their end. */
#include <stdlib.h>

#include "card/tlv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
walk(struct cursor c, int depth)
{
	const struct cursor all = c;
	struct tlv t;
	bool end;

	while (tlv_next(&c, &t, &end) == ERR_OK && !end) {
		if (t.value.n > 0 && (t.value.p < all.p ||
		    t.value.p + t.value.n > all.p + all.n))
			abort();
		if (depth < 8)
			walk(t.value, depth + 1);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct cursor c = cursor_of(data, size);
	struct cursor value;

	walk(c, 0);
	(void)tlv_closed(c);
	if (tlv_find(c, 0x65, &value) == ERR_OK)
		walk(value, 0);
	return 0;
}
