/*
 * message: the words that confirm an opening, or bring a code, in the person's
 * language.
 *
 * screens/mail/LANG/{sms,email,letter,code-sms,code-email}.txt, with {jour},
 * {lieu}, {reference}, {assistance}, {nom} and {code} filled in; the first
 * line of a mail is its subject. A language that is not there is French.
 */
#ifndef GUICHET_NOTICE_MESSAGE_H
#define GUICHET_NOTICE_MESSAGE_H

#include "base/settings.h"
#include "centre/announce.h"

#define MESSAGE_ROOM ((size_t)16 * 1024) /* of a text, and of a mail */

/* Append the text as people read it to a secret buffer. ERR_NOTICE_TEXT names
 * the file that is missing, or has a word in braces that is none of these. */
enum err message_text(const struct announcement *a,
    const struct centre_settings *set, struct buf *out);

/*
 * Append the same as a message of RFC 5322 in UTF-8 (subject by RFC 2047,
 * body in base64), its Message-ID made of the record's reference, so that one
 * sent twice is seen to be one. ERR_NOTICE_ADDRESS when the address, or
 * "mail-from", is none that can stand in a header.
 */
enum err message_mail(const struct announcement *a,
    const struct centre_settings *set, struct buf *out);

/* The number as networks want it, "+33612345678", of "06 12 34 56 78".
 * ERR_NOTICE_ADDRESS. */
#define NUMBER_ROOM 20
enum err message_number(const char *mobile, char out[NUMBER_ROOM]);

/* Is that an address of one mailbox and nothing else? */
bool message_is_mailbox(const char *address);

#endif
