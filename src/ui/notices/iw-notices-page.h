/* iw-notices-page.h: the tab "Notices": who is told what, and how far that is (process.md N1 to
 * N5).
 *
 * Holds an AdwNavigationView of its own: a notice opens on top of the list. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "iw-live-incident.h"

G_BEGIN_DECLS

#define IW_TYPE_NOTICES_PAGE (iw_notices_page_get_type ())
G_DECLARE_FINAL_TYPE (IwNoticesPage, iw_notices_page, IW, NOTICES_PAGE, AdwBin)

GtkWidget *iw_notices_page_new (IwLiveIncident *live);
/* "notices" for the list, or the docid of a notice. Unknown places are ignored. */
void iw_notices_page_goto (IwNoticesPage *self, const char *place);

G_END_DECLS
