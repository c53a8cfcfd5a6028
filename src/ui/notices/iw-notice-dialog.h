/* iw-notice-dialog.h: a new notice: for whom, in which language. Main thread. */
#pragma once

#include <adwaita.h>

#include "iw-situation.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_NOTICE_DIALOG (iw_notice_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IwNoticeDialog, iw_notice_dialog, IW, NOTICE_DIALOG, AdwDialog)

/* Signal: "created" (const char *docid): it is durable. */

AdwDialog *iw_notice_dialog_new (IwWorkspace *workspace, IwSituation *situation);

G_END_DECLS
