/* iw-reject-table.h: the rows that an import refuses: line, row, field, reason, value. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "iw-event-index.h"

G_BEGIN_DECLS

#define IW_TYPE_REJECT_TABLE (iw_reject_table_get_type ())
G_DECLARE_FINAL_TYPE (IwRejectTable, iw_reject_table, IW, REJECT_TABLE, GtkWidget)

GtkWidget *
iw_reject_table_new (void);
/* @rejects: (element-type IwReject), kept by reference and shown in its order. */
void
iw_reject_table_set_rejects (IwRejectTable *self, GPtrArray *rejects);

G_END_DECLS
