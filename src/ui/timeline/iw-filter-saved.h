/* iw-filter-saved.h: the filters that were saved by name: apply, delete, save the one in force. */
#pragma once

#include <adwaita.h>

#include "iw-filter.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_FILTER_SAVED (iw_filter_saved_get_type ())
G_DECLARE_FINAL_TYPE (IwFilterSaved, iw_filter_saved, IW, FILTER_SAVED, GtkWidget)

/* Signals: "applied" (IwFilter *): the person chose a saved one (borrowed for the call).
 *          "message" (char *text, gboolean undoable): saved, deleted, or why not. */

void iw_filter_saved_set_workspace (IwFilterSaved *self, IwWorkspace *workspace);
/* The filter in force: what would be saved. Copied. */
void iw_filter_saved_set_filter (IwFilterSaved *self, const IwFilter *filter);
/* Reads the names again. */
void iw_filter_saved_refresh (IwFilterSaved *self);
void iw_filter_saved_focus_entry (IwFilterSaved *self);

G_END_DECLS
