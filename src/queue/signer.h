/*
 * signer: the terminal's signing key in its file, and how the next key takes
 * its place.
 *
 *	STATE/keys/sign.key	the key in force
 *	STATE/keys/sign.next	the next one, while it takes over
 *
 * First the next key is on the disk, then the hand-over is committed in the
 * queue, then the old key is overwritten in place by the next one, whose own
 * file goes. The commit decides: a start that finds both files lets the queue
 * say which of the two is the key, and destroys the other.
 */
#ifndef GUICHET_QUEUE_SIGNER_H
#define GUICHET_QUEUE_SIGNER_H

#include "queue/queue.h"

/*
 * Read the key into locked memory. `epoch` is what queue_epoch says, 0 when it
 * says nothing or cannot be asked yet: sign.key is then meant, or sign.next
 * when that is destroyed. ERR_KEY_*; ERR_EPOCH when neither is of that number.
 */
enum err signer_read(const char *state, uint32_t epoch,
    uint8_t secret[SIGN_SECRET_LEN], uint32_t *number);

/* At a start: finish a hand-over that was committed, undo one that was not,
 * and read the key anew. ERR_KEY_*, ERR_EPOCH, ERR_FILE_WRITE, ERR_QUEUE_*. */
enum err signer_settle(const char *state, struct queue *q,
    uint8_t secret[SIGN_SECRET_LEN], uint32_t *number);

/* Is it time for the next key? After `most` envelopes or `days` days, when
 * nothing waits to be sent; at four times as much, whatever waits. */
enum err signer_due(struct queue *q, uint64_t most, uint64_t days,
    uint64_t now_ms, bool *due);

/*
 * Hand over to a new key. secret and *number are the new one's from the
 * commit on, whatever is said: an error behind it leaves the files to the
 * next start. Before it the old key stays: ERR_MEMORY, ERR_FILE_WRITE,
 * ERR_QUEUE_*; after ERR_QUEUE_UNKNOWN only a start can tell.
 */
enum err signer_rotate(const char *state, struct queue *q, uint32_t terminal,
    uint64_t now_ms, uint8_t secret[SIGN_SECRET_LEN], uint32_t *number);

#endif
