/* iw-timeline-page.h: the timeline tab of an incident: overview, list, quick-add line, detail pane.
 *
 * Actions (group "timeline"): add, edit, duplicate, delete, bulk-edit, promote, toggle-key,
 * toggle-run, find, clear-filter, save-filter, zone, zoom-in, zoom-out, zoom-fit, detail, import,
 * export, skew.
 */
#pragma once

#include <gtk/gtk.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_TIMELINE_PAGE (iw_timeline_page_get_type ())
G_DECLARE_FINAL_TYPE (IwTimelinePage, iw_timeline_page, IW, TIMELINE_PAGE, GtkWidget)

GtkWidget *iw_timeline_page_new (IwWorkspace *workspace, const char *incident);
/* Scrolls to and selects a row by its key (see iw_timeline_row_get_key()); clears the filter if it
 * hides that row. */
void iw_timeline_page_show_key (IwTimelinePage *self, const char *key);
/* Says that a timeline was imported, offers to undo that, and brings its first rows into sight.
 * @docid: its evidence document; NULL where its rows became entries. */
void iw_timeline_page_announce_import (IwTimelinePage *self, const char *docid);
void iw_timeline_page_focus_find (IwTimelinePage *self);
void iw_timeline_page_focus_quick_entry (IwTimelinePage *self);

G_END_DECLS
