/*
 * i18n: how a sentence that people see is written in the source: in French,
 * as _("…") where it is used, as N_("…") in a table. Translations come from
 * screens/po; without one the French stays.
 *
 * A catalogue is the compiled form of gettext (msgfmt --endianness=big), read
 * whole and checked before anything of it is shown: a sentence that is not
 * UTF-8, or that takes other values than the French one, makes it no
 * catalogue at all.
 */
#ifndef GUICHET_BASE_I18N_H
#define GUICHET_BASE_I18N_H

#include "base/err.h"

#define _(text)	 i18n_text(text)
#define N_(text) (text)

struct catalogue;

/* ERR_CATALOGUE; the subject is the path. catalogue_free accepts NULL. */
enum err catalogue_load(const char *path, struct catalogue **out);
void catalogue_free(struct catalogue *c);

/* The sentence as that catalogue has it, or itself; NULL: French. */
const char *catalogue_text(const struct catalogue *c, const char *text)
    __attribute__((format_arg(2)));

/* From now on _() says what that one says; NULL: French. Borrowed. */
void i18n_use(const struct catalogue *c);

/* The sentence as the catalogue in use has it, or itself. */
const char *i18n_text(const char *text) __attribute__((format_arg(1)));

#endif
