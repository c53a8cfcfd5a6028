/* iw-board-page.h: the federated response board of an incident (process.md R2): who does what, by
 * phase and side. A page to be pushed on an AdwNavigationView. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-live-incident.h"

G_BEGIN_DECLS

#define IW_TYPE_BOARD_PAGE (iw_board_page_get_type ())
G_DECLARE_FINAL_TYPE (IwBoardPage, iw_board_page, IW, BOARD_PAGE, AdwNavigationPage)

/* An AdwNavigationPage with header bar, tag "board". */
GtkWidget *iw_board_page_new (IwLiveIncident *live);

G_END_DECLS
