/* iw-entry-dialog.h: edits one entry with all its fields, or several at once (bulk edit).
 *
 * The form's logic is an immutable value (original, current, problems) in iw-entry-form.h, tested
 * without widgets. Closing keeps what was typed as a draft.
 */
#pragma once

#include <adwaita.h>

#include "iw-entry.h"
#include "iw-time-display.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_ENTRY_DIALOG (iw_entry_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwEntryDialog, iw_entry_dialog, IW, ENTRY_DIALOG, AdwDialog)

/* @entry: the one to edit, or a new one without id (also for promote and duplicate). */
AdwDialog *iw_entry_dialog_new (IwWorkspace *workspace, IwEntry *entry, IwTimeDisplay *display);
/* @entries: (element-type IwEntry) two or more; fields left alone stay as they are. Decision
 * entries among them are left out, and the dialog says so. */
AdwDialog *
iw_entry_dialog_new_bulk (IwWorkspace *workspace, GPtrArray *entries, IwTimeDisplay *display);

G_END_DECLS
