/* iw-workspace-banner.h: says what is special about the workspace: the sample, or read-only. Main thread. */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_WORKSPACE_BANNER (iw_workspace_banner_get_type ())
G_DECLARE_FINAL_TYPE (IwWorkspaceBanner, iw_workspace_banner, IW, WORKSPACE_BANNER, AdwBin)

void iw_workspace_banner_set_workspace (IwWorkspaceBanner *self, IwWorkspace *workspace);

G_END_DECLS
