/* iw-timeline-row-widget.h: one row of the timeline, drawn.
 *
 * A list keeps a few hundred rows at hand, so that a row is one widget that draws its columns
 * rather than a dozen labels: opening a timeline stays within a frame or two. What it says to a
 * screen reader is the list item's label (iw_row_spoken()). Narrow rows put the text on a second
 * line.
 */
#pragma once

#include "iw-columns.h"
#include "iw-timeline-view.h"

G_BEGIN_DECLS

#define IW_TYPE_TIMELINE_ROW_WIDGET (iw_timeline_row_widget_get_type ())
G_DECLARE_FINAL_TYPE (IwTimelineRowWidget,
                      iw_timeline_row_widget,
                      IW,
                      TIMELINE_ROW_WIDGET,
                      GtkWidget)

/* @columns: kept. */
GtkWidget *iw_timeline_row_widget_new (IwColumns *columns);
/* Shows the item's IwTimelineRow; NULL to show nothing. */
void iw_timeline_row_widget_bind (IwTimelineRowWidget *self, GtkListItem *item);
/* GTK_INVALID_LIST_POSITION while it shows nothing. */
guint iw_timeline_row_widget_get_position (IwTimelineRowWidget *self);

G_END_DECLS
