/* iw-sync-actions.h: the window's actions of sync: "win.sync-now", "win.work-offline", "win.sync-parked",
 * "win.sync-conflicts", "win.sync-preferences", "win.sync-certificate". Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

/* Adds the actions to @window, or lets them act on another workspace; NULL: on none. Insensitive where they
 * could do nothing. */
void iw_sync_actions_set_workspace (GtkApplicationWindow *window, IwWorkspace *workspace);

G_END_DECLS
