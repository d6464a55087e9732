/*
 * i18n: how a sentence that people see is written in the source: in French,
 * as _("…") where it is used, as N_("…") in a table. Translations come from
 * screens/po; without one the French stays.
 */
#ifndef GUICHET_BASE_I18N_H
#define GUICHET_BASE_I18N_H

#include <libintl.h>

#define GUICHET_DOMAIN "guichet"
#define _(text)	       dgettext(GUICHET_DOMAIN, (text))
#define N_(text)       (text)

#endif
