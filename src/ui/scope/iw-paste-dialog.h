/* iw-paste-dialog.h: several customers or indicators at once, a line each: typed or pasted, with
 * how each was understood below. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-live-incident.h"
#include "iw-paste-reading.h"

G_BEGIN_DECLS

#define IW_TYPE_PASTE_DIALOG (iw_paste_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwPasteDialog, iw_paste_dialog, IW, PASTE_DIALOG, AdwDialog)

/* What is typed survives closing. (transfer floating) */
AdwDialog *iw_paste_dialog_new (IwLiveIncident *live, IwPasteWhat what);

G_END_DECLS
