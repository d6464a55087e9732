/* password: 8 glyphs of 77, each as likely as the others. */
#include "base/secret.h"
#include "envelope/password.h"

/* Left out of the 94: 0 O o, 1 l I |, ' " ` , . ; : _ that are taken for
 * another one, and the French keyboard's dead keys ^ and ~. */
static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    "abcdefghijkmnpqrstuvwxyz!#$%&()*+-/<=>?@[\\]{}";

_Static_assert(sizeof(alphabet) - 1 == 94 - 17, "77^8 is 50.1 bits");

const char *
password_alphabet(void)
{
	return alphabet;
}

void
password_draw(char out[PASSWORD_LEN + 1])
{
	for (int i = 0; i < PASSWORD_LEN; i++)
		out[i] = alphabet[secret_below(sizeof(alphabet) - 1)];
	out[PASSWORD_LEN] = '\0';
}
