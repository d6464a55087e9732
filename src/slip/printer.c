/* printer: the setting's forms, and the printer that is none. */
#include <stdlib.h>
#include <string.h>

#include "slip/printer.h"

static enum err
no_paper(struct printer *pr, const struct slip *s)
{
	(void)pr;
	(void)s;
	return ERR_PRINT_NONE;
}

static void
nothing_to_close(struct printer *pr)
{
	free(pr);
}

static enum err
none_open(const char *rest, bool training, struct printer **out)
{
	static const struct printer_ops none = { .print = no_paper,
		.close = nothing_to_close };
	struct printer *pr;

	(void)training;
	if (*rest != '\0')
		return err_about(ERR_SET_VALUE, "printer");
	if ((pr = malloc(sizeof(*pr))) == NULL)
		return ERR_MEMORY;
	pr->ops = &none;
	*out = pr;
	return ERR_OK;
}

static enum err
file_open(const char *dir, bool training, struct printer **out)
{
	if (!training)
		return err_about(ERR_TRAINING_ONLY, "printer");
	return printer_file_open(dir, out);
}

static enum err
device_open(const char *path, bool training, struct printer **out)
{
	(void)training;
	return printer_device_open(path, PRINT_STALL_MS, out);
}

static enum err
narrow_open(const char *where, bool training, struct printer **out)
{
	(void)training;
	return printer_escpos_open(where, false, PRINT_STALL_MS, out);
}

static enum err
wide_open(const char *where, bool training, struct printer **out)
{
	(void)training;
	return printer_escpos_open(where, true, PRINT_STALL_MS, out);
}

static enum err
cups_open(const char *where, bool training, struct printer **out)
{
	(void)training;
	return printer_cups_open(where, PRINT_STALL_MS, out);
}

static const struct {
	const char *front;
	bool path; /* one must follow */
	enum err (*open)(const char *rest, bool training,
	    struct printer **out);
} forms[] = {
	{ "none", false, none_open },
	{ "file:", true, file_open },
	{ "device:", true, device_open },
	{ "escpos58:", true, narrow_open },
	{ "escpos80:", true, wide_open },
	{ "cups:", true, cups_open },
};

enum err
printer_open(const char *setting, bool training, struct printer **out)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		size_t n = strlen(forms[i].front);

		if (strncmp(setting, forms[i].front, n) == 0 &&
		    (!forms[i].path || setting[n] != '\0'))
			return forms[i].open(setting + n, training, out);
	}
	return err_about(ERR_SET_VALUE, "printer");
}

enum err
printer_begin(struct printer *pr)
{
	return pr->ops->begin == NULL ? ERR_OK : pr->ops->begin(pr);
}

enum err
printer_print(struct printer *pr, const struct slip *s)
{
	return pr->ops->print(pr, s);
}

void
printer_close(struct printer *pr)
{
	if (pr != NULL)
		pr->ops->close(pr);
}
