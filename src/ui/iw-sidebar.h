/* iw-sidebar.h: what burns now: the open incidents by urgency, and the places that span incidents.
 *
 * Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_SIDEBAR (iw_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (IwSidebar, iw_sidebar, IW, SIDEBAR, AdwNavigationPage)

#define IW_SIDEBAR_DIRECTORY "directory"

/* Signals: "incident-chosen" (char *incident): a UUID; "all-chosen". */

/* NULL empties it. Follows the workspace's "changed" and its undo labels (in the main menu). */
void iw_sidebar_set_workspace (IwSidebar *self, IwWorkspace *workspace);
/* Marks what the window shows: an incident's UUID, "" for the list of all, IW_SIDEBAR_DIRECTORY, NULL for
 * none of these. */
void iw_sidebar_set_shown (IwSidebar *self, const char *incident);
/* Whether any incident is open. */
gboolean iw_sidebar_has_incidents (IwSidebar *self);

G_END_DECLS
