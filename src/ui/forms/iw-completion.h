/* iw-completion.h: what an entry row may hold, offered while one types; free text stays allowed.
 *
 * Typing or Alt+Down opens the list, arrows choose, Enter takes, Escape closes it; the keyboard
 * stays in the entry all the while. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What there is to choose from now. (transfer full) */
typedef char **(*IwCompletionFunc) (gpointer data);

/* @label: what the list is, for the button's tooltip and for a screen reader: "From the Directory".
 * @data must outlive the row. */
void
iw_completion_attach (AdwEntryRow *row, const char *label, IwCompletionFunc func, gpointer data);

G_END_DECLS
