/* iw-incident-dialog.h: opens a new incident, or edits what is no decision about one: its title, summary
 * and time zone. Closing keeps what was typed as a draft. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_INCIDENT_DIALOG (iw_incident_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwIncidentDialog, iw_incident_dialog, IW, INCIDENT_DIALOG, AdwDialog)

/* Signal: "created" (char *incident): a UUID: it is stored, the dialog closes. */

AdwDialog *iw_incident_dialog_new (IwWorkspace *workspace);
/* @incident: a UUID */
AdwDialog *iw_incident_dialog_new_edit (IwWorkspace *workspace, const char *incident);

G_END_DECLS
