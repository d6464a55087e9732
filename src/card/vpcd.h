/*
 * vpcd: a described card in the virtual reader of the real pcscd.
 *
 * vsmartcard's protocol (facts/card.md 10): the card connects to the reader,
 * which is putting it in, and closes, which is pulling it. A message is two
 * bytes of length and as many bytes; one byte alone is a power command.
 */
#ifndef GUICHET_CARD_VPCD_H
#define GUICHET_CARD_VPCD_H

#include "card/cardfile.h"

#define VPCD_PORT 35963 /* of the first slot; the next has the next */

/*
 * Put the card in the reader that listens on 127.0.0.1, waiting a few seconds
 * for it, and answer until the reader goes or a fault pulls the card. `swap`
 * puts in the next of its pile, or the same anew; `reset` is the loss of its
 * power, `mute` a card that gives no ATR any more. ERR_CARD_SERVICE when
 * nobody listens, ERR_CARD_TALK for messages of another form.
 */
enum err vpcd_serve(int port, const struct sim_card *card);

#endif
