/*
 * glyph: what a character is called, for who copies a code by hand.
 */
#ifndef GUICHET_SLIP_GLYPH_H
#define GUICHET_SLIP_GLYPH_H

/* Room for the longest name and its NUL. */
#define GLYPH_NAME 48

/*
 * The name, in the language in use, of a printable ASCII character other than
 * the blank, all that a password or an identifier may hold: "zéro", "lettre o
 * majuscule", "tiret bas". Letters always say their case. Any other aborts:
 * slip_read refuses it. The name of a secret's glyph is secret: wipe it.
 */
void glyph_name(char c, char out[GLYPH_NAME]);

#endif
