/* iw-known-values.h: completion for an entry row: the values used before, in a popover at its end,
 * narrowed by what is typed. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Adds the button and its popover to @row. @values: NULL-terminated, most used first; copied.
 * Alt+Down in the row opens it. Without values nothing is added. */
void iw_known_values_attach (AdwEntryRow *row, const char *const *values);

G_END_DECLS
