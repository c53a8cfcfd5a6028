/* iw-import-dialog.h: from a file to a timeline: what was detected, a preview with the mapping, a
 * dry run with its rejected rows, then progress in place with Cancel.
 */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_IMPORT_DIALOG (iw_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwImportDialog, iw_import_dialog, IW, IMPORT_DIALOG, AdwDialog)

/* Signal: "imported" (char *docid or NULL): committed. */

/* @incident: a UUID. */
AdwDialog *iw_import_dialog_new (IwWorkspace *workspace, const char *incident, GFile *file);

G_END_DECLS
