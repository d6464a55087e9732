/*
 * pointers: the directory file 2001 of the application VITALE → its files.
 *
 * E0 { A0 { 82 { index, 2 bytes, AID } … } 80 { name, index, file id } … }
 * (facts/card.md 1.3). The names and numbers of the entries are not public,
 * so what a file is for is told by what stands in it.
 */
#ifndef GUICHET_CARD_POINTERS_H
#define GUICHET_CARD_POINTERS_H

#include "base/buf.h"
#include "card/apdu.h"

#define POINTERS_APPS  8
#define POINTERS_FILES 32

struct pointers {
	struct {
		uint16_t index;
		uint8_t aid[AID_MAX];
		size_t n;
	} app[POINTERS_APPS];
	struct {
		uint16_t app, fid; /* an index of app[].index */
	} file[POINTERS_FILES];
	size_t napps, nfiles;
};

/* ERR_CARD_DATA when it is of another form, or larger. */
enum err pointers_read(struct cursor file, struct pointers *out);

#endif
