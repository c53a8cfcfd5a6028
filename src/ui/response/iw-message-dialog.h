/* iw-message-dialog.h: an escalation as a message: read over, changed, copied or given to the mail
 * program. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-situation.h"

G_BEGIN_DECLS

#define IW_TYPE_MESSAGE_DIALOG (iw_message_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwMessageDialog, iw_message_dialog, IW, MESSAGE_DIALOG, AdwDialog)

/* @escalation: one of @situation, which is kept. */
AdwDialog *iw_message_dialog_new (IwSituation *situation, const IwEscalation *escalation);

G_END_DECLS
