/* iw-bundle-export-dialog.h: an incident as a file: signed or not, encrypted or not. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-live-incident.h"

G_BEGIN_DECLS

#define IW_TYPE_BUNDLE_EXPORT_DIALOG (iw_bundle_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwBundleExportDialog,
                      iw_bundle_export_dialog,
                      IW,
                      BUNDLE_EXPORT_DIALOG,
                      AdwDialog)

/* (transfer floating) */
AdwDialog *iw_bundle_export_dialog_new (IwLiveIncident *live);

G_END_DECLS
