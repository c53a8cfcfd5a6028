/* iw-conflict-field-row.h: one field that two people changed: both versions, and a third to write.
 * Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-conflict-fields.h"

G_BEGIN_DECLS

#define IW_TYPE_CONFLICT_FIELD_ROW (iw_conflict_field_row_get_type ())
G_DECLARE_FINAL_TYPE (IwConflictFieldRow, iw_conflict_field_row, IW, CONFLICT_FIELD_ROW, GtkBox)

/* Signal: "decided": something was picked or typed; @field has it. */

/* @field: borrowed, must outlive it. @winner, @other: who wrote each version, and when. */
GtkWidget *iw_conflict_field_row_new (IwConflictField *field, const char *winner, const char *other);
/* One below the other. */
void iw_conflict_field_row_set_narrow (IwConflictFieldRow *self, gboolean narrow);

G_END_DECLS
