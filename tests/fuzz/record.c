/* record: what is read as one is written, and that reads as the same. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "envelope/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static struct record *first, *second;
static struct buf once, twice;

static int
start(void)
{
	if (first != NULL)
		return 1;
	return secret_start() == ERR_OK && (first = record_new()) != NULL &&
	    (second = record_new()) != NULL &&
	    buf_init_secret(&once, RECORD_ROOM) == ERR_OK &&
	    buf_init_secret(&twice, RECORD_ROOM) == ERR_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (!start() || record_read(p, n, first) != ERR_OK)
		return 0;
	buf_reset(&once);
	buf_reset(&twice);
	if (record_write(first, &once) != ERR_OK ||
	    record_read(once.p, once.len, second) != ERR_OK ||
	    record_write(second, &twice) != ERR_OK ||
	    once.len != twice.len || memcmp(once.p, twice.p, once.len) != 0)
		abort();
	return 0;
}
