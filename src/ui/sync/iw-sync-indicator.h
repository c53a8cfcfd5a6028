/* iw-sync-indicator.h: how sync stands, at the foot of the sidebar: an icon and a sentence, and a menu with
 * what waits and what can be done. Not shown where there is no account. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_SYNC_INDICATOR (iw_sync_indicator_get_type ())
G_DECLARE_FINAL_TYPE (IwSyncIndicator, iw_sync_indicator, IW, SYNC_INDICATOR, AdwBin)

/* NULL: none. */
void iw_sync_indicator_set_workspace (IwSyncIndicator *self, IwWorkspace *workspace);

G_END_DECLS
