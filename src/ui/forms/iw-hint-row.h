/* iw-hint-row.h: a line in a list of fields that only says something about the one before it. The
 * keyboard goes past it to the next field; a plain row would end its way through the list. Main
 * thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define IW_TYPE_HINT_ROW (iw_hint_row_get_type ())
G_DECLARE_FINAL_TYPE (IwHintRow, iw_hint_row, IW, HINT_ROW, AdwPreferencesRow)

/* @label: what it says. */
GtkWidget *iw_hint_row_new (GtkWidget *label);

G_END_DECLS
