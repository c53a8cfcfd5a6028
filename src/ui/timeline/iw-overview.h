/* iw-overview.h: the drawn overview in time: density of machine events, marks for entries by kind,
 * bands for stages; zoom, pan, brush. It shares its axis with the list (ui.md).
 */
#pragma once

#include <gtk/gtk.h>

#include "iw-time-display.h"
#include "iw-timeline-view.h"

G_BEGIN_DECLS

#define IW_TYPE_OVERVIEW (iw_overview_get_type ())
G_DECLARE_FINAL_TYPE (IwOverview, iw_overview, IW, OVERVIEW, GtkWidget)

/* Signals: "brushed" (gint64 start, gint64 end): the user selected a range to filter by; start ==
 * end clears it. "activated" (gint64 us): clicked on a time: the list jumps there. Properties:
 * "range-words": the visible range in words with the zone, for the label beside it. */

/* (transfer none), kept; NULL empties it. */
void iw_overview_set_view (IwOverview *self, IwTimelineView *view);
void iw_overview_set_time_display (IwOverview *self, IwTimeDisplay *display);
/* Looks at the view again after its content or filter changed. */
void iw_overview_refresh (IwOverview *self);
/* The part the list shows just now, drawn as a frame. */
void iw_overview_set_list_range (IwOverview *self, gint64 start, gint64 end);
/* The axis. Zoomed out as far as possible it spans the whole incident. */
void iw_overview_set_visible (IwOverview *self, gint64 start, gint64 end);
void iw_overview_zoom (IwOverview *self, double factor); /* about the middle or the pointer */
void iw_overview_zoom_fit (IwOverview *self);
/* Zooms to the selection; without one, or where it is shown already, to the stretch of time in
 * which most happens, and from one such stretch to the next. */
void iw_overview_zoom_busy (IwOverview *self);
char *iw_overview_get_range_words (IwOverview *self); /* (transfer full) */

G_END_DECLS
