/* iw-conflict-page.h: the review of one conflict: both versions field by field, who and when. Main thread. */
#pragma once

#include <adwaita.h>

#include "iw-conflicts.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_CONFLICT_PAGE (iw_conflict_page_get_type ())
G_DECLARE_FINAL_TYPE (IwConflictPage, iw_conflict_page, IW, CONFLICT_PAGE, AdwNavigationPage)

/* Signal: "resolved": it is durable. */

/* @conflict: (transfer full) @incident_title: "" where it is of no incident. */
AdwNavigationPage *
iw_conflict_page_new (IwWorkspace *workspace, IwConflict *conflict, const char *incident_title);
/* The versions one below the other. */
void iw_conflict_page_set_narrow (IwConflictPage *self, gboolean narrow);

G_END_DECLS
