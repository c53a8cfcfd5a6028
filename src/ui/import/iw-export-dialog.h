/* iw-export-dialog.h: writes the filtered view of a timeline to a file in a chosen format. */
#pragma once

#include <adwaita.h>

#include "iw-filter.h"
#include "iw-time-display.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_EXPORT_DIALOG (iw_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwExportDialog, iw_export_dialog, IW, EXPORT_DIALOG, AdwDialog)

/* Signal: "exported" (GFile *, char *withheld): what was left out, a sentence; NULL where nothing. */
AdwDialog *iw_export_dialog_new (IwWorkspace *workspace,
                                 const char *incident,
                                 const IwFilter *filter,
                                 IwTimeDisplay *display);

G_END_DECLS
