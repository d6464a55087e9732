/* sheet_start: draw all letters once, so that their fonts are in memory. */
#include "slip/sheet.h"

#define WITH_FONTS 10000 /* bytes of a PDF, at least */

/* Every letter that a card or our texts may have, in every look. */
static void
fill_probe(struct slip *s)
{
	static const char letters[] =
		" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~«»°·×ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑ"
		"ÒÓÔÕÖØÙÚÛÜÝàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿĀăĄćČďĐęĚğĢħĪıŁńŇő"
		"ŒœŘřŚşŠšŢťŪůŸŹżŽž–—‘’“”…€\xc2\xa0\xe2\x80\xaf☐☑";
	static const enum slip_kind kinds[] = { SLIP_TITLE, SLIP_PARA,
		SLIP_FACT, SLIP_NAMES };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		slip_add(s, kinds[i], letters, letters);
	slip_add(s, SLIP_CODE, "A", "AB 01 !~");
	s->training = true;
}

enum err
sheet_start(void)
{
	struct slip *s = slip_new();
	struct buf nowhere;
	enum err r = s == NULL ? ERR_MEMORY : ERR_OK;

	buf_init(&nowhere);
	if (r == ERR_OK) {
		fill_probe(s);
		for (int large = 0; large < 2 && r == ERR_OK; large++) {
			s->large = large != 0;
			r = sheet_pdf(s, &nowhere);
		}
	}
	/* Letters of no font are no letters. */
	if (r == ERR_OK && nowhere.len < WITH_FONTS)
		r = err_about(ERR_PRINT_OPEN, "DejaVu");
	slip_free(s);
	buf_clear(&nowhere);
	return r;
}
