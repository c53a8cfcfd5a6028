/* iw-plan-page.h: the recovery plan of an incident (process.md S1), a page to be pushed on an
 * AdwNavigationView. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-live-incident.h"

G_BEGIN_DECLS

#define IW_TYPE_PLAN_PAGE (iw_plan_page_get_type ())
G_DECLARE_FINAL_TYPE (IwPlanPage, iw_plan_page, IW, PLAN_PAGE, AdwNavigationPage)

/* An AdwNavigationPage with header bar, tag "plan". */
GtkWidget *iw_plan_page_new (IwLiveIncident *live);

G_END_DECLS
