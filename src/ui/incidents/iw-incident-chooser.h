/* iw-incident-chooser.h: asks which incident a file is imported into. Main thread. */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_INCIDENT_CHOOSER (iw_incident_chooser_get_type ())
G_DECLARE_FINAL_TYPE (IwIncidentChooser, iw_incident_chooser, IW, INCIDENT_CHOOSER, AdwDialog)

/* Signals, after the dialog has closed: "chosen" (char *incident): a UUID; "new-wanted". */

AdwDialog *iw_incident_chooser_new (IwWorkspace *workspace);

G_END_DECLS
