/* iw-parked-dialog.h: what the server did not take, and what came and could not be kept: read, export, edit
 * and send again, dismiss. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_PARKED_DIALOG (iw_parked_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwParkedDialog, iw_parked_dialog, IW, PARKED_DIALOG, AdwDialog)

AdwDialog *iw_parked_dialog_new (IwWorkspace *workspace);

G_END_DECLS
