/* iw-workspace-private.h: what the files of IwWorkspace share. */
#pragma once

#include "iw-workspace.h"

G_BEGIN_DECLS

/* Looks for changes now and tells them. Main thread. */
void iw_workspace_check_changes (IwWorkspace *self);
/* (transfer none), NULL if none was set */
const char *iw_workspace_get_author (IwWorkspace *self);

G_END_DECLS
