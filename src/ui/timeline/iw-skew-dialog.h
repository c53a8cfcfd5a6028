/* iw-skew-dialog.h: how far the clock of each timeline's source was off: a correction in seconds
 * that is added wherever its times are shown and ordered. The file and its index keep what the
 * source wrote.
 */
#pragma once

#include <adwaita.h>

#include "iw-evidence.h"
#include "iw-time-display.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_SKEW_DIALOG (iw_skew_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwSkewDialog, iw_skew_dialog, IW, SKEW_DIALOG, AdwDialog)

/* Signal: "applied" (char *message): stored, as one action that can be undone. */

/* @evidence: (element-type IwEvidence) the timelines of the incident. */
AdwDialog *iw_skew_dialog_new (IwWorkspace *workspace, GPtrArray *evidence, IwTimeDisplay *display);

/* What a correction does to @first, in words: "14:00:00 is shown as 15:00:00". Pure. (transfer
 * full) */
char *iw_skew_words (gint64 first, gint64 skew_us, GTimeZone *zone);

G_END_DECLS
