/*
 * carry: messages to the mail server and the SMS gateway, many under way at
 * once, so that none waits for another. A door of curl.
 *
 * TLS is asked of both, 1.2 or later, but on this machine itself. A password
 * is never in the settings: it is the line of a file (0600).
 */
#ifndef GUICHET_NOTICE_CARRY_H
#define GUICHET_NOTICE_CARRY_H

#include "base/buf.h"
#include "base/settings.h"

struct carry;

/* Read the files that "mail-login" and "sms-key" name. ERR_SET_VALUE for an
 * address that cannot be meant, ERR_KEY_*, ERR_MEMORY. Close wipes, and
 * accepts NULL. */
enum err carry_open(const struct centre_settings *set, struct carry **out);
void carry_close(struct carry *c);

#define CARRY_ALL_MS ((uint64_t)60000) /* none is under way for longer */

/*
 * Begin to hand the mail over; the SMS as POST of {"id","to","text"}, `id`
 * being the same when it is tried again. Nothing is borrowed but `tag`, which
 * carry_next gives back. With `soon` it is given up after some seconds:
 * somebody stands there. ERR_NOTICE_NONE when the settings name no such
 * server; ERR_MEMORY.
 */
enum err carry_mail(struct carry *c, const char *to, const struct buf *mail,
    bool soon, void *tag);
enum err carry_sms(struct carry *c, const char *id, const char *to,
    const struct buf *text, bool soon, void *tag);

/*
 * One that has ended, waiting for it as long as that; ERR_NOT_FOUND when none
 * has. *got is ERR_OK when the other side took it, ERR_NOTICE_LINE when it may
 * go later, ERR_NOTICE_REFUSED when the other side will never take this one.
 */
enum err carry_next(struct carry *c, int wait_ms, void **tag, enum err *got);

#endif
