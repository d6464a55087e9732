/*
 * demo: is this a published test identity?
 *
 * Production refuses them and training takes nothing else (EX_GEN-1430). No
 * range of numbers is reserved for tests, and the letter that tells a test
 * card is in the part of the chip that is closed to us (facts/card.md 4.5), so
 * the published numbers are listed (facts/card.md 4.1, facts/domain.md 2.3).
 */
#ifndef GUICHET_DESK_DEMO_H
#define GUICHET_DESK_DEMO_H

#include <stdbool.h>

#include "card/bearer.h"

bool is_demonstration(const struct bearer *b);

#endif
