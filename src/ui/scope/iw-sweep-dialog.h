/* iw-sweep-dialog.h: what a sweep for indicators found: where, with what, and for each indicator
 * found or not (process.md D4). Shows the form "sweep"; what it lets through is decided there. Main
 * thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-live-incident.h"

G_BEGIN_DECLS

#define IW_TYPE_SWEEP_DIALOG (iw_sweep_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwSweepDialog, iw_sweep_dialog, IW, SWEEP_DIALOG, AdwDialog)

/* What is filled in survives closing. (transfer floating) */
AdwDialog *iw_sweep_dialog_new (IwLiveIncident *live);

G_END_DECLS
