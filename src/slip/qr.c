/* qr: the door of libqrencode. */
#include <qrencode.h>
#include <errno.h>

#include "slip/qr.h"

static enum err
try_level(const char *text, QRecLevel level, size_t most, struct qr *out)
{
	QRcode *code = QRcode_encodeString(text, 0, level, QR_MODE_8, 1);
	enum err r = ERR_TOO_LONG;

	if (code == NULL)
		return errno == ENOMEM ? ERR_MEMORY : ERR_TOO_LONG;
	if ((size_t)code->width <= most && code->width <= QR_SIDE) {
		out->side = (size_t)code->width;
		for (size_t i = 0; i < out->side * out->side; i++)
			out->dark[i] = code->data[i] & 1;
		r = ERR_OK;
	}
	QRcode_free(code);
	return r;
}

enum err
qr_make(const char *text, size_t most, struct qr *out)
{
	static const QRecLevel levels[] = { QR_ECLEVEL_Q, QR_ECLEVEL_M,
		QR_ECLEVEL_L };
	enum err r = ERR_TOO_LONG;

	for (size_t i = 0; r == ERR_TOO_LONG &&
	    i < sizeof(levels) / sizeof(levels[0]); i++)
		r = try_level(text, levels[i], most, out);
	return r;
}

bool
qr_dark(const struct qr *q, size_t x, size_t y)
{
	return x < q->side && y < q->side && q->dark[y * q->side + x] != 0;
}
