/* iw-sync-page.h: the preferences of sync: signing in, compartments, the certificate. Main thread. */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_SYNC_PAGE (iw_sync_page_get_type ())
G_DECLARE_FINAL_TYPE (IwSyncPage, iw_sync_page, IW, SYNC_PAGE, AdwPreferencesPage)

/* For an AdwPreferencesDialog. */
AdwPreferencesPage *iw_sync_page_new (IwWorkspace *workspace);

G_END_DECLS
