/* iw-bundle-import-dialog.h: says what a bundle is and who signed it, then merges it. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_BUNDLE_IMPORT_DIALOG (iw_bundle_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwBundleImportDialog,
                      iw_bundle_import_dialog,
                      IW,
                      BUNDLE_IMPORT_DIALOG,
                      AdwDialog)

/* Begins to verify it at once. (transfer floating) */
AdwDialog *iw_bundle_import_dialog_new (IwWorkspace *workspace, const char *path);
/* Whether a file is a bundle, by its name. */
gboolean iw_bundle_import_takes (GFile *file);
/* Presents the dialog for @file over @window. Where it is not on this computer that is said, and
 * NULL returned. (transfer none) */
AdwDialog *iw_bundle_import_open (GtkWidget *window, IwWorkspace *workspace, GFile *file);
/* Asks for a file, and presents the dialog over @window. */
void iw_bundle_import_choose (GtkWidget *window, IwWorkspace *workspace);

G_END_DECLS
