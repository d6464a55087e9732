/* rawname: the bytes made safe once more, and compared. */
#include <stdint.h>
#include <string.h>

#include "base/rawname.h"
#include "base/secret.h"
#include "base/text.h"

bool
rawname_agrees(const char *name, const char *raw, bool altered)
{
	static const char replaced[] = "\xEF\xBF\xBD";
	const size_t n = strlen(raw) / 2;
	uint8_t bytes[RAWNAME_MAX];
	char safe[3 * RAWNAME_MAX + 1];
	bool changed, agrees;

	if (raw[0] == '\0')
		return strstr(name, replaced) == NULL;
	agrees = altered && n <= sizeof(bytes) &&
	    hex_read(raw, bytes, n) == ERR_OK &&
	    text_from_latin1(bytes, n, safe, sizeof(safe), &changed) ==
	    ERR_OK && changed && strcmp(safe, name) == 0;
	secret_wipe(bytes, sizeof(bytes));
	secret_wipe(safe, sizeof(safe));
	return agrees;
}
