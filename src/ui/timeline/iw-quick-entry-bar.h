/* iw-quick-entry-bar.h: the line below the timeline: text with an optional leading time, Enter
 * saves.
 *
 * It shows how it understood the time before anything is saved. What is typed is kept as a draft at
 * each change and cleared only when the entry is durable. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "iw-time-display.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_QUICK_ENTRY_BAR (iw_quick_entry_bar_get_type ())
G_DECLARE_FINAL_TYPE (IwQuickEntryBar, iw_quick_entry_bar, IW, QUICK_ENTRY_BAR, GtkWidget)

/* Signals: "added" (char *docid): an entry is stored.
 *          "left": Escape: the draft stays, the focus goes back to the list. */

/* Also brings back the incident's draft. */
void iw_quick_entry_bar_set_context (IwQuickEntryBar *self,
                                     IwWorkspace *workspace,
                                     const char *incident,
                                     IwTimeDisplay *display);
void iw_quick_entry_bar_focus (IwQuickEntryBar *self);
/* Writes the current time in front of the text, in place of a time that stands there. */
void iw_quick_entry_bar_insert_now (IwQuickEntryBar *self);
void iw_quick_entry_bar_set_kind (IwQuickEntryBar *self, IwEntryKind kind);
/* Narrow windows: the button for the current time makes room; its shortcut stays. */
void iw_quick_entry_bar_set_narrow (IwQuickEntryBar *self, gboolean narrow);

G_END_DECLS
