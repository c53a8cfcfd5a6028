/* iw-reject-list.h: the rows that an import refuses, each with its place, reason and value. Main
 * thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "iw-event-index.h"

G_BEGIN_DECLS

#define IW_TYPE_REJECT_LIST (iw_reject_list_get_type ())
G_DECLARE_FINAL_TYPE (IwRejectList, iw_reject_list, IW, REJECT_LIST, GtkWidget)

GtkWidget *iw_reject_list_new (void);
/* @rejects: (element-type IwReject), kept by reference and shown in its order. */
void iw_reject_list_set_rejects (IwRejectList *self, GPtrArray *rejects);

G_END_DECLS
