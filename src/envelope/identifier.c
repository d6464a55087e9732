/* identifier: a Feistel permutation, and four digits with four consonants. */
#include <string.h>

#include "envelope/identifier.h"

static const char letters[] = "BCDFGHJKLMNPQRSTVWXZ";

enum { EACH = 4, LETTERS = 20, LETTER_BLOCK = 160000 /* 20^4 */, ROUNDS = 10 };
_Static_assert(sizeof(letters) == LETTERS + 1, "consonants");
_Static_assert(10000u * LETTER_BLOCK == IDENTIFIER_COUNT, "identifiers");

#define PERMUTE_DOMAIN "guichet-identifier-1"

/* The round's function: two bytes of a keyed digest of round and half. */
static uint32_t
scramble(const uint8_t key[SYM_KEY_LEN], unsigned round, uint32_t half)
{
	uint8_t in[sizeof(PERMUTE_DOMAIN) + 3], out[32];

	memcpy(in, PERMUTE_DOMAIN, sizeof(PERMUTE_DOMAIN)); /* and its NUL */
	in[sizeof(PERMUTE_DOMAIN)] = (uint8_t)round;
	in[sizeof(PERMUTE_DOMAIN) + 1] = (uint8_t)(half >> 8);
	in[sizeof(PERMUTE_DOMAIN) + 2] = (uint8_t)half;
	keyed_digest(key, in, sizeof(in), out);
	return (uint32_t)out[0] << 8 | out[1];
}

uint32_t
identifier_permute_in(const uint8_t key[SYM_KEY_LEN], unsigned half,
    uint32_t count, uint32_t i)
{
	const uint32_t mask = (1u << half) - 1;

	/* Outside the domain: go on along the cycle until inside again. */
	do {
		uint32_t left = i >> half, right = i & mask;

		for (unsigned round = 0; round < ROUNDS; round++) {
			uint32_t next = left ^
			    (scramble(key, round, right) & mask);

			left = right;
			right = next;
		}
		i = left << half | right;
	} while (i >= count);
	return i;
}

uint32_t
identifier_permute(const uint8_t key[SYM_KEY_LEN], uint32_t i)
{
	return identifier_permute_in(key, 16, IDENTIFIER_COUNT, i);
}

void
identifier_text(uint32_t number, bool letters_first,
    char out[IDENTIFIER_TEXT])
{
	uint32_t digits = number / LETTER_BLOCK % 10000;
	uint32_t word = number % LETTER_BLOCK;
	char *d = out + (letters_first ? EACH : 0);
	char *w = out + (letters_first ? 0 : EACH);

	for (int i = EACH - 1; i >= 0; i--) {
		d[i] = (char)('0' + digits % 10);
		w[i] = letters[word % LETTERS];
		digits /= 10;
		word /= LETTERS;
	}
	out[2 * EACH] = '\0';
}

/* The same without blanks and in capitals; ERR_TEXT unless 8 remain. */
static enum err
squeeze(const char *text, char out[IDENTIFIER_TEXT])
{
	size_t n = 0;

	for (; *text != '\0'; text++) {
		if (*text == ' ')
			continue;
		if (n == IDENTIFIER_TEXT - 1)
			return ERR_TEXT;
		out[n++] = *text >= 'a' && *text <= 'z'
		    ? (char)(*text - 'a' + 'A') : *text;
	}
	out[n] = '\0';
	return n == IDENTIFIER_TEXT - 1 ? ERR_OK : ERR_TEXT;
}

/* Four characters of an alphabet as a number. */
static enum err
group(const char *p, const char *alphabet, uint32_t *out)
{
	uint32_t v = 0;

	for (int i = 0; i < EACH; i++) {
		const char *at = strchr(alphabet, p[i]);

		if (at == NULL)
			return ERR_TEXT;
		v = v * (uint32_t)strlen(alphabet) + (uint32_t)(at - alphabet);
	}
	*out = v;
	return ERR_OK;
}

enum err
identifier_read(const char *text, uint32_t *number)
{
	char t[IDENTIFIER_TEXT];
	uint32_t digits, word;
	int first;

	if (squeeze(text, t) != ERR_OK)
		return ERR_TEXT;
	first = t[0] >= '0' && t[0] <= '9' ? 0 : EACH;
	if (group(t + first, "0123456789", &digits) != ERR_OK ||
	    group(t + EACH - first, letters, &word) != ERR_OK)
		return ERR_TEXT;
	*number = digits * LETTER_BLOCK + word;
	return ERR_OK;
}
