/* ask: the path of a socket. */
#include <stdio.h>

#include "queue/ask.h"

enum err
ask_address(const char *state, struct listen_at *out)
{
	char path[PATH_ROOM], text[PATH_ROOM + 8];
	enum err r;

	if ((r = path_join(state, "ask.sock", path)) != ERR_OK)
		return r;
	(void)snprintf(text, sizeof(text), "unix:%s", path);
	return listen_read(text, out);
}
