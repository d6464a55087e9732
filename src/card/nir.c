/* nir: 97 - (number mod 97), Corsica counted as 19 and 18. */
#include <string.h>

#include "card/nir.h"

#define NIR_LEN	     13
#define DEPARTMENT_2 6 /* where A or B of 2A, 2B stands */

unsigned
nir_key(const char *nir)
{
	unsigned rest = 0;

	if (strlen(nir) != NIR_LEN)
		return 0;
	for (int i = 0; i < NIR_LEN; i++) {
		char c = nir[i];

		/* 2A counts as 19 and 2B as 18, so the 2 before is a 1. */
		if (i == DEPARTMENT_2 - 1 && c == '2' &&
		    (nir[i + 1] == 'A' || nir[i + 1] == 'B'))
			c = '1';
		else if (i == DEPARTMENT_2 && nir[i - 1] == '2' &&
		    (c == 'A' || c == 'B'))
			c = c == 'A' ? '9' : '8';
		if (c < '0' || c > '9')
			return 0;
		rest = (rest * 10 + (unsigned)(c - '0')) % 97;
	}
	return 97 - rest;
}

bool
nir_key_right(const char *nir, const char *key)
{
	unsigned want = nir_key(nir);

	return want != 0 && strlen(key) == 2 && key[0] >= '0' &&
	    key[0] <= '9' && key[1] >= '0' && key[1] <= '9' &&
	    want == (unsigned)(key[0] - '0') * 10 + (unsigned)(key[1] - '0');
}
