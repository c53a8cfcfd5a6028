/* iw-detail-pane.h: everything about the selected row: an entry's fields, links and history, or
 * every field of an event and its raw row.
 */
#pragma once

#include <gtk/gtk.h>

#include "iw-time-display.h"
#include "iw-timeline-view.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_DETAIL_PANE (iw_detail_pane_get_type ())
G_DECLARE_FINAL_TYPE (IwDetailPane, iw_detail_pane, IW, DETAIL_PANE, GtkWidget)

/* Signals: "jump" (char *key): a link was followed: the list goes to that row. The pane's buttons
 * use the timeline page's "timeline.*" actions (edit, duplicate, delete, promote, copy). */

void
iw_detail_pane_set_context (IwDetailPane *self, IwWorkspace *workspace, IwTimeDisplay *display);
void iw_detail_pane_show_row (IwDetailPane *self, IwTimelineRow *row); /* NULL: an empty state */

G_END_DECLS
