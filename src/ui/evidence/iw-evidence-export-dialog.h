/* iw-evidence-export-dialog.h: which evidence goes to whom, and what has to stay and why. What
 * decides is iw_evidence_export() itself; this only says beforehand what it will do. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-live-incident.h"

G_BEGIN_DECLS

#define IW_TYPE_EVIDENCE_EXPORT_DIALOG (iw_evidence_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwEvidenceExportDialog,
                      iw_evidence_export_dialog,
                      IW,
                      EVIDENCE_EXPORT_DIALOG,
                      AdwDialog)

/* @docid: the one that is chosen at first; NULL: all. (transfer floating) */
AdwDialog *iw_evidence_export_dialog_new (IwLiveIncident *live, const char *docid);

G_END_DECLS
