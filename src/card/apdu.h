/*
 * apdu: select and read files of a card, by the rules of T=0.
 *
 * ISO 7816-4 in short commands only (facts/card.md 8): SELECT with data goes
 * without Le, 61xx is followed by GET RESPONSE, 6Cxx by the same command with
 * the right Le, 6282 and 6B00 are the end of the file.
 */
#ifndef GUICHET_CARD_APDU_H
#define GUICHET_CARD_APDU_H

#include "base/buf.h"
#include "card/card_io.h"

#define AID_MAX 16

/*
 * All four: ERR_NOT_FOUND when the card has no such thing, ERR_CARD_PROTECTED
 * when it will not show it, ERR_CARD_FOREIGN when it does not know the
 * command, ERR_CARD_TALK for any other status, or what transmit says.
 */
enum err apdu_select_file(const struct card_io *io, uint16_t fid);
enum err apdu_select_app(const struct card_io *io, const uint8_t *aid,
    size_t n);

/*
 * Append a file of TLV objects: by its short number (1 to 30), or the one
 * selected (0). No further than its objects need. ERR_CARD_DATA when it does
 * not fit.
 */
enum err apdu_read_file(const struct card_io *io, uint8_t sfi,
    struct buf *out);

#endif
