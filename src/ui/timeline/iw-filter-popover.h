/* iw-filter-popover.h: what the timeline shows: kinds, events, sources, actors, teams, confidence,
 * time, and filters that were saved by name. What is chosen acts at once.
 */
#pragma once

#include <gtk/gtk.h>

#include "iw-filter.h"
#include "iw-time-display.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_FILTER_POPOVER (iw_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (IwFilterPopover, iw_filter_popover, IW, FILTER_POPOVER, GtkPopover)

/* Signals: "changed": the person chose something else; see iw_filter_popover_get_filter().
 *          "message" (char *text, gboolean undoable): something to tell in a toast. */

void iw_filter_popover_set_context (IwFilterPopover *self,
                                    IwWorkspace *workspace,
                                    const char *incident,
                                    IwTimeDisplay *display);
/* Shows @filter; emits nothing. Copied. */
void iw_filter_popover_set_filter (IwFilterPopover *self, const IwFilter *filter);
const IwFilter *iw_filter_popover_get_filter (IwFilterPopover *self); /* (transfer none) */
/* Goes to the entry that saves the filter by name. */
void iw_filter_popover_focus_save (IwFilterPopover *self);

G_END_DECLS
