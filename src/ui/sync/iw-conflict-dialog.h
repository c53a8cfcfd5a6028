/* iw-conflict-dialog.h: documents that two people changed at once in ways that cannot be merged: the list,
 * and the review of each. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_CONFLICT_DIALOG (iw_conflict_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwConflictDialog, iw_conflict_dialog, IW, CONFLICT_DIALOG, AdwDialog)

AdwDialog *iw_conflict_dialog_new (IwWorkspace *workspace);

G_END_DECLS
