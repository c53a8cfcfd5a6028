/* iw-parked-page.h: one document that was held back, whole. Main thread. */
#pragma once

#include <adwaita.h>

#include "iw-parked-item.h"
#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_PARKED_PAGE (iw_parked_page_get_type ())
G_DECLARE_FINAL_TYPE (IwParkedPage, iw_parked_page, IW, PARKED_PAGE, AdwNavigationPage)

/* Signals: "dismissed", "send-again". */

/* @item: (transfer full) */
AdwNavigationPage *iw_parked_page_new (IwWorkspace *workspace, IwParkedItem *item);
IwParkedItem *iw_parked_page_get_item (IwParkedPage *self); /* (transfer none) */

G_END_DECLS
