/* record: what is read as one is written, and that reads as the same; and
 * what is scanned is what the tree makes of it. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "envelope/record_own.h"

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

static void
compare_readers(const uint8_t *p, size_t n)
{
	record_wipe(first);
	record_wipe(second);
	if (n <= RECORD_ROOM && record_scan(p, n, first) &&
	    (record_take(p, n, second) != ERR_OK ||
	    memcmp(first, second, sizeof(*first)) != 0))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (!start())
		return 0;
	compare_readers(p, n);
	if (record_read(p, n, first) != ERR_OK)
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
