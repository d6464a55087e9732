/*
 * printer: where a slip comes out.
 *
 * One kind a file. The setting `printer` says which: "none", "file:DIR"
 * (training mode only: the secrets of real people are not for a disk),
 * "device:PATH", "escpos58:" or "escpos80:" before a PATH or tcp:HOST:PORT, or
 * "cups:QUEUE".
 */
#ifndef GUICHET_SLIP_PRINTER_H
#define GUICHET_SLIP_PRINTER_H

#include <stdbool.h>

#include "slip/slip.h"

struct printer;

struct printer_ops {
	/* Put the slip on paper, the whole of it, or say why not. Nothing of
	 * the slip is kept. */
	enum err (*print)(struct printer *pr, const struct slip *s);

	/* Clear what a run before left behind; NULL: nothing can be. */
	enum err (*begin)(struct printer *pr);

	void (*close)(struct printer *pr); /* and free */
};

struct printer {
	const struct printer_ops *ops;
};

/*
 * What the setting says; nothing is opened until something is printed, so
 * that a printer may be switched off and on again. ERR_SET_VALUE for another
 * form, ERR_TRAINING_ONLY, ERR_MEMORY. "none" prints nothing: each slip is
 * ERR_PRINT_NONE.
 */
enum err printer_open(const char *setting, bool training,
    struct printer **out);
enum err printer_begin(struct printer *pr); /* once, before the first */
enum err printer_print(struct printer *pr, const struct slip *s);
void printer_close(struct printer *pr); /* NULL is accepted */

/* The two that need a place. The path is copied; ERR_MEMORY. */

/* DIR/RID.txt, DIR/RID-receipt.txt, 0600, replaced durably; the folder is made
 * when it is not there. ERR_PRINT_OPEN without the folder, ERR_PRINT_WRITE. */
enum err printer_file_open(const char *dir, struct printer **out);

/* Plain text with CR LF and a form feed to a character device that is there:
 * /dev/usb/lp0, a serial line. ERR_PRINT_OPEN when it cannot be opened, or
 * is no such device; ERR_PRINT_WRITE when it takes no byte for `stall_ms`, or
 * is slower than PRINT_SLOWEST times that for the whole slip. */
#define PRINT_STALL_MS 20000
#define PRINT_SLOWEST  3
enum err printer_device_open(const char *path, int stall_ms,
    struct printer **out);

/*
 * A thermal printer of 58 or (wide) 80 mm behind a device file or
 * "tcp:HOST:PORT". One that answers is asked before and after: besides the
 * errors of a device, ERR_PRINT_PAPER, ERR_PRINT_COVER, ERR_PRINT_FAULT,
 * ERR_PRINT_OFFLINE. ERR_SET_VALUE for a socket without a port.
 */
enum err printer_escpos_open(const char *where, bool wide, int stall_ms,
    struct printer **out);

/*
 * A queue of the CUPS of this machine, "QUEUE" or "QUEUE@/SOCKET" where its
 * socket is not CUPS_SOCKET (slip/cups.h). guichet-pdf, which stands beside
 * this program, draws each slip; its starter is born here, so this comes
 * before the program shuts itself in. ERR_SET_VALUE, ERR_CHILD. Printing is
 * ERR_PRINT_KEEPS, before a byte of the slip is out, while the server would
 * keep what it printed (slip/cups_job.h); besides that the errors of a thermal
 * printer, as far as the printer tells the server what ails it.
 */
enum err printer_cups_open(const char *where, int stall_ms,
    struct printer **out);

#endif
