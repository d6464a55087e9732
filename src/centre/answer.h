/*
 * answer: a question of a terminal, sealed → what the vault says of it, sealed
 * for who asked.
 *
 * The only place where a question is opened. The terminal's key is the
 * ledger's, the question is of this moment and was not asked before, the
 * terminal does not ask too much; each leaves a trace with who asked, and
 * those that are refused leave one too.
 */
#ifndef GUICHET_CENTRE_ANSWER_H
#define GUICHET_CENTRE_ANSWER_H

#include "base/listen.h"
#include "base/settings.h"
#include "centre/inquiry.h"
#include "centre/opener.h"

struct answerer;

/* Everything is borrowed until answerer_free, which accepts NULL; the master
 * keys are read again when they have changed. ERR_MEMORY. */
enum err answerer_new(struct store *ledger, struct vault *vault,
    struct opener_keys *keys, const struct centre_settings *set,
    struct answerer **out);
void answerer_free(struct answerer *a);

/*
 * Append the RESPONSE_LEN bytes of the answer. ERR_ENV_FORM,
 * ERR_ENV_SIGNATURE, ERR_ENV_OPEN, ERR_RECORD_FORM, ERR_TERMINAL_UNKNOWN,
 * ERR_EPOCH (a key that is not the terminal's last), ERR_RULE_MODE,
 * ERR_OPENING_KEY, ERR_ASKED_BEFORE, ERR_ASKED_OFTEN: nobody is told
 * anything. ERR_LEDGER, ERR_VAULT, ERR_MASTER_KEY, ERR_MEMORY: not now.
 */
enum err answerer_go(struct answerer *a, const void *p, size_t n,
    uint64_t now_ms, struct buf *out);

/*
 * guichet-central's side of the local socket, and guichet-answer's: a
 * question of QUESTION_LEN bytes, then a byte that says what came of it, and
 * behind ANSWER_GIVEN the answer of RESPONSE_LEN bytes. src/PROTOCOL 13.5.
 */
#define ANSWER_GIVEN   0
#define ANSWER_REFUSED 1
#define ANSWER_NOT_NOW 2

/* Answer whoever connects there, which is `text` as it was read, until told to
 * end. ERR_LISTEN. */
enum err answerer_listen(const struct listen_at *at, const char *text,
    int *fd);
void answerer_serve(struct answerer *a, int fd);

#endif
