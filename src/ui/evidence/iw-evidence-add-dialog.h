/* iw-evidence-add-dialog.h: asks once, for all files that are to be added, how they were collected.
 * What is typed is kept until they are added. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-live-incident.h"

G_BEGIN_DECLS

#define IW_TYPE_EVIDENCE_ADD_DIALOG (iw_evidence_add_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwEvidenceAddDialog,
                      iw_evidence_add_dialog,
                      IW,
                      EVIDENCE_ADD_DIALOG,
                      AdwDialog)

/* Signal: "confirmed": the files are to be added. */

/* @files: (element-type GFile), at least one; referenced. (transfer floating) */
AdwDialog *iw_evidence_add_dialog_new (IwLiveIncident *live, GPtrArray *files);
GPtrArray *iw_evidence_add_dialog_get_files (IwEvidenceAddDialog *self);   /* (transfer none) */
IwTime iw_evidence_add_dialog_get_time (IwEvidenceAddDialog *self);        /* unset: now */
const char *iw_evidence_add_dialog_get_person (IwEvidenceAddDialog *self); /* never NULL */
const char *iw_evidence_add_dialog_get_origin (IwEvidenceAddDialog *self); /* never NULL */

G_END_DECLS
