/* iw-incidents-page.h: all incidents as a table that can be sorted and filtered; in narrow windows as a
 * list of two-line rows. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-workspace.h"

G_BEGIN_DECLS

#define IW_TYPE_INCIDENTS_PAGE (iw_incidents_page_get_type ())
G_DECLARE_FINAL_TYPE (IwIncidentsPage, iw_incidents_page, IW, INCIDENTS_PAGE, AdwNavigationPage)

/* Signal: "incident-chosen" (char *incident): a UUID. */

AdwNavigationPage *iw_incidents_page_new (IwWorkspace *workspace);
void iw_incidents_page_focus_find (IwIncidentsPage *self);
/* Puts the keyboard into the table or list, or on the first button where there is nothing yet. */
void iw_incidents_page_focus_rows (IwIncidentsPage *self);

G_END_DECLS
