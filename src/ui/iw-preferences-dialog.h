/* iw-preferences-dialog.h: the few settings. Everything acts at once. Main thread. */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_PREFERENCES_DIALOG (iw_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwPreferencesDialog, iw_preferences_dialog, IW, PREFERENCES_DIALOG,
                      AdwPreferencesDialog)

/* @workspace: which syncs, and whose impact rules can be edited; NULL where none is open. */
AdwDialog *iw_preferences_dialog_new (IwWorkspace *workspace);

G_END_DECLS
